// SPDX-License-Identifier: GPL-2.0
//! `timer/PERIOD`: the entry is called again and again, with the number of periods that have passed.

use super::{place, Armed, Attachment};
use crate::{refused::Refused, sys::hook as c};
use lore_abi::refusal::Reason;

/// Units and their nanoseconds.
const UNITS: [(&[u8], u64); 3] = [(b"us", 1_000), (b"ms", 1_000_000), (b"s", 1_000_000_000)];
/// Shorter ones would leave the CPU nothing else to do.
const PERIOD_MIN_NS: u64 = 100_000;
const PERIOD_MAX_NS: u64 = 86_400 * 1_000_000_000;

pub(super) fn arm(attachment: &Attachment, period: &[u8]) -> Result<(), Refused> {
    let digits = period.iter().take_while(|b| b.is_ascii_digit()).count();
    let (digits, unit) = period.split_at_checked(digits).unwrap_or((period, &[]));
    let unit = UNITS.iter().find(|(name, _)| *name == unit);
    let (number, (_, unit)) = place::number(digits)
        .zip(unit)
        .ok_or(Refused::because(Reason::BadHook))?;
    let ns = number.saturating_mul(*unit);
    if ns < PERIOD_MIN_NS {
        return Err(Refused::beyond(Reason::BadHook, ns, PERIOD_MIN_NS));
    }
    if ns > PERIOD_MAX_NS {
        return Err(Refused::beyond(Reason::BadHook, ns, PERIOD_MAX_NS));
    }
    attachment.arm(|| {
        let hook = c::Timer::attach(ns, attachment).map_err(place::refused)?;
        Ok(Armed::Timer(hook))
    })
}
