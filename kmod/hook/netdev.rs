// SPDX-License-Identifier: GPL-2.0
//! `netdev/IFACE`: the entry says what becomes of each packet that comes in by a device, in the order of attaching.

use super::{
    place::{refused, Place},
    Armed, Attachment,
};
use crate::{
    refused::Refused,
    sys::hook::{self as c, Rtnl},
};

pub(super) fn arm(attachment: &Attachment, device: &[u8]) -> Result<(), Refused> {
    let name = Place::new(device)?;
    // Devices go away under the RTNL: this one is there until we are armed, and then its going away finds us.
    let rtnl = Rtnl::lock();
    attachment.arm(|| {
        let order = i32::try_from(attachment.id).unwrap_or(i32::MAX);
        let hook = c::Packets::netdev(name.as_c(), order, attachment, &rtnl).map_err(refused)?;
        Ok(Armed::Packets(hook))
    })
}
