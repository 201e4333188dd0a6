// SPDX-License-Identifier: GPL-2.0
// Each word that may be written as its half, alone: what it makes is a number on one way and a pointer on the other, or a pointer
// whose bits are told as well, or one of two numbers that a test of 64 bits tells apart. In C for processors that have no such words.
#include "program.h"

typedef __UINTPTR_TYPE__ word;

static NOINLINE u32 at(u64 address)
{
	return *(const volatile u32 *)(word)address;
}

#ifdef __aarch64__
#define FUNCTION(name, body)                                                                    \
	__asm__(".section .text." #name ",\"ax\",%progbits\n.globl " #name "\n.type " #name     \
		", %function\n" #name ":\n" body ".size " #name ", .-" #name "\n.text\n")
#define WORD(name, insn, made)                                                                  \
	u64 name##_either(u64 a, u64 b, u64 is_number);                                         \
	u64 name##_surely(u64 a, u64 b, u64 from);                                              \
	u64 name##_tested(u64 a, u64 b);                                                        \
	FUNCTION(name##_either, insn "\ntbnz w2, #0, 1f\nldr w0, [x12, #4]\nret\n"              \
				     "1: mov x0, x12\nret\n");                                  \
	FUNCTION(name##_surely, insn "\nmov x3, x12\nldr w0, [x3, #4]\nsub x12, x12, x2\n"      \
				     "add x0, x0, x12\nret\n");                                 \
	FUNCTION(name##_tested, insn "\ncbz x12, 1f\ncmp x12, #4095\nb.ls 2f\n"                 \
				     "ldr w0, [x12, #4]\nret\n"                                 \
				     "1: mov x0, #77\nret\n2: mov x0, x12\nret\n")
#else
#define WORD(name, insn, made)                                                                  \
	static u64 name(u64 a, u64 b)                                                           \
	{                                                                                       \
		return made;                                                                    \
	}                                                                                       \
	static u64 name##_either(u64 a, u64 b, u64 is_number)                                   \
	{                                                                                       \
		u64 value = name(a, b);                                                         \
		return is_number & 1 ? value : at(value + 4);                                   \
	}                                                                                       \
	static u64 name##_surely(u64 a, u64 b, u64 from)                                        \
	{                                                                                       \
		u64 value = name(a, b);                                                         \
		return at(value + 4) + value - from;                                            \
	}                                                                                       \
	static u64 name##_tested(u64 a, u64 b)                                                  \
	{                                                                                       \
		u64 value = name(a, b);                                                         \
		return !value ? 77 : value <= 4095 ? value : at(value + 4);                     \
	}
#endif

/* Each with what it makes of `a` and `b`, and which two make `p`, where `x` may be anything. */
#define WORDS(_)                                                                        \
	_(move, "mov x12, x1", b, x, p)                                                 \
	_(add, "add x12, x0, x1", a + b, x, p - a)                                      \
	_(add_shifted, "add x12, x1, x0, lsl #3", b + (a << 3), x, p - (a << 3))        \
	_(add_far, "add x12, x1, x0, lsl #31", b + (a << 31), x, p - (a << 31))         \
	_(add_farther, "add x12, x1, x0, lsl #32", b + (a << 32), x, p - (a << 32))     \
	_(add_right, "add x12, x1, x0, lsr #5", b + (a >> 5), x, p - (a >> 5))          \
	_(add_half, "add x12, x1, w0, uxtw #2", b + ((a & 0xffffffff) << 2), x, p - ((a & 0xffffffff) << 2)) \
	_(add_signed, "add x12, x1, w0, sxtw #2", b + ((u64)(int)a << 2), x, p - ((u64)(int)a << 2)) \
	_(add_byte, "sub x12, x1, w0, uxtb", b - (u8)a, x, p + (u8)a)                   \
	_(add_whole, "add x12, x1, x0, sxtx #1", b + (a << 1), x, p - (a << 1))         \
	_(subtract, "sub x12, x0, x1", a - b, x, a - p)                                 \
	_(negated, "neg x12, x1", -b, x, -p)                                            \
	_(constant, "add x12, x1, #4095", b + 4095, x, p - 4095)                        \
	_(far_constant, "add x12, x1, #0xfff, lsl #12", b + 0xfff000, x, p - 0xfff000)  \
	_(less, "sub x12, x1, #16", b - 16, x, p + 16)                                  \
	_(either_bit, "orr x12, x0, x1", a | b, p & x, p & ~x)                          \
	_(other_bit, "eor x12, x0, x1", a ^ b, x, a ^ p)                                \
	_(no_bit, "bic x12, x1, x0, lsl #1", b & ~(a << 1), x & ~(p >> 1), p | a << 1)  \
	_(both_bits, "and x12, x0, x1", a & b, p | x, p | ~x)                           \
	_(not_other, "eon x12, x0, x1", a ^ ~b, x, ~(a ^ p))                            \
	_(inverted, "mvn x12, x1", ~b, x, ~p)                                           \
	_(flipped, "eor x12, x1, #0x0000100000001000", b ^ 0x100000001000, x, p ^ 0x100000001000) \
	_(flipped_above, "eor x12, x1, #0xffff000000000000", b ^ 0xffff000000000000, x, p ^ 0xffff000000000000) \
	_(chosen, "cmp x0, #0\ncsel x12, x0, x1, eq", a ? b : a, x, p)                  \
	_(chosen_more, "cmp x0, #0\ncsinc x12, x0, x1, eq", a ? b + 1 : a, x, p - 1)    \
	_(chosen_not, "cmp x0, #0\ncsinv x12, x0, x1, eq", a ? ~b : a, x, ~p)           \
	_(chosen_less, "cmp x0, #0\ncsneg x12, x0, x1, eq", a ? -b : a, x, -p)          \
	_(product, "mov x3, #24\nmadd x12, x0, x3, x1", b + a * 24, x, p - a * 24)      \
	_(less_product, "mov x3, #24\nmsub x12, x0, x3, x1", b - a * 24, x, p + a * 24) \
	_(wide_product, "mov w3, #-24\nsmaddl x12, w0, w3, x1", b + (u64)(int)a * -24, x, p - (u64)(int)a * -24) \
	_(less_wide, "mov w3, #-24\numsubl x12, w0, w3, x1", b - (a & 0xffffffff) * 0xffffffe8, x, p + (a & 0xffffffff) * 0xffffffe8) \
	_(rotated, "ror x12, x1, #32", b << 32 | b >> 32, x, p << 32 | p >> 32)         \
	_(turned, "rev x12, x1", __builtin_bswap64(b), x, __builtin_bswap64(p))

#define MADE(name, insn, made, first, second) WORD(name, insn, made);
WORDS(MADE)

static const u64 others[] = {
	0, 1, 7, 0xfffffff8, 0x100000000, 0x123456789abcdef0, 0xffffffffffffffff, 0x8000000000000000, 0xffffffff00000010,
};

static NOINLINE u64 pointer(const u32 *to)
{
	return (u64)(word)to;
}

u64 run(struct context *c)
{
	static u32 numbers[16] = { 3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3 };
	static const u64 few[] = { 0, 5, 4095 };
	u64 sum;

#define CHECK(name, insn, made, first, second)                                                  \
	sum = 0;                                                                                \
	for (u32 i = 0; i < sizeof(others) / sizeof(*others); i++) {                            \
		u64 x = others[i], p = pointer(numbers + 2 * (i % 4)), a = first, b = second;   \
                                                                                                \
		sum = sum * 31 + name##_either(x, others[(i * 5 + 3) % 9], 1);                  \
		if ((made) != p)                                                                \
			continue;                                                               \
		sum = sum * 31 + name##_either(a, b, 0);                                        \
		sum = sum * 31 + name##_either(a, b, 1) - p;                                    \
		sum = sum * 31 + name##_surely(a, b, p);                                        \
		sum = sum * 31 + name##_tested(a, b);                                           \
		for (u32 j = 0; j < 3; j++) {                                                   \
			p = few[j], a = first, b = second;                                      \
			if ((made) == p)                                                        \
				sum = sum * 31 + name##_tested(a, b);                           \
		}                                                                               \
	}                                                                                       \
	put(c, #name, sum);
	WORDS(CHECK)
	return 0;
}
