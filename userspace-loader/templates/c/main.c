/* What `lore run` calls; <lore.h> says what other hooks there are. */

#include <lore.h>
#include <string.h>

/* Writes a greeting, and answers the argument. */
static long greet(struct lore_run *run)
{
	static const char text[] = "hello from {name}\n";
	size_t len = sizeof text - 1;

	lore_log(LORE_LOG_INFO, "hello from {name}");
	if (run->output_cap < len)
		return -1;
	memcpy(run->output, text, len);
	run->output_len = len;
	return (long)run->arg;
}

LORE_ENTRY_RUN(greet);
