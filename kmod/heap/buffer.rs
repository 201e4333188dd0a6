// SPDX-License-Identifier: GPL-2.0
//! Run buffers: pages of the window for one run request.

use super::Window;
use crate::sys::{area, user};
use kernel::prelude::*;
use zerocopy::{FromBytes, IntoBytes};

/// # Invariants
///
/// `addr..addr + len` is mapped in `window` while this lives, for this value alone: bit `slot` says so.
pub(crate) struct Buffer<'a> {
    window: &'a Window,
    slot: u32,
    addr: u64,
    len: u64,
}

impl<'a> Buffer<'a> {
    pub(super) fn new(window: &'a Window, len: u64) -> Result<Option<Buffer<'a>>> {
        let len = len.next_multiple_of(crate::sys::page_len());
        let buffers = window.layout.buffers;
        if len > buffers.slot_len {
            return Err(E2BIG);
        }
        let mut taken = window.buffers.lock();
        let slot = taken.trailing_ones();
        if u64::from(slot) >= buffers.slots {
            return Ok(None);
        }
        *taken |= 1 << slot;
        drop(taken);
        let addr = window.base() + buffers.slot_at(u64::from(slot));
        // INVARIANT: The bit was clear; nothing is mapped until the line below, and if that fails nothing is after it.
        let buffer = Buffer {
            window,
            slot,
            addr,
            len,
        };
        window.place.area().map(addr, len, &window.pages)?;
        Ok(Some(buffer))
    }

    /// Address of a byte of the buffer, as code sees it.
    pub(crate) fn addr(&self, at: u64) -> u64 {
        self.addr - self.window.base() + self.window.seen() + at
    }

    fn check(&self, at: u64, len: u64) -> Result<usize> {
        match at.checked_add(len) {
            Some(end) if end <= self.len => Ok((self.addr + at) as usize),
            _ => Err(EINVAL),
        }
    }

    /// Copies from user memory.
    pub(crate) fn fill_from_user(&self, at: u64, from: u64, len: u64) -> Result {
        let to = self.check(at, len)?;
        // SAFETY: Mapped by the type's invariant. Other activations may write there too: plain bytes, no reference.
        unsafe { user::copy_raw_in(to, from, len) }
    }

    /// Copies to user memory.
    pub(crate) fn copy_to_user(&self, at: u64, to: u64, len: u64) -> Result {
        let from = self.check(at, len)?;
        // SAFETY: As above.
        unsafe { user::copy_raw_out(to, from, len) }
    }

    /// Writes a value.
    pub(crate) fn put<T: IntoBytes + zerocopy::Immutable>(&self, at: u64, value: &T) -> Result {
        let bytes = value.as_bytes();
        let to = self.check(at, bytes.len() as u64)?;
        // SAFETY: As above.
        unsafe { core::ptr::copy_nonoverlapping(bytes.as_ptr(), to as *mut u8, bytes.len()) };
        Ok(())
    }

    /// Reads a value, once.
    pub(crate) fn get<T: FromBytes + IntoBytes>(&self, at: u64) -> Result<T> {
        let mut value = T::new_zeroed();
        let bytes = value.as_mut_bytes();
        let from = self.check(at, bytes.len() as u64)?;
        if area::copy_in(bytes, from as u64) {
            Ok(value)
        } else {
            Err(EFAULT)
        }
    }
}

impl Drop for Buffer<'_> {
    fn drop(&mut self) {
        // SAFETY: The run is over. Other activations may still reach the range: their accesses may fault.
        unsafe { self.window.unmap(self.addr, self.len) };
        *self.window.buffers.lock() &= !(1 << self.slot);
    }
}
