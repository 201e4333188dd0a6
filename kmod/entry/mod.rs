// SPDX-License-Identifier: GPL-2.0
//! The only way into extension code.
//!
//! A [`Seat`] is the right to run on this CPU at one level (task, softirq, hard interrupt); [`Seat::run`] crosses, again
//! and again, until it is done, the CPU is wanted, or the extension was cancelled. An interrupt may take the seat of its
//! own level meanwhile. No destructor is on the stack between the crossing and a gate or a landing.

mod activation;
mod backtrace;
mod held;
mod landing;
mod prepared;
mod tables;
mod watchdog;

pub(crate) use activation::{Activation, RunsFor};
pub(crate) use backtrace::ShadowCopy;
pub(crate) use held::held;
pub(crate) use landing::fault;
pub(crate) use prepared::{finish, Fired, Pending, Seats, Word};
pub(crate) use watchdog::{tick, Ticks, Verdict};

use crate::{
    object::Objects,
    sys::{
        bindings::{self, lore_crossed as Crossed},
        cpu,
    },
};
use core::{marker::PhantomData, ptr::NonNull};
use kernel::sync::atomic::Relaxed;

/// Why [`Seat::run`] came back.
pub(crate) enum Pause {
    /// All runs returned; the last one's result.
    Done(u64),
    /// Something else wants the CPU, or the task.
    Yield,
    /// The extension was cancelled; the activation holds how.
    Cancelled,
}

/// The right to run an extension on this CPU at the level of this context: no preemption, no page faults, no other
/// activation of this level.
///
/// # Invariants
///
/// `seat` is claimed, by this value alone, and preemption is off while this lives: it stays this CPU's.
pub(crate) struct Seat {
    seat: NonNull<cpu::Seat>,
    _stays_here: PhantomData<*mut ()>,
}

impl Seat {
    /// `None` if an activation of this level runs on this CPU, or none may: in NMI context, or where interrupts are
    /// masked, unless the code ends by itself.
    #[inline(always)]
    pub(crate) fn claim(ends_by_itself: bool) -> Option<Seat> {
        // SAFETY: Paired with the release below or in `drop`.
        let seat = unsafe { bindings::lore_seat_claim(ends_by_itself) };
        let Some(seat) = NonNull::new(seat) else {
            // SAFETY: The claim got none, and wants to be told so.
            unsafe { bindings::lore_seat_release(seat) };
            return None;
        };
        // INVARIANT: Just claimed.
        Some(Seat {
            seat,
            _stays_here: PhantomData,
        })
    }

    /// The seat's number, below [`cpu::seats`].
    #[inline(always)]
    pub(crate) fn number(&self) -> u32 {
        // SAFETY: Valid by the type's invariant; written at module init only.
        unsafe { (*self.seat.as_ptr()).number }
    }

