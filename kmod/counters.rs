// SPDX-License-Identifier: GPL-2.0
//! Counters of an extension, a set for each CPU: nobody waits for anybody else's cache line.

use crate::sys::cpu;
use kernel::{
    alloc::flags::GFP_KERNEL_ACCOUNT,
    prelude::*,
    sync::atomic::{Atomic, Relaxed},
};
use lore_iface::Gate;

/// Counters of a set.
const COUNTERS: u32 = 64;

/// The sets of all CPUs, one behind the other; none for an extension that does not count.
pub(crate) struct Counters {
    all: KVVec<Atomic<u64>>,
}

impl Counters {
    /// What an extension needs that imports these gates. Sleeps.
    pub(crate) fn new(gates: &[Gate]) -> Result<Counters> {
        let counts = |gate: &Gate| matches!(gate, Gate::CounterAdd | Gate::CounterSum);
        let sets = match gates.iter().any(counts) {
            true => cpu::count(),
            false => 0,
        };
        let mut all = KVVec::with_capacity((sets * COUNTERS) as usize, GFP_KERNEL_ACCOUNT)?;
        for _ in 0..sets * COUNTERS {
            all.push(Atomic::new(0), GFP_KERNEL_ACCOUNT)?;
        }
        Ok(Counters { all })
    }

    fn at(&self, cpu: u32, counter: u32) -> Option<&Atomic<u64>> {
        if counter >= COUNTERS {
            return None;
        }
        self.all.get((cpu * COUNTERS + counter) as usize)
    }

    /// Adds on a CPU, whose interrupts may count in between; `None` if there is no such counter.
    pub(crate) fn add(&self, cpu: u32, counter: u32, by: u64) -> Option<()> {
        self.at(cpu, counter)?.add(by, Relaxed);
        Some(())
    }

    /// What all CPUs have counted; `None` if there is no such counter.
    pub(crate) fn sum(&self, counter: u32) -> Option<u64> {
        self.at(0, counter)?;
        let each = (0..cpu::count()).filter_map(|cpu| self.at(cpu, counter));
        Some(each.fold(0, |sum, count| sum.wrapping_add(count.load(Relaxed))))
    }
}
