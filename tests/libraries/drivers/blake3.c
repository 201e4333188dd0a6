// SPDX-License-Identifier: GPL-2.0
// BLAKE3 by its published vectors' rule: bytes counting to 250 again and again, plain, keyed, and as key derivation.
#include "driver.h"
#include <blake3.h>

static void hash(const char *kind, blake3_hasher *hasher, const uint8_t *bytes, size_t len, uint8_t out[131])
{
	blake3_hasher_update(hasher, bytes, len / 3);
	blake3_hasher_update(hasher, bytes + len / 3, len - len / 3);
	blake3_hasher_finalize(hasher, out, 131);
	say("%zu %s: ", len, kind);
	for (int at = 0; at < 131; at++)
		say("%02x", out[at]);
	say("\n");
}

void vectors(const struct file *file)
{
	static const size_t lens[] = { 0,    1,	   2,	 3,    4,    5,	   6,	 7,	8,     63,   64,   65,
				       127,  128,  129,	 1023, 1024, 1025, 2048, 2049,	3072,  3073, 4096, 4097,
				       5120, 5121, 6144, 6145, 7168, 7169, 8192, 8193, 16384, 31744, 102400 };
	// The first bytes of the hash of nothing.
	static const uint8_t nothing[] = { 0xaf, 0x13, 0x49, 0xb9, 0xf5, 0xf9, 0xa1, 0xa6 };
	uint8_t *bytes = room(102400), out[131];

	for (int at = 0; at < 102400; at++)
		bytes[at] = (uint8_t)(at % 251);
	for (size_t at = 0; at < sizeof(lens) / sizeof(*lens); at++) {
		blake3_hasher hasher;

		blake3_hasher_init(&hasher);
		hash("hash", &hasher, bytes, lens[at], out);
		if (!at)
			check(!memcmp(out, nothing, sizeof(nothing)), "hash of nothing");
		blake3_hasher_init_keyed(&hasher, (const uint8_t *)"whats the Elvish word for friend");
		hash("keyed_hash", &hasher, bytes, lens[at], out);
		blake3_hasher_init_derive_key(&hasher, "BLAKE3 2019-12-27 16:29:52 test vectors context");
		hash("derive_key", &hasher, bytes, lens[at], out);
	}
	free(bytes);
	(void)file;
}
