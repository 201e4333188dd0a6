// SPDX-License-Identifier: GPL-2.0
//! Timers that extensions set themselves.

use super::bindings;
use crate::hook::Attachment;
use core::ptr::NonNull;
use kernel::{error::to_result, prelude::*};

/// The timers of one entry.
///
/// # Invariants
///
/// A reference of this value, put once, in `drop`.
pub(crate) struct Alarms(NonNull<bindings::lore_alarms>);

// SAFETY: The C side is for any CPU.
unsafe impl Send for Alarms {}
// SAFETY: As above.
unsafe impl Sync for Alarms {}

impl Alarms {
    /// Timers that do not fire yet. Sleeps.
    pub(crate) fn new() -> Result<Alarms> {
        // SAFETY: Allocates.
        // INVARIANT: The reference is this value's.
        let alarms = NonNull::new(unsafe { bindings::lore_alarms_new() });
        alarms.map(Alarms).ok_or(ENOMEM)
    }

    /// One of them, or `ENOENT` when they do not fire, or `EBUSY` when all are taken.
    pub(crate) fn take(&self, argument: u64) -> Result<Timer> {
        // SAFETY: Valid by the type's invariant.
        let number = unsafe { bindings::lore_alarm_take(self.0.as_ptr(), argument) };
        match u32::try_from(number) {
            // INVARIANT: Just taken, with a reference.
            Ok(number) => Ok(Timer {
                alarms: self.0,
                number,
            }),
            Err(_) => Err(Error::from_errno(number)),
        }
    }

    /// Lets them fire an attachment, which owns the result.
    pub(crate) fn attach(&self, attachment: &Attachment) -> Result<Firing> {
        let context = core::ptr::from_ref(attachment).cast_mut().cast();
        // SAFETY: Valid by the type's invariant. The attachment stays until `Firing` is dropped, since it owns it.
        to_result(unsafe { bindings::lore_alarms_attach(self.0.as_ptr(), context) })?;
        // INVARIANT: Just attached.
        Ok(Firing(self.0))
    }
}

impl Drop for Alarms {
    fn drop(&mut self) {
        // SAFETY: The reference of this value.
        unsafe { bindings::lore_alarms_put(self.0.as_ptr()) };
    }
}

/// The right of an entry's timers to fire its attachment.
///
/// # Invariants
///
/// Attached, and detached once, in `drop`. The attachment's extension, which has the [`Alarms`], outlives this.
pub(crate) struct Firing(NonNull<bindings::lore_alarms>);

// SAFETY: As for `Alarms`.
unsafe impl Send for Firing {}
// SAFETY: As above.
unsafe impl Sync for Firing {}

impl Drop for Firing {
    fn drop(&mut self) {
        // SAFETY: By the type's invariant. In a task that may sleep.
        unsafe { bindings::lore_alarms_detach(self.0.as_ptr()) };
    }
}

/// A timer.
///
/// # Invariants
///
/// Timer `number` of `alarms` was taken by this value, with a reference, and is given back once, in `drop`.
pub(crate) struct Timer {
    alarms: NonNull<bindings::lore_alarms>,
    number: u32,
}

// SAFETY: The C side is for any CPU, and for several at once.
unsafe impl Send for Timer {}
// SAFETY: As above.
unsafe impl Sync for Timer {}

impl Timer {
    /// Has it fire once, `delay_ns` from now, and not when it was to fire before.
    pub(crate) fn arm(&self, delay_ns: u64) -> Result {
        // SAFETY: Valid by the type's invariant; a gate runs with preemption off.
        to_result(unsafe { bindings::lore_alarm_arm(self.alarms.as_ptr(), self.number, delay_ns) })
    }

    /// Has it not fire; whether it was to.
    pub(crate) fn cancel(&self) -> bool {
        // SAFETY: Valid by the type's invariant.
        unsafe { bindings::lore_alarm_cancel(self.alarms.as_ptr(), self.number) }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        // SAFETY: Taken by this value. Does not wait.
        unsafe { bindings::lore_alarm_give(self.alarms.as_ptr(), self.number) };
    }
}
