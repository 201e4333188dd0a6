// SPDX-License-Identifier: GPL-2.0
/*
 * CPUs, time, and what the system offers.
 */
#include <linux/capability.h>
#include <linux/cpu.h>
#include <linux/cpufeature.h>
#include <linux/hrtimer.h>
#include <linux/percpu.h>
#include <linux/random.h>
#include <linux/sched/signal.h>
#include <linux/smp.h>
#include <linux/timekeeping.h>
#include <linux/uaccess.h>
#include <asm/cpufeature.h>
#include <asm/irq_regs.h>
#include <clocksource/arm_arch_timer.h>

#include "seat.h"
#include "shim.h"

/* CPUs and time */

struct cpu_slot {
	struct lore_cpu shared;
	struct hrtimer timer;
};

static DEFINE_PER_CPU(struct cpu_slot, cpu_slots);

#define TICK_NS (1 * NSEC_PER_MSEC)

u32 lore_cpu_count(void)
{
	return nr_cpu_ids;
}

struct lore_cpu *lore_cpu_of(u32 number)
{
	return cpu_possible(number) ? &per_cpu(cpu_slots, number).shared : NULL;
}

void lore_cpus_ask(void (*ask)(void *data), void *data)
{
	might_sleep();
	on_each_cpu(ask, data, true);
}

/* Where the CPU stays: in an interrupt. */
const struct lore_cpu *lore_cpu_here(void)
{
	return &this_cpu_ptr(&cpu_slots)->shared;
}

/*
 * The right to run at the level of this context; NULL if somebody has it, and where nothing may run. Preemption and page
 * faults are off afterwards in any case, until lore_seat_release(). With interrupts masked the watchdog cannot come, so
 * only code that ends by itself may run.
 */
notrace struct lore_seat *lore_seat_claim(bool may_be_masked)
{
	unsigned int level = level_now();
	struct lore_seat *seat;

	stay_here();
	if (unlikely(level >= LORE_LEVELS || (!may_be_masked && irqs_disabled())))
		return NULL;
	seat = &this_cpu_ptr(&cpu_slots)->shared.seats[level];
	if (unlikely(READ_ONCE(seat->activation)))
		return NULL;
	WRITE_ONCE(seat->activation, LORE_SEAT_CLAIMED);
	barrier();
	return seat;
}

/* Also after a claim that got none, so that the claim needs no frame: `seat` is NULL then. */
notrace void lore_seat_release(struct lore_seat *seat)
{
	if (likely(seat)) {
		barrier();
		WRITE_ONCE(seat->activation, 0);
	}
	move_on();
}

/* One load: it stands in the loop of repeated runs. */
notrace bool lore_cpu_yield_wanted(void)
{
	return read_thread_flags() & (_TIF_NEED_RESCHED | _TIF_SIGPENDING | _TIF_NOTIFY_SIGNAL);
}

void lore_yield(void)
{
	cond_resched();
}

bool lore_signal_wanted(void)
{
	return signal_pending(current);
}

notrace bool lore_kill_wanted(void)
{
	return fatal_signal_pending(current);
}

static notrace void set_armed(struct cpu_slot *slot, bool armed)
{
	int level;

	for (level = 0; level < LORE_LEVELS; level++)
		WRITE_ONCE(slot->shared.seats[level].armed, armed);
}

static notrace enum hrtimer_restart tick(struct hrtimer *timer)
{
	struct cpu_slot *slot = container_of(timer, struct cpu_slot, timer);
	struct pt_regs *regs = get_irq_regs();
	struct lore_seat *own = &slot->shared.seats[LORE_LEVEL_HARDIRQ];
	u64 none = 0;
	u32 verdict;

	/* A CPU that went offline hands its timers to another one. */
	if (slot->shared.number != smp_processor_id()) {
		set_armed(slot, false);
		return HRTIMER_NORESTART;
	}
	/* Nothing is attached to what the tick itself calls. It interrupts no activation of its own level. */
	WRITE_ONCE(own->activation, LORE_SEAT_CLAIMED);
	barrier();
	if (regs && !user_mode(regs))
		verdict = lore_rs_tick(&slot->shared, instruction_pointer(regs), &regs->regs[30]);
	else
		verdict = lore_rs_tick(&slot->shared, 0, &none);
	if (verdict == LORE_TICK_LAND) {
		instruction_pointer_set(regs, (unsigned long)lore_landing_tick);
		/* Or the landing, which is no branch target, would fault behind a `blr`. */
		regs->pstate &= ~PSR_BTYPE_MASK;
	}
	if (verdict == LORE_TICK_STOP)
		set_armed(slot, false);
	else
		hrtimer_forward_now(timer, ns_to_ktime(TICK_NS));
	barrier();
	WRITE_ONCE(own->activation, 0);
	return verdict == LORE_TICK_STOP ? HRTIMER_NORESTART : HRTIMER_RESTART;
}

void lore_ticks_init(void)
{
	int cpu, level;

	for_each_possible_cpu(cpu) {
		struct cpu_slot *slot = &per_cpu(cpu_slots, cpu);

		slot->shared.number = cpu;
		for (level = 0; level < LORE_LEVELS; level++) {
			slot->shared.seats[level].cpu = &slot->shared;
			slot->shared.seats[level].number = level * nr_cpu_ids + cpu;
		}
		hrtimer_setup(&slot->timer, tick, CLOCK_MONOTONIC, HRTIMER_MODE_REL_PINNED_HARD);
	}
}

void lore_ticks_exit(void)
{
	int cpu;

	for_each_possible_cpu(cpu)
		hrtimer_cancel(&per_cpu(cpu_slots, cpu).timer);
}

/*
 * For an activation that has its seat already, so that the tick does not stop the timer. Armed is said last: an interrupt
 * in between starts the timer anew rather than believe in it.
 */
notrace void lore_tick_start(void)
{
	struct cpu_slot *slot = this_cpu_ptr(&cpu_slots);

	hrtimer_start(&slot->timer, ns_to_ktime(TICK_NS), HRTIMER_MODE_REL_PINNED_HARD);
	barrier();
	set_armed(slot, true);
}

notrace u64 lore_counter(void)
{
	return read_sysreg(cntvct_el0);
}

u64 lore_counter_hz(void)
{
	return arch_timer_get_cntfrq();
}

notrace u64 lore_time_ns(void)
{
	/* Where others would wait for a writer that was interrupted, this one does not. */
	return ktime_get_mono_fast_ns();
}

u64 lore_time_wall_ns(void)
{
	return ktime_get_real_fast_ns();
}

u64 lore_random(void)
{
	return get_random_u64();
}

/* What the system offers and allows: the sanitised capabilities, not those of this CPU */

bool lore_has_lse(void)
{
	return cpu_have_named_feature(ATOMICS);
}

bool lore_has_lrcpc(void)
{
	return cpu_have_named_feature(LRCPC);
}

bool lore_has_lrcpc2(void)
{
	return cpu_have_named_feature(ILRCPC);
}

bool lore_has_flagm(void)
{
	return cpu_have_named_feature(FLAGM);
}

bool lore_has_crc32(void)
{
	return cpu_have_named_feature(CRC32);
}

bool lore_has_cssc(void)
{
	return cpu_have_named_feature(CSSC);
}

bool lore_has_sb(void)
{
	return cpu_have_named_feature(SB);
}

bool lore_may_load(void)
{
	return capable(CAP_BPF) || capable(CAP_SYS_ADMIN);
}

bool lore_may_trace(void)
{
	return perfmon_capable();
}

bool lore_may_net(void)
{
	return capable(CAP_NET_ADMIN);
}
