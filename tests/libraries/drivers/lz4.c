// SPDX-License-Identifier: GPL-2.0
// LZ4: blocks, fast and strong, and whole frames; every output is decompressed again.
#include "driver.h"
#include <lz4.h>
#include <lz4frame.h>
#include <lz4hc.h>

static void block(const struct file *file, int level)
{
	size_t most = (size_t)LZ4_compressBound((int)file->len);
	char *packed = room(most), *back = room(file->len);
	const char *bytes = (const char *)file->bytes;
	int len = level ? LZ4_compress_HC(bytes, packed, (int)file->len, (int)most, level)
			: LZ4_compress_default(bytes, packed, (int)file->len, (int)most);

	say("level %d: %d\n", level, len);
	put(packed, (size_t)len);
	len = LZ4_decompress_safe(packed, back, len, (int)file->len);
	check((size_t)len == file->len && !memcmp(back, file->bytes, file->len), "block");
	free(packed);
	free(back);
}

static void frame(const struct file *file)
{
	LZ4F_preferences_t how = { .frameInfo = { .contentChecksumFlag = LZ4F_contentChecksumEnabled,
						  .blockSizeID = LZ4F_max64KB } };
	size_t most = LZ4F_compressFrameBound(file->len, &how), len, in, out = file->len;
	char *packed = room(most), *back = room(file->len);
	LZ4F_dctx *state;

	len = LZ4F_compressFrame(packed, most, file->bytes, file->len, &how);
	check(!LZ4F_isError(len), "frame");
	say("frame: %zu\n", len);
	put(packed, len);
	in = len;
	LZ4F_createDecompressionContext(&state, LZ4F_VERSION);
	check(LZ4F_decompress(state, back, &out, packed, &in, NULL) == 0, "frame ends");
	check(out == file->len && !memcmp(back, file->bytes, out), "frame's content");
	// One bit changed: the checksum says so.
	packed[len / 2] ^= 4;
	in = len;
	out = file->len;
	LZ4F_resetDecompressionContext(state);
	say("changed: %s\n", LZ4F_getErrorName(LZ4F_decompress(state, back, &out, packed, &in, NULL)));
	LZ4F_freeDecompressionContext(state);
	free(packed);
	free(back);
}

void vectors(const struct file *file)
{
	block(file, 0);
	block(file, 4);
	block(file, 9);
	frame(file);
}
