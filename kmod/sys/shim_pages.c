// SPDX-License-Identifier: GPL-2.0
/*
 * Address space and its pages.
 *
 * A window's pages are counted and paid for by its `struct lore_pages`. The heap grows where nothing may sleep and no
 * lock may be taken (a gate may run in any context, with any lock of the kernel held by what was interrupted): pages
 * come from a list at hand that a work item refills, or from the page allocator's way in for any context, and are
 * mapped by a compare-and-swap of an entry of a page table that was built at load.
 */
#include <linux/irq_work.h>
#include <linux/llist.h>
#include <linux/memcontrol.h>
#include <linux/mm.h>
#include <linux/sched/mm.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/workqueue.h>

#include "found.h"
#include "shim.h"

#define TRIES 100

struct lore_pages {
	struct mem_cgroup *memcg;
	pgprot_t prot;
	/* Where they are seen too, or NULL. */
	struct lore_low *low;
	gfp_t account;
	atomic_long_t held;
	/* At hand for growth: zeroed, paid for. The count is behind by what is on its way. */
	struct llist_head at_hand;
	atomic_t count;
	u32 wanted;
	struct irq_work irq;
	struct work_struct work;
};

/* Of all windows. */
static atomic_long_t held_by_all;

/* Rust sees what it passes around only as pointers. */
static struct vm_struct *vm_of(const struct lore_area *area)
{
	return (struct vm_struct *)area;
}

unsigned long lore_page_len(void)
{
	return PAGE_SIZE;
}

/* Address space */

u64 lore_space(void)
{
	return VMALLOC_END - VMALLOC_START;
}

struct lore_area *lore_area_new(unsigned long len)
{
	return (struct lore_area *)lore_found.get_vm_area(len, VM_SPARSE);
}

unsigned long lore_area_start(const struct lore_area *area)
{
	return (unsigned long)vm_of(area)->addr;
}

void lore_area_free(struct lore_area *area)
{
	free_vm_area(vm_of(area));
}

/* Pages */

static void count(struct lore_pages *pages, long change)
{
	atomic_long_add(change, &pages->held);
	atomic_long_add(change, &held_by_all);
}

/* A request for more than there is fails; it is no reason to kill somebody. */
static struct page *alloc_waiting(struct lore_pages *pages)
{
	struct page *page;

	page = alloc_page(GFP_KERNEL | __GFP_ZERO | __GFP_HIGHMEM | __GFP_NOWARN | __GFP_RETRY_MAYFAIL | pages->account);
	if (page)
		count(pages, 1);
	return page;
}

/*
 * Without sleeping. If the interrupted code may hold any lock (not `calm`), the allocator only tries its own, and a CPU
 * that has one just now makes it fail: `*tries` is how often it may be asked again, for all pages of a call.
 */
static struct page *alloc_at_once(struct lore_pages *pages, bool calm, int *tries)
{
	struct page *page;

	if (calm && !IS_ENABLED(CONFIG_PREEMPT_RT))
		page = alloc_page(GFP_NOWAIT | __GFP_ZERO | __GFP_HIGHMEM | __GFP_NOWARN | pages->account);
	else
		while (!(page = alloc_pages_nolock(pages->account, NUMA_NO_NODE, 0)) && (*tries)-- > 0)
			cpu_relax();
	if (page)
		count(pages, 1);
	return page;
}

/* Users' mappings and pins have references of their own: a page goes when the last of all is gone. */
static void free_one(struct lore_pages *pages, struct page *page)
{
	count(pages, -1);
	__free_page(page);
}

static void free_list(struct lore_pages *pages, struct list_head *list)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, list, lru) {
		list_del(&page->lru);
		free_one(pages, page);
	}
}

static int alloc_list(struct lore_pages *pages, struct list_head *list, unsigned long wanted)
{
	struct mem_cgroup *old = set_active_memcg(pages->memcg);
	struct page *page;
	int err = 0;

	while (wanted--) {
		page = alloc_waiting(pages);
		if (!page) {
			err = -ENOMEM;
			break;
		}
		list_add(&page->lru, list);
	}
	set_active_memcg(old);
	if (err)
		free_list(pages, list);
	return err;
}

static void refill(struct work_struct *work)
{
	struct lore_pages *pages = container_of(work, struct lore_pages, work);

	lore_pages_fill(pages, READ_ONCE(pages->wanted));
}

/* Queueing work takes locks that the interrupted code may hold; this does not run before they are free. */
static void ask_for_refill(struct irq_work *irq)
{
	queue_work(system_dfl_wq, &container_of(irq, struct lore_pages, irq)->work);
}

/* The pages of one window, paid for by the memory cgroup of the current task, or by nobody. */
struct lore_pages *lore_pages_new(bool paid, struct lore_low *low)
{
	struct lore_pages *pages = kzalloc(sizeof(*pages), GFP_KERNEL_ACCOUNT);

