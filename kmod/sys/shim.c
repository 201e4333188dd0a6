// SPDX-License-Identifier: GPL-2.0
/*
 * Parameters, symbols, the arena and address space: see shim.h for why anything is in C at all. No policy, no logic
 * that Rust could hold.
 */
#include <linux/extable.h>
#include <linux/kprobes.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sched/mm.h>
#include <linux/smp.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <asm/cacheflush.h>

#include "shim.h"

/* Rust sees what it passes around only as pointers. */
static struct vm_struct *vm_of(const struct lore_area *area)
{
	return (struct vm_struct *)area;
}

/* Parameters */

static bool strict;
module_param(strict, bool, 0444);
MODULE_PARM_DESC(strict, "refuse images whose facts outlive calls");

static unsigned int extensions_max = CONFIG_LORE_EXTENSIONS_MAX;
module_param(extensions_max, uint, 0444);
MODULE_PARM_DESC(extensions_max, "most extensions at once");

static ulong heap_max_kib = CONFIG_LORE_HEAP_MAX_KIB;
module_param(heap_max_kib, ulong, 0444);
MODULE_PARM_DESC(heap_max_kib, "most heap of one extension, in KiB");

static ulong heap_default_kib = CONFIG_LORE_HEAP_DEFAULT_KIB;
module_param(heap_default_kib, ulong, 0444);
MODULE_PARM_DESC(heap_default_kib, "heap limit of an extension that asks for none, in KiB");

static ulong budget_max_us = 5000000;
module_param(budget_max_us, ulong, 0444);
MODULE_PARM_DESC(budget_max_us, "longest time budget of an activation, in microseconds");

static ulong budget_us = 100000;
module_param(budget_us, ulong, 0444);
MODULE_PARM_DESC(budget_us, "time budget of an extension that asks for none, in microseconds");

void lore_params_get(struct lore_params *out)
{
	*out = (struct lore_params) {
		.strict = strict,
		.extensions_max = extensions_max,
		.heap_max = (u64)heap_max_kib << 10,
		.heap_default = (u64)heap_default_kib << 10,
		.budget_max_us = budget_max_us,
		.budget_default_us = budget_us,
		.arena_len = (u64)CONFIG_LORE_ARENA_KIB << 10,
		.shadow_len = (u64)CONFIG_LORE_SHADOW_KIB << 10,
	};
}

/* Symbols by name */

typedef unsigned long (*lookup_fn)(const char *name);

static struct {
	struct vm_struct *(*get_vm_area)(unsigned long size, unsigned long flags);
	int (*map_pages)(struct vm_struct *area, unsigned long start, unsigned long end, struct page **pages);
	void (*unmap_pages)(struct vm_struct *area, unsigned long start, unsigned long end);
	int (*free_pmd_table)(pud_t *pud, unsigned long at);
	int (*free_pte_table)(pmd_t *pmd, unsigned long at);
	struct mm_struct *init_mm;
} found;

/* kprobes tell where a symbol is; kallsyms_lookup_name then finds data and unprobeable functions too. */
static lookup_fn find_lookup(void)
{
	struct kprobe probe = { .symbol_name = "kallsyms_lookup_name" };
	lookup_fn lookup;

	if (register_kprobe(&probe))
		return NULL;
	lookup = (lookup_fn)probe.addr;
	unregister_kprobe(&probe);
	return lookup;
}

int lore_symbols_find(void)
{
	const struct {
		const char *name;
		void **to;
	} wanted[] = {
		{ "get_vm_area", (void **)&found.get_vm_area },
		{ "vm_area_map_pages", (void **)&found.map_pages },
		{ "vm_area_unmap_pages", (void **)&found.unmap_pages },
		{ "pud_free_pmd_page", (void **)&found.free_pmd_table },
		{ "pmd_free_pte_page", (void **)&found.free_pte_table },
		{ "init_mm", (void **)&found.init_mm },
	};
	lookup_fn lookup = find_lookup();
	int i;

	if (!lookup) {
		pr_err("cannot find kallsyms_lookup_name by a kprobe; CONFIG_KPROBES and CONFIG_KALLSYMS are needed\n");
		return -ENOENT;
	}
	for (i = 0; i < ARRAY_SIZE(wanted); i++) {
		*wanted[i].to = (void *)lookup(wanted[i].name);
		if (!*wanted[i].to) {
			pr_err("this kernel has no symbol %s\n", wanted[i].name);
			return -ENOENT;
		}
	}
	return 0;
}

