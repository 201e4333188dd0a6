// SPDX-License-Identifier: GPL-2.0
//! `netfilter/FAMILY/POINT[:PRIORITY]`: the entry says for each packet whether it passes, in the network namespace of who
//! attached it. Lower priorities are called first; of equal ones the later attached first, as netfilter does it.

use super::{
    place::{number, refused, split},
    Armed, Attachment,
};
use crate::{refused::Refused, sys::hook as c};
use lore_abi::refusal::Reason;

/// Families and their numbers in netfilter.
const FAMILIES: [(&[u8], u8); 2] = [(b"ipv4", c::IPV4), (b"ipv6", c::IPV6)];
/// Points on the way of a packet, and their numbers, the same in both families.
const POINTS: [(&[u8], u32); 5] = [
    (b"pre-routing", 0),
    (b"local-in", 1),
    (b"forward", 2),
    (b"local-out", 3),
    (b"post-routing", 4),
];

fn find<T: Copy>(table: &[(&[u8], T)], name: &[u8]) -> Result<T, Refused> {
    let found = table.iter().find(|(known, _)| *known == name);
    found
        .map(|(_, value)| *value)
        .ok_or(Refused::because(Reason::BadHook))
}

fn priority(text: &[u8]) -> Option<i32> {
    match text.strip_prefix(b"-") {
        Some(digits) => i32::try_from(number(digits)?).ok()?.checked_neg(),
        None => i32::try_from(number(text)?).ok(),
    }
}

pub(super) fn arm(attachment: &Attachment, text: &[u8]) -> Result<(), Refused> {
    let (place, order) = split(text, b':');
    let (family, point) = split(place, b'/');
    let family = find(&FAMILIES, family)?;
    let point = find(&POINTS, point.unwrap_or(&[]))?;
    let order = match order {
        Some(text) => priority(text).ok_or(Refused::because(Reason::BadHook))?,
        None => 0,
    };
    attachment.arm(|| {
        let hook = c::Packets::netfilter(family, point, order, attachment).map_err(refused)?;
        Ok(Armed::Packets(hook))
    })
}
