// SPDX-License-Identifier: GPL-2.0
// A red-black tree by BSD's sys/tree.h.
#include "map.h"
#include <stdlib.h>
#include <sys/tree.h>

struct node {
	RB_ENTRY(node MEM) link;
	struct key key;
	struct value value;
};

static int compare(const struct node MEM *a, const struct node MEM *b)
{
	return key_compare(&a->key, &b->key);
}

static RB_HEAD(tree, node MEM) tree = RB_INITIALIZER(&tree);
RB_GENERATE_STATIC(tree, node MEM, link, compare)

static struct node MEM *find(const struct key MEM *key)
{
	// Nothing of a node but its key is looked at.
	return RB_FIND(tree, &tree, (struct node MEM *)((char MEM *)key - offsetof(struct node, key)));
}

static int map_put(const struct key MEM *key, uint64_t first)
{
	struct node MEM *node = find(key);
	int was_there = node != NULL;

	if (!was_there) {
		node = malloc(sizeof(*node));
		if (!node)
			return 0;
		key_copy(&node->key, key);
		RB_INSERT(tree, &tree, node);
	}
	value_fill(&node->value, first);
	return was_there;
}

static const struct value MEM *map_find(const struct key MEM *key)
{
	const struct node MEM *node = find(key);

	return node ? &node->value : NULL;
}

static int map_remove(const struct key MEM *key)
{
	struct node MEM *node = find(key);

	if (!node)
		return 0;
	RB_REMOVE(tree, &tree, node);
	free(node);
	return 1;
}
