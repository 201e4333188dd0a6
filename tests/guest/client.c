// SPDX-License-Identifier: GPL-2.0
/*
 * include/lore_client.h as a program uses it: `client-c NAME` prints the events of an extension until it is detached, each
 * as its length and its first eight bytes as a number, and how many were lost.
 */
#include <inttypes.h>
#include <stdio.h>

#include "lore_client.h"

int main(int argc, char **argv)
{
	struct lore_client lore;
	struct lore_event event;
	int next;

	if (argc != 2 || lore_client_open(&lore, argv[1]) < 0) {
		perror("open");
		return 1;
	}
	for (;;) {
		while ((next = lore_client_next(&lore, &event)) > 0) {
			uint64_t first = 0;

			memcpy(&first, event.bytes, event.len < sizeof(first) ? event.len : sizeof(first));
			printf("%" PRIu32 " %" PRIu64 "\n", event.len, first);
			lore_client_done(&lore, &event);
		}
		fflush(stdout);
		if (next < 0) {
			perror("next");
			return 1;
		}
		if (lore_client_wait(&lore, -1) < 0)
			break;
	}
	if (errno != ENODATA) {
		perror("wait");
		return 1;
	}
	printf("lost %" PRIu64 "\n", lore_client_lost(&lore));
	lore_client_close(&lore);
	return 0;
}