    /// Runs an activation up to `left` times, on the data stack that begins at `stack`. Keeps what a backtrace needs.
    pub(crate) fn run(
        &mut self,
        activation: &mut Activation,
        stack: u64,
        left: &mut u32,
        copy: &mut ShadowCopy,
    ) -> Pause {
        self.settle(activation, stack);
        let this: *mut Activation = activation;
        // SAFETY: Settled above, and left below before anything else runs at this level.
        unsafe { self.push(this) };
        let pause = loop {
            *left = left.saturating_sub(1);
            // SAFETY: Pushed above.
            let crossed = unsafe { cross(this) };
            if crossed.cancelled != 0 {
                // SAFETY: Nothing else refers to the activation but the tick, which only reads shared fields.
                backtrace::keep(unsafe { &*this }, copy);
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
        self.pop();
        pause
    }

    /// Gives an activation this seat's stacks.
    fn settle(&self, activation: &mut Activation, stack: u64) {
        let seat = self.seat.as_ptr();
        // SAFETY: Valid by the type's invariant; these fields are written at module init only.
        let (shadow, cpu) = unsafe { ((*seat).shadow, (*(*seat).cpu).number) };
        (activation.shadow, activation.stack) = (shadow as u64, stack);
        // SAFETY: As above.
        activation.objects = unsafe { (*seat).objects.cast() };
        activation.cpu = cpu;
    }

    /// Lets the tick know of an activation, and sees to the tick.
    ///
    /// # Safety
    ///
    /// The activation is settled here, and stays valid until [`Seat::pop`].
    #[inline(always)]
    unsafe fn push(&mut self, activation: *mut Activation) {
        let seat = self.seat.as_ptr();
        // SAFETY: The seat is this value's alone, but for the tick and interrupts that look at it, so what they share is
        // accessed as volatile. `activation` is set before `armed` is read: a tick that stops the timer saw none.
        unsafe {
            (&raw mut (*seat).activation).write_volatile(activation as usize);
            if !(&raw const (*seat).armed).read_volatile() {
                bindings::lore_tick_start();
            }
        }
    }

    /// Undoes [`Seat::push`].
    #[inline(always)]
    fn pop(&mut self) {
        let claimed = bindings::LORE_SEAT_CLAIMED as usize;
        // SAFETY: As in `push`.
        unsafe { (&raw mut (*self.seat.as_ptr()).activation).write_volatile(claimed) };
    }
}

impl Drop for Seat {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: Claimed by `claim`, released once.
        unsafe { bindings::lore_seat_release(self.seat.as_ptr()) };
    }
}

/// Goes into the extension, comes back, and gives back what it held.
///
/// # Safety
///
/// The activation was pushed by the holder of its seat and is the innermost of this CPU.
#[inline(always)]
unsafe fn cross(activation: *mut Activation) -> Crossed {
    // SAFETY:
    // 1. `entry` lies in a region that holds verified code only, and is an entry of it (`Activation`).
    // 2. The stacks are the seat's and unused: a seat is claimed once, and all activations that interrupt this one have
    //    other seats.
    // 3. A fault or a tick inside returns here too, with the saved registers as they are now.
    // 4. `low` is of the extension's window, by the type's invariant.
    let crossed = unsafe {
        let low = (*activation).low;
        match low.is_null() {
            true => bindings::lore_cross(activation.cast()),
            false => bindings::lore_cross_low(activation.cast(), low),
        }
    };
    // SAFETY: The seat's table, which only this activation knows; no gate of it runs any more.
    unsafe { settle_up(&*activation, &mut *(*activation).objects, &crossed) };
    crossed
}

/// Gives back what an activation still holds that has come back.
#[inline(always)]
fn settle_up(activation: &Activation, objects: &mut Objects, crossed: &Crossed) {
    if !objects.is_empty() || activation.record.is_some() {
        release(activation, objects, crossed.cancelled != 0);
    }
}

/// The one place where what an activation held is given back, however it ended.
#[cold]
#[inline(never)]
fn release(activation: &Activation, objects: &mut Objects, cancelled: bool) {
    let own = objects.release() + u64::from(activation.close_record());
    if !cancelled {
        activation.extension().counts.leaks.add(own, Relaxed);
    }
}

/// The counter that activations are stamped with.
#[inline(always)]
fn counter() -> u64 {
    let now;
    // SAFETY: Reads a register that may always be read.
    unsafe {
        core::arch::asm!("mrs {}, cntvct_el0", out(reg) now, options(nomem, nostack, preserves_flags))
    };
    now
}

/// Nanoseconds of so many ticks of the counter.
pub(crate) fn ticks_ns(ticks: u64) -> u64 {
    let hz = crate::sys::counter_hz().max(1);
    // In two parts, so that nothing overflows for centuries.
    let (seconds, rest) = (ticks / hz, ticks % hz);
    seconds.saturating_mul(1_000_000_000) + rest * 1_000_000_000 / hz
}

/// Ticks of the counter in `us` microseconds.
pub(crate) fn budget_ticks(us: u64) -> u64 {
    us.saturating_mul(crate::sys::counter_hz()) / 1_000_000
}
