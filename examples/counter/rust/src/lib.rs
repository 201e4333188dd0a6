// SPDX-License-Identifier: GPL-2.0
//! Counts the calls of a function of the kernel, on each CPU for itself: nobody waits for anybody.
#![no_std]
#![forbid(unsafe_code)]

use lore::{counter_add, counter_sum, Call, GateError, Run};

/// `lore show counter` shows all counters that are not 0.
const CALLS: u32 = 0;

#[lore::function("__arm64_sys_openat")]
fn called(_arguments: &Call) -> Result<(), GateError> {
    counter_add(CALLS, 1)
}

/// By `lore run counter --entry 1`: how often it was called, on all CPUs together.
#[lore::run]
fn calls(_run: &mut Run) -> Result<i64, GateError> {
    counter_sum(CALLS).map(|sum| sum as i64)
}
