// SPDX-License-Identifier: GPL-2.0
// Calls: by pointer, in tail position, with arguments on the stack, with structures, recursive, variadic.
#include "program.h"
#include <stdarg.h>

typedef u64 (*operation)(u64, u64);

static NOINLINE u64 add(u64 a, u64 b) { return a + b; }
static NOINLINE u64 sub(u64 a, u64 b) { return a - b; }
static NOINLINE u64 mul(u64 a, u64 b) { return a * b; }
static NOINLINE u64 mix(u64 a, u64 b) { return (a << 7 | a >> 57) ^ b; }

static const operation table[] = { add, sub, mul, mix };
static operation changing = add;

struct big {
	u64 a[9];
};

static NOINLINE struct big make(u64 seed)
{
	struct big b;

	for (int i = 0; i < 9; i++)
		b.a[i] = seed * (u64)(i + 3) ^ (u64)i << 40;
	return b;
}

static NOINLINE u64 eat(struct big b, int i) { return b.a[i] + b.a[8 - i]; }

static NOINLINE u64 many(u64 a, u64 b, u64 c, u64 d, u64 e, u64 f, u64 g, u64 h, u64 i, u64 j, u32 k, u8 l)
{
	return a + 2 * b + 3 * c + 5 * d + 7 * e + 11 * f + 13 * g + 17 * h + 19 * i + 23 * j + 29 * k + 31 * l;
}

static NOINLINE u64 tail(operation f, u64 a, u64 b) { return f(a + 1, b ^ 5); }
static NOINLINE u64 tail_many(u64 a, u64 b) { return many(b, a, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10); }

static NOINLINE u64 ackermann(u64 m, u64 n)
{
	if (!m)
		return n + 1;
	if (!n)
		return ackermann(m - 1, 1);
	return ackermann(m - 1, ackermann(m, n - 1));
}

static NOINLINE u64 sum(int count, ...)
{
	va_list list;
	u64 total = 0;

	va_start(list, count);
	for (int i = 0; i < count; i++)
		total = total * 3 + (i % 3 == 2 ? (u64)va_arg(list, int) : va_arg(list, u64));
	va_end(list);
	return total;
}

static void sort(u32 *first, u32 *last, int (*less)(u32, u32))
{
	while (last - first > 1) {
		u32 pivot = first[(last - first) / 2], *l = first, *r = last - 1;

		while (l <= r) {
			while (less(*l, pivot))
				l++;
			while (less(pivot, *r))
				r--;
			if (l <= r) {
				u32 t = *l;

				*l++ = *r;
				*r-- = t;
			}
		}
		sort(first, r + 1, less);
		first = l;
	}
}

static int up(u32 a, u32 b) { return a < b; }
static int down(u32 a, u32 b) { return a > b; }

u64 run(struct context *c)
{
	static u32 numbers[1000];
	u64 value = 1;
	u32 seed = 88172645u;

	for (u64 i = 0; i < 200; i++) {
		value = table[(value >> 3) & 3](value, i * 77);
		changing = table[i & 3];
		value ^= tail(changing, value, i);
	}
	put(c, "table", value);
	put(c, "struct", eat(make(value), 3) + eat(make(value + 1), 7));
	put(c, "many", many(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) + tail_many(value, 3));
	put(c, "ackermann", ackermann(2, 9));
	put(c, "sum", sum(7, (u64)1, (u64)2, 3, (u64)4, (u64)5, 6, (u64)7));
	put(c, "same", (u64)(changing == table[3]) + (u64)(table[0] == 0));
	for (int round = 0; round < 2; round++) {
		for (int i = 0; i < 1000; i++)
			numbers[i] = next_random(&seed) % 10000;
		sort(numbers, numbers + 1000, round ? up : down);
		value = 0;
		for (int i = 0; i < 1000; i++)
			value = value * 7 + numbers[i];
		put(c, "sort", value);
	}
	return value;
}
