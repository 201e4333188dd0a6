// SPDX-License-Identifier: GPL-2.0
//! CPUs and their slots in shim_cpu.c.

use super::bindings;
use core::ptr::NonNull;
use kernel::prelude::*;

/// The per-CPU slot.
pub(crate) type Slot = bindings::lore_cpu;

/// CPU numbers are below this.
pub(crate) fn count() -> u32 {
    // SAFETY: Reads a variable.
    unsafe { bindings::lore_cpu_count() }
}

/// One level of one CPU.
pub(crate) type Seat = bindings::lore_seat;

/// What may interrupt what on a CPU.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Level {
    Task = bindings::LORE_LEVEL_TASK as isize,
    Softirq = bindings::LORE_LEVEL_SOFTIRQ as isize,
    Hardirq = bindings::LORE_LEVEL_HARDIRQ as isize,
}

/// Levels of a CPU.
pub(crate) const LEVELS: u32 = bindings::LORE_LEVELS;

/// Seats of all CPUs; their numbers are below this.
pub(crate) fn seats() -> u32 {
    count() * LEVELS
}

/// The number of a CPU's seat at a level.
pub(crate) fn seat_number(cpu: u32, level: Level) -> u32 {
    level as u32 * count() + cpu
}

/// The slot of a CPU; `None` if there can be no such CPU.
pub(crate) fn slot_of(number: u32) -> Option<NonNull<Slot>> {
    // SAFETY: The function checks the number.
    NonNull::new(unsafe { bindings::lore_cpu_of(number) })
}

/// By CPU and level, what an attachment has ready for calls that go the straight way (shim_tracepoint.c).
///
/// # Invariants
///
/// The pointer came from `lore_ready_new` and is freed once, in `drop`.
pub(crate) struct Ready(NonNull<bindings::lore_ready>);

// SAFETY: Its entries are read and written as a whole, by anybody.
unsafe impl Send for Ready {}
// SAFETY: As above.
unsafe impl Sync for Ready {}

impl Ready {
    /// With nothing ready.
    pub(crate) fn new() -> Result<Ready> {
        // SAFETY: In a task that may sleep.
        let ready = NonNull::new(unsafe { bindings::lore_ready_new() });
        // INVARIANT: Just made.
        ready.map(Ready).ok_or(ENOMEM)
    }

    /// Makes something ready, which must stay valid until calls of whoever is given this have ended.
    ///
    /// # Safety
    ///
    /// It is for the seat of that CPU and level.
    pub(crate) unsafe fn set(&self, cpu: u32, level: Level, to: *mut bindings::lore_prepared) {
        // SAFETY: Valid by the type's invariant; a CPU that there can be.
        unsafe { bindings::lore_ready_set(self.0.as_ptr(), cpu, level as u32, to) };
    }

    /// Sends all further calls the long way. In any context.
    pub(crate) fn clear(&self) {
        // SAFETY: Valid by the type's invariant.
        unsafe { bindings::lore_ready_clear(self.0.as_ptr()) };
    }

    pub(super) fn as_ptr(&self) -> *mut bindings::lore_ready {
        self.0.as_ptr()
    }
}

impl Drop for Ready {
    fn drop(&mut self) {
        // SAFETY: By the type's invariant.
        unsafe { bindings::lore_ready_free(self.0.as_ptr()) };
    }
}

/// Calls `ask` on each CPU, in an interrupt of its own, with the CPU's slot. Sleeps until all have answered.
pub(crate) fn ask_each<F: Fn(&Slot) + Sync>(ask: F) {
    unsafe extern "C" fn answer<F: Fn(&Slot) + Sync>(ask: *mut core::ffi::c_void) {
        // SAFETY: The function below waits, so its argument is still there; in an interrupt the CPU stays.
        let (ask, here) = unsafe { (&*ask.cast::<F>(), &*bindings::lore_cpu_here()) };
        ask(here);
    }
    let data = (&raw const ask).cast_mut().cast();
    // SAFETY: `answer` takes what it is given here, and is called on several CPUs at once, which `Sync` allows.
    unsafe { bindings::lore_cpus_ask(Some(answer::<F>), data) };
}

/// Between two looks at what another CPU is to change.
pub(crate) fn relax() {
    core::hint::spin_loop();
}
