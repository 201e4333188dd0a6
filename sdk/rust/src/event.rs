// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! Events for a program, written where it reads them.

use crate::interface::{event_discard, event_reserve, event_submit, GateError};
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};

/// An event that was begun; dropping it gives it up. An activation has one at a time.
pub struct Event {
    bytes: *mut u8,
    len: usize,
    _here: PhantomData<*mut ()>,
}

impl Event {
    /// Begins an event of so many bytes, which hold anything.
    pub fn begin(len: usize) -> Result<Event, GateError> {
        let bytes = event_reserve(len as u64)?;
        Ok(Event {
            bytes: core::ptr::with_exposed_provenance_mut(bytes as usize),
            len,
            _here: PhantomData,
        })
    }

    /// Begins an event, writes to it, and lets the reader have it.
    pub fn send(bytes: &[u8]) -> Result<(), GateError> {
        let mut event = Event::begin(bytes.len())?;
        event.copy_from_slice(bytes);
        event.submit()
    }

    /// Lets the reader have it.
    pub fn submit(self) -> Result<(), GateError> {
        core::mem::forget(self);
        event_submit()
    }
}

impl Deref for Event {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        // SAFETY: The kernel has reserved these bytes of the window for this activation until it submits them.
        unsafe { core::slice::from_raw_parts(self.bytes, self.len) }
    }
}

impl DerefMut for Event {
    fn deref_mut(&mut self) -> &mut [u8] {
        // SAFETY: As above, and `self` is borrowed.
        unsafe { core::slice::from_raw_parts_mut(self.bytes, self.len) }
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        // It was begun; an event that is gone already is as good as given up.
        let _ = event_discard();
    }
}
