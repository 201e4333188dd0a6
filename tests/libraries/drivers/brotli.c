// SPDX-License-Identifier: GPL-2.0
// Brotli: its own dictionary, which it carries compressed too, and text at several qualities.
#include "driver.h"
#include <brotli/decode.h>
#include <brotli/encode.h>

enum { MOST = 1 << 20 };

// What dictionary.bin.br became: dictionary.bin comes next.
static uint8_t *dictionary;
static size_t dictionary_len;

static void quality(const struct file *file, int quality)
{
	size_t len = BrotliEncoderMaxCompressedSize(file->len), back_len = file->len;
	uint8_t *packed = room(len), *back = room(file->len);

	check(BrotliEncoderCompress(quality, 18, BROTLI_MODE_TEXT, file->len, file->bytes, &len, packed), "compress");
	say("quality %d: %zu\n", quality, len);
	put(packed, len);
	check(BrotliDecoderDecompress(len, packed, &back_len, back) == BROTLI_DECODER_RESULT_SUCCESS, "decompress");
	check(back_len == file->len && !memcmp(back, file->bytes, back_len), "content");
	free(packed);
	free(back);
}

void vectors(const struct file *file)
{
	if (strstr(file->name, ".br")) {
		dictionary = room(MOST);
		dictionary_len = MOST;
		say("%d\n", BrotliDecoderDecompress(file->len, file->bytes, &dictionary_len, dictionary));
		return;
	}
	if (strstr(file->name, ".bin")) {
		check(dictionary_len == file->len && !memcmp(dictionary, file->bytes, file->len), "the dictionary");
		free(dictionary);
		return;
	}
	quality(file, 1);
	quality(file, 5);
	quality(file, 9);
}
