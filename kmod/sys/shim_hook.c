// SPDX-License-Identifier: GPL-2.0
/*
 * Hooks outside of the network but tracepoints: timers, functions; and the work item that looks after attachments.
 *
 * Each function that detaches returns when nobody calls the attachment any more.
 */
#include <linux/fprobe.h>
#include <linux/hrtimer.h>
#include <linux/irq_work.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/workqueue.h>

#include "shim.h"

/* Timers */

struct lore_timer {
	struct hrtimer timer;
	ktime_t period;
	void *attachment;
};

static enum hrtimer_restart timer_fires(struct hrtimer *timer)
{
	struct lore_timer *hook = container_of(timer, struct lore_timer, timer);

	lore_rs_timer(hook->attachment, hrtimer_forward_now(timer, hook->period));
	return HRTIMER_RESTART;
}

int lore_timer_attach(struct lore_timer **out, u64 period_ns, void *attachment)
{
	struct lore_timer *hook = kzalloc(sizeof(*hook), GFP_KERNEL);

	if (!hook)
		return -ENOMEM;
	hook->period = ns_to_ktime(period_ns);
	hook->attachment = attachment;
	hrtimer_setup(&hook->timer, timer_fires, CLOCK_MONOTONIC, HRTIMER_MODE_REL_SOFT);
	hrtimer_start(&hook->timer, hook->period, HRTIMER_MODE_REL_SOFT);
	*out = hook;
	return 0;
}

void lore_timer_detach(struct lore_timer *hook)
{
	hrtimer_cancel(&hook->timer);
	kfree(hook);
}

/* Functions */

struct lore_function {
	struct fprobe probe;
	struct module *owner;
	void *attachment;
};

static struct module *(*module_of)(unsigned long text);

/* Without it modules are not held whose functions are attached. */
void lore_functions_init(void)
{
	module_of = lore_symbol("__module_text_address");
}

/* Holds the module that a function is in, if it is in one: without the function the attachment would never be called. */
static int owner_get(const char *name, struct module **owner)
{
	void *function = lore_symbol(name);
	int err = 0;

	rcu_read_lock();
	*owner = function && module_of ? module_of((unsigned long)function) : NULL;
	if (*owner && !try_module_get(*owner))
		err = -ENOENT;
	rcu_read_unlock();
	return err;
}

static notrace int function_enters(struct fprobe *probe, unsigned long ip, unsigned long ret, struct ftrace_regs *regs,
				   void *data)
{
	struct lore_function *hook = container_of(probe, struct lore_function, probe);
	u64 args[LORE_ARGS_MAX];
	unsigned int i;

	for (i = 0; i < LORE_ARGS_MAX; i++)
		args[i] = ftrace_regs_get_argument(regs, i);
	lore_rs_function(hook->attachment, args);
	return 0;
}

static notrace void function_returns(struct fprobe *probe, unsigned long ip, unsigned long ret,
				     struct ftrace_regs *regs, void *data)
{
	struct lore_function *hook = container_of(probe, struct lore_function, probe);

	lore_rs_return(hook->attachment, ftrace_regs_get_return_value(regs));
}

int lore_function_attach(struct lore_function **out, const char *name, bool enter, bool leave, void *attachment)
{
	struct lore_function *hook;
	int err;

	if (!IS_ENABLED(CONFIG_FPROBE))
		return -EOPNOTSUPP;
	hook = kzalloc(sizeof(*hook), GFP_KERNEL);
	if (!hook)
		return -ENOMEM;
	hook->attachment = attachment;
	hook->probe.entry_handler = enter ? function_enters : NULL;
	hook->probe.exit_handler = leave ? function_returns : NULL;
	err = owner_get(name, &hook->owner);
	if (!err) {
		err = register_fprobe_syms(&hook->probe, &name, 1);
		if (err)
			module_put(hook->owner);
	}
	if (err) {
		kfree(hook);
		return err;
	}
	*out = hook;
	return 0;
}

void lore_function_detach(struct lore_function *hook)
{
	unregister_fprobe(&hook->probe);
	/* The handlers run with preemption off. */
	synchronize_rcu();
	module_put(hook->owner);
	kfree(hook);
}

/*
 * Work: by way of an interrupt, since a hook may be called where nothing can be queued. The CPU's next tick is soon enough,
 * and spares the hook the interrupt of its own and the waking of a worker.
 */

static void *work_context;

static void work_runs(struct work_struct *work)
{
	lore_rs_work(work_context);
}

static DECLARE_WORK(work, work_runs);

static void work_is_due(struct irq_work *due)
{
	schedule_work(&work);
}

static struct irq_work due = IRQ_WORK_INIT_LAZY(work_is_due);

void lore_work_init(void *context)
{
	work_context = context;
}

notrace void lore_work_kick(void)
{
	irq_work_queue(&due);
}

/* What runs now has ended when this returns. */
void lore_work_flush(void)
{
	flush_work(&work);
}

void lore_work_exit(void)
{
	irq_work_sync(&due);
	cancel_work_sync(&work);
}
