// SPDX-License-Identifier: GPL-2.0
//! Counters of an extension, a set for each CPU: nobody waits for anybody else's cache line.

use crate::sys::cpu;
use kernel::{
    alloc::flags::GFP_KERNEL_ACCOUNT,
    prelude::*,
    sync::atomic::{Atomic, Relaxed},
};
use lore_abi::request::COUNTERS_MAX;
use lore_iface::Gate;

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
        let mut all = KVVec::with_capacity((sets * COUNTERS_MAX) as usize, GFP_KERNEL_ACCOUNT)?;
        for _ in 0..sets * COUNTERS_MAX {
            all.push(Atomic::new(0), GFP_KERNEL_ACCOUNT)?;
        }
        Ok(Counters { all })
    }

    fn at(&self, cpu: u32, counter: u32) -> Option<&Atomic<u64>> {
        if counter >= COUNTERS_MAX {
            return None;
        }
        self.all.get((cpu * COUNTERS_MAX + counter) as usize)
    }

    /// Adds on a CPU, whose interrupts may count in between; `None` if there is no such counter.
    pub(crate) fn add(&self, cpu: u32, counter: u32, by: u64) -> Option<()> {
        self.at(cpu, counter)?.add(by, Relaxed);
        Some(())
    }

    /// CPUs that have a set.
    pub(crate) fn cpus(&self) -> u32 {
        // Lossless: as many sets as CPUs, or none.
        self.all.len() as u32 / COUNTERS_MAX
    }

    /// What a CPU has counted by now.
    pub(crate) fn set(&self, cpu: u32) -> [u64; COUNTERS_MAX as usize] {
        let mut set = [0; COUNTERS_MAX as usize];
        for (counter, value) in (0..).zip(&mut set) {
            *value = self.at(cpu, counter).map_or(0, |count| count.load(Relaxed));
        }
        set
    }

    /// What all CPUs have counted; `None` if there is no such counter.
    pub(crate) fn sum(&self, counter: u32) -> Option<u64> {
        self.at(0, counter)?;
        let each = (0..cpu::count()).filter_map(|cpu| self.at(cpu, counter));
        Some(each.fold(0, |sum, count| sum.wrapping_add(count.load(Relaxed))))
    }
}
