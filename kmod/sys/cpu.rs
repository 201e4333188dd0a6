// SPDX-License-Identifier: GPL-2.0
//! CPUs and their slots in shim_cpu.c.

use super::bindings;

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
pub(crate) fn slot_of(number: u32) -> Option<core::ptr::NonNull<Slot>> {
    // SAFETY: The function checks the number.
    core::ptr::NonNull::new(unsafe { bindings::lore_cpu_of(number) })
}

/// Between two looks at what another CPU is to change.
pub(crate) fn relax() {
    core::hint::spin_loop();
}
