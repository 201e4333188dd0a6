// SPDX-License-Identifier: GPL-2.0
// Globals: constants, pointers in data, zeroed data, commons, weak symbols, far apart.
#include "program.h"

extern u32 absent __attribute__((weak));
extern u64 absent_function(u64) __attribute__((weak));
__attribute__((weak)) u32 present = 17;

static const char *const words[] = { "lists", "calls", "frames", "data", "" };
static const u16 squares[] = { 0, 1, 4, 9, 16, 25, 36, 49 };
u32 counters[3] = { 1, 2, 3 };
u32 *const second = &counters[1];
static u32 **chain[2];
u8 zeroes[3 << 20];
static u64 far_one[1 << 18] = { 5, 6, 7 };
u32 odd[5];
struct { u8 a; u64 b; u16 c; } __attribute__((packed)) tight = { 1, 0x1122334455667788ull, 3 };

static NOINLINE u32 *pick(int i) { return i & 1 ? &odd[3] : &counters[2]; }

u64 run(struct context *c)
{
	u64 sum = 0;
	u32 *direct = second;

	for (int i = 0; words[i][0]; i++)
		for (const char *w = words[i]; *w; w++)
			sum = sum * 33 + (u8)*w;
	put(c, "words", sum);
	for (u32 i = 0; i < 64; i++) {
		counters[i % 3] += squares[i & 7];
		*pick((int)i) += i;
		zeroes[i * 40000] += (u8)i;
		far_one[i << 12] ^= i;
	}
	chain[0] = &direct;
	chain[1] = chain[0];
	**chain[1] += 100;
	put(c, "counters", counters[0] + 1000ull * counters[1] + 1000000ull * counters[2]);
	put(c, "odd", odd[3]);
	put(c, "zeroes", zeroes[40000] + zeroes[63 * 40000]);
	put(c, "far", far_one[0] + far_one[1] + far_one[5 << 12]);
	put(c, "absent", (u64)(&absent == 0) + 2 * (u64)(absent_function == 0) + (absent_function ? absent_function(1) : 4));
	put(c, "present", present);
	tight.b += tight.a;
	put(c, "tight", tight.b + tight.c);
	return sum;
}
