/* SPDX-License-Identifier: GPL-2.0 */
/* What every BPF program of the bench needs: sections, maps, and the loop that the kernel may end. */
#ifndef BPF_H
#define BPF_H

#include <stddef.h>
#include <stdint.h>

#define SECTION(name) __attribute__((section(name), used))

/* Maps are described by types: the loader reads them out of the debug information. */
#define MAP_NUMBER(name, value) int (*name)[value]
#define MAP_TYPE(name, type) type *name

/*
 * 1, until the kernel has had enough of a run. No other loop whose end the verifier does not see is let in; bpf_for() is a
 * kernel function, which would take a kernel with BTF.
 */
#define CAN_LOOP                                                                 \
	({                                                                       \
		__label__ over, on;                                              \
		int can = 1;                                                     \
		asm volatile goto("may_goto %l[over]" : : : : over);             \
		goto on;                                                         \
	over:                                                                    \
		can = 0;                                                         \
	on:;                                                                     \
		can;                                                             \
	})

/* From a number that the verifier does not know, or it would go through all that follow, one by one. */
SECTION(".data.zero") uint64_t zero;
#define EACH(at, count) for (uint64_t at = zero; at < (count) && CAN_LOOP; at++)

/* A comparison that the compiler cannot leave out, though it may see that it is true: the verifier does not. */
#define WITHIN(index, count)               \
	({                                 \
		asm("" : "+r"(index));     \
		(index) < (count);         \
	})

char gpl[] SECTION("license") = "GPL";

/* A program of each operation; `nothing` is what running one costs by itself. */
static uint64_t nothing(void)
{
	return 0;
}

#define OPERATION(name)                                          \
	SECTION("raw_tp/" #name) int operation_##name(void *ctx) \
	{                                                        \
		OPERATION_BEGINS;                                \
		OPERATION_DONE(name());                          \
		return 0;                                        \
	}
#define TWO(a, b) OPERATION(a) OPERATION(b)
#define FOUR(a, b, c, d) TWO(a, b) TWO(c, d)
#define FIFTH(a, b, c, d, e, ...) e
#define PROGRAM(setup, ...) OPERATION(nothing) FIFTH(__VA_ARGS__, FOUR, , TWO, )(__VA_ARGS__)

#endif
