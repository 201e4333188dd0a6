// SPDX-License-Identifier: GPL-2.0
//! CTL: where control may go.

use crate::places::Places;
use lore_abi::contract::{REG_LINK, REG_STACK, TRAP_WORD};
use lore_abi::image::Label;
use lore_abi::rule::Rule;
use lore_sandbox::code::CodeLayout;

/// Where a `bl` goes.
pub enum Callee {
    /// A word of the image's code.
    Own(u32),
    /// A gate slot.
    Gate,
}

/// CTL-1. A branch goes to a word of the image's code.
///
/// Otherwise it goes to a gate slot without a link, into the table, or into another extension.
pub fn branch_stays_inside(target: Option<i64>, layout: &CodeLayout) -> Result<u32, Rule> {
    target
        .and_then(|target| u32::try_from(target).ok())
        .filter(|&at| at >= layout.code_at && at < layout.code_end)
        .ok_or(Rule::BranchOutside)
}

/// CTL-2. A branch goes to a word that has a label.
///
/// A word without one is checked only for the state that falls into it. Otherwise a branch behind a guard skips it.
#[inline(always)]
pub fn target_has_label(at: u32, labels: &Places<'_>) -> Result<Label, Rule> {
    labels.find(at).ok_or(Rule::NoLabel)
}

/// CTL-3. A `bl` goes to a word of the image's code or exactly to a gate slot.
///
/// Otherwise it runs the table's addresses as instructions, or a kernel function behind the region.
pub fn call_stays_inside(target: Option<i64>, layout: &CodeLayout) -> Result<Callee, Rule> {
    let at = target
        .and_then(|target| u32::try_from(target).ok())
        .ok_or(Rule::CallOutside)?;
    if at >= layout.code_at && at < layout.code_end {
        Ok(Callee::Own(at))
    } else if at >= layout.gates_at && at < layout.gates_end {
        // Slots are words, and branches go to words.
        Ok(Callee::Gate)
    } else {
        Err(Rule::CallOutside)
    }
}

/// CTL-4. `blr x30` is the last word of a table sequence.
///
/// Otherwise it runs whatever x30 is, the link of an open call for one.
pub fn table_call_stands_alone() -> Result<(), Rule> {
    Err(Rule::IndirectBranch)
}

/// The words of a table sequence around its `adrp`, as far as the code has them.
pub struct Sequence {
    /// The word before.
    pub mask: Option<u32>,
    /// `adrp x30, table`.
    pub page: u32,
    /// The two behind.
    pub load: Option<u32>,
    /// See `load`.
    pub call: Option<u32>,
}

/// CTL-5. The words around `adrp x30` are the table sequence, each exactly as it must be.
///
/// ```text
///   and  wT, wN, #mask          mask = table_len - 8, T not x14 (nor what the rules about registers refuse)
///   adrp x30, table             exactly the region's first page
///   ldr  x30, [x30, wT, uxtw]
///   blr  x30
/// ```
///
/// Otherwise an index beyond the table is called, or x30 keeps an address of the kernel. The answer says at which word,
/// counted from `adrp`, the sequence breaks.
pub fn table_sequence_is_whole(at: u32, words: &Sequence, layout: &CodeLayout) -> Result<(), i32> {
    const BEFORE: i32 = -4;
    let first = words.mask.ok_or(0)?;
    let t = first & 31;
    if first & 0xffff_fc00 != mask_word(layout) || t == u32::from(REG_STACK) || t == 31 {
        return Err(BEFORE);
    }
    let pages = i64::from(crate::insn::adrp_pages(words.page));
    if pages.checked_add(i64::from(at >> 12)) != Some(0) {
        return Err(0);
    }
    let link = u32::from(REG_LINK);
    let load = 0xf860_4800 | (t << 16) | (link << 5) | link;
    if words.load != Some(load) {
        return Err(4);
    }
    if words.call != Some(0xd63f_0000 | (link << 5)) {
        return Err(8);
    }
    Ok(())
}

/// `and w0, w0, #mask` for the table's mask, (2^k - 1) << 3 with 2^k slots: k ones, rotated right by 29.
fn mask_word(layout: &CodeLayout) -> u32 {
    let ones = (layout.table_len >> 3).trailing_zeros();
    let imms = ones.saturating_sub(1) & 0x3f;
    0x1200_0000 | (29 << 16) | (imms << 10)
}

/// CTL-6. After `b` stands a label or the trap word: nothing else says what holds there.
///
/// Otherwise words that no rule has a state for would be checked against a made-up one.
pub fn something_follows(word: u32) -> Result<(), Rule> {
    if word == TRAP_WORD {
        Ok(())
    } else {
        Err(Rule::NothingFollows)
    }
}
