// SPDX-License-Identifier: GPL-2.0
// yyjson reads and writes a document with nested objects, arrays, texts and whole numbers, made in the setup of the input's words.
#include "corpus.h"
#include "text.h"
#include <lore.h>
#include <stdlib.h>
#include <string.h>
#include <yyjson.h>

enum { RECORDS = 4000 };

static char *text;
static size_t text_len;
static yyjson_doc *read_doc;

static yyjson_mut_val *record(yyjson_mut_doc *doc, const unsigned char *input, size_t len, uint64_t number)
{
	yyjson_mut_val *object = yyjson_mut_obj(doc), *list = yyjson_mut_arr(doc);
	size_t at = number * 53 % (len - 64);

	yyjson_mut_obj_add_uint(doc, object, "id", number);
	yyjson_mut_obj_add_strncpy(doc, object, "text", (const char *)input + at, 16 + number % 47);
	yyjson_mut_obj_add_bool(doc, object, "even", number % 2 == 0);
	for (uint64_t item = 0; item < number % 8; item++)
		yyjson_mut_arr_add_sint(doc, list, (int64_t)(item * number) - 1000);
	yyjson_mut_obj_add_val(doc, object, "items", list);
	return object;
}

static long setup(const unsigned char *input, size_t len)
{
	yyjson_mut_doc *doc = yyjson_mut_doc_new(NULL);
	yyjson_mut_val *root;

	if (!doc || len < 128)
		return -LORE_EBADVALUE;
	root = yyjson_mut_arr(doc);
	yyjson_mut_doc_set_root(doc, root);
	for (uint64_t number = 0; number < RECORDS; number++)
		yyjson_mut_arr_append(root, record(doc, input, len, number));
	text = yyjson_mut_write(doc, YYJSON_WRITE_PRETTY, &text_len);
	yyjson_mut_doc_free(doc);
	return text ? 0 : -LORE_ENOMEMORY;
}

static uint64_t read(void)
{
	read_doc = yyjson_read(text, text_len, 0);
	return read_doc ? yyjson_doc_get_val_count(read_doc) : 0;
}

// Every record's number and the length of its text, by name.
static uint64_t walk(void)
{
	yyjson_arr_iter records = yyjson_arr_iter_with(yyjson_doc_get_root(read_doc));
	yyjson_val *object;
	uint64_t sum = 0;

	while ((object = yyjson_arr_iter_next(&records)))
		sum = sum * 31 + yyjson_get_uint(yyjson_obj_get(object, "id")) + yyjson_get_len(yyjson_obj_get(object, "text")) +
		      yyjson_arr_size(yyjson_obj_get(object, "items"));
	return sum;
}

static uint64_t write(void)
{
	size_t len = 0;
	char *made = yyjson_write(read_doc, 0, &len);
	uint64_t sum = made ? sum_bytes(made, len) : 0;

	free(made);
	return sum;
}

const struct program program = { setup, { read, walk, write } };
