// SPDX-License-Identifier: GPL-2.0
// Reads the input of the structures.
#include "keys.h"
#include <lore.h>

uint64_t keys_len, draws_len;
const struct key MEM *keys;
const uint32_t MEM *draws;

long keys_setup(const unsigned char *input, size_t len)
{
	const uint64_t *head = (const uint64_t *)input;

	if (len < 16 || len != 16 + head[0] * sizeof(struct key) + head[1] * sizeof(uint32_t))
		return -LORE_EBADVALUE;
	keys_len = head[0];
	draws_len = head[1];
	keys = (const struct key MEM *)(input + 16);
	draws = (const uint32_t *)(keys + keys_len);
	return 0;
}
