// SPDX-License-Identifier: GPL-2.0
// Runs a test program natively: the result to compare with.
#include <stdio.h>
#include <stdlib.h>

struct context {
	const unsigned char *input;
	unsigned long long input_len;
	unsigned char *output;
	unsigned long long output_cap, output_len, arg;
};

unsigned long long run(struct context *c);

int main(int argc, char **argv)
{
	static unsigned char input[64 << 20], output[64 << 20];
	struct context c = { input, 0, output, sizeof(output), 0, 0 };
	FILE *file = fopen(argv[argc - 1], "rb");

	if (!file)
		return 6;
	c.input_len = fread(input, 1, sizeof(input), file);
	run(&c);
	fwrite(output, 1, c.output_len, stdout);
	return 0;
}
