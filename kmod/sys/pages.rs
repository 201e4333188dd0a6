// SPDX-License-Identifier: GPL-2.0
//! The pages of a window: who pays for them, how many there are, and a few at hand for growth that cannot wait.

use super::{bindings, low::Low};
use core::ptr::{self, NonNull};
use kernel::prelude::*;

/// # Invariants
///
/// A value of shim_pages.c, given back once, in `drop`. What was mapped with it is unmapped by then.
pub(crate) struct Pages(NonNull<bindings::lore_pages>);

// SAFETY: Counted and listed by atomic operations only.
unsafe impl Send for Pages {}
// SAFETY: As above.
unsafe impl Sync for Pages {}

impl Pages {
    /// Paid for by the memory cgroup of the current task. What is mapped with them is seen in `low` too, which outlives them.
    pub(crate) fn paid(low: Option<&Low>) -> Result<Pages> {
        Pages::new(true, low.map_or(ptr::null_mut(), Low::as_ptr))
    }

    /// Paid for by nobody: the module's own.
    pub(crate) fn unpaid() -> Result<Pages> {
        Pages::new(false, ptr::null_mut())
    }

    fn new(paid: bool, low: *mut bindings::lore_low) -> Result<Pages> {
        // SAFETY: In task context. A request's task has an mm; `unpaid` does not look at it.
        let pages = NonNull::new(unsafe { bindings::lore_pages_new(paid, low) });
        // INVARIANT: Just made.
        pages.map(Pages).ok_or(ENOMEM)
    }

    pub(super) fn as_ptr(&self) -> *mut bindings::lore_pages {
        self.0.as_ptr()
    }

    /// How many there are, those at hand among them.
    pub(crate) fn held(&self) -> u64 {
        // SAFETY: By the type's invariant; reads a counter.
        unsafe { bindings::lore_pages_held(self.as_ptr()) }
    }

    /// How many are at hand.
    pub(crate) fn at_hand(&self) -> u64 {
        // SAFETY: As above. The counter may be behind, and negative for a moment.
        u64::try_from(unsafe { bindings::lore_pages_at_hand(self.as_ptr()) }).unwrap_or(0)
    }

    /// Has `wanted` pages at hand, if memory allows. Sleeps.
    pub(crate) fn fill(&self, wanted: u32) {
        // SAFETY: By the type's invariant, in task context.
        unsafe { bindings::lore_pages_fill(self.as_ptr(), wanted) };
    }

    /// Asks for `wanted` pages at hand soon. In any context.
    pub(crate) fn want(&self, wanted: u32) {
        // SAFETY: By the type's invariant; `drop` waits for what this starts.
        unsafe { bindings::lore_pages_want(self.as_ptr(), wanted) };
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        // SAFETY: By the type's invariant. Dropped in task context, by a request, a release or the module's end.
        unsafe { bindings::lore_pages_free(self.as_ptr()) };
    }
}

/// Pages that all windows hold.
pub(crate) fn held_by_all() -> u64 {
    // SAFETY: Reads a counter.
    unsafe { bindings::lore_pages_held_by_all() }
}
