// SPDX-License-Identifier: GPL-2.0
//! Kernel address space, reserved without memory, and pages mapped into it.

use super::{bindings, copy::copy, pages::Pages};
use core::ptr::NonNull;
use kernel::{error::to_result, prelude::*};

/// A page of a window, for a user mapping.
///
/// # Invariants
///
/// Has a reference of its own, which is not given back here: a value lives only on its way to the fault that asked.
pub(crate) struct PageRef(NonNull<bindings::page>);

impl PageRef {
    /// For the fault, which owns the reference from now on.
    pub(super) fn into_raw(self) -> *mut bindings::page {
        self.0.as_ptr()
    }
}

/// A range of kernel addresses.
///
/// # Invariants
///
/// `area` is reserved for this value alone and given back once, in `drop`.
pub(crate) struct Area {
    area: NonNull<bindings::lore_area>,
    start: u64,
    len: u64,
}

// SAFETY: The kernel's functions on areas may be called by any task; disjoint ranges may be changed at the same time.
unsafe impl Send for Area {}
// SAFETY: As above.
unsafe impl Sync for Area {}

impl Area {
    /// Reserves `len` bytes. Aligned to pages only.
    pub(crate) fn reserve(len: u64) -> Option<Area> {
        // SAFETY: Called in task context, after `find_symbols`.
        let area = NonNull::new(unsafe { bindings::lore_area_new(usize::try_from(len).ok()?) })?;
        // SAFETY: Just made.
        let start = unsafe { bindings::lore_area_start(area.as_ptr()) } as u64;
        // INVARIANT: Fresh from the allocator.
        Some(Area { area, start, len })
    }

    pub(crate) fn start(&self) -> u64 {
        self.start
    }

    fn check(&self, start: u64, len: u64) -> Result<(usize, usize)> {
        let end = start.checked_add(len).ok_or(EINVAL)?;
        if start < self.start
            || end > self.start + self.len
            || (start | len) & (super::page_len() - 1) != 0
        {
            return Err(EINVAL);
        }
        Ok((start as usize, len as usize))
    }

    /// Maps fresh zeroed pages from `start` on. The range must be unmapped; on an error it is again. Sleeps.
    pub(crate) fn map(&self, start: u64, len: u64, pages: &Pages) -> Result {
        let (start, len) = self.check(start, len)?;
        // SAFETY: The range is ours by the type's invariant and `check`. A mapped page in it is an error, not harm.
        to_result(unsafe {
            bindings::lore_range_map(self.area.as_ptr(), start, len, pages.as_ptr())
        })
    }

    /// Unmaps and frees what is mapped of a range.
    ///
    /// # Safety
    ///
    /// Nothing may use the range's pages any more, other than code whose accesses may fault, and all were mapped with
    /// `pages`.
    pub(crate) unsafe fn unmap(&self, start: u64, len: u64, pages: &Pages) {
        if let Ok((start, len)) = self.check(start, len) {
            // SAFETY: The range is ours; the caller vouches for its users.
            unsafe { bindings::lore_range_unmap(self.area.as_ptr(), start, len, pages.as_ptr()) };
        }
    }

    /// Maps zeroed pages where none is mapped yet, in any context. Needs page tables from [`Area::make_tables`]. When
    /// no page is to be had, those that were mapped stay. `calm`: the interrupted code holds no lock of the kernel.
    pub(crate) fn populate(&self, start: u64, len: u64, pages: &Pages, calm: bool) -> Result {
        let (start, len) = self.check(start, len)?;
        // SAFETY: The range is ours; entries of its page tables change by compare-and-swap only.
        to_result(unsafe { bindings::lore_heap_populate(pages.as_ptr(), start, len, calm) })
    }

    /// The page at an address, a fresh one if there is none and `fresh` says so. Sleeps. Only for ranges of which
    /// nothing is unmapped meanwhile.
    pub(crate) fn page_at(&self, at: u64, pages: &Pages, fresh: bool) -> Option<PageRef> {
        let (at, _) = self.check(at, super::page_len()).ok()?;
        // SAFETY: The address is ours; entries of page tables change by compare-and-swap only.
        let page = unsafe { bindings::lore_page_at(pages.as_ptr(), at, fresh) };
        // INVARIANT: The function took the reference.
        NonNull::new(page).map(PageRef)
    }

    /// Builds the page tables of a range, so that mapping there needs no memory for them.
    pub(crate) fn make_tables(&self, start: u64, len: u64) -> Result {
        let (start, len) = self.check(start, len)?;
        // SAFETY: The range is ours.
        to_result(unsafe { bindings::lore_range_tables(start, len) })
    }

    /// Frees the page tables of a range, a power of two to which it is aligned. A table that covers more than the range and
    /// `around` bytes on either side stays, as the kernel's own do.
    ///
    /// # Safety
    ///
    /// Nothing may be mapped in the range, nor be mapped there meanwhile; nor within `around` of it, if it is less than what
    /// a table of last level covers.
    pub(crate) unsafe fn free_tables(&self, start: u64, len: u64, around: u64) {
        if let Ok((start, len)) = self.check(start, len) {
            // SAFETY: The range is ours, so no other mapping needs its tables; the caller vouches for our own.
            unsafe { bindings::lore_range_tables_free(start, len, around as usize) };
        }
    }
}

impl Drop for Area {
    fn drop(&mut self) {
        // SAFETY: Reserved by `reserve`, given back once; who mapped pages has unmapped them.
        unsafe { bindings::lore_area_free(self.area.as_ptr()) };
    }
}

/// Bytes of the kernel address space from which areas are taken.
pub(crate) fn space() -> u64 {
    // SAFETY: Returns a constant.
    unsafe { bindings::lore_space() }
}

/// Copies from kernel memory that may be unmapped at any time; `false` if it was.
pub(crate) fn copy_in(to: &mut [u8], from: u64) -> bool {
    // SAFETY: `to` is writable for its length, and reading does no harm.
    unsafe { copy(to.as_mut_ptr() as u64, from, to.len() as u64) }
}

/// Copies to kernel memory that may be unmapped at any time; `false` if it was.
///
/// # Safety
///
/// `to..to + from.len()` lies in a window: what is mapped there is an extension's own.
pub(crate) unsafe fn copy_out(to: u64, from: &[u8]) -> bool {
    // SAFETY: The range is not the kernel's, by this function's contract.
    unsafe { copy(to, from.as_ptr() as u64, from.len() as u64) }
}

/// Whether a page is mapped at an address of a window.
pub(crate) fn is_mapped(address: u64) -> bool {
    // SAFETY: Walks the kernel's page tables, which stay while the window lives.
    unsafe { bindings::lore_is_mapped(address as usize) }
}

/// Puts `new` in the place of `old`; what was there.
///
/// # Safety
///
/// The address is aligned to 4, and a page of a window is mapped there and stays.
pub(crate) unsafe fn swap(address: u64, old: u32, new: u32) -> u32 {
    // SAFETY: By this function's contract.
    unsafe { bindings::lore_swap(address as *mut u32, old, new) }
}
