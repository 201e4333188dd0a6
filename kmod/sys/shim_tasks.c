// SPDX-License-Identifier: GPL-2.0
/*
 * Which arguments of the kernel's own tracepoints are tasks: the kernel does not keep the types, so those that are known stand
 * here. Each line is checked by the compiler against the tracepoint's declaration.
 *
 * A tracepoint that is not here, or that a module has under the same name, passes no tasks.
 */
#include <linux/bits.h>
#include <linux/string.h>
#include <linux/tracepoint.h>
#include <trace/events/sched.h>
#include <trace/events/signal.h>
#include <trace/events/task.h>

#include "shim.h"

#define TASK struct task_struct *

/* Name, the positions of tasks, and the types of all arguments. */
#define POINTS(POINT)											\
	POINT(sched_kthread_stop, BIT(0), TASK)								\
	POINT(sched_waking, BIT(0), TASK)								\
	POINT(sched_wakeup, BIT(0), TASK)								\
	POINT(sched_wakeup_new, BIT(0), TASK)								\
	POINT(sched_switch, BIT(1) | BIT(2), bool, TASK, TASK, unsigned int)				\
	POINT(sched_migrate_task, BIT(0), TASK, int)							\
	POINT(sched_process_free, BIT(0), TASK)								\
	POINT(sched_process_exit, BIT(0), TASK, bool)							\
	POINT(sched_process_fork, BIT(0) | BIT(1), TASK, TASK)						\
	POINT(sched_process_exec, BIT(0), TASK, pid_t, struct linux_binprm *)				\
	POINT(sched_stat_runtime, BIT(0), TASK, u64)							\
	POINT(sched_pi_setprio, BIT(0) | BIT(1), TASK, TASK)						\
	POINT(signal_generate, BIT(2), int, struct kernel_siginfo *, TASK, int, int)			\
	POINT(task_newtask, BIT(0), TASK, u64)								\
	POINT(task_rename, BIT(0), TASK, const char *)

#define CHECK(name, tasks, ...)										\
	static inline void check_##name(void (*probe)(void *, __VA_ARGS__))				\
	{												\
		check_trace_callback_type_##name(probe);						\
	}
POINTS(CHECK)

#define ROW(point, at, ...) { .name = #point, .tasks = at },
static const struct {
	const char *name;
	u32 tasks;
} points[] = { POINTS(ROW) };

struct search {
	const char *name;
	bool found;
};

static void look_at(struct tracepoint *point, void *context)
{
	struct search *search = context;

	search->found |= !strcmp(point->name, search->name);
}

/* Positions, as bits. What is attached by a name that the kernel itself has is the kernel's. */
u32 lore_tracepoint_tasks(const char *name)
{
	struct search search = { .name = name };
	int i;

	for (i = 0; i < ARRAY_SIZE(points); i++) {
		if (strcmp(points[i].name, name))
			continue;
		for_each_kernel_tracepoint(look_at, &search);
		return search.found ? points[i].tasks : 0;
	}
	return 0;
}
