// SPDX-License-Identifier: GPL-2.0
/*
 * Parameters, symbols, the arena and copies: see shim.h for why anything is in C at all. No policy, no logic
 * that Rust could hold.
 */
#include <linux/extable.h>
#include <linux/kprobes.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/smp.h>
#include <linux/uaccess.h>
#include <linux/vmalloc.h>
#include <asm/cacheflush.h>

#include "found.h"
#include "shim.h"

/* Parameters */

static bool strict;
module_param(strict, bool, 0444);
MODULE_PARM_DESC(strict, "refuse images whose facts outlive calls");

static bool stores;
module_param(stores, bool, 0444);
MODULE_PARM_DESC(stores, "take images whose loads are not guarded: they can read all of the kernel");

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
		.stores = stores,
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

struct lore_found lore_found;

static lookup_fn lookup;
int (*lore_printk)(const char *format, ...);

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

void *lore_symbol(const char *name)
{
	return (void *)lookup(name);
}

int lore_symbols_find(void)
{
	const struct {
		const char *name;
		void **to;
	} wanted[] = {
		{ "get_vm_area", (void **)&lore_found.get_vm_area },
		{ "vm_area_unmap_pages", (void **)&lore_found.unmap_pages },
		{ "pud_free_pmd_page", (void **)&lore_found.free_pmd_table },
		{ "pmd_free_pte_page", (void **)&lore_found.free_pte_table },
		{ "init_mm", (void **)&lore_found.init_mm },
		{ "_printk_deferred", (void **)&lore_printk },
	};
	int i;

	lookup = find_lookup();
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

/* The module's exception table as it was loaded: sorted, and complete. */
const void *lore_extable_own(u32 *count)
{
	*count = THIS_MODULE->num_exentries;
	return THIS_MODULE->extable;
}

/* Nothing of the module faults yet, so it does not matter what a search sees meanwhile. */
void lore_extable_adopt(void *entries, u32 count)
{
	THIS_MODULE->extable = entries;
	smp_store_release(&THIS_MODULE->num_exentries, count);
}

/* Memory */

u64 lore_memory_available(void)
{
	long pages = si_mem_available();

	return pages > 0 ? (u64)pages << PAGE_SHIFT : 0;
}

unsigned long lore_user_in(void *to, unsigned long from, unsigned long len)
{
	return copy_from_user(to, (void __user *)from, len);
}

unsigned long lore_user_out(unsigned long to, const void *from, unsigned long len)
{
	return copy_to_user((void __user *)to, from, len);
}
