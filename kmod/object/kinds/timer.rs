// SPDX-License-Identifier: GPL-2.0
//! A timer that calls an entry of the extension.

use crate::object::Lasts;
pub(crate) use crate::sys::alarm::Timer;
use lore_sandbox::lasting::Share;

/// Several may set it; its entry does so while others do.
impl Lasts for Timer {
    const SHARE: Share = Share::Shared;
}
