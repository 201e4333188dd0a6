# SPDX-License-Identifier: GPL-2.0
# What is changed in others' headers, which are not copied here: sys/tree.h and uthash.h.
# Their own includes are of a C library.
/^#include/d
# Their pointers lead into the arena.
s/\b(struct UT_hash_[a-z]+|UT_hash_[a-z]+|void|char) ?\*/\1 MEM */g
# Of a struct's assignment, the compiler forgets where it lies.
s/elm->field = old->field;/RB_COPY(elm, old, field);/
