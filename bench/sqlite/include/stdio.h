/* SPDX-License-Identifier: GPL-2.0 */
/* Empty: SQLite includes <stdio.h>, but uses nothing of it as it is configured here. */
