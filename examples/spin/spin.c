// SPDX-License-Identifier: GPL-2.0
/* A loop without an end and without an access to memory: only time can stop it. */

#include <lore.h>

static long spin(struct lore_run *run)
{
	uint64_t number = run->arg;

	for (;;) {
		/* Collatz' sequence comes to 1 from wherever it was tried, and goes round there. */
		number = number & 1 ? number * 3 + 1 : number >> 1;
		__asm__ volatile("" : "+r"(number));
	}
	return (long)number;
}

LORE_ENTRY_RUN(spin);
