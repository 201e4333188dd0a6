// SPDX-License-Identifier: GPL-2.0
//! Timers that call an entry of the extension.

use crate::{entry::Activation, hook::alarm, object::kinds::timer::Timer};
use kernel::prelude::*;
use lore_iface::GateError;

/// A timer that sets itself again leaves the CPU to others for as long.
const DELAY_MIN_NS: u64 = 100_000;

/// What the C side says.
fn refused(error: Error) -> GateError {
    if error == EBUSY {
        GateError::TableFull
    } else {
        GateError::NotFound
    }
}

pub(crate) fn create(
    activation: &Activation,
    function: u64,
    argument: u64,
) -> Result<Timer, GateError> {
    let alarms = alarm::of_function(activation.extension(), function);
    let alarms = alarms.ok_or(GateError::BadValue)?;
    alarms.take(argument).map_err(refused)
}

pub(crate) fn arm(_activation: &Activation, this: &Timer, delay_ns: u64) -> Result<(), GateError> {
    this.arm(delay_ns.max(DELAY_MIN_NS)).map_err(refused)
}

pub(crate) fn cancel(_activation: &Activation, this: &Timer) -> Result<bool, GateError> {
    Ok(this.cancel())
}
