// SPDX-License-Identifier: GPL-2.0
// A count-min sketch.
#include "sketch.h"

typedef uint32_t row_t[COLUMNS];

GLOBAL(row_t, counters, ROWS);

static void sketch_add(uint64_t hash)
{
	for (uint32_t row = 0; row < ROWS; row++)
		counters[row][column(hash, row)]++;
}

static int64_t sketch_estimate(uint64_t hash)
{
	uint32_t least = counters[0][column(hash, 0)];

	for (uint32_t row = 1; row < ROWS; row++) {
		uint32_t count = counters[row][column(hash, row)];

		if (count < least)
			least = count;
	}
	return least;
}
