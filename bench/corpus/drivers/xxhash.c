// SPDX-License-Identifier: GPL-2.0
// xxHash over text, and over its many short pieces.
#include "corpus.h"
#include <xxhash.h>

static const unsigned char *text;
static size_t text_len;

static long setup(const unsigned char *input, size_t len)
{
	text = input;
	text_len = len;
	return 0;
}

static uint64_t xxh64(void)
{
	return XXH64(text, text_len, 1);
}

static uint64_t xxh3(void)
{
	return XXH3_64bits_withSeed(text, text_len, 1);
}

static uint64_t xxh3_short(void)
{
	uint64_t sum = 0;

	for (size_t at = 0; at + 64 <= text_len; at += 16)
		sum = sum * 31 + XXH3_64bits(text + at, 1 + at % 61);
	return sum;
}

const struct program program = { setup, { xxh64, xxh3, xxh3_short } };
