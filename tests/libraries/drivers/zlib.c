// SPDX-License-Identifier: GPL-2.0
// zlib: every strategy at several levels, streams in small pieces, both checksums.
#include "driver.h"
#include <zlib.h>

static void level(const struct file *file, int level, int strategy, int window)
{
	z_stream stream = { 0 };
	uLong most;
	Bytef *packed, *back = room(file->len + 1);
	int status;

	check(deflateInit2(&stream, level, Z_DEFLATED, window, 8, strategy) == Z_OK, "deflateInit2");
	most = deflateBound(&stream, file->len);
	packed = room(most);
	stream.next_in = (Bytef *)file->bytes;
	stream.avail_in = (uInt)file->len;
	stream.next_out = packed;
	stream.avail_out = (uInt)most;
	check(deflate(&stream, Z_FINISH) == Z_STREAM_END, "deflate");
	most = stream.total_out;
	deflateEnd(&stream);
	say("level %d, strategy %d, window %d: %lu\n", level, strategy, window, most);
	put(packed, most);

	memset(&stream, 0, sizeof(stream));
	check(inflateInit2(&stream, window) == Z_OK, "inflateInit2");
	stream.next_in = packed;
	stream.next_out = back;
	// In pieces, so that every state is left and entered again.
	do {
		stream.avail_in = stream.total_in + 61 < most ? 61 : (uInt)(most - stream.total_in);
		stream.avail_out = stream.total_out + 997 < file->len ? 997 : (uInt)(file->len + 1 - stream.total_out);
		status = inflate(&stream, Z_NO_FLUSH);
	} while (status == Z_OK);
	check(status == Z_STREAM_END && stream.total_out == file->len, "inflate ends");
	check(!memcmp(back, file->bytes, file->len), "inflate's content");
	inflateEnd(&stream);
	free(packed);
	free(back);
}

void vectors(const struct file *file)
{
	level(file, 1, Z_DEFAULT_STRATEGY, 15);
	level(file, 6, Z_DEFAULT_STRATEGY, -15);
	level(file, 9, Z_DEFAULT_STRATEGY, 31);
	level(file, 6, Z_HUFFMAN_ONLY, 15);
	level(file, 6, Z_RLE, 12);
	level(file, 3, Z_FIXED, 9);
	say("%s crc32 %08lx adler32 %08lx\n", zlibVersion(), crc32(0, file->bytes, (uInt)file->len),
	    adler32(1, file->bytes, (uInt)file->len));
	check(crc32(0, (const Bytef *)"123456789", 9) == 0xcbf43926, "crc32 of 123456789");
}
