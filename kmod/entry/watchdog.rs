// SPDX-License-Identifier: GPL-2.0
//! Time: a per-CPU timer in hard interrupt context looks at what it interrupted.
//!
//! It starts with the first activation of a CPU and stops after a while without one, so an activation only stamps its
//! start. Of the activations that run on the CPU, the innermost is sent to the landing if its code was interrupted; one
//! that is in a gate or below another one finds the landing where it would return, one that is in a stub is left alone,
//! and the timer comes again until it has.

use super::{tables::Tables, Activation};
use crate::{
    heap::ShadowStacks,
    sys::{self, bindings, cpu::Slot, Params},
};
use kernel::{prelude::*, sync::atomic::Relaxed};
use lore_abi::fault::FaultKind;

/// Ticks without an activation after which a CPU's timer stops.
const IDLE_TICKS: u32 = 50;

/// What shim_cpu.c does with the tick.
pub(crate) enum Verdict {
    /// Stop the timer.
    Stop,
    /// Come again.
    Again,
    /// Come again, and resume at `lore_landing_tick`.
    Land,
}

/// The timers, the stacks and the tables that belong to CPUs.
pub(crate) struct Ticks {
    _shadow: ShadowStacks,
    _tables: Tables,
}

impl Ticks {
    /// Once, at module init.
    pub(crate) fn new(params: &Params) -> Result<Ticks> {
        let shadow = ShadowStacks::new(params.shadow_len)?;
        let tables = Tables::new()?;
        // SAFETY: Nothing has started a timer yet.
        unsafe { bindings::lore_ticks_init() };
        Ok(Ticks {
            _shadow: shadow,
            _tables: tables,
        })
    }
}

impl Drop for Ticks {
    fn drop(&mut self) {
        // SAFETY: No extension is left, so nothing starts a timer any more.
        unsafe { bindings::lore_ticks_exit() };
    }
}

/// In hard interrupt context. `pc` is what was interrupted, 0 for user mode, and `link` what is in its x30.
pub(crate) fn tick(cpu: &mut Slot, pc: u64, link: &mut u64) -> Verdict {
    let mut verdict = Verdict::Again;
    let mut innermost = true;
    // A level is interrupted by the ones behind it only.
    for seat in cpu.seats.iter().rev() {
        // The tick sits in one itself, and whoever claimed another one may not have begun, or be done.
        if seat.activation == 0 || seat.activation == bindings::LORE_SEAT_CLAIMED as usize {
            continue;
        }
        // SAFETY: What runs on this CPU now; it leaves its seat before it goes. Only fields that are atomic or fixed
        // while it runs are used.
        let activation = unsafe { &*(seat.activation as *const Activation) };
        if let Some(reason) = overdue(activation) {
            // Only the innermost can have been interrupted at `pc`: another one of its region may be further out.
            if innermost && activation.offset_of(pc).is_some() {
                activation.link.store(pc, Relaxed);
                activation.cancel.store(reason.number().into(), Relaxed);
                verdict = Verdict::Land;
            } else {
                activation.end(reason);
                match innermost && bindings::in_trampolines(pc) {
                    true => activation.leave_trampoline(link),
                    false => activation.leave_gate(),
                }
            }
        }
        innermost = false;
    }
    if !innermost {
        cpu.idle_ticks = 0;
        return verdict;
    }
    cpu.idle_ticks += 1;
    if cpu.idle_ticks < IDLE_TICKS {
        return Verdict::Again;
    }
    cpu.idle_ticks = 0;
    Verdict::Stop
}

/// Why an activation must end now.
fn overdue(activation: &Activation) -> Option<FaultKind> {
    // A crossing stamps first and then clears `cancel`, so a reason found by an older stamp does not stay.
    let elapsed = sys::counter().wrapping_sub(activation.start.load(Relaxed));
    if elapsed > activation.budget {
        Some(FaultKind::Time)
    } else if activation.for_task && sys::kill_wanted() {
        Some(FaultKind::Request)
    } else {
        None
    }
}
