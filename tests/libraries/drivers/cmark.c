// SPDX-License-Identifier: GPL-2.0
// cmark: every example of CommonMark's specification becomes the HTML that stands beside it there.
#include "driver.h"
#include <cmark.h>

// One example, its tabs put in: the specification shows them as arrows.
static char *example(const char *from, const char *to)
{
	char *text = room((size_t)(to - from) + 1), *end = text;

	while (from < to) {
		if (to - from > 2 && !memcmp(from, "\xe2\x86\x92", 3)) {
			*end++ = '\t';
			from += 3;
		} else {
			*end++ = *from++;
		}
	}
	*end = 0;
	return text;
}

void vectors(const struct file *file)
{
	static const char fence[] = "\n````````````````````````````````";
	char *spec = room(file->len + 1), *at = spec, *html;
	int number = 0, old = 0;

	memcpy(spec, file->bytes, file->len);
	spec[file->len] = 0;
	// This version's specification marks examples by a line with a dot, later ones by fences.
	old = !strstr(spec, fence);
	for (;;) {
		char *middle, *end, *markdown, *expected;

		at = strstr(at, old ? "\n.\n" : fence);
		if (!at)
			break;
		at = strchr(at + 1, '\n') + 1;
		middle = strstr(at - 1, "\n.\n");
		if (!middle)
			break;
		end = strstr(middle + 2, old ? "\n.\n" : fence);
		if (!end)
			break;
		markdown = example(at, middle + 1 < at ? at : middle + 1);
		expected = example(middle + 3, end + 1 < middle + 3 ? middle + 3 : end + 1);
		html = cmark_markdown_to_html(markdown, strlen(markdown), 0);
		say("%d\n", ++number);
		put(html, strlen(html));
		check(!strcmp(html, expected), markdown);
		free(html);
		free(markdown);
		free(expected);
		at = strchr(end + 1, '\n');
	}
	check(number > 500, "examples found");
	// All of it, by each renderer.
	html = cmark_markdown_to_html(spec, file->len, CMARK_OPT_SMART | CMARK_OPT_SOURCEPOS);
	put(html, strlen(html));
	free(html);
	{
		cmark_node *tree = cmark_parse_document(spec, file->len, 0);

		html = cmark_render_xml(tree, 0);
		put(html, strlen(html));
		free(html);
		html = cmark_render_commonmark(tree, 0, 72);
		put(html, strlen(html));
		free(html);
		html = cmark_render_man(tree, 0);
		put(html, strlen(html));
		free(html);
		cmark_node_free(tree);
	}
	free(spec);
}
