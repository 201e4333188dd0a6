// SPDX-License-Identifier: GPL-2.0
//! The shadow stacks: one per seat, a level of a CPU, shared by all extensions, since a seat runs one activation at a time.
//!
//! Outside every window, with an unmapped page at both ends: deep recursion and underflow fault.

use crate::sys::{
    area::Area,
    cpu::{self, LEVELS},
    page_len,
    pages::Pages,
};
use kernel::prelude::*;

/// # Invariants
///
/// Each area is page, `len` mapped bytes, page; the seats point to the mapped bytes.
pub(crate) struct ShadowStacks {
    stacks: KVec<Area>,
    len: u64,
    pages: Pages,
}

/// Bytes of a shadow stack, of which at least `len` were asked for.
pub(crate) fn len_of(len: u64) -> u64 {
    len.next_multiple_of(page_len())
}

impl ShadowStacks {
    /// Once, at module init.
    pub(crate) fn new(len: u64) -> Result<ShadowStacks> {
        let page = page_len();
        let len = len_of(len);
        // Dropped on an error, which unmaps what there is.
        let mut all = ShadowStacks {
            stacks: KVec::new(),
            len,
            pages: Pages::unpaid()?,
        };
        for number in 0..cpu::count() {
            let Some(slot) = cpu::slot_of(number) else {
                continue;
            };
            for level in 0..LEVELS as usize {
                let area = Area::reserve(len + 2 * page).ok_or(ENOMEM)?;
                let start = area.start() + page;
                area.map(start, len, &all.pages)?;
                all.stacks.push(area, GFP_KERNEL)?;
                // SAFETY: No activation runs before the module is initialised, so nobody reads the field.
                unsafe { (*slot.as_ptr()).seats[level].shadow = start as usize };
            }
        }
        Ok(all)
    }
}

impl Drop for ShadowStacks {
    fn drop(&mut self) {
        for area in &self.stacks {
            // SAFETY: The module goes, so no extension is left that could run.
            unsafe { area.unmap(area.start() + page_len(), self.len, &self.pages) };
        }
    }
}
