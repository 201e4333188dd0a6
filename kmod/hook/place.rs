// SPDX-License-Identifier: GPL-2.0
//! Parts of a hook's name.

use crate::refused::Refused;
use core::ffi::CStr;
use kernel::prelude::*;
use lore_abi::refusal::Reason;

/// Longest name of a tracepoint, function or device, in bytes.
const PLACE_MAX: usize = 128;

/// A name as C wants it: not empty, no slash, a zero behind it.
pub(super) struct Place([u8; PLACE_MAX]);

impl Place {
    pub(super) fn new(name: &[u8]) -> Result<Place, Refused> {
        let mut bytes = [0; PLACE_MAX];
        // One byte stays zero.
        let fits = !name.is_empty() && name.len() < PLACE_MAX && !name.contains(&b'/');
        match bytes.get_mut(..name.len()) {
            Some(part) if fits => part.copy_from_slice(name),
            _ => return Err(Refused::because(Reason::BadHook)),
        }
        Ok(Place(bytes))
    }

    pub(super) fn as_c(&self) -> &CStr {
        CStr::from_bytes_until_nul(&self.0).unwrap_or(c"")
    }
}

/// Splits at the first `mark`.
pub(super) fn split(text: &[u8], mark: u8) -> (&[u8], Option<&[u8]>) {
    match text.iter().position(|byte| *byte == mark) {
        Some(at) => (
            text.get(..at).unwrap_or(&[]),
            Some(text.get(at + 1..).unwrap_or(&[])),
        ),
        None => (text, None),
    }
}

/// A decimal number, nothing else.
pub(super) fn number(text: &[u8]) -> Option<u64> {
    if text.is_empty() {
        return None;
    }
    text.iter().try_fold(0u64, |sum, byte| match byte {
        b'0'..=b'9' => sum.checked_mul(10)?.checked_add(u64::from(byte - b'0')),
        _ => None,
    })
}

/// What the C side says when nothing could be attached.
pub(super) fn refused(error: Error) -> Refused {
    let reason = if error == ENOENT || error == ENODEV || error == ESRCH {
        Reason::NoSuchPlace
    } else if error == ENOMEM {
        Reason::NoMemory
    } else {
        Reason::HookRefused
    };
    Refused::beyond(reason, u64::from(error.to_errno().unsigned_abs()), 0)
}
