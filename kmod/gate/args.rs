// SPDX-License-Identifier: GPL-2.0
//! From claims to facts.

use crate::{
    entry::Activation,
    object::{Lasts, Objects, Pinned},
};
use core::ops::Deref;
use lore_abi::fault::TEXT_MAX;
use lore_iface::GateError;
use lore_sandbox::{
    lasting::is_lasting,
    span::{Claim, WindowSpan},
};
use zerocopy::{FromBytes, Immutable, IntoBytes};

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
pub(crate) fn span(
    activation: &Activation,
    addr: u64,
    len: u64,
    max: u64,
) -> Result<WindowSpan, GateError> {
    if len > max {
        return Err(GateError::TooLong);
    }
    let claim = Claim { addr, len };
    claim
        .check(activation.extent())
        .map_err(|_| GateError::BadSpan)
}

/// An object that a gate looks at: the activation's, or one that lasts.
pub(crate) enum Borrowed<'a, K> {
    Held(&'a K),
    Lasting(Pinned<'a, K>),
}

impl<K: Lasts> Deref for Borrowed<'_, K> {
    type Target = K;

    #[inline(always)]
    fn deref(&self) -> &K {
        match self {
            Borrowed::Held(object) => object,
            Borrowed::Lasting(pinned) => pinned,
        }
    }
}

/// The object of a handle, until the gate returns.
#[inline(always)]
pub(crate) fn borrow<'a, K: Lasts, const LASTING: bool>(
    activation: &'a Activation,
    objects: &'a Objects,
    handle: u64,
) -> Result<Borrowed<'a, K>, GateError> {
    match objects.get::<K>(handle) {
        Ok(object) => Ok(Borrowed::Held(object)),
        Err(_) if LASTING && is_lasting(handle) => {
            let lasting = &activation.extension().lasting;
            lasting.pin(handle).map(Borrowed::Lasting)
        }
        Err(error) => Err(error),
    }
}

/// Takes an object that the activation owns, or one that lasts and that nobody uses now.
#[inline(always)]
pub(crate) fn own<K: Lasts, const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    handle: u64,
) -> Result<K, GateError> {
    match objects.take::<K>(handle) {
        Err(_) if LASTING && is_lasting(handle) => activation.extension().lasting.take(handle),
        taken => taken,
    }
}

/// Gives an object back that the activation owns, or one that lasts.
#[inline(always)]
pub(crate) fn give_back<K: Lasts, const LASTING: bool>(
    activation: &Activation,
    objects: &mut Objects,
    handle: u64,
) -> Result<(), GateError> {
    match objects.take::<K>(handle) {
        Err(_) if LASTING && is_lasting(handle) => {
            activation.extension().lasting.give_back::<K>(handle)
        }
        taken => taken.map(drop),
    }
}

/// A record, copied out of the window once.
pub(crate) fn record<T: FromBytes + IntoBytes>(
    activation: &Activation,
    addr: u64,
) -> Result<T, GateError> {
    let mut record = T::new_zeroed();
    let from = span(activation, addr, size_of::<T>() as u64, u64::MAX)?;
    if !activation
        .extension()
        .window
        .copy_in(record.as_mut_bytes(), from)
    {
        return Err(GateError::BadSpan);
    }
    Ok(record)
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
    let room = span(activation, addr, bytes.len() as u64, u64::MAX)?;
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
