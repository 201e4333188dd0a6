/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The code arena and its stubs: room in the module's text, one stub for each arena word.
 *
 * Without bits in the file: the module's init fills both (arena/mod.rs). A stub keeps x30 in lore_cross's frame and
 * calls lore_landing, so that its own link tells the word that faulted. The exception table lies in .bss, where its 32-bit offsets reach both.
 */
#include <linux/linkage.h>
#include "../entry/crossing.h"

#define ARENA_LEN	(CONFIG_LORE_ARENA_KIB * 1024)

	.section .lore_arena, "ax", @nobits
	.balign	4096
SYM_DATA_START(lore_arena)
	.skip	ARENA_LEN
SYM_DATA_END(lore_arena)
SYM_DATA_START(lore_arena_stubs)
	.skip	ARENA_LEN / 4 * 8
SYM_DATA_END(lore_arena_stubs)

	.bss
	.balign	8
SYM_DATA_START(lore_arena_extable)
	.skip	(ARENA_LEN / 4 + LORE_EXTABLE_OWN_MAX) * 12
SYM_DATA_END(lore_arena_extable)
