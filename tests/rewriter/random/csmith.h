/* SPDX-License-Identifier: GPL-2.0 */
/* What csmith's programs include: its own arithmetic, and checksums that are told without a C library. The same program
 * runs natively, with host.c around it. */
#pragma once
#include <limits.h>
#include <stdint.h>
#include "../programs/program.h"

static struct context *out;
static uint32_t crc32_context = 0xffffffff;

/* Into the output with its name, so that a difference says where it begins. */
static void crc_byte(uint8_t byte)
{
	crc32_context ^= byte;
	for (int bit = 0; bit < 8; bit++)
		crc32_context = crc32_context >> 1 ^ (crc32_context & 1 ? 0xedb88320 : 0);
}

static void transparent_crc(uint64_t value, const char *name, int flag)
{
	(void)flag;
	for (int byte = 0; byte < 8; byte++)
		crc_byte((uint8_t)(value >> 8 * byte));
	put(out, name, crc32_context);
}

static __attribute__((unused)) void transparent_crc_bytes(const void *from, int len, const char *name, int flag)
{
	(void)flag;
	for (int at = 0; at < len; at++)
		crc_byte(((const uint8_t *)from)[at]);
	put(out, name, crc32_context);
}

static void platform_main_begin(void)
{
}

static void platform_main_end(uint32_t crc, int flag)
{
	(void)flag;
	put(out, "checksum", crc);
}

static void crc32_gentab(void)
{
}

static __attribute__((unused)) int printf(const char *format, ...)
{
	(void)format;
	return 0;
}

/* What csmith's safe_math.h wants of random_inc.h, which includes much of a C library. */
#define STATIC static __attribute__((unused))
#define LOG_INDEX
#define LOG_EXEC
#define UNDEFINED(value) (value)
#define FUNC_NAME(name) (safe_##name)
/* Its functions of floating point, which nobody calls, need types that are there. */
#define UNSAFE_FLOAT
#define float int32_t
#define double int64_t
#include <safe_math.h>
#undef FUNC_NAME
#define _CSMITH_BITFIELD(width) ((width) > 32 ? (width) % 32 : (width))

static int program(void);
#define main static program

u64 run(struct context *c)
{
	out = c;
	program();
	return 0;
}
