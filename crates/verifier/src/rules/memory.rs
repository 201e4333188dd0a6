// SPDX-License-Identifier: GPL-2.0
//! MEM: which addresses a word may touch.

use crate::facts::{Facts, Interval};
use crate::insn::{Access, Index};
use lore_abi::contract::{REACH_LEN, REG_BASE, REG_BIASED};
use lore_abi::rule::Rule;

/// MEM-1. An access by an immediate offset needs a fact about its base that covers its reach; prefetches too. `[x15, wN, uxtw]`
/// needs none, because it cannot leave the window, and `[x9, wN, uxtw]` by the biased base cannot leave it farther than the bands go.
///
/// Otherwise `str x0, [x3]` with a forged x3 writes anywhere in the kernel, and `prfm` tells by its time what is mapped
/// there. The fact is of the base before the access.
#[inline(always)]
pub fn base_covers_access(
    access: &Access,
    facts: &Facts,
    is_biased: bool,
) -> Result<Option<Interval>, Rule> {
    if let Some(index) = access.index {
        return window_form(access, index, is_biased).map(|()| None);
    }
    match facts.of(access.base) {
        Some(interval) if interval.covers(access.offset, access.size) => Ok(Some(interval)),
        _ => Err(Rule::Unguarded),
    }
}

/// MEM-2. Where windows are smaller than 4 GiB the low half of a register is no offset: it reaches over the end.
///
/// Otherwise `[x15, w0, uxtw]` reads the windows of others.
#[inline(always)]
pub fn window_is_whole(access: &Access) -> Result<(), Rule> {
    match access.index {
        None | Some(Index { is_half: false, .. }) => Ok(()),
        Some(Index { is_half: true, .. }) => Err(Rule::RegisterOffset),
    }
}

/// MEM-2. An index of which nothing is known is `[x15, wN, uxtw]`: the sum cannot leave the window. Or it is `[x9, wN, uxtw]` in an
/// image with a biased base: the sum stays in the window and its bands.
///
/// Otherwise `ldr x0, [x15, w1, uxtw #3]` reaches beyond it, and `[x9, w1, uxtw]` anywhere, where x9 is a register like others.
/// (The table has no other form with half a register as index but the load of the table sequence; this says it again.)
fn window_form(access: &Access, index: Index, is_biased: bool) -> Result<(), Rule> {
    let is_offset = index.is_half && index.shift == 0;
    let is_base = access.base == REG_BASE || is_biased && access.base == REG_BIASED;
    if is_base && is_offset && access.offset == 0 && access.step.is_none() {
        Ok(())
    } else {
        Err(Rule::RegisterOffset)
    }
}

/// The most bits that an index may have.
const INDEX_BITS: u32 = 20;

/// MEM-2. A whole register as an index has few bits, and the word that made it so stands close before.
///
/// Otherwise `ldr x0, [x15, x1]` reaches all of the kernel.
pub fn index_is_small(bits: Option<u32>) -> Result<i32, Rule> {
    match bits {
        // Cannot wrap: of at most 20 bits.
        Some(bits) if bits <= INDEX_BITS => Ok(1i32.wrapping_shl(bits).wrapping_sub(1)),
        _ => Err(Rule::RegisterOffset),
    }
}

/// MEM-1. The base of an access by an index that is at most `most` covers the farthest one, and so the nearest.
///
/// Otherwise `ldrb w0, [x3, x1]` with a forged x3 reads the kernel, however small x1 is.
pub fn base_covers_index(access: &Access, shift: u8, most: i32, facts: &Facts) -> Result<(), Rule> {
    let farthest = most.wrapping_shl(u32::from(shift)); // Cannot wrap: 23 bits.
    match facts.of(access.base) {
        Some(interval) if interval.covers(farthest, access.size) => Ok(()),
        _ => Err(Rule::Unguarded),
    }
}

/// MEM-2. Where the window begins at address 0: both registers have facts, and their sum lies no farther before the window than one
/// alone may. An index that is shifted surely does not lie before it, whatever has been predicted. Behind the window nothing is
/// mapped as far as such a sum can reach.
///
/// Otherwise `[x1, x2]` with a forged x2 reaches all of the kernel, and `[x1, x2, lsl #3]` goes before 0 eight times as far as x2
/// does in the shadow of its fault.
pub fn sum_is_low(access: &Access, index: Index, facts: &Facts) -> bool {
    let (Some(base), Some(by)) = (facts.of(access.base), facts.of(index.register)) else {
        return false;
    };
    // Cannot wrap: both are at most 1 MiB on either side.
    let least = base.lo().wrapping_add(by.lo());
    by.is_firm() || index.shift == 0 && least >= REACH_LEN.wrapping_neg()
}
