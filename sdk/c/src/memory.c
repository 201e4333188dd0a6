// SPDX-License-Identifier: GPL-2.0
/*
 * The functions that every freestanding compiler calls by itself. What does not fill whole words is done by words that
 * overlap others: few branches, few accesses. All of such bytes are loaded before any is stored, so it does not matter how the
 * two places overlap.
 */

#include <stdint.h>
#include <string.h>

/* Unaligned accesses are fine: a window is plain normal memory. */
static inline uint64_t load(const unsigned char *from)
{
	uint64_t word;

	__builtin_memcpy(&word, from, sizeof word);
	return word;
}

static inline void store(unsigned char *to, uint64_t word)
{
	__builtin_memcpy(to, &word, sizeof word);
}

static inline uint32_t load_half(const unsigned char *from)
{
	uint32_t half;

	__builtin_memcpy(&half, from, sizeof half);
	return half;
}

static inline void store_half(unsigned char *to, uint32_t half)
{
	__builtin_memcpy(to, &half, sizeof half);
}

/* Less than 16 bytes. */
static void few(unsigned char *to, const unsigned char *from, size_t len)
{
	if (len >= 8) {
		uint64_t first = load(from), last = load(from + len - 8);

		store(to, first);
		store(to + len - 8, last);
	} else if (len >= 4) {
		uint32_t first = load_half(from), last = load_half(from + len - 4);

		store_half(to, first);
		store_half(to + len - 4, last);
	} else if (len) {
		unsigned char first = from[0], middle = from[len / 2], last = from[len - 1];

		to[0] = first;
		to[len / 2] = middle;
		to[len - 1] = last;
	}
}

static inline void forward(unsigned char *to, const unsigned char *from, size_t len)
{
	if (len < 16) {
		few(to, from, len);
		return;
	}
	uint64_t low = load(from + len - 16), high = load(from + len - 8);
	unsigned char *last = to + len - 16;

	for (; to < last; to += 16, from += 16) {
		uint64_t first = load(from), second = load(from + 8);

		store(to, first);
		store(to + 8, second);
	}
	store(last, low);
	store(last + 8, high);
}

/* At least 16 bytes. */
static void backward(unsigned char *to, const unsigned char *from, size_t len)
{
	uint64_t low = load(from), high = load(from + 8);
	unsigned char *next = to + len;

	from += len;
	for (; next - to > 16; next -= 16, from -= 16) {
		uint64_t first = load(from - 8), second = load(from - 16);

		store(next - 8, first);
		store(next - 16, second);
	}
	store(to, low);
	store(to + 8, high);
}

void *memcpy(void *restrict to, const void *restrict from, size_t len)
{
	forward(to, from, len);
	return to;
}

void *memmove(void *to, const void *from, size_t len)
{
	/* Forward is right unless the target begins inside of the source. */
	if ((uintptr_t)to - (uintptr_t)from >= len || len < 16)
		forward(to, from, len);
	else
		backward(to, from, len);
	return to;
}

void *memset(void *to, int byte, size_t len)
{
	unsigned char *at = to, *end = at + len;
	uint64_t word = 0x0101010101010101u * (unsigned char)byte;

	if (len >= 8) {
		for (; end - at > 8; at += 8)
			store(at, word);
		store(end - 8, word);
	} else {
		while (at < end)
			*at++ = (unsigned char)byte;
	}
	return to;
}

/* The order of words whose first byte counts most, as it does in memory. */
static int order(uint64_t a, uint64_t b)
{
	return __builtin_bswap64(a) < __builtin_bswap64(b) ? -1 : 1;
}

int memcmp(const void *a, const void *b, size_t len)
{
	const unsigned char *x = a, *y = b;

	if (len >= 8) {
		const unsigned char *x_last = x + len - 8, *y_last = y + len - 8;

		for (; x < x_last; x += 8, y += 8)
			if (load(x) != load(y))
				return order(load(x), load(y));
		return load(x_last) == load(y_last) ? 0 : order(load(x_last), load(y_last));
	}
	for (; len; len--, x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}

size_t strlen(const char *text)
{
	const char *end = text;

	while (*end)
		end++;
	return (size_t)(end - text);
}
