/* SPDX-License-Identifier: GPL-2.0 */
/* What cmark's own build would write: the version of what it carries. */
#pragma once
#define CMARK_VERSION ((0 << 16) | (19 << 8) | 0)
#define CMARK_VERSION_STRING "0.19.0"
