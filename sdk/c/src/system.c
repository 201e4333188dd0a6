// SPDX-License-Identifier: GPL-2.0
/*
 * What the C library wants of an operating system: standard output and error are the kernel's log, a line at a time,
 * and a program that ends early ends its activation.
 */

#include <lore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Lines of several activations at once may be mixed up, as with any unlocked stream; each stays in its own bounds. */
struct line {
	uint32_t level;
	uint32_t len;
	char text[LORE_LOG_TEXT_MAX];
};

static void end(struct line *line)
{
	uint32_t len = line->len;

	line->len = 0;
	if (len)
		lore_gate_log(line->level, line->text, len < sizeof line->text ? len : sizeof line->text);
}

static int put(struct line *line, char c)
{
	uint32_t len = line->len;

	if (c != '\n' && len < sizeof line->text) {
		line->text[len] = c;
		line->len = len + 1;
		if (len + 1 < sizeof line->text)
			return (unsigned char)c;
	}
	end(line);
	return (unsigned char)c;
}

static struct line output_line = { .level = LORE_LOG_INFO };
static struct line error_line = { .level = LORE_LOG_ERROR };

static int put_output(char c, FILE *file)
{
	return put(&output_line, c);
}

static int flush_output(FILE *file)
{
	end(&output_line);
	return 0;
}

static int put_error(char c, FILE *file)
{
	return put(&error_line, c);
}

static int flush_error(FILE *file)
{
	end(&error_line);
	return 0;
}

static int nothing(FILE *file)
{
	return EOF;
}

static FILE output_file = FDEV_SETUP_STREAM(put_output, NULL, flush_output, _FDEV_SETUP_WRITE);
static FILE error_file = FDEV_SETUP_STREAM(put_error, NULL, flush_error, _FDEV_SETUP_WRITE);
static FILE input_file = FDEV_SETUP_STREAM(NULL, nothing, NULL, _FDEV_SETUP_READ);

FILE *const stdout = &output_file;
FILE *const stderr = &error_file;
FILE *const stdin = &input_file;

/* Not by snprintf(), which would link floating point into everything that asserts something. The code is the line. */
void __assert_func(const char *file, int line, const char *function, const char *condition)
{
	char text[LORE_ABORT_TEXT_MAX];

	strlcpy(text, file, sizeof text);
	strlcat(text, ": ", sizeof text);
	strlcat(text, condition, sizeof text);
	lore_abort((uint32_t)line, text);
}

void _exit(int code)
{
	lore_abort((uint32_t)code, "exit()");
}
