// SPDX-License-Identifier: GPL-2.0
//! Where hooks run, and what fits there.

use crate::sys::cpu::Level;
use lore_iface::Gate;

/// The worst place that a hook is called in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Context {
    /// Softirq context, no lock held.
    Softirq,
    /// Softirq context or a task, on the way of a packet.
    Network,
    /// Any: under locks of the allocator, the scheduler and the clock, with interrupts masked.
    Anywhere,
}

impl Context {
    /// Levels that activations of the hook can have.
    pub(crate) fn levels(self, metered: bool) -> &'static [Level] {
        match self {
            Context::Softirq => &[Level::Softirq],
            Context::Network => &[Level::Task, Level::Softirq],
            Context::Anywhere if metered => &[Level::Task, Level::Softirq, Level::Hardirq],
            Context::Anywhere => &[Level::Task, Level::Softirq],
        }
    }

    /// Whether the hook can be called with interrupts masked, where only metered code runs.
    pub(crate) fn may_be_masked(self) -> bool {
        self == Context::Anywhere
    }

    /// Whether a gate may be called there; `wit/` says it of each.
    ///
    /// Attack: an extension on a tracepoint inside the page allocator calls a gate that waits for the allocator's lock,
    /// which its own CPU holds.
    pub(crate) fn fits(self, gate: Gate) -> bool {
        gate.fits(match self {
            Context::Softirq => lore_iface::Context::Softirq,
            Context::Network => lore_iface::Context::Network,
            Context::Anywhere => lore_iface::Context::Anywhere,
        })
    }
}
