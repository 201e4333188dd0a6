/* SPDX-License-Identifier: GPL-2.0 */
/* uthash in an arena, as headers.sed has changed it; the kernel may end its loops. */
#include <uthash_arena.h>
#define while(...) while ((__VA_ARGS__) && CAN_LOOP)
#define for(...) for (__VA_ARGS__) if (!CAN_LOOP) break; else
