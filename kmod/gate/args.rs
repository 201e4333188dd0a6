// SPDX-License-Identifier: GPL-2.0
//! From claims to facts.

use crate::entry::Activation;
use lore_abi::fault::TEXT_MAX;
use lore_iface::GateError;
use lore_sandbox::span::{Claim, WindowSpan};
use zerocopy::{Immutable, IntoBytes};

/// A case of an enumeration. Of a register that holds 32 bits only the low half means anything.
#[inline(always)]
pub(crate) fn code<T>(x: u64, from: fn(u32) -> Option<T>) -> Result<T, GateError> {
    from(x as u32).ok_or(GateError::BadValue)
}

/// A number that has a limit.
#[inline(always)]
pub(crate) fn at_most<T: Into<u64> + Copy>(value: T, max: u64) -> Result<T, GateError> {
    if value.into() > max {
        return Err(GateError::TooLong);
    }
    Ok(value)
}

/// A range of the window, which may be unmapped or change at any time.
#[inline(always)]
pub(crate) fn span(addr: u64, len: u64, max: u64) -> Result<WindowSpan, GateError> {
    if len > max {
        return Err(GateError::TooLong);
    }
    Claim { addr, len }.check().map_err(|_| GateError::BadSpan)
}

/// Copies as much into a room as it holds; how many bytes.
pub(crate) fn fill(
    activation: &Activation,
    room: WindowSpan,
    bytes: &[u8],
) -> Result<u32, GateError> {
    let bytes = bytes.get(..room.len() as usize).unwrap_or(bytes);
    if !activation.extension().window.copy_out(room, bytes) {
        return Err(GateError::BadSpan);
    }
    // Lossless: no longer than the room.
    Ok(bytes.len() as u32)
}

/// Puts a record where the extension wants it. The answer is 0.
pub(crate) fn answer_record<T: IntoBytes + Immutable>(
    activation: &Activation,
    addr: u64,
    record: &T,
) -> Result<u64, GateError> {
    let bytes = record.as_bytes();
    let room = span(addr, bytes.len() as u64, u64::MAX)?;
    fill(activation, room, bytes).map(|_| 0)
}

/// A text that was copied out of the window once, so that it cannot change while it is looked at.
pub(crate) struct Text {
    bytes: [u8; TEXT_MAX],
    len: usize,
}

impl Text {
    /// Copies a text of the extension.
    pub(crate) fn copy_in(activation: &Activation, span: WindowSpan) -> Result<Text, GateError> {
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