	if (!pages)
		return NULL;
	pages->low = low;
	pages->prot = low ? __pgprot(pgprot_val(PAGE_KERNEL) | PTE_NG) : PAGE_KERNEL;
	if (paid) {
		pages->memcg = get_mem_cgroup_from_mm(current->mm);
		pages->account = __GFP_ACCOUNT;
	}
	init_llist_head(&pages->at_hand);
	init_irq_work(&pages->irq, ask_for_refill);
	INIT_WORK(&pages->work, refill);
	return pages;
}

/* What it had mapped is unmapped, and nobody asks it for pages any more. */
void lore_pages_free(struct lore_pages *pages)
{
	struct page *page, *next;

	irq_work_sync(&pages->irq);
	cancel_work_sync(&pages->work);
	llist_for_each_entry_safe(page, next, llist_del_all(&pages->at_hand), pcp_llist)
		free_one(pages, page);
	if (pages->memcg)
		mem_cgroup_put(pages->memcg);
	kfree(pages);
}

u64 lore_pages_held(const struct lore_pages *pages)
{
	return atomic_long_read(&pages->held);
}

u64 lore_pages_held_by_all(void)
{
	return atomic_long_read(&held_by_all);
}

int lore_pages_at_hand(const struct lore_pages *pages)
{
	return atomic_read(&pages->count);
}

/* Sleeps. What cannot be had now may be had when it is needed, so failing is no error. */
void lore_pages_fill(struct lore_pages *pages, u32 wanted)
{
	struct mem_cgroup *old = set_active_memcg(pages->memcg);
	struct page *page;

	while (atomic_read(&pages->count) < (int)wanted) {
		page = alloc_waiting(pages);
		if (!page)
			break;
		llist_add(&page->pcp_llist, &pages->at_hand);
		atomic_inc(&pages->count);
	}
	set_active_memcg(old);
}

/* In any context. */
void lore_pages_want(struct lore_pages *pages, u32 wanted)
{
	WRITE_ONCE(pages->wanted, wanted);
	irq_work_queue(&pages->irq);
}

static void put_back(struct lore_pages *pages, struct llist_node *first)
{
	struct llist_node *last = first;

	/* Most often nobody came in between, and the end need not be looked for. */
	if (!first || !cmpxchg(&pages->at_hand.first, NULL, first))
		return;
	while (last->next)
		last = last->next;
	llist_add_batch(first, last, &pages->at_hand);
}

/*
 * Up to `wanted` pages at hand. All are taken and the rest is put back, since taking one at a time needs a lock; who
 * finds the list empty meanwhile asks the allocator.
 */
static struct llist_node *take(struct lore_pages *pages, unsigned long wanted)
{
	struct llist_node *first = llist_del_all(&pages->at_hand), *last = first;
	int taken = 0;

	if (!first)
		return NULL;
	for (taken = 1; last->next && taken < wanted; taken++)
		last = last->next;
	put_back(pages, last->next);
	last->next = NULL;
	atomic_sub(taken, &pages->count);
	return first;
}

/* Page tables */

/* In found.h. */
pud_t *lore_pud_of(unsigned long at)
{
	pgd_t *pgd = pgd_offset(lore_found.init_mm, at);
	p4d_t *p4d;

	if (pgd_none(READ_ONCE(*pgd)))
		return NULL;
	p4d = p4d_offset(pgd, at);
	return p4d_none(READ_ONCE(*p4d)) ? NULL : pud_offset(p4d, at);
}

static pte_t *pte_of(unsigned long at)
{
	pud_t *pud = lore_pud_of(at);
	pmd_t *pmd;

	if (!pud || pud_none(READ_ONCE(*pud)))
		return NULL;
	pmd = pmd_offset(pud, at);
	return pmd_none(READ_ONCE(*pmd)) ? NULL : pte_offset_kernel(pmd, at);
}

/* Page tables outlive the pages they map. */
int lore_range_tables(unsigned long start, unsigned long len)
{
	unsigned long at, next;
	int err = 0;

	for (at = start; at < start + len && !err; at = next) {
		next = pmd_addr_end(at, start + len);
		err = apply_to_page_range(lore_found.init_mm, at, PAGE_SIZE, NULL, NULL);
	}
	return err;
}

/*
 * Frees the page tables of a range in which nothing is mapped and nobody else has a part: a whole window. The kernel
 * keeps those of vmalloc areas for good, and a new window may lie elsewhere. A small window is a part of what its one
 * table covers: the rest of that is unmapped if it lies within `around` of the window. With pages of 16 or 64 KiB it does
 * not; then the table waits for the next window there.
 */
void lore_range_tables_free(unsigned long start, unsigned long len, unsigned long around)
{
	unsigned long at, next;
	pud_t *pud;
	pmd_t *pmd;

	if (len < PMD_SIZE) {
		if (PMD_SIZE > around)
			return;
		start = ALIGN_DOWN(start, PMD_SIZE);
		len = PMD_SIZE;
	}
	for (at = start; at < start + len; at = next) {
		next = pud_addr_end(at, start + len);
		pud = lore_pud_of(at);
		if (!pud || pud_none(READ_ONCE(*pud)))
			continue;
		if (next - at == PUD_SIZE) {
			lore_found.free_pmd_table(pud, at);
			continue;
		}
		/* With large pages, and if it is small, a window is only a part of what a PMD table covers. */
		for (; at < next; at += PMD_SIZE) {
			pmd = pmd_offset(pud, at);
			if (pmd_present(READ_ONCE(*pmd)))
				lore_found.free_pte_table(pmd, at);
		}
	}
}

