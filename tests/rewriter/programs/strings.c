// SPDX-License-Identifier: GPL-2.0
// Bytes: loops with moving pointers, ends that are compared, words in a table, copies that overlap.
#include "program.h"

struct slice {
	const u8 *at, *end;
};

static struct slice next_word(struct slice *text)
{
	struct slice word;

	while (text->at != text->end && (*text->at < 'a' || *text->at > 'z'))
		text->at++;
	word.at = text->at;
	while (text->at != text->end && *text->at >= 'a' && *text->at <= 'z')
		text->at++;
	word.end = text->at;
	return word;
}

static struct {
	struct slice word;
	u32 count;
} table[1024];

static NOINLINE u32 hash(struct slice s)
{
	u32 h = 2166136261u;

	for (; s.at != s.end; s.at++)
		h = (h ^ *s.at) * 16777619u;
	return h;
}

static NOINLINE u64 count(struct slice text)
{
	u64 words = 0;

	for (;;) {
		struct slice word = next_word(&text);
		u32 slot = hash(word) & 1023;

		if (word.at == word.end)
			return words;
		while (table[slot].count) {
			size_t len = (size_t)(word.end - word.at);

			if (len == (size_t)(table[slot].word.end - table[slot].word.at) &&
			    !memcmp(word.at, table[slot].word.at, len))
				break;
			slot = (slot + 1) & 1023;
		}
		table[slot].word = word;
		table[slot].count++;
		words++;
	}
}

/* An empty slice whose ends are no pointers, as Rust has them. */
static NOINLINE u64 empty(struct slice s)
{
	u64 sum = 1;

	while (s.at != s.end)
		sum += *s.at++;
	return sum;
}

u64 run(struct context *c)
{
	struct slice text = { c->input, c->input + (c->input_len < 4000 ? c->input_len : 4000) };
	static u8 room[600];
	u64 sum = 0;

	put(c, "words", count(text));
	for (int i = 0; i < 1024; i++)
		if (table[i].count)
			sum = sum * 3 + table[i].count * (u64)(table[i].word.at - c->input);
	put(c, "table", sum);
	for (u32 i = 0; i < 600; i++)
		room[i] = (u8)(i * i);
	memmove(room + 10, room, 500);
	memmove(room, room + 33, 500);
	memcpy(room + 300, room, 100);
	memset(room + 50, 7, 9);
	for (u32 i = 0; i < 600; i++)
		sum = sum * 31 + room[i];
	put(c, "room", sum);
	put(c, "empty", empty((struct slice){ (u8 *)8, (u8 *)8 }));
	return sum;
}
