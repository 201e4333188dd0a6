// SPDX-License-Identifier: GPL-2.0
// LZ4 packs and unpacks text.
#include "corpus.h"
#include "text.h"
#include <lore.h>
#include <lz4.h>
#include <stdlib.h>
#include <string.h>

static const char *text;
static char *packed, *unpacked;
static int text_len, packed_len;

static long setup(const unsigned char *input, size_t len)
{
	text = (const char *)input;
	text_len = (int)len;
	packed = malloc((size_t)LZ4_compressBound(text_len));
	unpacked = malloc(len);
	return packed && unpacked ? 0 : -LORE_ENOMEMORY;
}

static uint64_t pack(void)
{
	packed_len = LZ4_compress_default(text, packed, text_len, LZ4_compressBound(text_len));
	return (uint64_t)packed_len;
}

static uint64_t unpack(void)
{
	return (uint64_t)LZ4_decompress_safe(packed, unpacked, packed_len, text_len);
}

// What was packed and unpacked is the text.
static uint64_t compare(void)
{
	return memcmp(text, unpacked, (size_t)text_len) ? 0 : sum_bytes(packed, (size_t)packed_len);
}

const struct program program = { setup, { pack, unpack, compare } };
