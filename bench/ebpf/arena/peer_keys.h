/* SPDX-License-Identifier: GPL-2.0 */
/* The input, as the file has it, in the arena. */
struct input {
	uint64_t keys_len, draws_len;
	struct key keys[];
};

#define input ((const struct input MEM *)arena_at(ARENA_INPUT))
#define keys_len (input->keys_len)
#define draws_len (input->draws_len)
#define key_inserted(at) (&input->keys[at])
#define key_drawn(at) (&input->keys[((const uint32_t MEM *)&input->keys[keys_len])[at]])
