// SPDX-License-Identifier: GPL-2.0
/*
 * The window in user space: mmap of an extension's file.
 *
 * The low half of a user address is that of the kernel's, so that a pointer means the same on both sides: the offset,
 * where windows have 4 GiB. A window is aligned to its size, so it has one upper half in the kernel, and in a mapping. A mapping holds the file, the file the extension: the window lives as long as anyone maps a part of
 * it. Whatever user space writes there is as untrusted as the extension, so nothing else is checked.
 */
#include <linux/fs.h>
#include <linux/mm.h>
#include <linux/mman.h>
#include <linux/sched/mm.h>
#include <linux/sizes.h>

#include "shim.h"

/* Whether a range of a file lies in its window, and the low half that its address must have. */
static bool lies_in(struct file *file, unsigned long len, unsigned long pgoff, u32 *low)
{
	u64 first, size = lore_rs_file_window(file->private_data, &first);

	if (pgoff >= size >> PAGE_SHIFT || len > size - ((u64)pgoff << PAGE_SHIFT))
		return false;
	*low = first + ((u64)pgoff << PAGE_SHIFT);
	return true;
}

/* Whether a mapping lies in one window, at an address that has the low half of the kernel's. */
static bool fits(struct file *file, unsigned long start, unsigned long len, unsigned long pgoff)
{
	u32 low;

	return lies_in(file, len, pgoff, &low) && lower_32_bits(start) == low;
}

static vm_fault_t window_fault(struct vm_fault *vmf)
{
	vmf->page = lore_rs_file_page(vmf->vma->vm_file->private_data, (u64)vmf->pgoff << PAGE_SHIFT);
	return vmf->page ? 0 : VM_FAULT_SIGBUS;
}

/* mremap() to an address where pointers would mean something else. */
static int window_mremap(struct vm_area_struct *vma)
{
	return fits(vma->vm_file, vma->vm_start, vma->vm_end - vma->vm_start, vma->vm_pgoff) ? 0 : -EINVAL;
}

static const struct vm_operations_struct window_ops = {
	.fault = window_fault,
	.mremap = window_mremap,
};

int lore_window_mmap(struct file *file, struct vm_area_struct *vma)
{
	if (!(vma->vm_flags & VM_MAYSHARE) || !fits(file, vma->vm_start, vma->vm_end - vma->vm_start, vma->vm_pgoff))
		return -EINVAL;
	/* Files of this kind are never executable: the kernel has seen to that. */
	vm_flags_set(vma, VM_DONTEXPAND | VM_DONTDUMP);
	vma->vm_ops = &window_ops;
	return 0;
}

/* An address of the caller's choice, if it fits; else one that does. */
unsigned long lore_window_address(struct file *file, unsigned long wish, unsigned long len, unsigned long pgoff,
				  unsigned long flags)
{
	unsigned long found;
	u32 low;

	/* A private copy would be no window. Known here already, before memory is set aside for one. */
	if ((flags & MAP_TYPE) == MAP_PRIVATE || !lies_in(file, len, pgoff, &low))
		return -EINVAL;
	if (flags & MAP_FIXED)
		return lower_32_bits(wish) == low ? wish : -EINVAL;
	if (wish && lower_32_bits(wish) == low) {
		found = mm_get_unmapped_area(NULL, wish, len, 0, flags);
		if (found == wish)
			return found;
	}
	found = mm_get_unmapped_area(NULL, 0, len + SZ_4G - PAGE_SIZE, 0, flags);
	return IS_ERR_VALUE(found) ? found : found + lower_32_bits(low - found);
}
