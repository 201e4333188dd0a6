// SPDX-License-Identifier: GPL-2.0
// Linked structures in static memory: lists, a binary tree, pointers to pointers, null tests.
#include "program.h"

struct node {
	struct node *left, *right;
	u32 key, count;
};

static struct node nodes[4096];
static u32 used;

static struct node *insert(struct node **root, u32 key)
{
	while (*root) {
		if ((*root)->key == key) {
			(*root)->count++;
			return *root;
		}
		root = key < (*root)->key ? &(*root)->left : &(*root)->right;
	}
	if (used == 4096)
		return 0;
	*root = &nodes[used++];
	(*root)->key = key;
	(*root)->count = 1;
	return *root;
}

static NOINLINE u64 walk(const struct node *n, int depth)
{
	if (!n)
		return (u64)depth;
	return walk(n->left, depth + 1) * 3 + (u64)n->key * n->count + walk(n->right, depth + 1) * 5;
}

static NOINLINE struct node *reverse(struct node *list)
{
	struct node *out = 0;

	while (list) {
		struct node *next = list->right;

		list->right = out;
		out = list;
		list = next;
	}
	return out;
}

// In no turn of the loop the pointer is one, and its bits are read behind it.
static NOINLINE u64 bits_behind(const u32 *of, u32 turns, u64 *sum)
{
	while (turns-- && *sum != 1)
		*sum += *(const volatile u32 *)of + turns;
	return (u64)of;
}

u64 run(struct context *c)
{
	struct node *root = 0, *list = 0;
	u32 seed = 2463534242u;
	u64 sum = 0;

	for (int i = 0; i < 3000; i++)
		insert(&root, next_random(&seed) % 2500);
	put(c, "used", used);
	put(c, "walk", walk(root, 0));
	for (u32 i = 0; i < used; i++) {
		nodes[i].right = list;
		list = &nodes[i];
	}
	list = reverse(list);
	for (struct node *n = list; n; n = n->right)
		sum = sum * 31 + n->key;
	put(c, "list", sum);
	put(c, "bits", bits_behind((const u32 *)0x123456789abcdef0, 0, &sum) + (bits_behind(&used, 5, &sum) == (u64)&used));
	return sum;
}
