// SPDX-License-Identifier: GPL-2.0
// xxHash: every length up to a few blocks, as its own sanity check goes, by all four functions, whole and streamed.
#include "driver.h"
#include <xxhash.h>

// xxHash's own generator of test bytes.
static void fill(uint8_t *bytes, size_t len)
{
	uint64_t byte = 2654435761u;

	for (size_t at = 0; at < len; at++) {
		bytes[at] = (uint8_t)(byte >> 56);
		byte *= 11400714785074694797ull;
	}
}

void vectors(const struct file *file)
{
	enum { LEN = 2367 };
	static const uint64_t seeds[] = { 0, 2654435761u };
	uint8_t *bytes = room(LEN);
	XXH3_state_t *state = XXH3_createState();

	fill(bytes, LEN);
	// The published values of these four: of nothing, and of 222 bytes.
	check(XXH32(bytes, 0, 0) == 0x02cc5d05u, "XXH32 of nothing");
	check(XXH64(bytes, 0, 0) == 0xef46db3751d8e999ull, "XXH64 of nothing");
	check(XXH3_64bits(bytes, 0) == 0x2d06800538d394c2ull, "XXH3 of nothing");
	check(XXH64(bytes, 222, 0) == 0xb641ae8cb691c174ull, "XXH64 of 222");
	for (size_t len = 0; len <= LEN; len += len < 300 ? 1 : 41) {
		for (int at = 0; at < 2; at++) {
			XXH128_hash_t wide = XXH3_128bits_withSeed(bytes, len, seeds[at]);

			XXH3_64bits_reset_withSeed(state, seeds[at]);
			XXH3_64bits_update(state, bytes, len / 3);
			XXH3_64bits_update(state, bytes + len / 3, len - len / 3);
			say("%zu %08x %016llx %016llx %016llx%016llx\n", len, XXH32(bytes, len, (XXH32_hash_t)seeds[at]),
			    (unsigned long long)XXH64(bytes, len, seeds[at]),
			    (unsigned long long)XXH3_64bits_withSeed(bytes, len, seeds[at]),
			    (unsigned long long)wide.high64, (unsigned long long)wide.low64);
			check(XXH3_64bits_digest(state) == XXH3_64bits_withSeed(bytes, len, seeds[at]), "streamed");
		}
	}
	XXH3_freeState(state);
	free(bytes);
	(void)file;
}
