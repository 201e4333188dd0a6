// SPDX-License-Identifier: GPL-2.0
//! What an attachment has ready: an activation per seat, so that a hook that is called sets nothing up, and room for one
//! fault, so that it allocates nothing.

use super::{backtrace, cross, landing, settle_up, Activation, Crossed, RunsFor, Seat, ShadowCopy};
use crate::{
    extension::Extension,
    heap::Lend,
    object::Objects,
    sys::{
        bindings,
        cpu::{self, Level, Ready},
    },
};
use core::{cell::UnsafeCell, mem::offset_of};
use kernel::{
    prelude::*,
    sync::atomic::{Acquire, Atomic, Relaxed, Release},
};
use lore_abi::fault::Fault;

/// What became of a call of the hook.
pub(crate) enum Fired {
    /// The extension's result.
    Returned(u64),
    /// It was cancelled.
    Cancelled,
    /// None was started: the seat is taken, or nothing of this kind may run here.
    Skipped,
}

/// A number that one at a time writes and anybody reads, in place: an `Atomic` is read and written by a call.
pub(crate) struct Word(UnsafeCell<u64>);

// SAFETY: Read and written as a whole, by volatile accesses.
unsafe impl Send for Word {}
// SAFETY: As above.
unsafe impl Sync for Word {}

impl Word {
    pub(crate) const fn new(value: u64) -> Word {
        Word(UnsafeCell::new(value))
    }

    #[inline(always)]
    pub(crate) fn get(&self) -> u64 {
        // SAFETY: Valid and aligned; see the type.
        unsafe { self.0.get().read_volatile() }
    }

    #[inline(always)]
    pub(crate) fn set(&self, value: u64) {
        // SAFETY: Valid and aligned; see the type.
        unsafe { self.0.get().write_volatile(value) }
    }

    /// Only by the one that writes.
    #[inline(always)]
    fn add(&self, value: u64) {
        self.set(self.get().wrapping_add(value));
    }
}

/// An activation for one seat. It begins as `struct lore_prepared`.
///
/// # Invariants
///
/// `activation` is only touched by who holds `seat`, and has the stacks and the table of that; `runs` and `ticks` are
/// written by it alone.
#[repr(C)]
struct Prepared {
    seat: *mut cpu::Seat,
    runs: Word,
    ticks: Word,
    activation: UnsafeCell<Activation>,
}

type Head = bindings::lore_prepared;
const _: () = assert!(offset_of!(Prepared, seat) == offset_of!(Head, seat));
const _: () = assert!(offset_of!(Prepared, runs) == offset_of!(Head, runs));
const _: () = assert!(offset_of!(Prepared, ticks) == offset_of!(Head, ticks));
const _: () = assert!(offset_of!(Prepared, activation) == size_of::<Head>());

impl Prepared {
    /// Counts an activation that came back, and keeps what is to be told of one that was cancelled.
    ///
    /// # Safety
    ///
    /// The caller holds the seat and has just crossed.
    #[inline(always)]
    unsafe fn close(&self, crossed: &Crossed, pending: &Pending) -> Fired {
        // SAFETY: By this function's contract, nobody else uses it.
        let activation = unsafe { &*self.activation.get() };
        // INVARIANT: The seat's holder is the only writer.
        self.ticks
            .add(super::counter().wrapping_sub(activation.started()));
        if crossed.cancelled == 0 {
            self.runs.add(1);
            return Fired::Returned(crossed.result);
        }
        pending.keep(activation);
        Fired::Cancelled
    }
}

/// What sys/shim_tracepoint.c has run and leaves to us: it holds something still, or it was cancelled.
///
/// # Safety
///
/// `head` is of a [`Prepared`], whose seat the caller holds and whose activation it has crossed with; `pending` is of the same
/// attachment.
#[cold]
pub(crate) unsafe fn finish(head: *mut Head, cancelled: bool, pending: &Pending) -> Fired {
    // SAFETY: By this function's contract.
    let prepared = unsafe { &*head.cast::<Prepared>() };
    let crossed = Crossed {
        result: 0,
        cancelled: cancelled.into(),
    };
    // SAFETY: As above; the table is the seat's, which only this activation knows.
    unsafe {
        let activation = &*prepared.activation.get();
        settle_up(activation, &mut *activation.objects, &crossed);
        prepared.close(&crossed, pending)
    }
}

