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

	if (run->input_len)
		return (long)each(run->input, run->input_len) + 1;
	return (long)each(keys, sizeof keys) + 1;
}

LORE_ENTRY_RUN(wild);
