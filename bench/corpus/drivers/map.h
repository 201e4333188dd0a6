/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The operations of a map, over what its driver defines before it includes this: map_put() makes a key's value `first` and
 * those behind it and says whether the key was there, map_find() gives the value or NULL, map_remove() says whether the
 * key was there.
 */
#ifndef MAP_H
#define MAP_H

#include "corpus.h"
#include "keys.h"

static int map_put(const struct key MEM *key, uint64_t first);
static const struct value MEM *map_find(const struct key MEM *key);
static int map_remove(const struct key MEM *key);

static uint64_t insert(void)
{
	uint64_t fresh = 0;

	EACH(at, keys_len)
		fresh += !map_put(key_inserted(at), VALUE_INSERTED(at));
	return fresh;
}

static uint64_t update(void)
{
	uint64_t sum = 0;

	EACH(at, draws_len)
		sum = sum_done(sum, map_put(key_drawn(at), VALUE_UPDATED(at)));
	return sum;
}

static uint64_t lookup(void)
{
	uint64_t sum = 0;

	EACH(at, draws_len)
		sum = sum_found(sum, map_find(key_drawn(at)));
	return sum;
}

static uint64_t delete(void)
{
	uint64_t sum = 0;

	EACH(at, draws_len)
		sum = sum_done(sum, map_remove(key_drawn(at)));
	return sum;
}

PROGRAM(keys_setup, insert, update, lookup, delete);

#endif
