// SPDX-License-Identifier: GPL-2.0
//! How many kernel objects the activations hold that run at this moment.
//!
//! An activation's table is its seat's, and changes without locks, so each CPU is asked about its own in an interrupt: what it
//! interrupted stands still meanwhile. Nothing is noted when an object is acquired.

use super::Activation;
use crate::sys::{bindings, cpu};
use kernel::sync::atomic::{Atomic, Relaxed};

/// Objects that are held by the running activations that fit. Sleeps.
pub(crate) fn held(fits: impl Fn(&Activation) -> bool + Sync) -> u64 {
    let sum = Atomic::new(0u64);
    cpu::ask_each(|cpu| {
        for seat in &cpu.seats {
            // Whoever has only claimed it may not have begun, or be done.
            if seat.activation == 0 || seat.activation == bindings::LORE_SEAT_CLAIMED as usize {
                continue;
            }
            let activation = seat.activation as *const Activation;
            // SAFETY: It runs on this CPU, below this interrupt, so it stays until the interrupt ends; its table is its
            // seat's. Only fields are read that are fixed while it runs, words of the table, and whether there is a record.
            let (activation, held) = unsafe { (&*activation, (*(*activation).objects).held()) };
            if fits(activation) {
                let begun = activation.record.is_some();
                sum.add(u64::from(held) + u64::from(begun), Relaxed);
            }
        }
    });
    sum.load(Relaxed)
}
