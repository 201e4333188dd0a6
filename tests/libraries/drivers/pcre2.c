// SPDX-License-Identifier: GPL-2.0
// PCRE2: patterns of many kinds on subjects, by both of its matchers: every group of every match is written.
#define PCRE2_CODE_UNIT_WIDTH 8
#include "driver.h"
#include <pcre2.h>

// A line of the file is `pattern<TAB>options<TAB>subject<TAB>subject...`.
static void match(pcre2_code *code, const char *subject, int with_dfa)
{
	pcre2_match_data *data = pcre2_match_data_create(32, NULL);
	int workspace[512], count;
	size_t len = strlen(subject), from = 0;

	for (int turn = 0; turn < 10 && from <= len; turn++) {
		PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);

		if (with_dfa)
			count = pcre2_dfa_match(code, (PCRE2_SPTR)subject, len, from, 0, data, NULL, workspace, 512);
		else
			count = pcre2_match(code, (PCRE2_SPTR)subject, len, from, 0, data, NULL);
		say(" %d", count);
		if (count <= 0)
			break;
		for (int at = 0; at < count; at++)
			say(" %zd-%zd", (ptrdiff_t)ends[2 * at], (ptrdiff_t)ends[2 * at + 1]);
		from = ends[1] > ends[0] ? ends[1] : ends[1] + 1;
	}
	say("\n");
	pcre2_match_data_free(data);
}

static uint32_t options_of(const char *text)
{
	static const struct { char letter; uint32_t option; } options[] = {
		{ 'i', PCRE2_CASELESS }, { 'm', PCRE2_MULTILINE }, { 's', PCRE2_DOTALL }, { 'x', PCRE2_EXTENDED },
		{ 'u', PCRE2_UTF | PCRE2_UCP }, { 'U', PCRE2_UNGREEDY }, { 'A', PCRE2_ANCHORED },
	};
	uint32_t got = 0;

	for (; *text; text++)
		for (size_t at = 0; at < sizeof(options) / sizeof(*options); at++)
			if (options[at].letter == *text)
				got |= options[at].option;
	return got;
}

static void line_of(char *line)
{
	char *pattern = line, *options = strchr(line, '\t'), *subject;
	PCRE2_SIZE where;
	int wrong;
	pcre2_code *code;

	if (!options)
		return;
	*options++ = 0;
	subject = strchr(options, '\t');
	if (subject)
		*subject++ = 0;
	code = pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED, options_of(options), &wrong, &where, NULL);
	say("/%s/%s\n", pattern, options);
	if (!code) {
		PCRE2_UCHAR text[128];

		pcre2_get_error_message(wrong, text, sizeof(text));
		say(" error %d at %zu: %s\n", wrong, where, (char *)text);
		return;
	}
	while (subject) {
		char *next = strchr(subject, '\t');

		if (next)
			*next++ = 0;
		say(" '%s'\n", subject);
		match(code, subject, 0);
		match(code, subject, 1);
		subject = next;
	}
	pcre2_code_free(code);
}

void vectors(const struct file *file)
{
	char *text = room(file->len + 1), *line = text;

	memcpy(text, file->bytes, file->len);
	text[file->len] = 0;
	while (*line) {
		char *end = strchr(line, '\n');

		if (end)
			*end = 0;
		if (*line != '#')
			line_of(line);
		if (!end)
			break;
		line = end + 1;
	}
	free(text);
}
