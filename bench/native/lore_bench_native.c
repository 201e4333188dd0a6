// SPDX-License-Identifier: GPL-2.0
/*
 * What gates do for extensions, done by a module for itself: writing a number to a parameter does it that often. The
 * difference to a gate is what LoRe costs.
 */
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/sched.h>
#include <linux/sched/task.h>

static int rounds_of(const char *value, unsigned long *rounds)
{
	return kstrtoul(value, 10, rounds);
}

/* A reference to the current task, taken and put. */
static int run_task(const char *value, const struct kernel_param *param)
{
	unsigned long rounds;
	int err = rounds_of(value, &rounds);

	for (; !err && rounds; rounds--) {
		struct task_struct *task = get_task_struct(current);

		/* Or the compiler might see that the one undoes the other. */
		barrier();
		put_task_struct(task);
	}
	return err;
}

/* As many turns of a loop that does nothing. */
static int run_loop(const char *value, const struct kernel_param *param)
{
	unsigned long rounds;
	int err = rounds_of(value, &rounds);

	for (; !err && rounds; rounds--)
		barrier();
	return err;
}

static const struct kernel_param_ops task_ops = { .set = run_task };
static const struct kernel_param_ops loop_ops = { .set = run_loop };
module_param_cb(task, &task_ops, NULL, 0200);
module_param_cb(loop, &loop_ops, NULL, 0200);

MODULE_DESCRIPTION("What the kernel's own work costs, for LoRe's bench");
MODULE_LICENSE("GPL");
