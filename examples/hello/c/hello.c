// SPDX-License-Identifier: GPL-2.0
/* The smallest extension: a line in the kernel's log, and an answer. */

#include <lore.h>
#include <string.h>

static long hello(struct lore_run *run)
{
	static const char text[] = "hello from C\n";
	size_t len = sizeof text - 1;

	lore_log(LORE_LOG_INFO, "hello from C");
	if (run->output_cap < len)
		return -1;
	memcpy(run->output, text, len);
	run->output_len = len;
	return (long)run->arg;
}

LORE_ENTRY_RUN(hello);
