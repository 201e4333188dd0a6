// SPDX-License-Identifier: GPL-2.0
//! Programs that wait for an extension's file to become readable.

use super::bindings;
use core::ptr::NonNull;
use kernel::prelude::*;

/// # Invariants
///
/// A value of shim_poll.c, given back once, in `drop`. Who waits holds a file of the extension, which holds this.
pub(crate) struct Readers(NonNull<bindings::lore_readers>);

// SAFETY: A wait queue, which has locks of its own.
unsafe impl Send for Readers {}
// SAFETY: As above.
unsafe impl Sync for Readers {}

/// A poll of the extension's file, by C's pointers.
pub(crate) struct Poll {
    pub(super) file: *mut bindings::file,
    pub(super) table: *mut bindings::poll_table_struct,
}

impl Readers {
    pub(crate) fn new() -> Result<Readers> {
        // SAFETY: In task context.
        let readers = NonNull::new(unsafe { bindings::lore_readers_new() });
        // INVARIANT: Just made.
        readers.map(Readers).ok_or(ENOMEM)
    }

    /// Has the caller of a poll woken by the next [`Readers::wake`]. What it waits for is to be looked at after this.
    pub(crate) fn wait(&self, poll: &Poll) {
        // SAFETY: By the type's invariant; the pointers are those of the poll that runs.
        unsafe { bindings::lore_readers_wait(self.0.as_ptr(), poll.file, poll.table) };
    }

    /// Wakes all, soon. In any context, after a full barrier behind what they wait for.
    pub(crate) fn wake(&self) {
        // SAFETY: By the type's invariant; `drop` waits for what this starts.
        unsafe { bindings::lore_readers_wake(self.0.as_ptr()) };
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        // SAFETY: By the type's invariant. No file is left, so nobody waits.
        unsafe { bindings::lore_readers_free(self.0.as_ptr()) };
    }
}
