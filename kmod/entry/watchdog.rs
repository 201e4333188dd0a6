// SPDX-License-Identifier: GPL-2.0
//! Time: a per-CPU timer in hard interrupt context looks at what it interrupted.
//!
//! It starts with the first activation of a CPU and stops after a while without one, so an activation only stamps its
//! start. Code of the extension is sent to the landing; anything else that runs for it (a gate, a stub, a softirq above
//! it) is asked to end it, and the timer comes again until it has.

use super::Activation;
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

/// The timers and the stacks that belong to CPUs.
pub(crate) struct Ticks {
    _shadow: ShadowStacks,
}

impl Ticks {
    /// Once, at module init.
    pub(crate) fn new(params: &Params) -> Result<Ticks> {
        let shadow = ShadowStacks::new(params.shadow_len)?;
        // SAFETY: Nothing has started a timer yet.
        unsafe { bindings::lore_ticks_init() };
        Ok(Ticks { _shadow: shadow })
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
    let activation = cpu.activation.cast::<Activation>();
    if activation.is_null() {
        cpu.idle_ticks += 1;
        if cpu.idle_ticks < IDLE_TICKS {
            return Verdict::Again;
        }
        cpu.idle_ticks = 0;
        cpu.armed = false;
        return Verdict::Stop;
    }
    cpu.idle_ticks = 0;
    // SAFETY: What runs on this CPU now; `ThisCpu::run` clears the slot before the activation goes. Only fields that
    // are atomic or fixed while it runs are used.
    let activation = unsafe { &*activation };
    // A crossing stamps first and then clears `cancel`, so a reason found by an older stamp does not stay.
    let elapsed = sys::counter().wrapping_sub(activation.start.load(Relaxed));
    let reason = if elapsed > activation.budget {
        FaultKind::Time
    } else if sys::kill_wanted() {
        FaultKind::Request
    } else {
        return Verdict::Again;
    };
    if activation.offset_of(pc).is_some() {
        activation.link.store(pc, Relaxed);
        activation.cancel.store(reason.number(), Relaxed);
        return Verdict::Land;
    }
    // An abort that is on its way out stays an abort.
    if super::seen(&activation.cancel) == 0 {
        activation.cancel.store(reason.number(), Relaxed);
    }
    Verdict::Again
}
