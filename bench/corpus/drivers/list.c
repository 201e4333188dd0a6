// SPDX-License-Identifier: GPL-2.0
// A doubly linked list by BSD's sys/queue.h, searched from its head.
#include "corpus.h"
#include "keys.h"
#include <stdlib.h>
#include <sys/queue.h>

struct node {
	LIST_ENTRY(node) link;
	struct key key;
	struct value value;
};

static LIST_HEAD(head, node) list = LIST_HEAD_INITIALIZER(list);

// Every search walks, so there are few.
enum { SEARCHES = 128 };

static uint64_t searches(void)
{
	return draws_len < SEARCHES ? draws_len : SEARCHES;
}

static struct node *find(const struct key *key)
{
	struct node *node;

	LIST_FOREACH(node, &list, link)
		if (key_equal(&node->key, key))
			return node;
	return NULL;
}

static uint64_t insert(void)
{
	for (uint64_t at = 0; at < keys_len; at++) {
		struct node *node = malloc(sizeof(*node));

		if (!node)
			return 0;
		node->key = keys[at];
		value_fill(&node->value, VALUE_INSERTED(at));
		LIST_INSERT_HEAD(&list, node, link);
	}
	return keys_len;
}

static uint64_t update(void)
{
	uint64_t sum = 0;

	for (uint64_t at = 0; at < searches(); at++) {
		struct node *node = find(&keys[draws[at]]);

		if (node)
			value_fill(&node->value, VALUE_UPDATED(at));
		sum = sum_done(sum, node != NULL);
	}
	return sum;
}

static uint64_t lookup(void)
{
	uint64_t sum = 0;

	for (uint64_t at = 0; at < searches(); at++) {
		const struct node *node = find(&keys[draws[at]]);

		sum = sum_found(sum, node ? &node->value : NULL);
	}
	return sum;
}

static uint64_t delete(void)
{
	uint64_t sum = 0;

	for (uint64_t at = 0; at < searches(); at++) {
		struct node *node = find(&keys[draws[at]]);

		sum = sum_done(sum, node != NULL);
		if (node) {
			LIST_REMOVE(node, link);
			free(node);
		}
	}
	return sum;
}

const struct program program = { keys_setup, { insert, update, lookup, delete } };
