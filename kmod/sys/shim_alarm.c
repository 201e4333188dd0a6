// SPDX-License-Identifier: GPL-2.0
/*
 * Timers that extensions set themselves: a few for each entry that they may call.
 *
 * Nobody waits for a timer but who ends the attachment. Several may set one at once: `due` says when it is to fire, and the
 * kernel's timer is made to follow. Who gives one back lets a call that has begun go on; what keeps that from being mistaken for
 * a later use of the same timer is the order of `argument` and `due`.
 */
#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/rcupdate.h>
#include <linux/refcount.h>
#include <linux/slab.h>

#include "shim.h"

struct alarm {
	struct hrtimer timer;
	struct lore_alarms *all;
	u64 argument;
	/* When it is to fire; KTIME_MAX while it is not. */
	ktime_t due;
};

struct lore_alarms {
	refcount_t refs;
	/* What fires, while it may. Read with preemption off, or in a timer. */
	void *attachment;
	unsigned long used;
	struct alarm each[LORE_ALARMS_MAX];
};

static_assert(LORE_ALARMS_MAX <= BITS_PER_LONG);

/* Until nobody has changed the time meanwhile: the last one who did comes here too. */
static void follow(struct alarm *alarm)
{
	ktime_t due;

	do {
		due = READ_ONCE(alarm->due);
		if (due == KTIME_MAX)
			return;
		hrtimer_start(&alarm->timer, due, HRTIMER_MODE_ABS_SOFT);
	} while (READ_ONCE(alarm->due) != due);
}

static enum hrtimer_restart alarm_fires(struct hrtimer *timer)
{
	struct alarm *alarm = container_of(timer, struct alarm, timer);
	u64 argument = READ_ONCE(alarm->argument);
	void *attachment;
	ktime_t due;

	/* A new argument comes with a new time: lore_alarm_take() writes them in the other order. */
	smp_rmb();
	due = READ_ONCE(alarm->due);
	attachment = READ_ONCE(alarm->all->attachment);
	if (!attachment)
		return HRTIMER_NORESTART;
	/* Too early: another time was set between the two steps of this one. */
	if (due <= ktime_get())
		lore_rs_timer(attachment, argument);
	else
		follow(alarm);
	return HRTIMER_NORESTART;
}

struct lore_alarms *lore_alarms_new(void)
{
	struct lore_alarms *alarms = kzalloc(sizeof(*alarms), GFP_KERNEL_ACCOUNT);
	int i;

	if (!alarms)
		return NULL;
	refcount_set(&alarms->refs, 1);
	for (i = 0; i < LORE_ALARMS_MAX; i++) {
		struct alarm *alarm = &alarms->each[i];

		alarm->all = alarms;
		alarm->due = KTIME_MAX;
		hrtimer_setup(&alarm->timer, alarm_fires, CLOCK_MONOTONIC, HRTIMER_MODE_ABS_SOFT);
	}
	return alarms;
}

/* Without an attachment no timer is set, so the last reference finds none. */
void lore_alarms_put(struct lore_alarms *alarms)
{
	if (refcount_dec_and_test(&alarms->refs))
		kfree(alarms);
}

int lore_alarms_attach(struct lore_alarms *alarms, void *attachment)
{
	if (alarms->attachment)
		return -EBUSY;
	WRITE_ONCE(alarms->attachment, attachment);
	return 0;
}

/* When this returns nobody calls the attachment any more. Sleeps. */
void lore_alarms_detach(struct lore_alarms *alarms)
{
	int i;

	WRITE_ONCE(alarms->attachment, NULL);
	/* Who has seen it sets its timer with preemption off, and so before this returns. */
	synchronize_rcu();
	for (i = 0; i < LORE_ALARMS_MAX; i++)
		hrtimer_cancel(&alarms->each[i].timer);
}

/* A timer of one's own: its number, or -EBUSY when all are taken, or -ENOENT when they do not fire any more. */
int lore_alarm_take(struct lore_alarms *alarms, u64 argument)
{
	unsigned long used = READ_ONCE(alarms->used), free;

	if (!READ_ONCE(alarms->attachment))
		return -ENOENT;
	do {
		free = ~used & GENMASK(LORE_ALARMS_MAX - 1, 0);
		if (!free)
			return -EBUSY;
	} while (!try_cmpxchg(&alarms->used, &used, used | (free & -free)));
	refcount_inc(&alarms->refs);
	WRITE_ONCE(alarms->each[__ffs(free)].due, KTIME_MAX);
	smp_wmb();
	WRITE_ONCE(alarms->each[__ffs(free)].argument, argument);
	return __ffs(free);
}

/* With preemption off. */
int lore_alarm_arm(struct lore_alarms *alarms, u32 number, u64 delay_ns)
{
	struct alarm *alarm = &alarms->each[number];

	if (!READ_ONCE(alarms->attachment))
		return -ENOENT;
	/* After the argument, for who reads them in the other order. */
	smp_wmb();
	WRITE_ONCE(alarm->due, ktime_add_ns(ktime_get(), delay_ns));
	follow(alarm);
	return 0;
}

/* Whether it was to fire still. A call that has begun goes on. */
bool lore_alarm_cancel(struct lore_alarms *alarms, u32 number)
{
	WRITE_ONCE(alarms->each[number].due, KTIME_MAX);
	return hrtimer_try_to_cancel(&alarms->each[number].timer) == 1;
}

void lore_alarm_give(struct lore_alarms *alarms, u32 number)
{
	lore_alarm_cancel(alarms, number);
	smp_mb__before_atomic();
	clear_bit(number, &alarms->used);
	lore_alarms_put(alarms);
}
