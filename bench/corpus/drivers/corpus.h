/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What every program of the corpus is made of: a setup, and operations that are counted one by one. The same source is an
 * extension, a part of a kernel module and of a user process.
 */
#ifndef CORPUS_H
#define CORPUS_H

#ifdef BPF
#include "peer.h"
#else
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

/* Defined by each driver: its setup, and its operations. */
extern const struct program program;
#define PROGRAM(setup, ...) const struct program program = { setup, { __VA_ARGS__ } }

/*
 * What a BPF program has to say and others need not (bench/ebpf): that a pointer leads into the heap (`struct node MEM *`),
 * that a global does, that the kernel may end a loop, and that an index stays in an array on the stack.
 */
#define MEM
#define GLOBAL(type, name, count) static type name[count]
#define EACH(at, count) for (uint64_t at = 0; at < (count); at++)
#define CAN_LOOP 1
#define WITHIN(index, count) 1
#endif

#endif
