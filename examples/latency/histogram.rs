// SPDX-License-Identifier: GPL-2.0
// What the extension and the program share: compiled into both. watch.c has the same in C.

use super::shared;
use core::sync::atomic::AtomicU64;

shared! {
    /// How long tasks that could have run waited for a CPU.
    pub struct Histogram {
        /// How often a CPU went from one task to another.
        pub switches: AtomicU64,
        /// The longest wait in nanoseconds.
        pub longest: AtomicU64,
        /// How many waits had so many bits.
        pub waits: [AtomicU64; 64],
    }
}