/* Ranges */

struct mapping {
	struct list_head list;
	pgprot_t prot;
};

static int map_next(pte_t *pte, unsigned long at, void *data)
{
	struct mapping *mapping = data;
	struct page *page = list_first_entry(&mapping->list, struct page, lru);

	if (!pte_none(ptep_get(pte)))
		return -EBUSY;
	list_del(&page->lru);
	set_pte(pte, mk_pte(page, mapping->prot));
	return 0;
}

/* All pages first: taking away again what was mapped costs more. Sleeps. */
int lore_range_map(struct lore_area *area, unsigned long start, unsigned long len, struct lore_pages *pages)
{
	struct mapping mapping = { .prot = pages->prot };
	int err;

	INIT_LIST_HEAD(&mapping.list);
	err = alloc_list(pages, &mapping.list, len >> PAGE_SHIFT);
	if (err || !len)
		return err;
	err = apply_to_page_range(lore_found.init_mm, start, len, map_next, &mapping);
	if (err) {
		free_list(pages, &mapping.list);
		lore_range_unmap(area, start, len, pages);
	}
	return err;
}

void lore_range_unmap(struct lore_area *area, unsigned long start, unsigned long len, struct lore_pages *pages)
{
	unsigned long at, next;
	LIST_HEAD(list);

	for (at = start; at < start + len; at = next) {
		pte_t *pte = pte_of(at);

		next = pmd_addr_end(at, start + len);
		for (; pte && at < next; at += PAGE_SIZE, pte++)
			if (pte_present(ptep_get(pte)))
				list_add(&pte_page(ptep_get(pte))->lru, &list);
		cond_resched();
	}
	if (list_empty(&list))
		return;
	/* Flushes the TLBs of all CPUs: nobody reaches a page that is freed below. */
	lore_found.unmap_pages(vm_of(area), start, start + len);
	if (pages->low)
		lore_low_flush(pages->low);
	free_list(pages, &list);
}

/*
 * Maps zeroed pages where none is, in any context; the range has page tables. What was mapped when a page is missing
 * stays mapped.
 */
int lore_heap_populate(struct lore_pages *pages, unsigned long start, unsigned long len, bool calm)
{
	struct llist_node *at_hand = take(pages, len >> PAGE_SHIFT);
	struct mem_cgroup *old = set_active_memcg(pages->memcg);
	struct page *page = NULL;
	unsigned long at;
	int err = 0, left = 0, tries = TRIES;

	for (at = start; at < start + len; at += PAGE_SIZE) {
		pte_t *pte = pte_of(at);

		if (!pte) {
			err = -EFAULT;
			break;
		}
		if (!pte_none(ptep_get(pte)))
			continue;
		if (!page && at_hand) {
			page = llist_entry(at_hand, struct page, pcp_llist);
			at_hand = at_hand->next;
		}
		if (!page)
			page = alloc_at_once(pages, calm, &tries);
		if (!page) {
			err = -ENOMEM;
			break;
		}
		/* Somebody may have been faster; then the page is good for the next address. */
		if (ptep_try_set(pte, mk_pte(page, pages->prot)))
			page = NULL;
	}
	set_active_memcg(old);
	if (page) {
		page->pcp_llist.next = at_hand;
		at_hand = &page->pcp_llist;
	}
	for (struct llist_node *node = at_hand; node; node = node->next)
		left++;
	put_back(pages, at_hand);
	atomic_add(left, &pages->count);
	return err;
}

bool lore_is_mapped(unsigned long at)
{
	pte_t *pte = pte_of(at);

	return pte && pte_present(ptep_get(pte));
}

u32 lore_swap(u32 *word, u32 old, u32 new)
{
	return cmpxchg(word, old, new);
}

/*
 * The page at an address, with a reference for the caller. Where there is none, a fresh one is mapped if `fresh`. For
 * ranges that stay as they are while the window lives. Sleeps.
 */
struct page *lore_page_at(struct lore_pages *pages, unsigned long at, bool fresh)
{
	pte_t *pte = pte_of(at);
	struct page *page;

	if (!pte)
		return NULL;
	if (fresh && pte_none(ptep_get(pte))) {
		struct mem_cgroup *old = set_active_memcg(pages->memcg);

		page = alloc_waiting(pages);
		set_active_memcg(old);
		if (page && !ptep_try_set(pte, mk_pte(page, pages->prot)))
			free_one(pages, page);
	}
	if (!pte_present(ptep_get(pte)))
		return NULL;
	page = pte_page(ptep_get(pte));
	get_page(page);
	return page;
}
