/* SPDX-License-Identifier: GPL-2.0 */
/* The input in an array map. What indexes it has to be compared first, or the verifier refuses the program. */

/* Most keys, and most operations. The runner has the same layout. */
#define INPUT_MAX 100000

SECTION(".data.input") struct {
	uint64_t keys_len, draws_len;
	struct key keys[INPUT_MAX];
	uint32_t draws[INPUT_MAX];
} input;

static inline uint64_t bounded(uint64_t index)
{
	return WITHIN(index, INPUT_MAX) ? index : INPUT_MAX - 1;
}

#define keys_len (input.keys_len)
#define draws_len (input.draws_len)
#define key_inserted(at) (&input.keys[bounded(at)])
#define key_drawn(at) key_inserted(input.draws[bounded(at)])
