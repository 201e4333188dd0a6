// SPDX-License-Identifier: GPL-2.0
//! Calls from the extension. Safe code: a new gate must not need unsafe.
//!
//! A gate runs on the kernel stack with preemption and page faults off, does a bounded amount of work and never sleeps.
//! Its arguments are claims until `args` made facts of them; its results are values, never pointers of the kernel.

pub(crate) mod args;
pub(crate) mod calls;

use lore_abi::gate::GateError;

/// What x0 is after a gate.
pub(crate) fn answer(result: Result<u64, GateError>) -> u64 {
    match result {
        Ok(value) => value,
        Err(error) => u64::from(error.number()).wrapping_neg(),
    }
}
