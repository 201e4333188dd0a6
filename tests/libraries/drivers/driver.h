/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What every driver starts with: vectors come in as files, what the library makes of them goes out. The same source is
 * the extension and the native program, so both outputs have to be equal to the byte.
 */
#pragma once
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* One file of the vectors. */
struct file {
	char name[64];
	const uint8_t *bytes;
	size_t len;
};

/* The driver: called for each file, or once without one when the library's own test carries its vectors in itself. */
void vectors(const struct file *file);

/* put() - writes bytes to the output as they are. */
void put(const void *bytes, size_t len);
/* say() - writes to the output as printf() does. */
__attribute__((format(printf, 1, 2))) int say(const char *format, ...);
/* check() - counts a result that is not what a vector says; the last line of the output has the number. */
void check(int is_right, const char *what);
/* room() - memory that must be there; the driver frees it. */
void *room(size_t len);
