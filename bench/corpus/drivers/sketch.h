/* SPDX-License-Identifier: GPL-2.0 */
/* What sketches share: four rows of counters, and the operations over what the driver defines. */
#ifndef SKETCH_H
#define SKETCH_H

#include "corpus.h"
#include "keys.h"

enum { ROWS = 4, COLUMNS = 65536 };

/* The counter of a hash in a row. */
static inline uint32_t column(uint64_t hash, uint32_t row)
{
	return ((uint32_t)hash + row * ((uint32_t)(hash >> 32) | 1)) % COLUMNS;
}

static void sketch_add(uint64_t hash);
static int64_t sketch_estimate(uint64_t hash);

static uint64_t update(void)
{
	EACH(at, draws_len)
		sketch_add(key_hash(key_drawn(at)));
	return draws_len;
}

static uint64_t lookup(void)
{
	uint64_t sum = 0;

	EACH(at, draws_len)
		sum = sum * 31 + (uint64_t)sketch_estimate(key_hash(key_drawn(at)));
	return sum;
}

PROGRAM(keys_setup, update, lookup);

#endif
