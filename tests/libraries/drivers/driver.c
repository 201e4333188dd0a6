// SPDX-License-Identifier: GPL-2.0
// What the drivers share: the files of the input, one after the other, and the output.
#include "driver.h"
#include <lore.h>
#include <stdarg.h>
#include <stdio.h>

static struct lore_run *context;
static unsigned wrong;

void put(const void *bytes, size_t len)
{
	// Not cut silently: what does not fit is a difference in the number of wrong results.
	if (len > context->output_cap - context->output_len) {
		wrong++;
		return;
	}
	memcpy(context->output + context->output_len, bytes, len);
	context->output_len += len;
}

int say(const char *format, ...)
{
	static char line[1 << 16];
	va_list values;
	int len;

	va_start(values, format);
	len = vsnprintf(line, sizeof(line), format, values);
	va_end(values);
	put(line, (size_t)len < sizeof(line) ? (size_t)len : sizeof(line) - 1);
	return len;
}

void check(int is_right, const char *what)
{
	if (is_right)
		return;
	wrong++;
	say("WRONG: %s\n", what);
}

void *room(size_t len)
{
	void *got = malloc(len ? len : 1);

	if (!got) {
		say("no room for %zu bytes\n", len);
		wrong++;
		abort();
	}
	return got;
}

/* The input: for each file the lengths of its name and of itself, four bytes each, then both. */
long run(struct lore_run *run)
{
	size_t at = 0;

	context = run;
	wrong = 0;
	if (!run->input_len)
		vectors(&(struct file){ .bytes = run->input });
	while (at < run->input_len) {
		struct file file = { .name = "" };
		uint32_t lens[2];

		memcpy(lens, run->input + at, sizeof(lens));
		at += sizeof(lens);
		memcpy(file.name, run->input + at, lens[0] < sizeof(file.name) ? lens[0] : sizeof(file.name) - 1);
		at += lens[0];
		file.bytes = run->input + at;
		file.len = lens[1];
		at += lens[1];
		say("== %s, %zu bytes\n", file.name, file.len);
		vectors(&file);
	}
	say("\n%u wrong\n", wrong);
	return (long)wrong;
}
LORE_ENTRY_RUN(run);
