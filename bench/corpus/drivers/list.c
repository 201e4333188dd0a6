// SPDX-License-Identifier: GPL-2.0
// A doubly linked list by BSD's sys/queue.h, searched from its head.
#include "corpus.h"
#include "keys.h"
#include <stdlib.h>
#include <sys/queue.h>

struct node {
	LIST_ENTRY(node MEM) link;
	struct key key;
	struct value value;
};

LIST_HEAD(head, node MEM);
GLOBAL(struct head, list, 1);

// Every search walks, so there are few.
enum { SEARCHES = 128 };

static uint64_t searches(void)
{
	return draws_len < SEARCHES ? draws_len : SEARCHES;
}

static struct node MEM *find(const struct key MEM *key)
{
	struct node MEM *node;

	LIST_FOREACH(node, list, link)
		if (key_equal(&node->key, key))
			return node;
	return NULL;
}

static uint64_t insert(void)
{
	EACH(at, keys_len) {
		struct node MEM *node = malloc(sizeof(*node));

		if (!node)
			return 0;
		key_copy(&node->key, key_inserted(at));
		value_fill(&node->value, VALUE_INSERTED(at));
		LIST_INSERT_HEAD(list, node, link);
	}
	return keys_len;
}

static uint64_t update(void)
{
	uint64_t sum = 0;

	EACH(at, searches()) {
		struct node MEM *node = find(key_drawn(at));

		if (node)
			value_fill(&node->value, VALUE_UPDATED(at));
		sum = sum_done(sum, node != NULL);
	}
	return sum;
}

static uint64_t lookup(void)
{
	uint64_t sum = 0;

	EACH(at, searches()) {
		const struct node MEM *node = find(key_drawn(at));

		sum = sum_found(sum, node ? &node->value : NULL);
	}
	return sum;
}

static uint64_t delete(void)
{
	uint64_t sum = 0;

	EACH(at, searches()) {
		struct node MEM *node = find(key_drawn(at));

		sum = sum_done(sum, node != NULL);
		if (node) {
			LIST_REMOVE(node, link);
			free(node);
		}
	}
	return sum;
}

PROGRAM(keys_setup, insert, update, lookup, delete);
