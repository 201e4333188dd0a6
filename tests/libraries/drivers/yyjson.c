// SPDX-License-Identifier: GPL-2.0
// yyjson reads its own test files: those called y_ and pass must parse, n_ and fail must not; what was read is written.
#include "driver.h"
#include <yyjson.h>

static void read_and_write(const struct file *file, yyjson_read_flag how, int must)
{
	yyjson_read_err wrong;
	yyjson_doc *json = yyjson_read_opts((char *)file->bytes, file->len, how, NULL, &wrong);
	size_t len = 0;
	char *text;

	check(must == 0 || (must > 0) == (json != NULL), file->name);
	if (!json) {
		say("error %u at %zu: %s\n", wrong.code, wrong.pos, wrong.msg);
		return;
	}
	text = yyjson_write(json, YYJSON_WRITE_PRETTY | YYJSON_WRITE_ALLOW_INF_AND_NAN | YYJSON_WRITE_ALLOW_INVALID_UNICODE, &len);
	say("%zu values\n", yyjson_doc_get_val_count(json));
	put(text ? text : "", len);
	say("\n");
	free(text);
	yyjson_doc_free(json);
}

void vectors(const struct file *file)
{
	int must = 0;

	if (!strncmp(file->name, "y_", 2) || !strncmp(file->name, "pass", 4))
		must = 1;
	// fail1 and fail18 are valid by the later RFC.
	else if (!strncmp(file->name, "n_", 2) || (!strncmp(file->name, "fail", 4) && file->name[4] >= '2'))
		must = -1;
	read_and_write(file, YYJSON_READ_NOFLAG, must);
	read_and_write(file, YYJSON_READ_ALLOW_TRAILING_COMMAS | YYJSON_READ_ALLOW_COMMENTS | YYJSON_READ_ALLOW_INF_AND_NAN |
				     YYJSON_READ_NUMBER_AS_RAW | YYJSON_READ_ALLOW_INVALID_UNICODE, 0);
}
