// SPDX-License-Identifier: GPL-2.0
/* The functions that every freestanding compiler calls by itself, eight bytes at a time. */

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

static void forward(unsigned char *to, const unsigned char *from, size_t len)
{
	for (; len >= 16; len -= 16, to += 16, from += 16) {
		uint64_t low = load(from), high = load(from + 8);

		store(to, low);
		store(to + 8, high);
	}
	if (len & 8) {
		store(to, load(from));
		to += 8;
		from += 8;
	}
	for (len &= 7; len; len--)
		*to++ = *from++;
}

static void backward(unsigned char *to, const unsigned char *from, size_t len)
{
	to += len;
	from += len;
	for (; len >= 8; len -= 8) {
		to -= 8;
		from -= 8;
		store(to, load(from));
	}
	for (; len; len--)
		*--to = *--from;
}

void *memcpy(void *restrict to, const void *restrict from, size_t len)
{
	forward(to, from, len);
	return to;
}

void *memmove(void *to, const void *from, size_t len)
{
	/* Forward is right unless the target begins inside of the source. */
	if ((uintptr_t)to - (uintptr_t)from >= len)
		forward(to, from, len);
	else
		backward(to, from, len);
	return to;
}

void *memset(void *to, int byte, size_t len)
{
	unsigned char *at = to;
	uint64_t word = 0x0101010101010101u * (unsigned char)byte;

	for (; len >= 8; len -= 8, at += 8)
		store(at, word);
	for (; len; len--)
		*at++ = (unsigned char)byte;
	return to;
}

int memcmp(const void *a, const void *b, size_t len)
{
	const unsigned char *x = a, *y = b;

	for (; len >= 8 && load(x) == load(y); len -= 8) {
		x += 8;
		y += 8;
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
