/* SPDX-License-Identifier: GPL-2.0 */
/* What cmark's own build would find out about the compiler. */
#pragma once
#include <stdbool.h>
#define HAVE___BUILTIN_EXPECT
#define CMARK_ATTRIBUTE(list) __attribute__(list)
