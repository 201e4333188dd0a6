/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the kernel does not export, found by name once at module init (shim.c). Called by typed pointers, which kernel
 * CFI checks.
 */
#ifndef LORE_FOUND_H
#define LORE_FOUND_H

#include <linux/mm.h>
#include <linux/vmalloc.h>

struct lore_found {
	struct vm_struct *(*get_vm_area)(unsigned long size, unsigned long flags);
	void (*unmap_pages)(struct vm_struct *area, unsigned long start, unsigned long end);
	int (*free_pmd_table)(pud_t *pud, unsigned long at);
	int (*free_pte_table)(pmd_t *pmd, unsigned long at);
	struct mm_struct *init_mm;
};
extern struct lore_found lore_found;

/* The kernel's entry for the 1 GiB (with pages of 4 KiB) around an address; NULL if it has no such table. */
pud_t *lore_pud_of(unsigned long at);

#endif
