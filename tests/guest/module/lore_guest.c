// SPDX-License-Identifier: GPL-2.0
/*
 * A module that goes away while extensions are attached to it: writing a number to its parameter `fire` calls its
 * tracepoint and its function.
 */
#include <linux/module.h>

#define CREATE_TRACE_POINTS
#include "lore_guest_trace.h"

noinline unsigned int guest_twice(unsigned int number);
noinline unsigned int guest_twice(unsigned int number)
{
	/* Or the compiler computes it where it is called. */
	barrier();
	return 2 * number;
}

static int fire(const char *text, const struct kernel_param *param)
{
	unsigned int number;
	int error = kstrtouint(text, 0, &number);

	if (error)
		return error;
	trace_lore_guest(number, &number);
	return guest_twice(number) == 2 * number ? 0 : -EIO;
}

static const struct kernel_param_ops fire_ops = { .set = fire };
module_param_cb(fire, &fire_ops, NULL, 0200);

MODULE_DESCRIPTION("A tracepoint and a function that go away");
MODULE_LICENSE("GPL");
