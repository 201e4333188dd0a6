// SPDX-License-Identifier: GPL-2.0
// A hash map by uthash.
#include "map.h"
#include <stdlib.h>
#include <string.h>

// The hash that all structures use instead of its own; it compares keys by memcmp().
#define HASH_FUNCTION(keyptr, keylen, buckets, hashv, bucket)             \
	do {                                                              \
		(hashv) = (unsigned int)key_hash((const struct key MEM *)(keyptr)); \
		(bucket) = (hashv) & ((buckets) - 1);                     \
	} while (0)
#define uthash_fatal(msg) abort()
#include <uthash.h>

struct node {
	struct key key;
	struct value value;
	UT_hash_handle hh;
};

static struct node MEM *map;

static int map_put(const struct key MEM *key, uint64_t first)
{
	struct node MEM *node;
	int was_there;

	HASH_FIND(hh, map, key, sizeof(*key), node);
	was_there = node != NULL;
	if (!was_there) {
		node = malloc(sizeof(*node));
		if (!node)
			return 0;
		key_copy(&node->key, key);
		HASH_ADD(hh, map, key, sizeof(node->key), node);
	}
	value_fill(&node->value, first);
	return was_there;
}

static const struct value MEM *map_find(const struct key MEM *key)
{
	struct node MEM *node;

	HASH_FIND(hh, map, key, sizeof(*key), node);
	return node ? &node->value : NULL;
}

static int map_remove(const struct key MEM *key)
{
	struct node MEM *node;

	HASH_FIND(hh, map, key, sizeof(*key), node);
	if (!node)
		return 0;
	HASH_DEL(map, node);
	free(node);
	return 1;
}
