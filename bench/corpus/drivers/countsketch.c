// SPDX-License-Identifier: GPL-2.0
// A count sketch: signs make collisions cancel out; the estimate is the mean of the middle two of four.
#include "sketch.h"

typedef int32_t row_t[COLUMNS];

GLOBAL(row_t, counters, ROWS);

static inline int32_t sign(uint64_t hash, uint32_t row)
{
	return hash >> (16 + row) & 1 ? 1 : -1;
}

static void sketch_add(uint64_t hash)
{
	for (uint32_t row = 0; row < ROWS; row++)
		counters[row][column(hash, row)] += sign(hash, row);
}

static int64_t sketch_estimate(uint64_t hash)
{
	int32_t sum = 0, least = INT32_MAX, most = INT32_MIN;

	for (uint32_t row = 0; row < ROWS; row++) {
		int32_t count = counters[row][column(hash, row)] * sign(hash, row);

		sum += count;
		least = count < least ? count : least;
		most = count > most ? count : most;
	}
	return (sum - least - most) >> 1;
}
