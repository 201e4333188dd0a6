/* SPDX-License-Identifier: GPL-2.0 */
/* What queue.h and tree.h take from here. */
#define __unused __attribute__((unused))
