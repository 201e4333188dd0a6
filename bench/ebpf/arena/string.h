/* SPDX-License-Identifier: GPL-2.0 */
/* The C library's, as far as drivers use it: tables are zeroed, keys compared. */
#define memset(at, zero, len) arena_zero(at, len)
#define memcmp(a, b, len) (!key_equal((const struct key MEM *)(a), (const struct key MEM *)(b)))
