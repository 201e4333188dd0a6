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

static int map_put(const struct key *key, uint64_t first);
static const struct value *map_find(const struct key *key);
static int map_remove(const struct key *key);

static uint64_t insert(void)
{
	uint64_t fresh = 0;

	for (uint64_t at = 0; at < keys_len; at++)
		fresh += !map_put(&keys[at], VALUE_INSERTED(at));
	return fresh;
}

static uint64_t update(void)
{
	uint64_t sum = 0;

	for (uint64_t at = 0; at < draws_len; at++)
		sum = sum_done(sum, map_put(&keys[draws[at]], VALUE_UPDATED(at)));
	return sum;
}

static uint64_t lookup(void)
{
	uint64_t sum = 0;

	for (uint64_t at = 0; at < draws_len; at++)
		sum = sum_found(sum, map_find(&keys[draws[at]]));
	return sum;
}

static uint64_t delete(void)
{
	uint64_t sum = 0;

	for (uint64_t at = 0; at < draws_len; at++)
		sum = sum_done(sum, map_remove(&keys[draws[at]]));
	return sum;
}

const struct program program = { keys_setup, { insert, update, lookup, delete } };

#endif
