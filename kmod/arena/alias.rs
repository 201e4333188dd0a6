// SPDX-License-Identifier: GPL-2.0
//! A writable mapping of a part of the arena, for as long as it is being written.

use crate::sys::bindings;
use core::{ffi::c_void, ptr::NonNull};
use kernel::prelude::*;

/// # Invariants
///
/// `base..base + 4 * words` maps the pages of a range of the module's text writable, and nobody else writes that range:
/// the arena at init, or a region, whose owner holds it exclusively.
pub(super) struct Alias {
    base: NonNull<u32>,
    words: usize,
}

impl Alias {
    /// Maps `len` bytes of the arena or of its stubs from `start` on, both multiples of 4.
    pub(super) fn new(start: usize, len: usize) -> Result<Alias> {
        // SAFETY: The range is text of this module, so its pages are mapped and stay.
        let base = unsafe { bindings::lore_alias_map(start as *const c_void, len) };
        let base = NonNull::new(base.cast()).ok_or(ENOMEM)?;
        // INVARIANT: Just mapped; the callers in this folder own what they map.
        Ok(Alias {
            base,
            words: len / 4,
        })
    }

    pub(super) fn words(&mut self) -> &mut [u32] {
        // SAFETY: Mapped and exclusive by the type's invariant; aligned since pages are and `start` is to 4.
        unsafe { core::slice::from_raw_parts_mut(self.base.as_ptr(), self.words) }
    }
}

impl Drop for Alias {
    fn drop(&mut self) {
        // SAFETY: `base` came from `lore_alias_map` and is given back once.
        unsafe { bindings::lore_alias_unmap(self.base.as_ptr().cast::<c_void>()) };
    }
}
