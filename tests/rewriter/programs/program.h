/* SPDX-License-Identifier: GPL-2.0 */
/* What every test program starts with. The same source runs natively, with host.c around it. */
#pragma once
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long long u64;
typedef long long s64;
typedef __SIZE_TYPE__ size_t;

struct context {
	const u8 *input;
	u64 input_len;
	u8 *output;
	u64 output_cap, output_len, arg;
};

void *memcpy(void *to, const void *from, size_t len);
void *memmove(void *to, const void *from, size_t len);
void *memset(void *to, int byte, size_t len);
int memcmp(const void *a, const void *b, size_t len);

/* Writes a value as text, so that results do not depend on the byte order or on addresses. */
static inline void put(struct context *c, const char *name, u64 value)
{
	u8 digits[20];
	int n = 0;

	while (*name)
		c->output[c->output_len++] = (u8)*name++;
	c->output[c->output_len++] = ' ';
	do
		digits[n++] = (u8)('0' + value % 10);
	while (value /= 10);
	while (n)
		c->output[c->output_len++] = digits[--n];
	c->output[c->output_len++] = '\n';
}

static inline u32 next_random(u32 *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

#define NOINLINE __attribute__((noinline))

u64 run(struct context *c);
