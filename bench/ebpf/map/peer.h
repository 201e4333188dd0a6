/* SPDX-License-Identifier: GPL-2.0 */
/* What makes a driver of the corpus a set of BPF programs over maps: its globals are elements of array maps. */
#ifndef PEER_H
#define PEER_H

#include "bpf.h"

#define MEM
#define GLOBAL(type, name, count) static type name[count]

/* Each is a map of its own, which the runner finds by its section. */
SECTION(".data.checksum") uint64_t checksum;

#define OPERATION_BEGINS
#define OPERATION_DONE(sum) (checksum = (sum))

#endif
