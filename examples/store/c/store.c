// SPDX-License-Identifier: GPL-2.0
/* A store of keys and values that stays from run to run: the input is a command a line, the output an answer to each. */

#include <lore.h>
#include <stdlib.h>
#include <string.h>

struct pair {
	struct pair *next;
	char *value;
	char key[];
};

/* All CPUs use it, one at a time. */
static uint32_t lock;
static struct pair *first;
static long count;

/* A copy of words, with a zero behind. */
static char *copy(char *to, const char *from, size_t len)
{
	if (!to)
		lore_abort(0, "no memory");
	memcpy(to, from, len);
	to[len] = 0;
	return to;
}

/* Where the pair of a key hangs, or the last link. */
static struct pair **find(const char *key)
{
	struct pair **link = &first;

	while (*link && strcmp((*link)->key, key))
		link = &(*link)->next;
	return link;
}

static void set(const char *key, const char *value)
{
	struct pair **link = find(key), *pair = *link;

	if (!pair) {
		pair = malloc(sizeof *pair + strlen(key) + 1);
		copy(pair ? pair->key : NULL, key, strlen(key));
		pair->next = NULL;
		pair->value = NULL;
		*link = pair;
		count++;
	}
	free(pair->value);
	pair->value = copy(malloc(strlen(value) + 1), value, strlen(value));
}

static void say(struct lore_run *run, const char *answer)
{
	size_t len = strlen(answer), room = run->output_cap - run->output_len;

	if (len + 1 > room)
		lore_abort(0, "the output is full");
	memcpy(run->output + run->output_len, answer, len);
	run->output[run->output_len + len] = '\n';
	run->output_len += len + 1;
}

static void command(struct lore_run *run, char *line)
{
	char *key = strchr(line, ' '), *value = NULL;
	struct pair **link, *pair;

	if (key) {
		*key++ = 0;
		value = strchr(key, ' ');
	}
	if (value)
		*value++ = 0;
	if (key && value && !strcmp(line, "set")) {
		set(key, value);
		say(run, "ok");
		return;
	}
	if (!key || value || (strcmp(line, "get") && strcmp(line, "del"))) {
		say(run, "what?");
		return;
	}
	link = find(key);
	pair = *link;
	say(run, pair ? pair->value : "none");
	if (pair && !strcmp(line, "del")) {
		*link = pair->next;
		free(pair->value);
		free(pair);
		count--;
	}
}

/* Answers how many pairs there are. */
static long store(struct lore_run *run)
{
	const char *at = (const char *)run->input, *end = at + run->input_len;
	lore_lock held = lore_lock_take(&lock);

	if (lore_is_error(held.handle))
		return held.handle;
	while (at < end) {
		const char *newline = memchr(at, '\n', end - at);
		size_t len = (newline ? newline : end) - at;
		char *line = copy(malloc(len + 1), at, len);

		command(run, line);
		free(line);
		at += len + 1;
	}
	lore_gate_lock_drop(held);
	return count;
}

LORE_ENTRY_RUN(store);
