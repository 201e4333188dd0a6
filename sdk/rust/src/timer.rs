// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! Timers that call an entry of the extension.

use crate::interface::{GateError, Timer};

/// An entry that timers call with a number; [`crate::timer_entry`] makes one.
#[derive(Debug)]
pub struct TimerEntry(extern "C" fn(u64) -> u64);

impl TimerEntry {
    /// Of a function that is an entry of the hook `timer`.
    #[doc(hidden)]
    pub const fn new(function: extern "C" fn(u64) -> u64) -> TimerEntry {
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

/// Makes a `fn(u64)` an entry for timers, by a name: `timer_entry!(TICK, on_tick)`, then `Timer::new(&TICK, 1)`.
#[macro_export]
macro_rules! timer_entry {
    ($name:ident, $function:path) => {
        static $name: $crate::TimerEntry = {
            // Names of items are not hygienic: see `entry`.
            extern "C" fn __lore_timer(argument: u64) -> u64 {
                $function(argument);
                0
            }
            #[used]
            #[unsafe(link_section = ".lore.entry")]
            static __LORE_ENTRY: $crate::hook::Record = $crate::hook::Record::timer(__lore_timer);
            $crate::TimerEntry::new(__lore_timer)
        };
    };
}
