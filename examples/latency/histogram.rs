// SPDX-License-Identifier: GPL-2.0
// What the extension and the program share: compiled into both.

use super::shared;
use core::sync::atomic::{AtomicU64, Ordering::Relaxed};

shared! {
    /// Times by their powers of two.
    pub struct Histogram {
        /// When the last run was, in nanoseconds; 0 before the first.
        pub last: AtomicU64,
        /// How many times had so many bits.
        pub buckets: [AtomicU64; 64],
    }
}

impl Histogram {
    /// With nothing counted.
    pub fn new() -> Histogram {
        Histogram {
            last: AtomicU64::new(0),
            buckets: [const { AtomicU64::new(0) }; 64],
        }
    }

    /// The bucket of a time.
    fn bucket(&self, nanoseconds: u64) -> &AtomicU64 {
        &self.buckets[(63 - (nanoseconds | 1).leading_zeros()) as usize]
    }

    /// Counts a time.
    pub fn count(&self, nanoseconds: u64) {
        self.bucket(nanoseconds).fetch_add(1, Relaxed);
    }
}
