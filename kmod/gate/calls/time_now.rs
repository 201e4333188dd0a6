// SPDX-License-Identifier: GPL-2.0
//! `time_now()`: nanoseconds of the monotonic clock.

use crate::{entry::Activation, sys};
use lore_abi::gate::GateError;

pub(crate) fn call(_activation: &Activation, _args: [u64; 3]) -> Result<u64, GateError> {
    Ok(sys::time_ns())
}
