// SPDX-License-Identifier: GPL-2.0
//! What an extension has counted, CPU by CPU.

use crate::requests::{call, Error, Extension};
use lore_abi::request::{CountersRequest, COUNTERS, COUNTERS_MAX};

/// Counters of a CPU.
pub type Set = [u64; COUNTERS_MAX as usize];

/// The counters of an extension, as they were at some moment on each CPU.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counters {
    cpus: Vec<Set>,
}

impl Extension {
    /// Its counters.
    pub fn counters(&self) -> Result<Counters, Error> {
        let mut cpus: Vec<Set> = Vec::new();
        loop {
            let mut request = CountersRequest {
                buffer: cpus.as_mut_ptr() as u64,
                // Lossless: a CPU's number has 32 bits, and there are fewer CPUs by far.
                capacity: cpus.len() as u32 * COUNTERS_MAX,
                cpus: 0,
            };
            call::<COUNTERS, _>(self, &mut request).map_err(Error::Failed)?;
            if request.cpus as usize <= cpus.len() {
                return Ok(Counters { cpus });
            }
            cpus.resize(request.cpus as usize, [0; COUNTERS_MAX as usize]);
        }
    }
}

impl Counters {
    /// What each CPU has counted; none for an extension that does not count.
    pub fn cpus(&self) -> &[Set] {
        &self.cpus
    }

    /// What all CPUs together have counted, by counter.
    pub fn sums(&self) -> Set {
        let mut sums = [0u64; COUNTERS_MAX as usize];
        for set in &self.cpus {
            for (sum, count) in sums.iter_mut().zip(set) {
                *sum = sum.wrapping_add(*count);
            }
        }
        sums
    }
}
