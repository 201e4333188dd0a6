/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What makes a driver of the corpus a set of BPF programs over an arena, one program an operation. The drivers include this
 * through corpus.h.
 *
 *     ARENA_START             nothing: the address that is NULL to the kernel
 *       + ARENA_STATE         struct arena: the checksum, the allocator
 *       + ARENA_GLOBAL        the one array that a driver has beside its nodes
 *       + ARENA_INPUT         the keys, as the file has them
 *       + ARENA_HEAP          what arena_malloc() gives
 *
 * The runner maps the arena at ARENA_START and touches every page of it: bpf_arena_alloc_pages() is a kernel function,
 * which would take a kernel with BTF. So the heap is fully populated, as in KFlex.
 */
#ifndef PEER_H
#define PEER_H

#include "bpf.h"
#include "layout.h"

#define MEM __attribute__((address_space(1)))
/* A global of a BPF program is an element of a map; this one leads to the array, which is in the arena. */
#define GLOBAL(type, name, count) type MEM *name = (type MEM *)(ARENA_START + ARENA_GLOBAL)

#undef NULL
#define NULL 0

/* A place in the arena. Of an address that the compiler knows, it would forget that it is one in the arena. */
static inline void MEM *arena_at(uint64_t offset)
{
	uint64_t start = ARENA_START;

	asm("" : "+r"(start));
	return (void MEM *)(start + offset);
}

SECTION(".maps") struct {
	MAP_NUMBER(type, 33 /* BPF_MAP_TYPE_ARENA */);
	MAP_NUMBER(map_flags, 1 << 10 /* BPF_F_MMAPABLE */);
	MAP_NUMBER(max_entries, ARENA_LEN / 4096);
} arena_map;

/* Blocks are multiples of this, and have a header of this size. */
#define GRAIN 16
/* Sizes of blocks that are used again; the few larger ones are not. */
#define CLASSES 64

struct block {
	uint64_t class;
	struct block MEM *next;
};

struct arena {
	uint64_t checksum;
	uint64_t used;	/* Of the heap. */
	struct block MEM *unused[CLASSES];
};

#define arena ((struct arena MEM *)arena_at(ARENA_STATE))

static inline void MEM *arena_malloc(uint64_t size)
{
	uint64_t class = (size + 2 * GRAIN - 1) / GRAIN;
	struct block MEM *block = class < CLASSES ? arena->unused[class] : NULL;

	if (block) {
		arena->unused[class] = block->next;
	} else {
		if (ARENA_HEAP + arena->used + class * GRAIN > ARENA_LEN)
			return NULL;
		block = arena_at(ARENA_HEAP + arena->used);
		arena->used += class * GRAIN;
		block->class = class;
	}
	return (char MEM *)block + GRAIN;
}

static inline void arena_free(void MEM *freed)
{
	struct block MEM *block = (struct block MEM *)((char MEM *)freed - GRAIN);

	if (block->class < CLASSES) {
		block->next = arena->unused[block->class];
		arena->unused[block->class] = block;
	}
}

/* Zeroes a table, whose length is a multiple of eight. */
static inline void arena_zero(void MEM *at, uint64_t len)
{
	for (uint64_t word = 0; word < len / 8 && CAN_LOOP; word++)
		((uint64_t MEM *)at)[word] = 0;
}

/* The kernel has to be told which arena an address is of. */
#define OPERATION_BEGINS asm volatile("" : : "r"(&arena_map))
#define OPERATION_DONE(sum) (arena->checksum = (sum))

#endif
