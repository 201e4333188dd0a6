// SPDX-License-Identifier: GPL-2.0
/* Counts what is in a JSON text: yyjson's own sources, as the crate yyjson-sys carries them, unmodified. */

#include <lore.h>
#include <stdio.h>
#include <yyjson.h>

enum { NOT_JSON = -1, NO_ROOM = -2 };

struct counts {
	unsigned long objects, arrays, strings, numbers, booleans, nulls, deepest;
};

static void count(struct counts *counts, yyjson_val *value, unsigned long depth)
{
	yyjson_val *key, *item;
	size_t i, n;

	if (depth > counts->deepest)
		counts->deepest = depth;
	switch (yyjson_get_type(value)) {
	case YYJSON_TYPE_OBJ:
		counts->objects++;
		yyjson_obj_foreach(value, i, n, key, item) {
			counts->strings++;
			count(counts, item, depth + 1);
		}
		break;
	case YYJSON_TYPE_ARR:
		counts->arrays++;
		yyjson_arr_foreach(value, i, n, item)
			count(counts, item, depth + 1);
		break;
	case YYJSON_TYPE_STR: counts->strings++; break;
	case YYJSON_TYPE_NUM: counts->numbers++; break;
	case YYJSON_TYPE_BOOL: counts->booleans++; break;
	default: counts->nulls++; break;
	}
}

static long json(struct lore_run *run)
{
	struct counts counts = { 0 };
	yyjson_doc *doc = yyjson_read((const char *)run->input, run->input_len, 0);
	int len;

	if (!doc)
		return NOT_JSON;
	count(&counts, yyjson_doc_get_root(doc), 1);
	yyjson_doc_free(doc);
	len = snprintf((char *)run->output, run->output_cap,
		       "objects %lu\narrays %lu\nstrings %lu\nnumbers %lu\nbooleans %lu\nnulls %lu\ndeepest %lu\n",
		       counts.objects, counts.arrays, counts.strings, counts.numbers, counts.booleans, counts.nulls,
		       counts.deepest);
	if (len < 0 || (size_t)len >= run->output_cap)
		return NO_ROOM;
	run->output_len = len;
	return 0;
}

LORE_ENTRY_RUN(json);
