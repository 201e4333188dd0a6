// SPDX-License-Identifier: GPL-2.0
//! Words of the window that the kernel changes together with the extension.

use super::Window;
use crate::sys::area;

/// A 32-bit word that is mapped for as long as the window lives.
///
/// # Invariants
///
/// `address` is aligned and lies in data or heap of a window, in a page that is mapped; neither is unmapped while the window
/// lives. Values are kept no longer than an activation of the window's extension.
#[derive(Clone, Copy)]
pub(crate) struct Word {
    address: u64,
}

impl Window {
    /// The word at an address, of which only the offset counts; `None` where no page of data or heap is mapped.
    pub(crate) fn word(&self, address: u64) -> Option<Word> {
        let layout = &self.layout;
        let at = layout.extent.offset(address);
        let inside = |from: u64, to: u64| at >= from && at < to && to - at >= 4;
        let stays =
            inside(layout.heap_at, layout.heap_end) || inside(layout.data_at, layout.data_end);
        let address = self.base() + at;
        // INVARIANT: Checked here.
        (at % 4 == 0 && stays && area::is_mapped(address)).then_some(Word { address })
    }
}

impl Word {
    /// Puts `new` in the place of `old`; what was there. Orders what is before and behind it.
    pub(crate) fn swap(&self, old: u32, new: u32) -> u32 {
        // SAFETY: By the type's invariant. Everybody else may write the word at any time, as one expects of an atomic.
        unsafe { area::swap(self.address, old, new) }
    }
}
