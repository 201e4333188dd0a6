// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! Timers that call an entry of the extension.

use crate::hook::Called;
use crate::interface::{GateError, Timer};

/// An entry that timers call with a number: `#[lore::timer(TICK)]` makes one of that name.
#[derive(Debug)]
pub struct TimerEntry(Called);

impl TimerEntry {
    /// Of a function that is an entry of the hook `timer`.
    #[doc(hidden)]
    pub const fn new(function: Called) -> TimerEntry {
        TimerEntry(function)
    }
}

impl Timer {
    /// A timer that calls an entry with a number. It fires only while it is held: [`Timer::keep`] it to have it fire after the
    /// activation.
    pub fn new(entry: &TimerEntry, argument: u64) -> Result<Timer, GateError> {
        Timer::create(entry.0 as usize as u64, argument)
    }
}
