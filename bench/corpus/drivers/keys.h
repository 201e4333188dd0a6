/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Keys of 32 bytes, values of 64, and which key each operation is about: the input of the structures, as the corpus's
 * `keys` writes it.
 */
#ifndef KEYS_H
#define KEYS_H

#include "corpus.h"
#include <stddef.h>
#include <stdint.h>

struct key {
	uint64_t words[4];
};

struct value {
	uint64_t words[8];
};

/* How many keys there are, and how many operations. A BPF program has its own way. */
#ifdef BPF
#include "peer_keys.h"
#else
extern uint64_t keys_len, draws_len;
extern const struct key MEM *keys;
extern const uint32_t MEM *draws;

/* The setup of a structure that needs none. */
long keys_setup(const unsigned char *input, size_t len);

/* The key that insertion `at` is about, and the one that another operation is. */
static inline const struct key MEM *key_inserted(uint64_t at)
{
	return &keys[at];
}

static inline const struct key MEM *key_drawn(uint64_t at)
{
	return &keys[draws[at]];
}
#endif

/* Words whose first and last come back in the checksums. */
static inline void value_fill(struct value MEM *value, uint64_t first)
{
	for (int at = 0; at < 8; at++)
		value->words[at] = first + (uint64_t)at;
}

/* The value that key `at` is inserted with, and the one that operation `at` writes. */
#define VALUE_INSERTED(at) ((at) * 8)
#define VALUE_UPDATED(at) ((1ull << 32) + (at) * 8)

/* Checksums: what was found, or that nothing was. */
static inline uint64_t sum_found(uint64_t sum, const struct value MEM *value)
{
	return sum * 31 + (value ? value->words[0] + value->words[7] : 1);
}

static inline uint64_t sum_done(uint64_t sum, int done)
{
	return sum * 31 + (done ? 1 : 0);
}

/* Word by word: of a struct's assignment, a BPF compiler forgets where it lies. */
static inline void key_copy(struct key MEM *to, const struct key MEM *from)
{
	to->words[0] = from->words[0];
	to->words[1] = from->words[1];
	to->words[2] = from->words[2];
	to->words[3] = from->words[3];
}

static inline int key_equal(const struct key MEM *a, const struct key MEM *b)
{
	return a->words[0] == b->words[0] && a->words[1] == b->words[1] && a->words[2] == b->words[2] &&
	       a->words[3] == b->words[3];
}

static inline int key_compare(const struct key MEM *a, const struct key MEM *b)
{
	for (int at = 0; at < 4; at++)
		if (a->words[at] != b->words[at])
			return a->words[at] < b->words[at] ? -1 : 1;
	return 0;
}

static inline uint64_t key_hash(const struct key MEM *key)
{
	uint64_t hash = 0x9e3779b97f4a7c15;

	for (int at = 0; at < 4; at++) {
		hash = (hash ^ key->words[at]) * 0xff51afd7ed558ccd;
		hash ^= hash >> 32;
	}
	return hash;
}

#endif
