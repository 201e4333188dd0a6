// SPDX-License-Identifier: GPL-2.0
// Oniguruma's own test of UTF-8, more than a thousand patterns, as it is: what it prints is the output.
#include "driver.h"
#include <stdio.h>

#define fprintf(file, ...) say(__VA_ARGS__)
#define main test_main
// Compilers number the lines of a macro's call in their own ways.
#define __LINE__ 0
#include <test_utf8.c>

void vectors(const struct file *file)
{
	check(test_main(0, NULL) == 0, "test_utf8");
	(void)file;
}
