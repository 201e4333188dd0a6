// SPDX-License-Identifier: GPL-2.0
// Many values alive at once, so that the compiler saves and spills all it has; early returns, so that it shrink-wraps.
#include "program.h"

static NOINLINE u64 touch(u64 v) { return v * 6364136223846793005ull + 1442695040888963407ull; }

static NOINLINE u64 wide(u64 *a, u64 n)
{
	u64 s0 = a[0], s1 = a[1], s2 = a[2], s3 = a[3], s4 = a[4], s5 = a[5], s6 = a[6], s7 = a[7];
	u64 t0 = 1, t1 = 2, t2 = 3, t3 = 4, t4 = 5, t5 = 6, t6 = 7, t7 = 8, t8 = 9, t9 = 10;

	if (!n)
		return s0;
	for (u64 i = 0; i < n; i++) {
		t0 += s0 ^ i; t1 += t0 * s1; t2 ^= t1 + s2; t3 += t2 >> 3 ^ s3; t4 -= t3 * s4;
		t5 ^= t4 + s5; t6 += t5 * 3 + s6; t7 ^= t6 >> 9 ^ s7; t8 += t7; t9 ^= t8;
		s0 = touch(s0 + t9); s1 += t0; s2 ^= t1; s3 += t2; s4 ^= t3; s5 += t4; s6 ^= t5; s7 += t6;
		if ((i & 7) == 5)
			a[i & 7] = touch(t3 ^ s6);
		a[0] = s0; a[(t4 & 7)] ^= t9;
	}
	return s0 ^ s1 ^ s2 ^ s3 ^ s4 ^ s5 ^ s6 ^ s7 ^ t0 ^ t1 ^ t2 ^ t3 ^ t4 ^ t5 ^ t6 ^ t7 ^ t8 ^ t9;
}

struct item {
	struct item *next;
	u64 key;
	u64 (*value)(const struct item *);
};

static NOINLINE u64 plain(const struct item *i) { return i->key; }
static NOINLINE u64 next_key(const struct item *i) { return i->next ? i->next->key : 1; }

static NOINLINE u64 search(const struct item *list, u64 key)
{
	if (!list)
		return 0;
	if (list->key == key)
		return list->value(list);
	for (const struct item *i = list->next; i; i = i->next) {
		if (i->key == key)
			return touch(i->value(i)) + touch(list->key);
		if (i->key > 900)
			return touch(key);
	}
	return key;
}

u64 run(struct context *c)
{
	static struct item items[100];
	u64 a[8] = { 3, 1, 4, 1, 5, 9, 2, 6 }, sum = 0;

	put(c, "wide", wide(a, 100) + wide(a, 0));
	for (u64 i = 0; i < 100; i++) {
		items[i].key = i * 10;
		items[i].value = i & 1 ? plain : next_key;
		items[i].next = i < 99 ? &items[i + 1] : 0;
	}
	for (u64 key = 0; key < 1100; key += 7)
		sum = sum * 3 + search(items, key) + search(0, key);
	put(c, "search", sum);
	return sum;
}