/// The activations of one entry, by seat.
///
/// # Invariants
///
/// `each` has one for every seat, with the stacks of that seat if it is of one of the levels asked for, but for the data
/// stack if `lends`; `ready` names no other ones, and none if `lends`. The extension outlives this.
pub(crate) struct Seats {
    ready: Ready,
    each: KVec<Option<KBox<Prepared>>>,
    /// Each activation takes a stack of the window's when it begins.
    lends: bool,
    ends_by_itself: bool,
}

// SAFETY: By the invariant of `Prepared`.
unsafe impl Send for Seats {}
// SAFETY: As above.
unsafe impl Sync for Seats {}

impl Seats {
    /// Prepares an entry for some levels of all CPUs. Sleeps. The caller sees to it that the extension stays.
    pub(crate) fn new(extension: &Extension, entry: u32, levels: &[Level]) -> Result<Seats> {
        let mut each = KVec::with_capacity(cpu::seats() as usize, GFP_KERNEL_ACCOUNT)?;
        for _ in 0..cpu::seats() {
            each.push(None, GFP_KERNEL_ACCOUNT)?;
        }
        let ready = Ready::new()?;
        extension.window.prepare();
        let lends = extension.window.lends();
        for number in 0..cpu::count() {
            let Some(slot) = cpu::slot_of(number) else {
                continue;
            };
            for &level in levels {
                let seat = cpu::seat_number(number, level);
                extension.window.make_stack(seat)?;
                let mut activation = Activation::new(extension, entry, RunsFor::Hook)?;
                // SAFETY: The slot's seats stay, and these fields are fixed once the module is initialised.
                unsafe {
                    let place = &raw mut (*slot.as_ptr()).seats[level as usize];
                    activation.shadow = (*place).shadow as u64;
                    activation.objects = (*place).objects.cast();
                    if !lends {
                        activation.stack = extension.window.stack_of(seat).ok_or(EINVAL)?;
                    }
                    activation.cpu = number;
                    // INVARIANT: Nobody else knows it yet. The stacks are those of the seat.
                    let prepared = Prepared {
                        seat: place,
                        runs: Word::new(0),
                        ticks: Word::new(0),
                        activation: UnsafeCell::new(activation),
                    };
                    let prepared = KBox::new(prepared, GFP_KERNEL_ACCOUNT)?;
                    let head = core::ptr::from_ref(&*prepared).cast_mut();
                    // The straight way is for those that have all they need, and crosses by itself.
                    if !lends && extension.window.low().is_none() {
                        ready.set(number, level, head.cast());
                    }
                    // There is a place for each seat.
                    if let Some(to) = each.get_mut(seat as usize) {
                        *to = Some(prepared);
                    }
                }
            }
        }
        Ok(Seats {
            ready,
            each,
            lends,
            ends_by_itself: extension.is_metered(),
        })
    }

    /// Runs the entry once, here and now, with what `give` makes of its table of objects. A fault goes to `pending`.
    #[inline(always)]
    pub(crate) fn fire<const N: usize>(
        &self,
        give: impl FnOnce(&mut Objects) -> [u64; N],
        pending: &Pending,
    ) -> Fired {
        let Some(mut seat) = Seat::claim(self.ends_by_itself) else {
            return Fired::Skipped;
        };
        let Some(Some(prepared)) = self.each.get(seat.number() as usize) else {
            return Fired::Skipped;
        };
        let activation = prepared.activation.get();
        let mut lent = None;
        if self.lends {
            // SAFETY: The seat is claimed, so by the invariant of `Prepared` nobody else uses the activation.
            let extension = unsafe { (*activation).extension() };
            let Lend::Stack(free) = extension.window.lend(seat.number()) else {
                return Fired::Skipped;
            };
            // SAFETY: As above.
            unsafe { (&raw mut (*activation).stack).write(free.top()) };
            lent = Some(free);
        }
        // SAFETY:
        // 1. The seat is claimed, so by the invariant of `Prepared` nobody else uses the activation.
        // 2. It has the stacks and the table of that seat, the data stack perhaps lent until below, and the tick is told to
        //    forget it below.
        let crossed = unsafe {
            (*activation).give(give(&mut *(*activation).objects));
            seat.push(activation);
            let crossed = cross(activation);
            seat.pop();
            crossed
        };
        drop(lent);
        // SAFETY: The seat is still claimed.
        unsafe { prepared.close(&crossed, pending) }
    }

