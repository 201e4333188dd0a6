// SPDX-License-Identifier: GPL-2.0
//! Time: a per-CPU timer in hard interrupt context looks at what it interrupted.
//!
//! It starts with the first activation of a CPU and stops after a while without one, so an activation only stamps its
//! start. Of the activations that run on the CPU, the innermost is sent to the landing if its code was interrupted; one
//! that is in a gate, in a stub or below another one is asked to end, and the timer comes again until it has.

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

/// In hard interrupt context. `pc` is what was interrupted, 0 for user mode.
pub(crate) fn tick(cpu: &mut Slot, pc: u64) -> Verdict {
    let innermost = cpu.activation.cast::<Activation>();
    if innermost.is_null() {
        cpu.idle_ticks += 1;
        if cpu.idle_ticks < IDLE_TICKS {
            return Verdict::Again;
        }
        cpu.idle_ticks = 0;
        cpu.armed = false;
        return Verdict::Stop;
    }
    cpu.idle_ticks = 0;
    let mut verdict = Verdict::Again;
    let mut next = innermost;
    while !next.is_null() {
        // SAFETY: What runs on this CPU now; `Seat` takes it out of the chain before the activation goes. Only fields
        // that are atomic or fixed while it runs are used.
        let activation = unsafe { &*next };
        if let Some(reason) = overdue(activation) {
            // Only the innermost can have been interrupted at `pc`: another one of its region may be further out.
            let here = core::ptr::eq(next, innermost);
            if here && activation.offset_of(pc).is_some() {
                activation.link.store(pc, Relaxed);
                activation.cancel.store(reason.number(), Relaxed);
                verdict = Verdict::Land;
            } else if super::seen(&activation.cancel) == 0 {
                // An abort that is on its way out stays an abort.
                activation.cancel.store(reason.number(), Relaxed);
            }
        }
        next = activation.outer;
    }
    verdict
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
