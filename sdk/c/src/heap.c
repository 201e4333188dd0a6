// SPDX-License-Identifier: GPL-2.0
/*
 * malloc() on the gate heap_grow: a list of free blocks per power of two.
 *
 * Several CPUs run an extension at once, an interrupt may run it over itself, and an activation can
 * be cancelled at any instruction. A lock would then be held for ever, and a tree would stay half
 * changed. So there is neither: every change is one compare-and-swap of a list's head, and what a
 * cancelled activation was about to take or give is lost, no more (the heap's limit bounds that).
 *
 * A head holds the low half of the first block's address, which is all of an address that counts, and
 * a counter that each change moves on, so that a head is never mistaken for an older one.
 */

#include <lore.h>
#include <stdlib.h>
#include <string.h>

/* Blocks begin with their class, and are of 2^FIRST to 2^LAST bytes with it. */
#define FIRST 5
#define LAST 30
/* Blocks up to this size are made many at a time. */
#define CHUNK 65536

struct block {
	uint64_t class;		/* while it is in use; the user's bytes follow in a unit of 16 */
	uint64_t next;		/* while it is free: low half of the next one's address */
};

static uint64_t heads[LAST + 1];
/* Upper half of all addresses of the window; learnt from the first growth. */
static uint64_t window;

static struct block *at(uint64_t low)
{
	return (struct block *)(__atomic_load_n(&window, __ATOMIC_RELAXED) | low);
}

static void give(unsigned int class, struct block *block)
{
	uint64_t head = __atomic_load_n(&heads[class], __ATOMIC_RELAXED), changed;

	do {
		__atomic_store_n(&block->next, (uint32_t)head, __ATOMIC_RELAXED);
		changed = ((head >> 32) + 1) << 32 | (uint32_t)(uintptr_t)block;
	} while (!__atomic_compare_exchange_n(&heads[class], &head, changed, 1,
					      __ATOMIC_RELEASE, __ATOMIC_RELAXED));
}

static struct block *take(unsigned int class)
{
	uint64_t head = __atomic_load_n(&heads[class], __ATOMIC_ACQUIRE), changed;
	struct block *block;

	do {
		if (!(uint32_t)head)
			return NULL;
		block = at((uint32_t)head);
		/* May be somebody else's by now and then anything: the counter has moved on. */
		changed = __atomic_load_n(&block->next, __ATOMIC_RELAXED);
		changed = ((head >> 32) + 1) << 32 | (uint32_t)changed;
	} while (!__atomic_compare_exchange_n(&heads[class], &head, changed, 1,
					      __ATOMIC_ACQUIRE, __ATOMIC_ACQUIRE));
	return block;
}

/* Fresh pages, in as many steps as the gate wants; NULL when there are no more, or when another
 * activation grew the heap in between (the steps that were done are lost then, as in a cancellation). */
static long fresh_pages(size_t len)
{
	size_t step = len < LORE_HEAP_GROW_BYTES_MAX ? len : LORE_HEAP_GROW_BYTES_MAX, done;
	long fresh = lore_gate_heap_grow(step);

	for (done = step; done < len && !lore_is_error(fresh); done += step)
		if (lore_gate_heap_grow(step) != fresh + (long)done)
			return -LORE_ENOMEMORY;
	return fresh;
}

/* New memory: the first block of it is the answer, the others are free. */
static struct block *grow(unsigned int class)
{
	size_t size = (size_t)1 << class, len = size < CHUNK ? CHUNK : size, done;
	long fresh = fresh_pages(len);

	if (lore_is_error(fresh))
		return NULL;
	__atomic_store_n(&window, (uint64_t)fresh >> 32 << 32, __ATOMIC_RELAXED);
	for (done = size; done < len; done += size)
		give(class, at((uint32_t)(fresh + (long)done)));
	return at((uint32_t)fresh);
}

void *malloc(size_t len)
{
	unsigned int class = FIRST;
	struct block *block;

	if (len > ((size_t)1 << LAST) - 16)
		return NULL;
	while ((size_t)1 << class < len + 16)
		class++;
	block = take(class);
	if (!block)
		block = grow(class);
	if (!block)
		return NULL;
	block->class = class;
	return (char *)block + 16;
}

static struct block *block_of(void *user)
{
	struct block *block = (struct block *)((char *)user - 16);

	if (block->class < FIRST || block->class > LAST)
		lore_abort(0, "free() or realloc() of what malloc() did not give");
	return block;
}

void free(void *user)
{
	struct block *block;
	unsigned int class;

	if (!user)
		return;
	block = block_of(user);
	class = (unsigned int)block->class;
	block->class = 0;	/* so that a second free() of it is noticed */
	give(class, block);
}

void *calloc(size_t count, size_t len)
{
	size_t bytes;
	void *user;

	if (__builtin_mul_overflow(count, len, &bytes))
		return NULL;
	user = malloc(bytes);
	return user ? memset(user, 0, bytes) : NULL;
}

void *realloc(void *old, size_t len)
{
	size_t room;
	void *user;

	if (!old)
		return malloc(len);
	room = ((size_t)1 << block_of(old)->class) - 16;
	if (len <= room)
		return old;
	user = malloc(len);
	if (user) {
		memcpy(user, old, room);
		free(old);
	}
	return user;
}

void abort(void)
{
	lore_abort(0, "abort()");
}
