// SPDX-License-Identifier: GPL-2.0
//! The only way into extension code.
//!
//! [`ThisCpu`] is the right to run on this CPU; [`ThisCpu::run`] crosses, again and again, until it is done, the CPU is
//! wanted, or the extension was cancelled. No destructor is on the stack between the crossing and a gate or a landing.

mod activation;
mod backtrace;
mod landing;
mod watchdog;

pub(crate) use activation::Activation;
pub(crate) use landing::fault;
pub(crate) use watchdog::{tick, Ticks, Verdict};

use crate::sys::{bindings, cpu::Slot};
use core::{marker::PhantomData, ptr::NonNull};
use kernel::sync::atomic::{Atomic, Relaxed};

/// What `lore_cross` returns in x0 and x1.
#[repr(C)]
pub(crate) struct Crossed {
    result: u64,
    cancelled: u64,
}

/// Why [`ThisCpu::run`] came back.
pub(crate) enum Pause {
    /// All runs returned; the last one's result.
    Done(u64),
    /// Something else wants the CPU, or the task.
    Yield,
    /// The extension was cancelled; the activation holds how.
    Cancelled,
}

/// The right to run an extension on this CPU: no preemption, no page faults, no other activation of task level.
///
/// # Invariants
///
/// Preemption is off while this lives, so `slot` stays this CPU's, and its `activation` is null.
pub(crate) struct ThisCpu {
    slot: NonNull<Slot>,
    _stays_here: PhantomData<*mut ()>,
}

impl ThisCpu {
    /// `None` if an activation runs on this CPU.
    pub(crate) fn claim() -> Option<ThisCpu> {
        // SAFETY: Paired with the release in `drop`.
        let slot = NonNull::new(unsafe { bindings::lore_cpu_claim() })?;
        // SAFETY: This CPU's slot; preemption is off, and the tick does not write the field.
        let busy = unsafe { !(*slot.as_ptr()).activation.is_null() };
        if busy {
            // SAFETY: Claimed above.
            unsafe { bindings::lore_cpu_release() };
            return None;
        }
        // INVARIANT: Preemption is off and nothing runs.
        Some(ThisCpu {
            slot,
            _stays_here: PhantomData,
        })
    }

    /// This CPU's number.
    pub(crate) fn number(&self) -> u32 {
        // SAFETY: Valid by the type's invariant; written at module init only.
        unsafe { (*self.slot.as_ptr()).number }
    }

    /// Runs an activation up to `left` times, on the data stack that begins at `stack`.
    pub(crate) fn run(&mut self, activation: &mut Activation, stack: u64, left: &mut u32) -> Pause {
        let slot = self.slot.as_ptr();
        activation.stack = stack;
        activation.cpu = self.number();
        let this: *mut Activation = activation;
        // SAFETY: `slot` is this CPU's. The tick of this CPU may come at any time, so what it shares is accessed as
        // volatile, and `activation` is set before `armed` is read: a tick that stops the timer saw none.
        unsafe {
            (*this).shadow = (*slot).shadow as u64;
            (&raw mut (*slot).activation).write_volatile(this.cast());
            if !(&raw const (*slot).armed).read_volatile() {
                (&raw mut (*slot).armed).write_volatile(true);
                bindings::lore_tick_start();
            }
        }
        let pause = loop {
            *left = left.saturating_sub(1);
            // SAFETY:
            // 1. `entry` lies in a region that holds verified code only, and is an entry of it (`Activation`).
            // 2. The stacks are this CPU's and unused: `claim` saw no other activation, and preemption is off.
            // 3. A fault or a tick inside returns here too, with the saved registers as they are now.
            let crossed = unsafe { bindings::lore_cross(this.cast()) };
            if crossed.cancelled != 0 {
                // SAFETY: Nothing else refers to the activation but the tick, which only reads shared fields.
                backtrace::keep(unsafe { &mut *this });
                break Pause::Cancelled;
            }
            if *left == 0 {
                break Pause::Done(crossed.result);
            }
            // SAFETY: Reads a flag of the current task.
            if unsafe { bindings::lore_cpu_yield_wanted() } {
                break Pause::Yield;
            }
        };
        // SAFETY: As above.
        unsafe { (&raw mut (*slot).activation).write_volatile(core::ptr::null_mut()) };
        pause
    }
}

impl Drop for ThisCpu {
    fn drop(&mut self) {
        // SAFETY: Claimed by `claim`, released once.
        unsafe { bindings::lore_cpu_release() };
    }
}

/// Ticks of the counter in `us` microseconds.
pub(crate) fn budget_ticks(us: u64) -> u64 {
    us.saturating_mul(crate::sys::counter_hz()) / 1_000_000
}

/// Reads a field that the tick writes.
fn seen(field: &Atomic<u32>) -> u32 {
    field.load(Relaxed)
}
