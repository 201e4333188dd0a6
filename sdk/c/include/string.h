/* SPDX-License-Identifier: GPL-2.0 */
/* The part of <string.h> that c/src has. */
#ifndef LORE_STRING_H
#define LORE_STRING_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t len);
void *memmove(void *to, const void *from, size_t len);
void *memset(void *to, int byte, size_t len);
int memcmp(const void *a, const void *b, size_t len);
size_t strlen(const char *text);

#endif /* LORE_STRING_H */
