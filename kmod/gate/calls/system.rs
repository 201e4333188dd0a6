// SPDX-License-Identifier: GPL-2.0
//! What an activation needs of the kernel itself.

use crate::{entry::Activation, gate::args::Text, sys};
use lore_abi::image::Hook;
use lore_iface::{GateError, LogLevel};
use lore_sandbox::span::WindowSpan;

/// Apart, so that only a line that is written pays for the buffer.
#[inline(never)]
pub(crate) fn log(
    activation: &Activation,
    level: LogLevel,
    text: WindowSpan,
) -> Result<(), GateError> {
    let mut text = Text::copy_in(activation, text)?;
    text.make_printable();
    sys::log(
        level.number(),
        activation.extension().label(),
        text.as_bytes(),
    );
    Ok(())
}

pub(crate) fn heap_grow(activation: &Activation, bytes: u64) -> Result<u64, GateError> {
    let calm = activation.hook() == Some(Hook::Run);
    activation.extension().window.grow(bytes, calm)
}

pub(crate) fn time_now(_activation: &Activation) -> u64 {
    sys::time_ns()
}

pub(crate) fn time_wall(_activation: &Activation) -> u64 {
    sys::time_wall_ns()
}

pub(crate) fn random(_activation: &Activation) -> u64 {
    sys::random()
}

pub(crate) fn cpu_id(activation: &Activation) -> u32 {
    activation.cpu()
}

/// The trampoline does not return to the extension.
pub(crate) fn abort(activation: &Activation, code: u64, text: Option<WindowSpan>) {
    // A bad text is no reason to go on: the abort stands, without a message.
    let text = text.and_then(|span| Text::copy_in(activation, span).ok());
    activation.abort(code, text);
}
