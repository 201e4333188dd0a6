/* SPDX-License-Identifier: GPL-2.0 */
/* What SQLite wants beside the SDK's <string.h>; os.c has it. */
#include_next <string.h>
char *strchr(const char *text, int byte);
char *strrchr(const char *text, int byte);
void *memchr(const void *from, int byte, size_t len);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t len);
size_t strspn(const char *text, const char *set);
size_t strcspn(const char *text, const char *set);