/* The arena */

/* A writable mapping of pages of the module's text. */
void *lore_alias_map(const void *start, unsigned long len)
{
	unsigned long first = round_down((unsigned long)start, PAGE_SIZE);
	unsigned long end = round_up((unsigned long)start + len, PAGE_SIZE);
	unsigned int i, count = (end - first) >> PAGE_SHIFT;
	struct page **pages = kvmalloc_array(count, sizeof(*pages), GFP_KERNEL);
	void *alias;

	if (!pages)
		return NULL;
	for (i = 0; i < count; i++)
		pages[i] = vmalloc_to_page((void *)(first + i * PAGE_SIZE));
	alias = vmap(pages, count, VM_MAP, PAGE_KERNEL);
	kvfree(pages);
	return alias ? alias + offset_in_page(start) : NULL;
}

void lore_alias_unmap(const void *alias)
{
	vunmap((void *)round_down((unsigned long)alias, PAGE_SIZE));
}

/* By the arena's own addresses: instruction caches may be indexed by them. Then every CPU takes an exception. */
void lore_text_sync(unsigned long start, unsigned long len)
{
	caches_clean_inval_pou(start, start + len);
	kick_all_cpus_sync();
}

/* The module has no table of its own: nothing in it accesses user memory inline. Checked, not assumed. */
int lore_extable_adopt(void *entries, unsigned int count)
{
	if (THIS_MODULE->num_exentries) {
		pr_err("the module has %u exception table entries of its own\n", THIS_MODULE->num_exentries);
		return -ENOEXEC;
	}
	THIS_MODULE->extable = entries;
	/* A search must never see the count without the table. */
	smp_store_release(&THIS_MODULE->num_exentries, count);
	return 0;
}

/* Address space and pages */

#define BATCH 32

unsigned long lore_page_len(void)
{
	return PAGE_SIZE;
}

struct lore_area *lore_area_new(unsigned long len)
{
	return (struct lore_area *)found.get_vm_area(len, VM_SPARSE);
}

unsigned long lore_area_start(const struct lore_area *area)
{
	return (unsigned long)vm_of(area)->addr;
}

void lore_area_free(struct lore_area *area)
{
	free_vm_area(vm_of(area));
}

static void free_list(struct list_head *pages)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, pages, lru) {
		list_del(&page->lru);
		__free_page(page);
	}
}

static int alloc_list(struct list_head *pages, unsigned long count, struct lore_memcg *memcg, int mode)
{
	gfp_t flags = __GFP_ZERO | __GFP_ACCOUNT | __GFP_HIGHMEM | __GFP_NOWARN;
	struct mem_cgroup *old = set_active_memcg((struct mem_cgroup *)memcg);
	struct page *page;
	int err = 0;

	/* A request for more than there is fails; it is no reason to kill somebody. */
	flags |= mode == LORE_PAGES_ATOMIC ? GFP_NOWAIT : GFP_KERNEL | __GFP_RETRY_MAYFAIL;
	while (count--) {
		page = alloc_page(flags);
		if (!page) {
			err = -ENOMEM;
			break;
		}
		list_add(&page->lru, pages);
	}
	set_active_memcg(old);
	if (err)
		free_list(pages);
	return err;
}

/* All pages first: taking away again what was mapped may sleep. */
int lore_range_map(struct lore_area *area, unsigned long start, unsigned long len, struct lore_memcg *memcg, int mode)
{
	unsigned long at = start, end = start + len;
	struct page *batch[BATCH];
	LIST_HEAD(pages);
	int i, err;

	err = alloc_list(&pages, len >> PAGE_SHIFT, memcg, mode);
	if (err)
		return err;
	while (at < end) {
		for (i = 0; i < BATCH && !list_empty(&pages); i++) {
			batch[i] = list_first_entry(&pages, struct page, lru);
			list_del(&batch[i]->lru);
		}
		err = found.map_pages(vm_of(area), at, at + i * PAGE_SIZE, batch);
		if (err)
			break;
		at += i * PAGE_SIZE;
	}
	if (!err)
		return 0;
	/*
	 * Only where page tables were missing, so never in the atomic case. What of the batch was mapped is found again
	 * through the page tables, the rest of it is freed here.
	 */
	while (i--)
		if (vmalloc_to_page((void *)(at + i * PAGE_SIZE)) != batch[i])
			__free_page(batch[i]);
	free_list(&pages);
	lore_range_unmap(area, start, len);
	return err;
}

