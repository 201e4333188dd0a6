// SPDX-License-Identifier: GPL-2.0
/*
 * Windows at address 0: while code of the guard profile `low` runs, the low half of the address space, else the current
 * process's, is its window and nothing else.
 *
 *	ttbr0 -> [ . ] -> [ . ] -> [ . . . . ]		own tables, with one entry each, but for the last
 *				     | | | |
 *	swapper .. window's part -> [ . . . . ] -> tables of 1 GiB each, the kernel's for the window, shared
 *
 * So what is mapped in the window is mapped below, at its offset. Its pages are the kernel's alone (EL0 cannot reach them, and
 * neither can the kernel's accesses on behalf of a process, which are made as EL0 makes them) and not global: translations
 * belong to the address space identifier (ASID) of the window, which nobody else is given while it is pinned.
 *
 * As while the firmware's runtime services run, the current process's memory is out of reach meanwhile. Preemption is off, so
 * nobody switches to another process; what interrupts may read user memory without faults only, and then fails.
 */
#include <linux/mm.h>
#include <linux/slab.h>

#include <asm/cpufeature.h>
#include <asm/mmu_context.h>
#include <asm/pgalloc.h>
#include <asm/tlbflush.h>

#include "found.h"
#include "shim.h"

/* Tables of at most this many levels lead to those of the window. */
#define LEVELS 3

/* Parts of a window with a table of their own. */
#define PARTS (SZ_4G / PUD_SIZE)

struct lore_low {
	u64 ttbr0;
	u64 asid;
	u64 none;
	/* The ASID allocator looks at its context only, flushing at its mask of CPUs too. */
	struct mm_struct *id;
	/* The first one has an entry for each part. */
	u64 *tables[LEVELS];
};

/*
 * Whether windows can be there: with pages of 4 KiB, and where user space is kept from the kernel by the CPU if at all. Where that
 * is emulated (no PAN), exceptions take ttbr0 away and give back the process's.
 */
bool lore_low_can(void)
{
	/* What is below 0 is the end of the address space. Two registers can lead there, each as far as a band. */
	BUILD_BUG_ON(FIXADDR_TOP > -SZ_8M);

	return PAGE_SIZE == SZ_4K && !system_uses_ttbr0_pan() && !cpus_have_final_cap(ARM64_WORKAROUND_CAVIUM_27456);
}

static bool has_level(int level)
{
	switch (level) {
	case 0:
		return true;
#if CONFIG_PGTABLE_LEVELS > 3
	case 1:
		return pgtable_l4_enabled();
#endif
#if CONFIG_PGTABLE_LEVELS > 4
	case 2:
		return pgtable_l5_enabled();
#endif
	default:
		return false;
	}
}

void lore_low_free(struct lore_low *low)
{
	int level;

	if (low->asid)
		arm64_mm_context_put(low->id);
	for (level = 0; level < LEVELS; level++)
		free_page((unsigned long)low->tables[level]);
	kfree(low->id);
	kfree(low);
}

/* With nothing mapped. NULL if there is no memory for it, or no ASID. Sleeps. */
struct lore_low *lore_low_new(void)
{
	struct lore_low *low = kzalloc(sizeof(*low), GFP_KERNEL_ACCOUNT);
	u64 *top = NULL;
	int level;

	if (!low)
		return NULL;
	low->id = kzalloc(sizeof(*low->id) + cpumask_size(), GFP_KERNEL_ACCOUNT);
	if (!low->id)
		goto failed;
	/* Translations may be on any CPU. */
	cpumask_copy(mm_cpumask(low->id), cpu_possible_mask);
	for (level = 0; level < LEVELS && has_level(level); level++) {
		low->tables[level] = (u64 *)get_zeroed_page(GFP_KERNEL_ACCOUNT);
		if (!low->tables[level])
			goto failed;
		/* A table descriptor is the same at every level. */
		if (top)
			low->tables[level][0] = __phys_to_pte_val(__pa(top)) | PUD_TYPE_TABLE | PUD_TABLE_AF;
		top = low->tables[level];
	}
	if (!arm64_mm_context_get(low->id))
		goto failed;
	/*
	 * A CPU may still have translations of who had this ASID before. It forgets them before it next switches to another
	 * process, which is not what happens here. Who runs with an ASID keeps it, so nobody makes new ones.
	 */
	lore_low_flush(low);
	low->asid = FIELD_PREP(TTBRx_EL1_ASID_MASK, ASID(low->id));
	low->ttbr0 = phys_to_ttbr(__pa(top)) | (system_supports_cnp() ? TTBRx_EL1_CnP : 0);
	low->none = phys_to_ttbr(page_to_phys(ZERO_PAGE(0)));
	return low;
failed:
	lore_low_free(low);
	return NULL;
}

/* Has the window be there, whose tables stay until lore_low_hide(). Sleeps. */
int lore_low_show(struct lore_low *low, unsigned long window)
{
	int part, err;

	for (part = 0; part < PARTS; part++) {
		unsigned long at = window + part * PUD_SIZE;

		/* What is mapped there later is seen in both places. */
		err = lore_range_tables(at, PAGE_SIZE);
		if (err)
			return err;
		WRITE_ONCE(low->tables[0][part], pud_val(READ_ONCE(*lore_pud_of(at))));
	}
	dsb(ishst);
	return 0;
}

/* The same the other way round, before the window's tables are freed. Nobody runs there any more. */
void lore_low_hide(struct lore_low *low)
{
	int part;

	for (part = 0; part < PARTS; part++)
		WRITE_ONCE(low->tables[0][part], 0);
	lore_low_flush(low);
}

/* Before pages that were mapped in the window are freed. */
void lore_low_flush(struct lore_low *low)
{
	flush_tlb_mm(low->id);
}

/*
 * In between nothing is mapped, so that no translation of one address space is taken for one of the other
 * (as cpu_do_switch_mm() does it). The ASID is in ttbr1.
 */
static __always_inline void put(u64 ttbr0, u64 ttbr1, u64 none)
{
	write_sysreg(none, ttbr0_el1);
	write_sysreg(ttbr1, ttbr1_el1);
	write_sysreg(ttbr0, ttbr0_el1);
	isb();
}

/* lore_cross() with the window at address 0. What interrupts it may do the same, and leaves all as it was. */
struct lore_crossed lore_cross_low(void *activation, const struct lore_low *low)
{
	u64 ttbr0 = read_sysreg(ttbr0_el1), ttbr1 = read_sysreg(ttbr1_el1);
	struct lore_crossed crossed;

	put(low->ttbr0, (ttbr1 & ~TTBRx_EL1_ASID_MASK) | low->asid, low->none);
	crossed = lore_cross(activation);
	put(ttbr0, ttbr1, low->none);
	return crossed;
}
