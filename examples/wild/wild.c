// SPDX-License-Identifier: GPL-2.0
/* A wild pointer, a few calls deep: an index that nobody checked. */

#include <lore.h>

struct entry {
	uint64_t key;
	uint64_t hits;
};

static struct entry table[64];

__attribute__((noinline)) static uint64_t count(struct entry *entry)
{
	return ++entry->hits;
}

__attribute__((noinline)) static uint64_t look_up(uint64_t key)
{
	struct entry *entry = &table[key]; /* Should have been key % 64. */
	uint64_t hits = count(entry);

	entry->key = key;
	return hits;
}

__attribute__((noinline)) static uint64_t each(const unsigned char *keys, size_t len)
{
	uint64_t hits = 0;

	for (size_t i = 0; i < len; i++)
		hits += look_up((uint64_t)keys[i] << 20);
	return hits;
}

static long wild(struct lore_run *run)
{
	static const unsigned char keys[] = { 0, 0, 42 };

	const unsigned char *from = run->input_len ? run->input : keys;
	size_t len = run->input_len ? run->input_len : sizeof keys;
	uint64_t hits = each(from, len);

	return (long)(hits + 1);
}

LORE_ENTRY_RUN(wild);