void lore_range_unmap(struct lore_area *area, unsigned long start, unsigned long len)
{
	unsigned long at;
	struct page *page;
	LIST_HEAD(pages);

	if (!len)
		return;
	for (at = start; at < start + len; at += PAGE_SIZE) {
		page = vmalloc_to_page((void *)at);
		if (page)
			list_add(&page->lru, &pages);
		if (!((at >> PAGE_SHIFT) & 1023))
			cond_resched();
	}
	if (list_empty(&pages))
		return;
	/* Flushes the TLBs of all CPUs: nobody reaches a page that is freed below. */
	found.unmap_pages(vm_of(area), start, start + len);
	free_list(&pages);
}

/* Page tables outlive the pages they map: one page passes through every table of the range. */
int lore_range_tables(struct lore_area *area, unsigned long start, unsigned long len)
{
	struct page *page = alloc_page(GFP_KERNEL | __GFP_ZERO);
	unsigned long at, next;
	int err = 0;

	if (!page)
		return -ENOMEM;
	for (at = start; at < start + len && !err; at = next) {
		next = pmd_addr_end(at, start + len);
		err = found.map_pages(vm_of(area), at, at + PAGE_SIZE, &page);
		if (!err)
			found.unmap_pages(vm_of(area), at, at + PAGE_SIZE);
	}
	__free_page(page);
	return err;
}

static pud_t *pud_of(unsigned long at)
{
	pgd_t *pgd = pgd_offset(found.init_mm, at);
	p4d_t *p4d;

	if (pgd_none(READ_ONCE(*pgd)))
		return NULL;
	p4d = p4d_offset(pgd, at);
	return p4d_none(READ_ONCE(*p4d)) ? NULL : pud_offset(p4d, at);
}

/*
 * Frees the page tables of a range in which nothing is mapped and nobody else has a part: a whole window. The kernel
 * keeps those of vmalloc areas for good, and a new window may lie elsewhere.
 */
void lore_range_tables_free(unsigned long start, unsigned long len)
{
	unsigned long at, next;
	pud_t *pud;
	pmd_t *pmd;

	for (at = start; at < start + len; at = next) {
		next = pud_addr_end(at, start + len);
		pud = pud_of(at);
		if (!pud || pud_none(READ_ONCE(*pud)))
			continue;
		if (next - at == PUD_SIZE) {
			found.free_pmd_table(pud, at);
			continue;
		}
		/* With large pages a window is only a part of what a PMD table covers. */
		for (; at < next; at += PMD_SIZE) {
			pmd = pmd_offset(pud, at);
			if (pmd_present(READ_ONCE(*pmd)))
				found.free_pte_table(pmd, at);
		}
	}
}

u64 lore_memory_available(void)
{
	long pages = si_mem_available();

	return pages > 0 ? (u64)pages << PAGE_SHIFT : 0;
}

struct lore_memcg *lore_memcg_get(void)
{
	return (struct lore_memcg *)get_mem_cgroup_from_mm(current->mm);
}

void lore_memcg_put(struct lore_memcg *memcg)
{
	if (memcg)
		mem_cgroup_put((struct mem_cgroup *)memcg);
}

unsigned long lore_copy_in(void *to, unsigned long from, unsigned long len)
{
	return copy_from_kernel_nofault(to, (void *)from, len) ? len : 0;
}

unsigned long lore_user_in(void *to, unsigned long from, unsigned long len)
{
	return copy_from_user(to, (void __user *)from, len);
}

unsigned long lore_user_out(unsigned long to, const void *from, unsigned long len)
{
	return copy_to_user((void __user *)to, from, len);
}
