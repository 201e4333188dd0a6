// SPDX-License-Identifier: GPL-2.0
//! A socket, by a counted reference.

use crate::object::Lasts;
pub(crate) use crate::sys::socket::Socket;
use lore_sandbox::lasting::Share;

impl Lasts for Socket {
    const SHARE: Share = Share::Shared;
}
