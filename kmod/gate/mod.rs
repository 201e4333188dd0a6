// SPDX-License-Identifier: GPL-2.0
//! Calls from the extension. Safe code: a new gate must not need unsafe.
//!
//! A gate runs on the kernel stack with preemption and page faults off, does a bounded amount of work and never sleeps.
//! Its arguments are claims until `dispatch`, which is generated from `wit/`, made facts of them with `args` and the tables
//! of objects; its results are values and handles, never pointers of the kernel.

pub(crate) mod args;
mod calls;
#[rustfmt::skip]
pub(crate) mod dispatch;

use lore_iface::GateError;

/// What x0 is after a gate.
pub(crate) fn answer(result: Result<u64, GateError>) -> u64 {
    match result {
        Ok(value) => value,
        Err(error) => u64::from(error.number()).wrapping_neg(),
    }
}
