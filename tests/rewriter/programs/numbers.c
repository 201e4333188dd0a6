// SPDX-License-Identifier: GPL-2.0
// Arithmetic of all widths, bits, wide products, division, switches, atomics.
#include "program.h"

static NOINLINE u64 classify(u64 v)
{
	switch (v % 13) {
	case 0: return v / 3;
	case 1: return v * 7;
	case 2: return ~v;
	case 3: return v << 3;
	case 4: return (u64)((s64)v >> 5);
	case 5: return __builtin_popcountll(v);
	case 6: return (u64)__builtin_clzll(v | 1);
	case 7: return (u64)__builtin_ctzll(v | 1ull << 63);
	case 8: return __builtin_bswap64(v);
	case 9: return (u64)(s64)(signed char)v;
	case 10: return (u64)(s64)(short)v;
	case 11: return (u32)v % 1000;
	default: return v ^ v >> 7;
	}
}

static NOINLINE u64 wide(u64 a, u64 b)
{
	unsigned __int128 product = (unsigned __int128)a * b;

	return (u64)(product >> 64) ^ (u64)product;
}

static NOINLINE u64 collatz(u64 n)
{
	u64 steps = 0;

	for (; n != 1; steps++)
		n = n & 1 ? 3 * n + 1 : n / 2;
	return steps;
}

static u64 shared;
static u32 flags32;
static u8 flags8;

static NOINLINE u64 atomics(u64 n)
{
	u64 seen = __atomic_fetch_add(&shared, n, __ATOMIC_SEQ_CST);
	u64 want = seen + n;

	if (__atomic_compare_exchange_n(&shared, &want, want * 3, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
		seen++;
	__atomic_fetch_or(&flags32, (u32)n, __ATOMIC_RELAXED);
	__atomic_fetch_xor(&flags8, (u8)n, __ATOMIC_RELEASE);
	seen ^= __atomic_exchange_n(&flags32, flags32 >> 1, __ATOMIC_ACQUIRE);
	__atomic_store_n(&shared, __atomic_load_n(&shared, __ATOMIC_ACQUIRE) ^ 5, __ATOMIC_RELEASE);
	__atomic_thread_fence(__ATOMIC_SEQ_CST);
	return seen + shared + flags8;
}

static NOINLINE u32 crc(const u8 *p, size_t n)
{
	static u32 table[256];
	u32 value = ~0u;

	for (u32 i = 0; i < 256; i++) {
		u32 entry = i;

		for (int bit = 0; bit < 8; bit++)
			entry = entry >> 1 ^ (entry & 1 ? 0xedb88320u : 0);
		table[i] = entry;
	}
	while (n--)
		value = table[(value ^ *p++) & 255] ^ value >> 8;
	return ~value;
}

// Places that no word near by keeps small, read and written by turns.
static NOINLINE u64 exchange(u64 n)
{
	static u64 left[3000], right[3000];
	u64 sum = 0, at = 1;

	for (u64 i = 0; i < n; i++) {
		at = (at * 77 + i) % 2999;
		left[at] += i;
		right[at + 1] ^= left[at];
		right[i % 2000] += left[at] << 3;
		left[at] -= right[at + 1];
		sum += left[at] + right[i % 2000];
	}
	return sum;
}

u64 run(struct context *c)
{
	u64 v = 0x9e3779b97f4a7c15ull, sum = 0;
	u32 seed = 1;
	s64 negative = -1000;

	for (int i = 0; i < 500; i++) {
		v = classify(v + (u64)i) + wide(v, 0xdeadbeefcafef00dull + (u64)i);
		sum += v ^ next_random(&seed);
	}
	put(c, "classify", sum);
	for (u64 i = 1; i < 300; i++)
		sum += collatz(i) * i;
	put(c, "collatz", sum);
	for (u64 i = 1; i < 50; i++)
		sum += atomics(i);
	put(c, "atomics", sum);
	put(c, "signed", (u64)(negative / 7 + negative % 7 + (negative >> 2)));
	put(c, "exchange", exchange(5000));
	put(c, "crc", crc(c->input, c->input_len));
	return sum;
}
