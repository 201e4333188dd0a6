// SPDX-License-Identifier: GPL-2.0
// hashbrown's map, which is Rust's HashMap.
#include "corpus.h"
#include "keys.h"

uint64_t hashbrown_insert(void);
uint64_t hashbrown_update(void);
uint64_t hashbrown_lookup(void);
uint64_t hashbrown_delete(void);

const struct program program = { keys_setup, { hashbrown_insert, hashbrown_update, hashbrown_lookup, hashbrown_delete } };
