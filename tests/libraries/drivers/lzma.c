// SPDX-License-Identifier: GPL-2.0
// liblzma: its own good, bad and unsupported files, then the text compressed at two levels.
#include "driver.h"
#include <lzma.h>

enum { MOST = 1 << 20 };

static void decode(const struct file *file)
{
	lzma_stream stream = LZMA_STREAM_INIT;
	uint8_t *back = room(MOST);
	lzma_ret status;

	check(lzma_stream_decoder(&stream, 64 << 20, LZMA_CONCATENATED | LZMA_TELL_UNSUPPORTED_CHECK) == LZMA_OK, "init");
	stream.next_in = file->bytes;
	stream.avail_in = file->len;
	stream.next_out = back;
	stream.avail_out = MOST;
	do
		status = lzma_code(&stream, LZMA_FINISH);
	while (status == LZMA_OK);
	say("status %d, %llu of %llu\n", status, (unsigned long long)stream.total_out, (unsigned long long)stream.total_in);
	put(back, MOST - stream.avail_out);
	// Its README: good files must decode, bad and unsupported ones must not.
	check((status == LZMA_STREAM_END) == (file->name[0] == 'g'), file->name);
	lzma_end(&stream);
	free(back);
}

static void encode(const struct file *file, uint32_t level, lzma_check kind)
{
	uint8_t *packed = room(MOST), *back = room(file->len);
	size_t len = 0, from = 0, to = 0;
	uint64_t limit = 256 << 20;

	check(lzma_easy_buffer_encode(level, kind, NULL, file->bytes, file->len, packed, &len, MOST) == LZMA_OK, "encode");
	say("level %u, check %d: %zu\n", level, kind, len);
	put(packed, len);
	check(lzma_stream_buffer_decode(&limit, 0, NULL, packed, &from, len, back, &to, file->len) == LZMA_OK, "decode");
	check(to == file->len && !memcmp(back, file->bytes, to), "content");
	free(packed);
	free(back);
}

void vectors(const struct file *file)
{
	if (strstr(file->name, ".xz")) {
		decode(file);
		return;
	}
	encode(file, 0, LZMA_CHECK_CRC32);
	encode(file, 2, LZMA_CHECK_SHA256);
}
