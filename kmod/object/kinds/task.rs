// SPDX-License-Identifier: GPL-2.0
//! A task, by a counted reference.

use crate::object::Lasts;
pub(crate) use crate::sys::task::Task;
use lore_sandbox::lasting::Share;

impl Lasts for Task {
    const SHARE: Share = Share::Shared;
}
