/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What claiming a seat is made of, for those who do it in line.
 */
#ifndef LORE_SEAT_H
#define LORE_SEAT_H

#include <linux/preempt.h>
#include <linux/uaccess.h>

#include "shim.h"

static __always_inline unsigned int level_now(void)
{
	unsigned long count = preempt_count();

	if (likely(!(count & (NMI_MASK | HARDIRQ_MASK | SOFTIRQ_OFFSET))))
		return LORE_LEVEL_TASK;
	/* Or the compiler works out all levels each time, without branches. */
	barrier();
	if (count & NMI_MASK)
		return LORE_LEVELS;
	return count & HARDIRQ_MASK ? LORE_LEVEL_HARDIRQ : LORE_LEVEL_SOFTIRQ;
}

/* Preemption and page faults are off from here on. */
static __always_inline void stay_here(void)
{
	preempt_disable_notrace();
	/* Where preemption is counted, a page fault with it off is answered as one with page faults off. */
	if (!IS_ENABLED(CONFIG_PREEMPT_COUNT))
		pagefault_disable();
}

static __always_inline void move_on(void)
{
	if (!IS_ENABLED(CONFIG_PREEMPT_COUNT))
		pagefault_enable();
	preempt_enable_notrace();
}

#endif
