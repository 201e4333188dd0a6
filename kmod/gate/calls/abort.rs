// SPDX-License-Identifier: GPL-2.0
//! `abort(code, text, len)`: ends the activation. The trampoline does not return to the extension.

use crate::{entry::Activation, gate::args::Text};
use lore_abi::gate::GateError;

pub(crate) fn call(activation: &Activation, args: [u64; 3]) -> Result<u64, GateError> {
    let [code, addr, len] = args;
    // A bad text is no reason to go on: the abort stands, without a message.
    let text = Text::copy_in(activation, addr, len).ok();
    activation.abort(code, text);
    Ok(0)
}
