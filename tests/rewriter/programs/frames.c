// SPDX-License-Identifier: GPL-2.0
// Frames: large, very large, of variable size, in loops and in recursion, with addresses that escape.
#include "program.h"

static NOINLINE u64 fill(u8 *to, u32 len, u32 seed)
{
	for (u32 i = 0; i < len; i++)
		to[i] = (u8)next_random(&seed);
	return to[len / 2];
}

static NOINLINE u64 total(const u8 *from, u32 len)
{
	u64 sum = 0;

	for (u32 i = 0; i < len; i++)
		sum = sum * 5 + from[i];
	return sum;
}

static NOINLINE u64 small(u32 seed) { u8 room[40]; fill(room, sizeof(room), seed); return total(room, sizeof(room)); }
static NOINLINE u64 middle(u32 seed) { u8 room[700]; fill(room, sizeof(room), seed); return total(room, sizeof(room)) + small(seed); }
static NOINLINE u64 large(u32 seed) { u8 room[3000]; fill(room, sizeof(room), seed); return total(room, sizeof(room)) + middle(seed); }
static NOINLINE u64 huge(u32 seed) { u8 room[40000]; fill(room, sizeof(room), seed); return total(room, sizeof(room)) + large(seed); }
static NOINLINE u64 giant(u32 seed) { u8 room[300000]; fill(room, sizeof(room), seed); return total(room, sizeof(room)) + huge(seed); }

static NOINLINE u64 variable(u32 len, u32 seed)
{
	u8 room[len];
	u64 sum = fill(room, len, seed);

	for (u32 i = 0; i < 4; i++) {
		u8 more[len / (i + 1) + 1];

		sum += fill(more, sizeof(more), seed + i);
		sum = sum * 3 + total(more, sizeof(more)) + total(room, len);
	}
	return sum;
}

static NOINLINE u64 aligned(u32 seed)
{
	_Alignas(64) u8 room[200];
	_Alignas(256) u8 more[6000];

	fill(room, sizeof(room), seed);
	fill(more, sizeof(more), seed + 1);
	return total(room, sizeof(room)) + total(more, sizeof(more)) + ((u64)room & 63) + ((u64)more & 255);
}

static NOINLINE u64 rooms(u32 count, u32 seed)
{
	u64 sum = 0;

	for (u32 i = 0; i < count; i++) {
		u8 *room = __builtin_alloca(16 + i);

		sum += fill(room, 16 + i, seed) + total(room, 16 + i);
	}
	return sum;
}

static NOINLINE u64 deep(u32 n, u64 *up)
{
	u64 here[6] = { n, *up, n * 3 };

	if (!n)
		return *up;
	here[3] = deep(n - 1, &here[n % 3]);
	return here[0] + here[1] * 3 + here[3] * 5;
}

u64 run(struct context *c)
{
	u64 start = 7;

	put(c, "small", small(3));
	put(c, "middle", middle(4));
	put(c, "large", large(5));
	put(c, "huge", huge(6));
	put(c, "giant", giant(7));
	put(c, "variable", variable(100, 8) + variable(5000, 9));
	put(c, "aligned", aligned(11));
	put(c, "rooms", rooms(40, 10));
	put(c, "deep", deep(500, &start));
	return 0;
}
