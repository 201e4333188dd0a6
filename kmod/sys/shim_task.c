// SPDX-License-Identifier: GPL-2.0
/*
 * Tasks. A reference keeps the struct, not the task: it may have exited. None of these sleeps.
 */
#include <linux/cred.h>
#include <linux/irq_work.h>
#include <linux/llist.h>
#include <linux/percpu.h>
#include <linux/pid.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/string.h>
#include <linux/user_namespace.h>

#include "shim.h"

/* Rust sees what it passes around only as pointers. */
static struct task_struct *task_of(const struct lore_task *task)
{
	return (struct task_struct *)task;
}

/* Rust's Task::current() has found a count that cannot be. */
void lore_task_overgot(struct lore_task *task)
{
	refcount_warn_saturate(&task_of(task)->usage, REFCOUNT_ADD_OVF);
}

struct lore_task *lore_task_get(struct lore_task *task)
{
	get_task_struct(task_of(task));
	return task;
}

/* While RCU is read, a task that can be found has a reference that is only put after a grace period. */
struct lore_task *lore_task_by_pid(u32 number)
{
	struct task_struct *task;

	rcu_read_lock();
	task = pid_task(find_pid_ns(number, &init_pid_ns), PIDTYPE_PID);
	if (task)
		get_task_struct(task);
	rcu_read_unlock();
	return (struct lore_task *)task;
}

/* A task that was reaped points to a parent that nobody keeps any more. */
struct lore_task *lore_task_parent(const struct lore_task *of)
{
	struct task_struct *parent = NULL;

	rcu_read_lock();
	if (pid_alive(task_of(of)))
		parent = get_task_struct(rcu_dereference(task_of(of)->real_parent));
	rcu_read_unlock();
	return (struct lore_task *)parent;
}

/*
 * The last reference frees memory, which is not for every place that a hook is called in: an interrupt of this CPU's own
 * does it, as soon as interrupts are let in. Nobody else can get one any more, so the task's head for RCU is free to link
 * it until put_task_struct() needs it.
 */
struct dead_tasks {
	struct llist_head list;
	struct irq_work work;
};

static void put_dead(struct irq_work *work)
{
	struct dead_tasks *dead = container_of(work, struct dead_tasks, work);
	struct llist_node *node, *next;

	llist_for_each_safe(node, next, llist_del_all(&dead->list)) {
		struct task_struct *task = container_of((struct callback_head *)node, struct task_struct, rcu);

		refcount_set(&task->usage, 1);
		put_task_struct(task);
	}
}

static DEFINE_PER_CPU(struct dead_tasks, dead_tasks) = {
	.work = IRQ_WORK_INIT_HARD(put_dead),
};

static_assert(sizeof(struct llist_node) <= sizeof_field(struct task_struct, rcu));

/* Rust's Task::drop() has counted down to `after`, which is not positive. */
void lore_task_put_last(struct lore_task *task, int after)
{
	struct dead_tasks *dead;

	if (after) {
		refcount_warn_saturate(&task_of(task)->usage, REFCOUNT_SUB_UAF);
		return;
	}
	/* What others did with the task before they put it comes before what is done now. */
	smp_acquire__after_ctrl_dep();
	dead = get_cpu_ptr(&dead_tasks);
	llist_add((struct llist_node *)&task_of(task)->rcu, &dead->list);
	irq_work_queue(&dead->work);
	put_cpu_ptr(&dead_tasks);
}

/* No extension is left: what is still on its way is waited for. */
void lore_tasks_exit(void)
{
	int cpu;

	for_each_possible_cpu(cpu)
		irq_work_sync(&per_cpu(dead_tasks, cpu).work);
}

u32 lore_task_pid(const struct lore_task *task)
{
	return task_pid_nr(task_of(task));
}

void lore_task_ids(const struct lore_task *of, struct lore_task_ids *out)
{
	struct task_struct *task = task_of(of);

	rcu_read_lock();
	out->pid = task_pid_nr(task);
	out->process = task_tgid_nr(task);
	out->user = from_kuid(&init_user_ns, __task_cred(task)->uid);
	out->group = from_kgid(&init_user_ns, __task_cred(task)->gid);
	rcu_read_unlock();
}

void lore_task_times(const struct lore_task *of, struct lore_task_times *out)
{
	const struct task_struct *task = task_of(of);

	out->user_ns = READ_ONCE(task->utime);
	out->system_ns = READ_ONCE(task->stime);
	out->running_ns = READ_ONCE(task->se.sum_exec_runtime);
	out->started_ns = READ_ONCE(task->start_boottime);
}

/* A name may change while it is copied; a byte is a byte, and the last one stays zero. */
void lore_task_name(const struct lore_task *of, u8 *out)
{
	const char *name = task_of(of)->comm;
	int i;

	for (i = 0; i < LORE_TASK_NAME_LEN; i++)
		out[i] = READ_ONCE(name[i]);
	out[LORE_TASK_NAME_LEN - 1] = 0;
}
