// SPDX-License-Identifier: GPL-2.0
// One function of more than 32 KiB with loops all over it: farther than `tbz` reaches from its start to its end.
#include "program.h"

#define LOOP(n)                                                                        \
	for (u32 i = 0; i < (c->input[(n) % 61] & 3); i++)                             \
		x = x * (2 * (n) + 3) + c->input[(x + i) & 63];
#define LOOPS_8(n) LOOP(n) LOOP(n + 1) LOOP(n + 2) LOOP(n + 3) LOOP(n + 4) LOOP(n + 5) LOOP(n + 6) LOOP(n + 7)
#define LOOPS_64(n) LOOPS_8(n) LOOPS_8(n + 8) LOOPS_8(n + 16) LOOPS_8(n + 24) LOOPS_8(n + 32) LOOPS_8(n + 40) LOOPS_8(n + 48) LOOPS_8(n + 56)

static NOINLINE u64 large(const struct context *c, u64 x)
{
	LOOPS_64(0) LOOPS_64(64) LOOPS_64(128) LOOPS_64(192) LOOPS_64(256) LOOPS_64(320) LOOPS_64(384) LOOPS_64(448)
	LOOPS_64(512) LOOPS_64(576) LOOPS_64(640) LOOPS_64(704)
	return x;
}

u64 run(struct context *c)
{
	put(c, "large", large(c, 1));
	return 0;
}
