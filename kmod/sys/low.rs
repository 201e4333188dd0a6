// SPDX-License-Identifier: GPL-2.0
//! Windows that begin at address 0 while their code runs (shim_low.c).

use super::bindings;
use core::ptr::NonNull;
use kernel::{error::to_result, prelude::*};

/// An address space whose low half is one window.
///
/// # Invariants
///
/// A value of shim_low.c, given back once, in `drop`. The tables that it shows stay until it hides them.
pub(crate) struct Low(NonNull<bindings::lore_low>);

// SAFETY: Fixed once it is made, but for what it shows, which the window's maker and its drop alone change.
unsafe impl Send for Low {}
// SAFETY: As above.
unsafe impl Sync for Low {}

/// Whether this kernel can have such windows.
pub(crate) fn can() -> bool {
    // SAFETY: Reads the kernel's capability bits.
    unsafe { bindings::lore_low_can() }
}

impl Low {
    /// With nothing in it; `None` without memory, or where the CPU tells no more address spaces apart. Sleeps. Where
    /// [`can`] says so.
    pub(crate) fn new() -> Option<Low> {
        // SAFETY: In task context.
        // INVARIANT: Just made, and shows nothing.
        NonNull::new(unsafe { bindings::lore_low_new() }).map(Low)
    }

    /// Has the window be there whose first byte is at `window`. Sleeps.
    ///
    /// # Safety
    ///
    /// The window has 4 GiB, aligned to them, is the caller's alone, and its tables are freed after [`Low::hide`] only.
    pub(crate) unsafe fn show(&self, window: u64) -> Result {
        // SAFETY: By the type's invariant and this function's contract.
        to_result(unsafe { bindings::lore_low_show(self.0.as_ptr(), window as usize) })
    }

    /// Has nothing be there.
    ///
    /// # Safety
    ///
    /// Nobody runs there any more.
    pub(crate) unsafe fn hide(&self) {
        // SAFETY: By the type's invariant and this function's contract.
        unsafe { bindings::lore_low_hide(self.0.as_ptr()) };
    }

    pub(crate) fn as_ptr(&self) -> *mut bindings::lore_low {
        self.0.as_ptr()
    }
}

impl Drop for Low {
    fn drop(&mut self) {
        // SAFETY: By the type's invariant.
        unsafe { bindings::lore_low_free(self.0.as_ptr()) };
    }
}