    /// What tracepoints go by. Valid as long as this is.
    pub(crate) fn ready(&self) -> &Ready {
        &self.ready
    }

    /// Whether the code ends without the tick.
    pub(crate) fn ends_by_itself(&self) -> bool {
        self.ends_by_itself
    }

    /// Whether an activation is one of these.
    pub(crate) fn has(&self, activation: &Activation) -> bool {
        let mut each = self.each.iter().flatten();
        each.any(|prepared| core::ptr::eq(prepared.activation.get(), activation))
    }

    /// Activations that returned.
    pub(crate) fn runs(&self) -> u64 {
        let each = self.each.iter().flatten();
        each.map(|prepared| prepared.runs.get()).sum()
    }

    /// Ticks of the counter inside.
    pub(crate) fn ticks(&self) -> u64 {
        let each = self.each.iter().flatten();
        each.map(|prepared| prepared.ticks.get()).sum()
    }
}

/// Nothing is kept.
const FREE: u32 = 0;
/// Somebody writes or reads it.
const TAKEN: u32 = 1;
/// A cancelled activation is kept.
const FULL: u32 = 2;

struct Kept {
    activation: Activation,
    copy: KBox<ShadowCopy>,
}

/// Room for one cancelled activation, until a task makes a record of it. Another one meanwhile is counted only.
///
/// # Invariants
///
/// `kept` is touched only by who changed `state` from FREE or FULL to TAKEN.
pub(crate) struct Pending {
    state: Atomic<u32>,
    lost: Atomic<u64>,
    kept: UnsafeCell<KBox<Kept>>,
}

// SAFETY: By the type's invariant.
unsafe impl Send for Pending {}
// SAFETY: As above.
unsafe impl Sync for Pending {}

impl Pending {
    /// Room for faults of an entry. The caller sees to it that the extension stays.
    pub(crate) fn new(extension: &Extension, entry: u32) -> Result<Pending> {
        let kept = Kept {
            activation: Activation::new(extension, entry, RunsFor::Hook)?,
            copy: ShadowCopy::new()?,
        };
        // INVARIANT: Nobody else knows it yet.
        Ok(Pending {
            state: Atomic::new(FREE),
            lost: Atomic::new(0),
            kept: UnsafeCell::new(KBox::new(kept, GFP_KERNEL_ACCOUNT)?),
        })
    }

    /// Keeps a cancelled activation, whose seat is still claimed.
    #[cold]
    #[inline(never)]
    fn keep(&self, activation: &Activation) {
        if self.state.cmpxchg(FREE, TAKEN, Acquire).is_err() {
            self.lost.add(1u64, Relaxed);
            return;
        }
        // SAFETY: Taken in the line above.
        let kept = unsafe { &mut *self.kept.get() };
        kept.activation.copy_end(activation);
        backtrace::keep(activation, &mut kept.copy);
        self.state.store(FULL, Release);
    }

    /// Takes the kept activation as a record, if there is one.
    pub(crate) fn take(&self) -> Option<Result<KBox<Fault>>> {
        self.state.cmpxchg(FULL, TAKEN, Acquire).ok()?;
        // SAFETY: Taken in the line above.
        let kept = unsafe { &*self.kept.get() };
        let fault = KBox::new(landing::fault(&kept.activation, &kept.copy), GFP_KERNEL);
        self.state.store(FREE, Release);
        Some(fault.map_err(Into::into))
    }

    /// How many found no room since this was asked last.
    pub(crate) fn take_lost(&self) -> u64 {
        let mut lost = self.lost.load(Relaxed);
        while let Err(now) = self.lost.cmpxchg(lost, 0, Relaxed) {
            lost = now;
        }
        lost
    }
}
