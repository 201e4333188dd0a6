/* SPDX-License-Identifier: GPL-2.0 */
/* Programs whose input is text: where it lies, and a checksum of what they make of it. */
#ifndef TEXT_H
#define TEXT_H

#include <stddef.h>
#include <stdint.h>

/* FNV's, a word at a time. */
static inline uint64_t sum_bytes(const void *bytes, size_t len)
{
	uint64_t sum = 0xcbf29ce484222325, word;

	for (; len >= 8; len -= 8) {
		__builtin_memcpy(&word, bytes, 8);
		sum = (sum ^ word) * 0x100000001b3;
		bytes = (const char *)bytes + 8;
	}
	for (; len; len--) {
		sum = (sum ^ *(const unsigned char *)bytes) * 0x100000001b3;
		bytes = (const char *)bytes + 1;
	}
	return sum;
}

#endif
