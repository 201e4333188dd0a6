// SPDX-License-Identifier: GPL-2.0
//! Growth of the heap, in any context, and the pages that are kept at hand for it.
//!
//! A loaded extension that never ran has none at hand. From its first run on it has a few, and as many as a quarter of
//! its heap when that grows: so what is kept for nothing stays in proportion to what is used.

use super::Window;
use crate::sys::page_len;
use kernel::sync::atomic::{Full, Relaxed};
use lore_iface::GateError;

/// Fewest pages at hand once an extension runs: what an SDK's allocator asks for first.
const AT_HAND_MIN: u64 = 16;
/// Most pages at hand.
const AT_HAND_MAX: u64 = 256;

impl Window {
    /// Pages that growth should find at hand.
    fn wanted(&self) -> u64 {
        let used = self.heap_len() / page_len();
        let left = self.heap_max() / page_len() - used;
        (used / 4).clamp(AT_HAND_MIN, AT_HAND_MAX).min(left)
    }

    /// Before activations of an extension: sees to it that growth finds pages at hand. Sleeps.
    pub(crate) fn prepare(&self) {
        if self.grows && self.pages.at_hand() < AT_HAND_MIN {
            self.pages.fill(self.wanted() as u32); // Lossless: at most AT_HAND_MAX.
        }
    }

    /// Maps more heap; the address of the first new byte. In any context; `calm` if the interrupted code holds no lock.
    pub(crate) fn grow(&self, bytes: u64, calm: bool) -> Result<u64, GateError> {
        let len = bytes
            .checked_next_multiple_of(page_len())
            .ok_or(GateError::HeapFull)?;
        let mut old = self.heap_len.load(Relaxed);
        let new = loop {
            let new = old.checked_add(len).filter(|new| *new <= self.heap_max());
            let new = new.ok_or(GateError::HeapFull)?;
            match self.heap_len.cmpxchg(old, new, Full) {
                Ok(_) => break new,
                Err(now) => old = now,
            }
        };
        let at = self.layout.heap_at + old;
        if len == 0 {
            return Ok(self.seen() + at);
        }
        let populated = self
            .place
            .area()
            .populate(self.base() + at, len, &self.pages, calm);
        let wanted = self.wanted();
        if self.pages.at_hand() < wanted.div_ceil(2) {
            self.pages.want(wanted as u32); // Lossless: at most AT_HAND_MAX.
        }
        if populated.is_err() {
            // Given back unless another CPU grew the heap meanwhile; then a hole stays, which faults like any other.
            let _ = self.heap_len.cmpxchg(new, old, Full);
            return Err(GateError::NoMemory);
        }
        Ok(self.seen() + at)
    }
}
