// SPDX-License-Identifier: GPL-2.0
//! Fault records: the last few of each extension.

use kernel::prelude::*;
use lore_abi::fault::Fault;

/// Records that are kept.
const KEPT: usize = 64;

/// The last faults, oldest first. Memory comes with the first one.
pub(crate) struct Faults {
    count: u64,
    lost: u64,
    kept: KVec<Fault>,
}

impl Faults {
    pub(crate) const fn new() -> Faults {
        Faults {
            count: 0,
            lost: 0,
            kept: KVec::new(),
        }
    }

    /// Files a record and gives it its number. Without memory the record is lost, the number is not.
    pub(crate) fn file(&mut self, mut fault: Fault) -> u64 {
        self.count += 1;
        fault.number = self.count;
        if self.kept.len() >= KEPT {
            // There is one to remove by the line above.
            let _ = self.kept.remove(0);
        }
        if self.kept.push(fault, GFP_KERNEL_ACCOUNT).is_err() {
            self.lost += 1;
        }
        self.count
    }

    /// Counts faults that have no record.
    pub(crate) fn lose(&mut self, count: u64) {
        self.count += count;
        self.lost += count;
    }

    /// How many never had one.
    pub(crate) fn lost(&self) -> u64 {
        self.lost
    }

    /// The first record after a number.
    pub(crate) fn next(&self, after: u64) -> Option<&Fault> {
        self.kept.iter().find(|fault| fault.number > after)
    }
}
