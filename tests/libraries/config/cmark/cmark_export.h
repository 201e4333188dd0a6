/* SPDX-License-Identifier: GPL-2.0 */
/* What cmark's own build would write: nothing is exported from a static library. */
#pragma once
#define CMARK_EXPORT
