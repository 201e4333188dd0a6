// SPDX-License-Identifier: GPL-2.0
// Monocypher's own test by fixed vectors, as it is: every function against the official values.
#include "driver.h"
#include <stdio.h>

#define printf(...) say(__VA_ARGS__)
#define main test_main
#include <utils.c>
#include <tis-ci.c>

void vectors(const struct file *file)
{
	check(test_main() == 0, "tis-ci");
	(void)file;
}
