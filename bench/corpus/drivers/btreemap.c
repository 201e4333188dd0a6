// SPDX-License-Identifier: GPL-2.0
// BTreeMap of Rust's alloc.
#include "corpus.h"
#include "keys.h"

uint64_t btreemap_insert(void);
uint64_t btreemap_update(void);
uint64_t btreemap_lookup(void);
uint64_t btreemap_delete(void);

const struct program program = { keys_setup, { btreemap_insert, btreemap_update, btreemap_lookup, btreemap_delete } };
