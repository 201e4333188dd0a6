// SPDX-License-Identifier: GPL-2.0
// The entry of every program: one request sets up, each other one does one operation and answers its checksum.
#include "corpus.h"
#include <lore.h>
#include <stdlib.h>
#include <string.h>

// What requests ask for; from 1 on, the operations.
enum { SETUP = 0, NOTHING = 255 };

static long setup(const struct lore_run *run)
{
	unsigned char *input = malloc(run->input_len + 1);

	if (!input)
		return -LORE_ENOMEMORY;
	memcpy(input, run->input, run->input_len);
	input[run->input_len] = 0;	// For those who read text.
	return program.setup(input, run->input_len);
}

long corpus(struct lore_run *run)
{
	uint64_t sum = 0;

	if (run->arg == SETUP)
		return setup(run);
	if (run->arg != NOTHING) {
		if (run->arg > OPERATIONS || !program.operations[run->arg - 1])
			return -LORE_EBADVALUE;
		sum = program.operations[run->arg - 1]();
	}
	if (run->output_cap < sizeof(sum))
		return -LORE_ETOOLONG;
	memcpy(run->output, &sum, sizeof(sum));
	run->output_len = sizeof(sum);
	return 0;
}
LORE_ENTRY_RUN(corpus);
