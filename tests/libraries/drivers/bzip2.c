// SPDX-License-Identifier: GPL-2.0
// bzip2, as its own `make test` does: each sample compressed at its level is the .bz2 beside it, and comes back.
#include "driver.h"
#include <bzlib.h>

// Samples are at most this long.
enum { MOST = 1 << 20 };

static unsigned len_of(const struct file *file, char *into, int level)
{
	unsigned len = MOST;
	int status;

	if (level)
		status = BZ2_bzBuffToBuffCompress(into, &len, (char *)file->bytes, (unsigned)file->len, level, 0, 0);
	else
		status = BZ2_bzBuffToBuffDecompress(into, &len, (char *)file->bytes, (unsigned)file->len, 0, 0);
	say("%s: %d\n", level ? "compressed" : "decompressed", status);
	return status ? 0 : len;
}

// What the last sample became: the .bz2 beside it comes next.
static char *packed;
static unsigned packed_len;

void vectors(const struct file *file)
{
	// sample1.ref at level 1, sample2.ref at 2, sample3.ref at 3, says its Makefile.
	int level = file->name[6] - '0';
	char *into = room(MOST);
	unsigned len;

	if (strstr(file->name, ".ref")) {
		packed = room(MOST);
		packed_len = len_of(file, packed, level);
		put(packed, packed_len);
	} else {
		check(packed_len == file->len && !memcmp(packed, file->bytes, file->len), "what bzip2 itself made");
		len = len_of(file, into, 0);
		put(into, len);
		free(packed);
	}
	free(into);
}
void bz_internal_error(int code)
{
	say("internal error %d\n", code);
	abort();
}
