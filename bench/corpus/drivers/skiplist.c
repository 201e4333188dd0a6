// SPDX-License-Identifier: GPL-2.0
// A skip list of 16 levels; how many a key has comes of its hash, one in four has one more.
#include "map.h"
#include <stdlib.h>

enum { LEVELS = 16 };

struct node {
	struct key key;
	struct value value;
	struct node MEM *next[];
};

GLOBAL(struct node MEM *, heads, LEVELS);

static unsigned int levels_of(const struct key MEM *key)
{
	return 1 + (unsigned int)__builtin_ctzll(key_hash(key) | 1ull << 30) / 2;
}

// The node with the key, or NULL; `links` are those that lead to it on each level, or would.
static struct node MEM *find(const struct key MEM *key, struct node MEM *MEM *links[LEVELS])
{
	struct node MEM *MEM *level = heads;

	for (int at = LEVELS - 1; at >= 0; at--) {
		struct node MEM *next = level[at];

		while (next && CAN_LOOP && key_compare(&next->key, key) < 0) {
			level = next->next;
			next = level[at];
		}
		links[at] = &level[at];
	}
	return *links[0] && key_equal(&(*links[0])->key, key) ? *links[0] : NULL;
}

static int map_put(const struct key MEM *key, uint64_t first)
{
	struct node MEM *MEM *links[LEVELS], *node = find(key, links);
	int was_there = node != NULL;

	if (!was_there) {
		unsigned int levels = levels_of(key);

		node = malloc(sizeof(*node) + levels * sizeof(node->next[0]));
		if (!node)
			return 0;
		key_copy(&node->key, key);
		for (unsigned int at = 0; at < levels && WITHIN(at, LEVELS); at++) {
			node->next[at] = *links[at];
			*links[at] = node;
		}
	}
	value_fill(&node->value, first);
	return was_there;
}

static const struct value MEM *map_find(const struct key MEM *key)
{
	struct node MEM *MEM *links[LEVELS], *node = find(key, links);

	return node ? &node->value : NULL;
}

static int map_remove(const struct key MEM *key)
{
	struct node MEM *MEM *links[LEVELS], *node = find(key, links);

	if (!node)
		return 0;
	for (unsigned int at = 0; at < levels_of(key) && WITHIN(at, LEVELS); at++)
		*links[at] = node->next[at];
	free(node);
	return 1;
}
