// SPDX-License-Identifier: GPL-2.0
/*
 * How long tasks wait for a CPU: a histogram in the heap, which a program reads live, and an event for each wait that is
 * longer than all before.
 *
 * sched_switch is called under the scheduler's lock, with interrupts masked, whenever a CPU goes from one task to another. A
 * task that leaves the CPU though it could go on begins to wait; when it leaves the next time, its wait was over as that
 * CPU's last switch came.
 */

#include <lore.h>
#include <stdio.h>
#include <stdlib.h>

#define SWITCHES 0	/* the counter: each CPU has its own */
#define CPUS 256	/* those with a higher number share */
#define RUNNING 0	/* state of a task that could go on */
#define SLOTS 4096
#define TIME_BITS 42	/* of a slot; a task's number has the 22 above */
#define TIME ((1ull << TIME_BITS) - 1)

/* ../watch.c and ../histogram.rs have the same. */
struct histogram {
	uint64_t switches, longest, waits[64];
};

static struct histogram *root;
static uint64_t since[CPUS];	/* when each CPU went over to the task that it runs */
static uint64_t waiting[SLOTS];	/* who waits, and since when: of two tasks in a slot the first is not measured */

/* The one histogram, made by whoever comes first. */
static struct histogram *histogram(void)
{
	struct histogram *made = __atomic_load_n(&root, __ATOMIC_ACQUIRE), *fresh;

	if (made)
		return made;
	fresh = calloc(1, sizeof *fresh);
	if (!fresh)
		lore_abort(1, "no memory for the histogram");
	if (__atomic_compare_exchange_n(&root, &made, fresh, 0, __ATOMIC_ACQ_REL, __ATOMIC_ACQUIRE))
		return fresh;
	/* Another CPU was faster. */
	free(fresh);
	return made;
}

static void count(struct histogram *to, uint32_t pid, uint64_t wait)
{
	uint64_t longest = __atomic_load_n(&to->longest, __ATOMIC_RELAXED);
	char text[64];
	int len;

	__atomic_fetch_add(&to->waits[63 - __builtin_clzll(wait | 1)], 1, __ATOMIC_RELAXED);
	while (longest < wait)
		if (__atomic_compare_exchange_n(&to->longest, &longest, wait, 0, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
			len = snprintf(text, sizeof text, "task %u waited %lu ns", pid, wait);
			/* Without a reader it is lost and counted. */
			lore_event_send(text, len);
			return;
		}
}

/* Preempted, previous task, next task, previous task's state. The current task is the previous one. */
static uint64_t switched(uint64_t preempted, uint64_t previous, uint64_t next, uint64_t state)
{
	uint64_t now = lore_gate_time_now(), began, slot;
	struct histogram *to = histogram();
	lore_task task;
	long pid;

	__atomic_fetch_add(&to->switches, 1, __ATOMIC_RELAXED);
	lore_gate_counter_add(SWITCHES, 1);
	began = __atomic_exchange_n(&since[lore_gate_cpu_id() % CPUS], now, __ATOMIC_RELAXED);
	task = lore_gate_task_current();
	pid = lore_gate_task_pid(task);
	lore_gate_task_drop(task);
	/* What runs when nothing else does waits for nobody. */
	if (pid <= 0)
		return 0;
	slot = __atomic_load_n(&waiting[pid % SLOTS], __ATOMIC_RELAXED);
	if (slot >> TIME_BITS == (uint64_t)pid) {
		__atomic_store_n(&waiting[pid % SLOTS], 0, __ATOMIC_RELAXED);
		count(to, pid, (began - slot) & TIME);
	}
	if (state == RUNNING)
		__atomic_store_n(&waiting[pid % SLOTS], (uint64_t)pid << TIME_BITS | (now & TIME), __ATOMIC_RELAXED);
	return 0;
}

LORE_ENTRY(LORE_HOOK_TRACEPOINT, switched);
LORE_PLACE(switched, "tracepoint/sched_switch");

/* Entry 1, by `lore run` or a program: where the histogram is, as an offset in the window. */
static long where(struct lore_run *run)
{
	return (long)(uint32_t)(uintptr_t)histogram();
}

LORE_ENTRY_RUN(where);
