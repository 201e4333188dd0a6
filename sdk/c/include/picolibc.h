/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How picolibc is configured, which its own build would write: its version as the crate `picolibc` carries it, exact
 * floating point both ways, no threads and no thread-local storage, no operating system.
 */
#ifndef LORE_PICOLIBC_H
#define LORE_PICOLIBC_H

#define _NEWLIB_VERSION "4.3.0"
#define __NEWLIB_VERSION__ "4.3.0"
#define __NEWLIB__ 4
#define __NEWLIB_MINOR__ 3
#define __NEWLIB_PATCHLEVEL__ 0
#define __PICOLIBC_VERSION__ "1.8.11"
#define __PICOLIBC__ 1
#define __PICOLIBC_MINOR__ 8
#define __PICOLIBC_PATCHLEVEL__ 11

/* `errno` is one word of the extension's data: what another activation did last may be in it. */
#define __SINGLE_THREAD
#define __GLOBAL_ERRNO

#define __TINY_STDIO
#define __IO_DEFAULT 'd'
#define __IO_C99_FORMATS
#define __IO_LONG_LONG
#define __IO_LONG_DOUBLE
#define __IO_FLOAT_EXACT
#define __IO_POS_ARGS
#define __ASSERT_VERBOSE
#define __IEEE_LIBM

/* What clang and gcc have. */
#define __HAVE_BUILTIN_ALLOCA 1
#define __HAVE_BUILTIN_FFS 1
#define __HAVE_BUILTIN_FFSL 1
#define __HAVE_BUILTIN_FFSLL 1
#define __HAVE_BUILTIN_CTZ 1
#define __HAVE_BUILTIN_CTZL 1
#define __HAVE_BUILTIN_CTZLL 1
#define __HAVE_BUILTIN_COPYSIGN 1
#define __HAVE_BUILTIN_COPYSIGNL 1
#define __HAVE_BUILTIN_ISINF 1
#define __HAVE_BUILTIN_ISINFL 1
#define __HAVE_BUILTIN_ISNAN 1
#define __HAVE_BUILTIN_ISNANL 1
#define __HAVE_BUILTIN_ISFINITE 1
#define __HAVE_BUILTIN_EXPECT 1
#define __HAVE_BUILTIN_ADD_OVERFLOW 1
#define __HAVE_BUILTIN_MUL_OVERFLOW 1

#endif /* LORE_PICOLIBC_H */
