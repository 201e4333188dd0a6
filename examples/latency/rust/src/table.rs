// SPDX-License-Identifier: GPL-2.0
//! Since when tasks wait, by their numbers.

use core::sync::atomic::{AtomicU64, Ordering::Relaxed};

const SLOTS: usize = 4096;
/// Bits of a slot that hold a time, which comes round after 73 minutes; a task's number has the 22 above.
const TIME_BITS: u32 = 42;
const TIME: u64 = (1 << TIME_BITS) - 1;

/// One slot for each number, shared by those that are equal modulo [`SLOTS`]: of two tasks that wait there at once, the
/// first is not measured.
pub struct Waiting([AtomicU64; SLOTS]);

impl Waiting {
    /// Nobody waits.
    pub const fn new() -> Waiting {
        Waiting([const { AtomicU64::new(0) }; SLOTS])
    }

    fn slot(&self, pid: u32) -> &AtomicU64 {
        &self.0[pid as usize % SLOTS]
    }

    /// A task begins to wait.
    pub fn put(&self, pid: u32, now: u64) {
        self.slot(pid)
            .store(u64::from(pid) << TIME_BITS | now & TIME, Relaxed);
    }

    /// A task waits no more: how long it had at a time, if it did.
    pub fn take(&self, pid: u32, at: u64) -> Option<u64> {
        let slot = self.slot(pid);
        let waiting = slot.load(Relaxed);
        if waiting >> TIME_BITS != u64::from(pid) {
            return None;
        }
        slot.store(0, Relaxed);
        Some(at.wrapping_sub(waiting) & TIME)
    }
}
