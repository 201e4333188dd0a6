// SPDX-License-Identifier: GPL-2.0
//! From claims to facts.

use crate::entry::Activation;
use lore_abi::gate::{GateError, TEXT_MAX};
use lore_sandbox::span::Claim;

/// A text that was copied out of the window once, so that it cannot change while it is looked at.
pub(crate) struct Text {
    bytes: [u8; TEXT_MAX],
    len: usize,
}

impl Text {
    /// Copies the text that the extension claims to have at `addr`.
    pub(crate) fn copy_in(activation: &Activation, addr: u64, len: u64) -> Result<Text, GateError> {
        if len > TEXT_MAX as u64 {
            return Err(GateError::TooLong);
        }
        let span = Claim { addr, len }
            .check()
            .map_err(|_| GateError::BadSpan)?;
        let mut text = Text {
            bytes: [0; TEXT_MAX],
            len: span.len() as usize,
        };
        let to = text.bytes.get_mut(..text.len).ok_or(GateError::TooLong)?;
        if !to.is_empty() && !activation.extension().window.copy_in(to, span) {
            return Err(GateError::BadSpan);
        }
        Ok(text)
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.len).unwrap_or(&[])
    }

    /// For the log: what is not printable ASCII becomes a question mark, line ends become blanks.
    pub(crate) fn make_printable(&mut self) {
        for byte in self.bytes.iter_mut().take(self.len) {
            *byte = match *byte {
                b' '..=b'~' => *byte,
                b'\n' | b'\r' | b'\t' => b' ',
                _ => b'?',
            };
        }
    }
}
