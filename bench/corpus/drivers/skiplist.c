// SPDX-License-Identifier: GPL-2.0
// A skip list of 16 levels; how many a key has comes of its hash, one in four has one more.
#include "map.h"
#include <stdlib.h>

enum { LEVELS = 16 };

struct node {
	struct key key;
	struct value value;
	struct node *next[];
};

static struct node *heads[LEVELS];

static unsigned int levels_of(const struct key *key)
{
	return 1 + (unsigned int)__builtin_ctzll(key_hash(key) | 1ull << 30) / 2;
}

// The node with the key, or NULL; `links` are those that lead to it on each level, or would.
static struct node *find(const struct key *key, struct node **links[LEVELS])
{
	struct node **level = heads;

	for (int at = LEVELS - 1; at >= 0; at--) {
		struct node *next = level[at];

		while (next && key_compare(&next->key, key) < 0) {
			level = next->next;
			next = level[at];
		}
		links[at] = &level[at];
	}
	return *links[0] && key_equal(&(*links[0])->key, key) ? *links[0] : NULL;
}

static int map_put(const struct key *key, uint64_t first)
{
	struct node **links[LEVELS], *node = find(key, links);
	int was_there = node != NULL;

	if (!was_there) {
		unsigned int levels = levels_of(key);

		node = malloc(sizeof(*node) + levels * sizeof(node->next[0]));
		if (!node)
			return 0;
		node->key = *key;
		for (unsigned int at = 0; at < levels; at++) {
			node->next[at] = *links[at];
			*links[at] = node;
		}
	}
	value_fill(&node->value, first);
	return was_there;
}

static const struct value *map_find(const struct key *key)
{
	struct node **links[LEVELS], *node = find(key, links);

	return node ? &node->value : NULL;
}

static int map_remove(const struct key *key)
{
	struct node **links[LEVELS], *node = find(key, links);

	if (!node)
		return 0;
	for (unsigned int at = 0; at < levels_of(key); at++)
		*links[at] = node->next[at];
	free(node);
	return 1;
}
