// SPDX-License-Identifier: GPL-2.0
//! A packet, lent by its hook or cloned.

use crate::object::Lasts;
pub(crate) use crate::sys::packet::Packet;
use lore_sandbox::lasting::Share;

/// Its bytes and lengths are changed in place, so one at a time uses it.
impl Lasts for Packet {
    const SHARE: Share = Share::Alone;

    fn make_last(&self) {
        self.forget_way();
    }
}
