// SPDX-License-Identifier: GPL-2.0
// SQLite answers the statements of the tests, by the entry of its example.
#include "corpus.h"
#include "text.h"
#include <lore.h>
#include <stdlib.h>

// examples/sqlite/entry.c
long run(struct lore_run *run);

static struct lore_run request;

static long setup(const unsigned char *input, size_t len)
{
	request.input = input;
	request.input_len = len;
	request.output_cap = 1 << 20;
	request.output = malloc(request.output_cap);
	return request.output ? 0 : -LORE_ENOMEMORY;
}

static uint64_t sql(void)
{
	return run(&request) ? 0 : sum_bytes(request.output, request.output_len);
}

const struct program program = { setup, { sql } };
