// SPDX-License-Identifier: GPL-2.0
// A red-black tree by BSD's sys/tree.h.
#include "map.h"
#include <stdlib.h>
#include <sys/tree.h>

struct node {
	RB_ENTRY(node) link;
	struct key key;
	struct value value;
};

static int compare(const struct node *a, const struct node *b)
{
	return key_compare(&a->key, &b->key);
}

static RB_HEAD(tree, node) tree = RB_INITIALIZER(&tree);
RB_GENERATE_STATIC(tree, node, link, compare)

static struct node *find(const struct key *key)
{
	struct node wanted;

	wanted.key = *key;
	return RB_FIND(tree, &tree, &wanted);
}

static int map_put(const struct key *key, uint64_t first)
{
	struct node *node = find(key);
	int was_there = node != NULL;

	if (!was_there) {
		node = malloc(sizeof(*node));
		if (!node)
			return 0;
		node->key = *key;
		RB_INSERT(tree, &tree, node);
	}
	value_fill(&node->value, first);
	return was_there;
}

static const struct value *map_find(const struct key *key)
{
	const struct node *node = find(key);

	return node ? &node->value : NULL;
}

static int map_remove(const struct key *key)
{
	struct node *node = find(key);

	if (!node)
		return 0;
	RB_REMOVE(tree, &tree, node);
	free(node);
	return 1;
}
