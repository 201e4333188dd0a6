// SPDX-License-Identifier: GPL-2.0
//! What follows from where a hook is called.

use crate::sys::cpu::Level;
use lore_iface::Context;

/// Levels that activations of a hook can have.
pub(super) fn levels(context: Context, metered: bool) -> &'static [Level] {
    match context {
        Context::Task => &[Level::Task],
        Context::Softirq => &[Level::Softirq],
        Context::Network => &[Level::Task, Level::Softirq],
        Context::Anywhere if metered => &[Level::Task, Level::Softirq, Level::Hardirq],
        Context::Anywhere => &[Level::Task, Level::Softirq],
    }
}

/// Whether a hook can be called with interrupts masked, where only metered code runs.
pub(super) fn may_be_masked(context: Context) -> bool {
    context == Context::Anywhere
}
