// SPDX-License-Identifier: GPL-2.0
//! Where hooks run, and what fits there.

use crate::sys::cpu::Level;
use lore_abi::gate::Gate;

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

    /// Whether a gate may be called there.
    ///
    /// Attack: an extension on a tracepoint inside the page allocator calls a gate that waits for the allocator's lock,
    /// which its own CPU holds.
    pub(crate) fn fits(self, gate: Gate) -> bool {
        match gate {
            // The log is written by an interrupt later; the clock is read without waiting for a writer; pages come
            // from those at hand, or from an allocator that only tries its locks.
            Gate::Log | Gate::TimeNow | Gate::HeapGrow | Gate::Abort => true,
        } // No `_` arm: a new gate must be judged here.
    }
}
