// SPDX-License-Identifier: GPL-2.0
//! `log(level, text, len)`: one line in the kernel's log, rate-limited for all extensions together.

use crate::{entry::Activation, gate::args::Text, sys};
use lore_abi::gate::{GateError, LogLevel};

pub(crate) fn call(activation: &Activation, args: [u64; 3]) -> Result<u64, GateError> {
    let [level, addr, len] = args;
    let level = u32::try_from(level)
        .ok()
        .and_then(LogLevel::from_u32)
        .ok_or(GateError::BadValue)?;
    write(activation, level, addr, len)
}

/// Apart, so that only a line that is written pays for the buffer.
#[inline(never)]
fn write(activation: &Activation, level: LogLevel, addr: u64, len: u64) -> Result<u64, GateError> {
    let mut text = Text::copy_in(activation, addr, len)?;
    text.make_printable();
    sys::log(
        level.number(),
        activation.extension().label(),
        text.as_bytes(),
    );
    Ok(0)
}
