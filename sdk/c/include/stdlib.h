/* SPDX-License-Identifier: GPL-2.0 */
/* The part of <stdlib.h> that c/src has. */
#ifndef LORE_STDLIB_H
#define LORE_STDLIB_H

#include <stddef.h>

void *malloc(size_t len);
void *calloc(size_t count, size_t len);
void *realloc(void *old, size_t len);
void free(void *block);
_Noreturn void abort(void);

#endif /* LORE_STDLIB_H */
