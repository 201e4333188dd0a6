/* SPDX-License-Identifier: GPL-2.0 */
/* The C library's, as far as drivers use it, over an arena. */
#define malloc arena_malloc
#define free arena_free
/* A driver without memory goes on; its checksum tells. */
#define abort() ((void)0)
