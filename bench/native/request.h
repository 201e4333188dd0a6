/* SPDX-License-Identifier: GPL-2.0 */
/* A request to the module with the corpus's programs, as the runner in bench/guest makes it. */
#ifndef REQUEST_H
#define REQUEST_H

#include <linux/ioctl.h>
#include <linux/types.h>

struct corpus_request {
	char program[32];
	__u64 arg;
	/* User addresses of the input, for the setup. */
	__u64 input, input_len;
	/* Out: what the program answered, and the checksum. */
	__s64 result;
	__u64 sum;
};

#define CORPUS_RUN _IOWR('C', 1, struct corpus_request)

#endif
