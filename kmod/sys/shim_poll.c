// SPDX-License-Identifier: GPL-2.0
/*
 * Programs that wait for events of an extension: poll of its file.
 */
#include <linux/irq_work.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/wait.h>

#include "shim.h"

struct lore_readers {
	wait_queue_head_t queue;
	struct irq_work irq;
};

static void wake_all(struct irq_work *irq)
{
	wake_up_all(&container_of(irq, struct lore_readers, irq)->queue);
}

struct lore_readers *lore_readers_new(void)
{
	struct lore_readers *readers = kzalloc(sizeof(*readers), GFP_KERNEL_ACCOUNT);

	if (!readers)
		return NULL;
	init_waitqueue_head(&readers->queue);
	init_irq_work(&readers->irq, wake_all);
	return readers;
}

void lore_readers_free(struct lore_readers *readers)
{
	irq_work_sync(&readers->irq);
	kfree(readers);
}

/* The barrier between waiting and looking is poll_wait()'s own. */
void lore_readers_wait(struct lore_readers *readers, struct file *file, struct poll_table_struct *table)
{
	poll_wait(file, &readers->queue, table);
}

/* Waking takes locks that the interrupted code may hold: an interrupt of its own does it. */
void lore_readers_wake(struct lore_readers *readers)
{
	if (wq_has_sleeper(&readers->queue))
		irq_work_queue(&readers->irq);
}
