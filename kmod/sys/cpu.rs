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

/// The slot of a CPU; `None` if there can be no such CPU.
pub(crate) fn slot_of(number: u32) -> Option<core::ptr::NonNull<Slot>> {
    // SAFETY: The function checks the number.
    core::ptr::NonNull::new(unsafe { bindings::lore_cpu_of(number) })
}
