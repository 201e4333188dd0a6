// SPDX-License-Identifier: GPL-2.0
//! MEM: which addresses a word may touch.

use crate::facts::{Facts, Interval};
use crate::insn::Access;
use lore_abi::contract::REG_BASE;
use lore_abi::rule::Rule;

/// MEM-1. An access by an immediate offset needs a fact about its base that covers its reach; prefetches too.
///
/// Otherwise `str x0, [x3]` with a forged x3 writes anywhere in the kernel, and `prfm` tells by its time what is mapped
/// there. The fact is of the base before the access.
#[inline(always)]
pub fn base_covers_access(access: &Access, facts: &Facts) -> Result<Option<Interval>, Rule> {
    if access.index.is_some() {
        return window_form(access).map(|()| None);
    }
    match facts.of(access.base) {
        Some(interval) if interval.covers(access.offset, access.size) => Ok(Some(interval)),
        _ => Err(Rule::Unguarded),
    }
}

/// MEM-2. Where windows are smaller than 4 GiB there is no register offset: its 32 bits reach over the end.
///
/// Otherwise `[x15, w0, uxtw]` reads the windows of others.
#[inline(always)]
pub fn window_is_whole(access: &Access) -> Result<(), Rule> {
    if access.index.is_none() {
        Ok(())
    } else {
        Err(Rule::RegisterOffset)
    }
}

/// MEM-2. A register offset is `[x15, wN, uxtw]`: the sum cannot leave the window.
///
/// Otherwise `ldr x0, [x15, x1]` or a shift of the index reaches all of the kernel. (The table has no other form with
/// an index but the load of the table sequence; this says it again.)
fn window_form(access: &Access) -> Result<(), Rule> {
    if access.base == REG_BASE && access.offset == 0 && access.step.is_none() {
        Ok(())
    } else {
        Err(Rule::RegisterOffset)
    }
}
