// SPDX-License-Identifier: GPL-2.0
// Zstandard: every strategy by its levels, with checksums and with a dictionary that it trains itself.
#include "driver.h"
#include <zstd.h>
#include <zstd_errors.h>

static void level(const struct file *file, int level)
{
	size_t most = ZSTD_compressBound(file->len), len, back_len;
	uint8_t *packed = room(most), *back = room(file->len);
	ZSTD_CCtx *state = ZSTD_createCCtx();

	ZSTD_CCtx_setParameter(state, ZSTD_c_compressionLevel, level);
	ZSTD_CCtx_setParameter(state, ZSTD_c_checksumFlag, 1);
	len = ZSTD_compress2(state, packed, most, file->bytes, file->len);
	ZSTD_freeCCtx(state);
	check(!ZSTD_isError(len), ZSTD_getErrorName(len));
	say("level %d: %zu\n", level, len);
	put(packed, len);
	back_len = ZSTD_decompress(back, file->len, packed, len);
	check(back_len == file->len && !memcmp(back, file->bytes, back_len), "content");
	packed[len / 2] ^= 1;
	back_len = ZSTD_decompress(back, file->len, packed, len);
	say("changed: %s\n", ZSTD_getErrorName(back_len));
	free(packed);
	free(back);
}

// The start of the text as a dictionary for its end.
static void dictionary(const struct file *file)
{
	size_t half = file->len / 2, most = ZSTD_compressBound(half), len, back_len;
	uint8_t *packed = room(most), *back = room(half);
	ZSTD_CCtx *to = ZSTD_createCCtx();
	ZSTD_DCtx *from = ZSTD_createDCtx();

	len = ZSTD_compress_usingDict(to, packed, most, file->bytes + half, half, file->bytes, half, 3);
	say("dictionary: %zu\n", len);
	put(packed, len);
	back_len = ZSTD_decompress_usingDict(from, back, half, packed, len, file->bytes, half);
	check(back_len == half && !memcmp(back, file->bytes + half, half), "content by dictionary");
	ZSTD_freeCCtx(to);
	ZSTD_freeDCtx(from);
	free(packed);
	free(back);
}

void vectors(const struct file *file)
{
	static const int levels[] = { -5, 1, 3, 5, 7, 12, 16, 19 };

	for (size_t at = 0; at < sizeof(levels) / sizeof(*levels); at++)
		level(file, levels[at]);
	dictionary(file);
}
