// SPDX-License-Identifier: GPL-2.0
// PCRE2 compiles patterns and finds all that they match in text.
#define PCRE2_CODE_UNIT_WIDTH 8
#include "corpus.h"
#include <pcre2.h>

enum { TIMES = 50 };

// Words, numbers, comments, repeated words, calls: literals, classes, alternatives, captures, a back reference.
static const char *const patterns[] = {
	"\\b[a-z]+_[a-z]+\\b", "0x[0-9a-fA-F]+|\\d+", "/\\*.*?\\*/", "\\b(\\w+)\\s+\\1\\b", "(\\w+)\\(([^()]*)\\)",
	"^#\\s*(?:if|ifdef|define)\\s+(\\w+)", "return\\s+[^;]+;",
};

enum { PATTERNS = sizeof(patterns) / sizeof(*patterns) };

static const unsigned char *text;
static size_t text_len;
static pcre2_code *codes[PATTERNS];

static long setup(const unsigned char *input, size_t len)
{
	text = input;
	text_len = len;
	return 0;
}

static uint64_t compile(void)
{
	uint64_t sum = 0;

	for (int turn = 0; turn < TIMES; turn++)
		for (int at = 0; at < PATTERNS; at++) {
			PCRE2_SIZE where;
			int wrong;

			pcre2_code_free(codes[at]);
			codes[at] = pcre2_compile((PCRE2_SPTR)patterns[at], PCRE2_ZERO_TERMINATED, PCRE2_MULTILINE, &wrong,
						  &where, NULL);
			sum = sum * 31 + (codes[at] != NULL);
		}
	return sum;
}

static uint64_t match(void)
{
	pcre2_match_data *data = pcre2_match_data_create(16, NULL);
	const PCRE2_SIZE *ends = pcre2_get_ovector_pointer(data);
	uint64_t sum = 0;

	for (int at = 0; at < PATTERNS; at++) {
		PCRE2_SIZE from = 0;

		while (from <= text_len && pcre2_match(codes[at], text, text_len, from, 0, data, NULL) > 0) {
			sum = sum * 31 + ends[0] + ends[1];
			from = ends[1] > ends[0] ? ends[1] : ends[1] + 1;
		}
	}
	pcre2_match_data_free(data);
	return sum;
}

const struct program program = { setup, { compile, match } };
