// SPDX-License-Identifier: GPL-2.0
//! The tables of objects that belong to seats: one activation runs there at a time, so one table is enough.

use crate::{
    object::Objects,
    sys::{self, cpu},
};
use kernel::prelude::*;

/// # Invariants
///
/// Each pointer came from `KBox::into_raw`; the seats of the CPUs have them, and the activations that sit there.
pub(super) struct Tables {
    all: KVec<*mut Objects>,
}

// SAFETY: The pointers are only used to give the tables back.
unsafe impl Send for Tables {}
// SAFETY: As above.
unsafe impl Sync for Tables {}

impl Tables {
    /// Once, at module init.
    pub(super) fn new() -> Result<Tables> {
        let mut tables = Tables { all: KVec::new() };
        for number in 0..cpu::count() {
            let Some(slot) = cpu::slot_of(number) else {
                continue;
            };
            for level in 0..cpu::LEVELS as usize {
                tables.all.reserve(1, GFP_KERNEL)?;
                let table = KBox::into_raw(KBox::new(Objects::new(sys::random()), GFP_KERNEL)?);
                tables.all.push(table, GFP_KERNEL)?;
                // SAFETY: No activation runs before the module is initialised, so nobody reads the field.
                unsafe { (*slot.as_ptr()).seats[level].objects = table.cast() };
            }
        }
        Ok(tables)
    }
}

impl Drop for Tables {
    fn drop(&mut self) {
        for table in &self.all {
            // SAFETY: By the type's invariant; the module goes, so no activation is left that could look at it.
            drop(unsafe { KBox::from_raw(*table) });
        }
        crate::sys::task::wait_for_puts();
    }
}
