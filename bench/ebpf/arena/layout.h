/* SPDX-License-Identifier: GPL-2.0 */
/* Where things are in the arena. The runner reads the numbers out of this file. */
#define ARENA_START 0x100000000000
#define ARENA_LEN 0x5000000
#define ARENA_STATE 0x1000
#define ARENA_GLOBAL 0x10000
#define ARENA_INPUT 0x400000
#define ARENA_HEAP 0x1000000
