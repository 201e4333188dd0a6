// SPDX-License-Identifier: GPL-2.0
//! `tracepoint/NAME`: the entry gets the arguments by position, the first seven.
//!
//! Attack: a tracepoint passes addresses of kernel objects. The kernel does not keep the types of the arguments, so what
//! could be an address is hidden, whatever it is; registers behind the last argument hold anything, and are hidden too.

use super::{
    place::{refused, Place},
    Armed, Attachment,
};
use crate::{refused::Refused, sys::hook as c};

pub(super) fn arm(attachment: &Attachment, name: &[u8]) -> Result<(), Refused> {
    let name = Place::new(name)?;
    attachment.arm(|| {
        let hook = c::Tracepoint::attach(name.as_c(), attachment).map_err(refused)?;
        Ok(Armed::Tracepoint(hook))
    })
}

/// What an extension may see of a number that may be an address: kernel addresses have their top bit set, and so does no
/// other number but those that are negative, of which errors are small.
#[inline(always)]
pub(super) fn visible(value: u64) -> u64 {
    let is_error = value >= (-4095i64) as u64;
    if value >> 63 == 0 || is_error {
        value
    } else {
        0
    }
}

impl Attachment {
    /// The tracepoint fires, with as many arguments as it has.
    #[inline(always)]
    pub(crate) fn fire_tracepoint<const N: usize>(&self, raw: [u64; N]) {
        let _ = self.fire(raw.map(visible));
    }
}
