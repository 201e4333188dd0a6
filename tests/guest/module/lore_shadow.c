// SPDX-License-Identifier: GPL-2.0
/*
 * Windows without shadow memory of their own, for tests on a kernel with KASAN.
 *
 * KASAN backs an eighth of what is reserved of the kernel's address space by memory, at once: half a gigabyte for a window of
 * 4 GiB, most of a minute for a reservation of eight, and a guest that is killed for want of memory instead of a load that is
 * refused. So large reservations get one zero page as their shadow, again and again: all of them may be accessed, as far as KASAN
 * is concerned, which is what it would say of them anyway. What is not mapped there faults, as ever.
 *
 * Loaded before anything is reserved, and for good.
 */
#include <linux/kasan.h>
#include <linux/kprobes.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/sizes.h>

/*
 * Reservations from this size on. No other allocation of the kernel's is nearly as large here: one of huge pages is populated by
 * a size that is rounded up and poisoned by one that is not, and both have to be on the same side.
 */
#define LARGE SZ_64M
/* What a page of shadow is about. */
#define SHADOWED (PAGE_SIZE << KASAN_SHADOW_SCALE_SHIFT)

static struct mm_struct *kernel_mm;
static typeof(apply_to_page_range) *apply_to_tables;
static typeof(__kasan_populate_vmalloc) *populate;
static typeof(__kasan_release_vmalloc) *release;
static struct page *zeros;

/* The shadow of the whole pages of shadow between two addresses: nobody else's. */
static int change(unsigned long start, unsigned long end, typeof(apply_to_page_range) *apply, pte_fn_t each)
{
	unsigned long from = (unsigned long)kasan_mem_to_shadow((void *)ALIGN(start, SHADOWED));
	unsigned long to = (unsigned long)kasan_mem_to_shadow((void *)ALIGN_DOWN(end, SHADOWED));

	return apply(kernel_mm, from, to - from, each, NULL);
}

/* A page that a smaller allocation has left there serves as well. */
static int set_zeros(pte_t *entry, unsigned long at, void *unused)
{
	pte_t old = ptep_get(entry);

	if (pte_none(old))
		__set_pte(entry, pfn_pte(page_to_pfn(zeros), PAGE_KERNEL_RO));
	else
		memset(page_to_virt(pfn_to_page(pte_pfn(old))), 0, PAGE_SIZE);
	return 0;
}

static int clear(pte_t *entry, unsigned long at, void *unused)
{
	pte_t old = ptep_get(entry);

	if (pte_none(old))
		return 0;
	__set_pte(entry, __pte(0));
	if (pte_pfn(old) != page_to_pfn(zeros))
		__free_page(pfn_to_page(pte_pfn(old)));
	return 0;
}

/* Pages of shadow at the ends may be a neighbour's, too: they are KASAN's own matter. */
static int populate_large(unsigned long start, unsigned long size, gfp_t gfp)
{
	unsigned long end = start + size, first = ALIGN(start, SHADOWED), last = ALIGN_DOWN(end, SHADOWED);
	int err = 0;

	if (first > start)
		err = populate(start, first - start, gfp);
	if (!err && end > last)
		err = populate(last, end - last, gfp);
	return err ?: change(start, end, apply_to_page_range, set_zeros);
}

static void release_large(unsigned long start, unsigned long end, unsigned long free_start, unsigned long free_end,
			  unsigned long flags)
{
	unsigned long first = ALIGN(start, SHADOWED), last = ALIGN_DOWN(end, SHADOWED);

	if (first > start)
		release(start, first, free_start, free_end, flags & ~KASAN_VMALLOC_TLB_FLUSH);
	if (end > last)
		release(last, end, free_start, free_end, flags & ~KASAN_VMALLOC_TLB_FLUSH);
	change(start, end, apply_to_tables, clear);
	flush_tlb_all();
}

static int go_on(struct pt_regs *regs, unsigned long at)
{
	/* Nothing has to be a landing pad where no branch comes from. */
	regs->pstate &= ~PSR_BTYPE_MASK;
	instruction_pointer_set(regs, at);
	return 1;
}

static int populates(struct kprobe *probe, struct pt_regs *regs)
{
	return regs->regs[1] >= LARGE ? go_on(regs, (unsigned long)populate_large) : 0;
}

/* Without page tables to change it is only about the TLB. */
static int releases(struct kprobe *probe, struct pt_regs *regs)
{
	if (regs->regs[1] - regs->regs[0] < LARGE || !(regs->regs[4] & KASAN_VMALLOC_PAGE_RANGE))
		return 0;
	return go_on(regs, (unsigned long)release_large);
}

/* Both get an address and a size, and the first gives the address back, which is the register it came in. */
static int poisons(struct kprobe *probe, struct pt_regs *regs)
{
	return regs->regs[1] >= LARGE ? go_on(regs, procedure_link_pointer(regs)) : 0;
}

static struct kprobe probes[] = {
	{ .symbol_name = "__kasan_populate_vmalloc", .pre_handler = populates },
	{ .symbol_name = "__kasan_release_vmalloc", .pre_handler = releases },
	{ .symbol_name = "__kasan_unpoison_vmalloc", .pre_handler = poisons },
	{ .symbol_name = "__kasan_poison_vmalloc", .pre_handler = poisons },
};

static void *address_of(const char *name)
{
	struct kprobe probe = { .symbol_name = name };
	void *found = NULL;

	if (!register_kprobe(&probe)) {
		found = probe.addr;
		unregister_kprobe(&probe);
	}
	return found;
}

static int __init shadow_init(void)
{
	unsigned long (*lookup)(const char *name) = address_of("kallsyms_lookup_name");
	struct kprobe *all[] = { &probes[0], &probes[1], &probes[2], &probes[3] };

	zeros = alloc_page(GFP_KERNEL | __GFP_ZERO);
	if (!lookup || !zeros)
		return -ENOENT;
	kernel_mm = (void *)lookup("init_mm");
	apply_to_tables = (void *)lookup("apply_to_existing_page_range");
	populate = (void *)lookup("__kasan_populate_vmalloc");
	release = (void *)lookup("__kasan_release_vmalloc");
	if (!kernel_mm || !apply_to_tables || !populate || !release)
		return -ENOENT;
	return register_kprobes(all, ARRAY_SIZE(all));
}
module_init(shadow_init);

MODULE_DESCRIPTION("Large reservations of address space share one page of KASAN's shadow");
MODULE_LICENSE("GPL");
