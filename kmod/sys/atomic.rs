// SPDX-License-Identifier: GPL-2.0
//! Atomic operations in line, for what is called most.
//!
//! The kernel crate's are calls. The core library's are loops, and a function with a loop gets its frame before it, even if
//! only what never happens needs one: here the loop is inside of one statement.

use core::{
    arch::asm,
    sync::atomic::{AtomicI32, AtomicU64},
};

/// Counts up, in no order with other accesses; the new count.
#[inline(always)]
pub(crate) fn increment(count: &AtomicI32) -> i32 {
    let after;
    // SAFETY: Changes the word, as one may that has a reference to an atomic.
    unsafe {
        asm!(
            "2: ldxr {after:w}, [{count}]",
            "add {after:w}, {after:w}, #1",
            "stxr {failed:w}, {after:w}, [{count}]",
            "cbnz {failed:w}, 2b",
            count = in(reg) count.as_ptr(),
            after = out(reg) after,
            failed = out(reg) _,
            options(nostack, preserves_flags)
        )
    };
    after
}

/// Counts down, after all accesses before it; the new count.
#[inline(always)]
pub(crate) fn decrement_release(count: &AtomicI32) -> i32 {
    let after;
    // SAFETY: As above.
    unsafe {
        asm!(
            "2: ldxr {after:w}, [{count}]",
            "sub {after:w}, {after:w}, #1",
            "stlxr {failed:w}, {after:w}, [{count}]",
            "cbnz {failed:w}, 2b",
            count = in(reg) count.as_ptr(),
            after = out(reg) after,
            failed = out(reg) _,
            options(nostack, preserves_flags)
        )
    };
    after
}

/// Puts `to` in place of `from`, in no order with other accesses; whether it was there.
#[inline(always)]
pub(crate) fn replace(word: &AtomicU64, from: u64, to: u64) -> bool {
    let differs: u64;
    // SAFETY: As above.
    unsafe {
        asm!(
            "2: ldxr {seen}, [{word}]",
            "eor {seen}, {seen}, {from}",
            "cbnz {seen}, 3f",
            "stxr {failed:w}, {to}, [{word}]",
            "cbnz {failed:w}, 2b",
            "3:",
            word = in(reg) word.as_ptr(),
            from = in(reg) from,
            to = in(reg) to,
            seen = out(reg) differs,
            failed = out(reg) _,
            options(nostack, preserves_flags)
        )
    };
    differs == 0
}
