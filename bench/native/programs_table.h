/* SPDX-License-Identifier: GPL-2.0 */
/* The programs by name, for the module and the user process. Who includes it knows struct lore_run; programs.h is made. */
#define PROGRAM(name) long corpus_##name(struct lore_run *run);
#include "programs.h"
#undef PROGRAM

static const struct {
	const char *name;
	long (*run)(struct lore_run *run);
} programs[] = {
#define PROGRAM(name) { #name, corpus_##name },
#include "programs.h"
#undef PROGRAM
};
