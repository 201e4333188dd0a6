// SPDX-License-Identifier: GPL-2.0
//! Locks in the extension's own memory.

use crate::{
    entry::Activation,
    object::kinds::lock::{Lock, Taken},
    sys,
};
use lore_iface::GateError;

/// Waits for no longer than the activation has time, which is the bound of its work.
pub(crate) fn take(activation: &Activation, word: u64) -> Result<Lock, GateError> {
    let word = activation.extension().window.word(word);
    let word = word.ok_or(GateError::BadSpan)?;
    loop {
        // CPUs have fewer than 65536 numbers, so programs can take what is above.
        match Lock::try_take(word, activation.cpu() + 1) {
            Ok(lock) => return Ok(lock),
            Err(Taken::ByMe) => return Err(GateError::Deadlock),
            // The gate's exit goes to the landing, so the answer does not matter.
            Err(Taken::ByOther) if activation.is_over() => return Err(GateError::Deadlock),
            Err(Taken::ByOther) => sys::cpu::relax(),
        }
    }
}
