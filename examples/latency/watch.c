// SPDX-License-Identifier: GPL-2.0
/* Reads the histogram of the extension `latency` while it runs: latency-watch-c NAME [SECONDS], once without seconds. */

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "lore_client.h"

/* The entry of the extension that answers where its histogram is. */
#define ROOT 1

/* What histogram.rs says. */
struct histogram {
	uint64_t switches;
	uint64_t longest;
	uint64_t waits[64];
};

static uint64_t now(const uint64_t *value)
{
	return __atomic_load_n(value, __ATOMIC_RELAXED);
}

static void print(const struct histogram *histogram)
{
	unsigned int bits;

	printf("%" PRIu64 " switches, longest wait %" PRIu64 " ns\n", now(&histogram->switches), now(&histogram->longest));
	for (bits = 0; bits < 64; bits++) {
		uint64_t waits = now(&histogram->waits[bits]);

		if (waits)
			printf("%20" PRIu64 " ns %12" PRIu64 "\n", UINT64_C(1) << bits, waits);
	}
	fflush(stdout);
}

int main(int argc, char **argv)
{
	const struct histogram *histogram;
	struct lore_client lore;
	uint64_t root;

	if (argc < 2) {
		fprintf(stderr, "usage: %s NAME [SECONDS]\n", argv[0]);
		return 2;
	}
	if (lore_client_open(&lore, argv[1]) < 0 || lore_client_run(&lore, ROOT, 0, &root) < 0) {
		perror(argv[1]);
		return 1;
	}
	histogram = lore_client_at(&lore, (uint32_t)root, sizeof(*histogram));
	if (!histogram) {
		perror("the histogram");
		return 1;
	}
	print(histogram);
	while (argc > 2) {
		sleep((unsigned int)atoi(argv[2]));
		print(histogram);
	}
	lore_client_close(&lore);
	return 0;
}
