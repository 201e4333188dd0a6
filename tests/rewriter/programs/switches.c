// SPDX-License-Identifier: GPL-2.0
// Switches that compilers make tables of: dense, in loops, exhaustive, far apart, one behind another.
#include "program.h"

#define ROW(from) CASE(from) CASE(from + 1) CASE(from + 2) CASE(from + 3) CASE(from + 4)
#define ROWS(from) ROW(from) ROW(from + 5) ROW(from + 10) ROW(from + 15)

static u64 calls;

static NOINLINE u64 note(u64 value)
{
	calls = calls * 31 + value;
	return calls;
}

/* A leaf: no frame around the branch. */
static NOINLINE u32 leaf(int x, u32 y)
{
	switch (x) {
	case -3: return y * 3;
	case -2: return y ^ 0x5555;
	case -1: return y + 77;
	case 0: return y / 3;
	case 1: return y << 5;
	case 2: return y >> 3;
	case 3: return ~y;
	case 4: return y % 11;
	case 5: return y - 1234;
	case 6: return y | 0xf0f0;
	case 7: return y & 0x0ff0;
	case 8: return y * y;
	case 9: return y + (y >> 16);
	case 10: return y ^ y << 7;
	case 11: return 42;
	case 12: return y / 7;
	case 13: return y * 1000003;
	case 14: return y - (y >> 1);
	case 15: return y ^ y >> 9;
	case 16: return y + 0x1234567;
	case 17: return y % 1001;
	}
	return 0;
}

/* Calls in some cases, ways that fall into the next one, a default. */
static NOINLINE u64 falls(u32 x, u64 y)
{
	u64 sum = y;

	switch (x) {
	case 100: sum += note(1);
	case 101: sum ^= 3;
	case 102: sum *= 5; break;
	case 103: sum += note(sum);
	case 104: return sum;
	case 105: case 106: case 107: sum -= 9;
	case 108: sum += note(7); break;
	case 109: return note(sum) + 1;
	case 110: sum <<= 3; break;
	case 111: sum += y; break;
	case 112: sum ^= note(y); break;
	case 113: sum /= 3;
	case 114: sum++;
	case 115: sum += 2;
	case 116: sum += note(4); break;
	case 117: sum = ~sum; break;
	case 119: sum %= 1000; break;
	case 121: sum = note(sum) * 2; break;
	case 123: return 5;
	default: sum -= note(x);
	}
	return sum + x;
}

/* Every value has a case, so no compare stands before the table. */
static NOINLINE u64 all(const u8 *x, u64 y)
{
	switch (*x & 31) {
#define CASE(n) case n: y = y * (2 * (n) + 3) + note(n); if ((n) % 3 == 0) y ^= y >> (n); break;
	ROWS(0) ROW(20) ROW(25)
#undef CASE
	case 30: return y + 1;
	case 31: y = note(y);
	}
	return y;
}

static NOINLINE u64 known(u8 x, u64 y)
{
	switch (x) {
#define CASE(n) case n: y += y << ((n) % 13); y ^= note((n) + 100); break;
	ROWS(0)
#undef CASE
	default: __builtin_unreachable();
	}
	return y;
}

/* Cases so long that distances need more than a byte, and the index more than 32 bits. */
static NOINLINE u64 wide(u64 x, u64 y)
{
	switch (x) {
#define CASE(n) \
	case (n) * 2 + 5000000000: \
		y = y * ((n) + 3) ^ y >> 7; y = note(y) + ((n) ^ y << 3); y = note(y) * 5 + (n); \
		y = y * ((n) + 5) ^ y >> 9; y = note(y) + ((n) ^ y << 2); y = note(y) * 7 + (n); \
		y = y * ((n) + 7) ^ y >> 5; y = note(y) + ((n) ^ y << 1); y = note(y) * 9 + (n); \
		break;
	ROWS(0) ROWS(20) ROWS(40)
#undef CASE
	}
	return y;
}

/* An interpreter: two tables in a loop, with much that lives on over them. */
static NOINLINE u64 interpret(const u8 *code, u64 len, u32 *memory)
{
	u64 a = 1, b = 2, c = 3, d = 5, steps = 0;
	int failed = 0;

	for (u64 at = 0; at + 1 < len && steps < 20000; at++, steps++) {
		u8 op = code[at], next = code[at + 1];

		switch (op) {
		case 'a': a += b; break;
		case 'b': b ^= c << 3; break;
		case 'c': c = c * 33 + d; break;
		case 'd': d -= a; break;
		case 'e': memory[a % 64] = (u32)(b + op); break;
		case 'f': a = memory[c % 64]; break;
		case 'g': note(a); break;
		case 'h': b = note(b) ^ a; break;
		case 'i': at += next % 3; break;
		case 'j': if (a & 1) continue; b++; break;
		case 'k': c = a; a = d; break;
		case 'l': d = d << 1 | d >> 63; break;
		case 'm': memory[b % 64] ^= (u32)d; break;
		case 'n': failed++; break;
		case 'o': a = a / (d | 1); break;
		case 'p': b = leaf((int)(c % 25) - 5, (u32)b); break;
		case 'q': return a;
		case 'r': c ^= falls(95 + next % 40, c); break;
		case 's': a ^= all(&next, d); break;
		case 't': b += known(next % 20, a); break;
		case 'u': d ^= wide(4999999990 + next * 2 % 140, b); break;
		case 'v': a++; d += 3; break;
		}
		switch (next) {
		case '(': a -= d; break;
		case ')': b += 7; break;
		case '*': c = ~c; break;
		case '+': d = c + a; break;
		case ',': memory[d % 64]++; break;
		case '-': a = note(c); break;
		case '.': b -= memory[a % 64]; break;
		case '/': c ^= steps; break;
		case '0': case '1': case '2': d += next; break;
		case '3': a = a * 3 + 1; break;
		case '4': b = b * 5 + 1; break;
		case '5': c = c * 7 + 1; break;
		case '6': d = d * 9 + 1; break;
		case '7': failed ^= 3; break;
		case '8': a ^= b; b ^= a; a ^= b; break;
		case '9': c += (u64)failed; break;
		case ':': note(d); break;
		case ';': a += leaf(next % 17, (u32)d); break;
		}
	}
	return a ^ b * 3 ^ c * 5 ^ d * 7 ^ steps ^ (u64)failed;
}

u64 run(struct context *c)
{
	static u32 memory[64];
	u64 sum = 0;

	for (int x = -10; x < 30; x++)
		put(c, "leaf", leaf(x, 123456789));
	for (u32 x = 90; x < 130; x++)
		put(c, "falls", falls(x, x * 77));
	for (u8 x = 0; x < 64; x++)
		put(c, "all", all(&x, x));
	for (u8 x = 0; x < 20; x++)
		put(c, "known", known(x, x + 5));
	for (u64 x = 4999999995; x < 5000000125; x++)
		put(c, "wide", wide(x, x));
	put(c, "interpret", interpret(c->input, c->input_len, memory));
	for (int at = 0; at < 64; at++)
		sum = sum * 31 + memory[at];
	put(c, "memory", sum);
	put(c, "calls", calls);
	return 0;
}
