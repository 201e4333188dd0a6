/* SPDX-License-Identifier: GPL-2.0 */
/* BSD's trees in an arena, as headers.sed has changed them; the kernel may end their loops. */
#define __PERMIT_DEPRECATED_SYS_TREE_H
#include <sys/cdefs.h>
#include <tree_arena.h>

#define RB_COPY(to, from, field)                              \
	do {                                                  \
		RB_LEFT(to, field) = RB_LEFT(from, field);     \
		RB_RIGHT(to, field) = RB_RIGHT(from, field);   \
		RB_PARENT(to, field) = RB_PARENT(from, field); \
		RB_COLOR(to, field) = RB_COLOR(from, field);   \
	} while (0)
#define while(...) while ((__VA_ARGS__) && CAN_LOOP)
