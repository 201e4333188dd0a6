/* SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note */
/*
 * Pointers that an extension and a program share: both include this.
 *
 * The low half of an address is the offset in the window, in the kernel and in user space alike, and a shared pointer
 * is that half. What lies in the window may be changed by the other side at any time: use the atomics of the compiler,
 * and in a program follow a pointer only after lore_window_has().
 */
#ifndef LORE_SHARED_H
#define LORE_SHARED_H

#include <stdint.h>

/**
 * LORE_PTR() - a pointer to @type in 32 bits, as a member of a shared struct; 0 points nowhere
 *
 * ``struct node { uint64_t count; LORE_PTR(struct node) next; };``
 */
#define LORE_PTR(type)                                                          \
	union __attribute__((packed, aligned(4))) {                            \
		uint32_t at;                                                    \
		type *typed[0];                                                 \
	}

/* lore_offset() - the offset in the window that an address stands for, on either side. */
static inline uint32_t lore_offset(const volatile void *address)
{
	return (uint32_t)(uintptr_t)address;
}

/* lore_near() - the address of offset @at in the window that @window points into. */
static inline void *lore_near(const volatile void *window, uint32_t at)
{
	return (void *)(((uintptr_t)window & ~(uintptr_t)UINT32_MAX) | at);
}

/* lore_follow() - what shared pointer @pointer, itself in the window, points to; NULL if it points nowhere. */
#define lore_follow(pointer)                                                    \
	((__typeof__((pointer)->typed[0]))lore_follow_at((pointer),             \
		__atomic_load_n(&(pointer)->at, __ATOMIC_ACQUIRE)))

static inline void *lore_follow_at(const volatile void *window, uint32_t at)
{
	return at ? lore_near(window, at) : (void *)0;
}

/* lore_point() - has the shared pointer @pointer point to @to, an address of the same type, or NULL. */
#define lore_point(pointer, to)                                                 \
	__atomic_store_n(&(pointer)->at,                                        \
		lore_offset(1 ? (to) : (pointer)->typed[0]), __ATOMIC_RELEASE)

#endif /* LORE_SHARED_H */
