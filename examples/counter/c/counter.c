// SPDX-License-Identifier: GPL-2.0
/* Counts the calls of a function of the kernel, on each CPU for itself: nobody waits for anybody. */

#include <lore.h>

/* `lore show counter` shows all counters that are not 0. */
enum { CALLS };

static uint64_t called(void)
{
	lore_gate_counter_add(CALLS, 1);
	return 0;
}

LORE_ENTRY(LORE_HOOK_FUNCTION, called);
LORE_PLACE(called, "function/__arm64_sys_openat");

/* By `lore run counter`: how often it was called, on all CPUs together. */
static long calls(struct lore_run *run)
{
	return lore_gate_counter_sum(CALLS);
}

LORE_ENTRY_RUN(calls);
