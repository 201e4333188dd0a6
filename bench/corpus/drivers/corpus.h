/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What every program of the corpus is made of: a setup, and operations that are counted one by one. The same source is an
 * extension, a part of a kernel module and of a user process.
 */
#ifndef CORPUS_H
#define CORPUS_H

#include <stddef.h>
#include <stdint.h>

/* Most operations of a program. */
#define OPERATIONS 4

struct program {
	/* Takes the input, which stays where it is; 0 if all is well. */
	long (*setup)(const unsigned char *input, size_t len);
	/* Each does all of its work and gives a checksum of it. The table of the corpus has their names, in this order. */
	uint64_t (*operations[OPERATIONS])(void);
};

/* Defined by each driver. */
extern const struct program program;

#endif
