// SPDX-License-Identifier: GPL-2.0
// libdeflate: each level in each container, back again, and streams that are cut short.
#include "driver.h"
#include <libdeflate.h>

static void level(const struct file *file, int level)
{
	struct libdeflate_compressor *to = libdeflate_alloc_compressor(level);
	struct libdeflate_decompressor *from = libdeflate_alloc_decompressor();
	size_t most = libdeflate_gzip_compress_bound(to, file->len), len, back_len;
	uint8_t *packed = room(most), *back = room(file->len);

	len = libdeflate_gzip_compress(to, file->bytes, file->len, packed, most);
	say("level %d: gzip %zu\n", level, len);
	put(packed, len);
	check(!libdeflate_gzip_decompress(from, packed, len, back, file->len, &back_len), "gzip");
	check(back_len == file->len && !memcmp(back, file->bytes, back_len), "content");
	say("cut: %d, changed: ", libdeflate_gzip_decompress(from, packed, len / 2, back, file->len, &back_len));
	packed[len - 5] ^= 1;
	say("%d\n", libdeflate_gzip_decompress(from, packed, len, back, file->len, &back_len));
	len = libdeflate_zlib_compress(to, file->bytes, file->len, packed, most);
	check(!libdeflate_zlib_decompress(from, packed, len, back, file->len, &back_len), "zlib");
	put(packed, len);
	libdeflate_free_compressor(to);
	libdeflate_free_decompressor(from);
	free(packed);
	free(back);
}

void vectors(const struct file *file)
{
	static const int levels[] = { 0, 1, 3, 6, 9, 12 };

	for (size_t at = 0; at < sizeof(levels) / sizeof(*levels); at++)
		level(file, levels[at]);
	check(libdeflate_crc32(0, "123456789", 9) == 0xcbf43926, "crc32 of 123456789");
	check(libdeflate_adler32(1, "Wikipedia", 9) == 0x11e60398, "adler32 of Wikipedia");
}
