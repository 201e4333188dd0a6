// SPDX-License-Identifier: GPL-2.0
//! LBL and LST: the label table and the frame lists are well formed. They are checked whole before use; whether their
//! claims are true is checked edge by edge.

use super::stack;
use crate::facts::{Facts, Interval};
use crate::frames::FrameList;
use crate::tables::{self, Labels};
use crate::{Image, Violation};
use lore_abi::contract::{REG_BASE, REG_LINK, REG_PLATFORM, REG_SHADOW, REG_STACK};
use lore_abi::image::Label;
use lore_abi::rule::Rule;
use lore_sandbox::code::CodeLayout;

/// Registers that no label may claim anything about.
pub const UNCLAIMABLE: u32 =
    1 << REG_SHADOW | 1 << REG_STACK | 1 << REG_BASE | 1 << REG_PLATFORM | 1 << REG_LINK | 1 << 31;

/// Both tables.
pub fn check(image: &Image<'_>, layout: &CodeLayout) -> Result<(), Violation> {
    let lists = check_lists(image)?;
    let labels = Labels::new(image.labels);
    let mut last = None;
    for label in labels.iter() {
        let word = |at: u32| tables::u32_at(image.code, at.wrapping_sub(layout.code_at) >> 2);
        label_is_well_formed(&label, last, lists, layout).map_err(|rule| Violation {
            at: label.at,
            word: word(label.at).unwrap_or(0),
            rule,
        })?;
        last = Some(label.at);
    }
    Ok(())
}

/// LST-1, LST-2. Every list is well formed and the first is empty. The answer is their number.
///
/// Otherwise two readings of one list differ, and the frame that is popped is not the frame that was pushed.
fn check_lists(image: &Image<'_>) -> Result<usize, Violation> {
    let mut count = 0usize;
    for bytes in image.lists.chunks_exact(8) {
        let claim = bytes
            .first_chunk::<8>()
            .map_or(u64::MAX, |bytes| u64::from_le_bytes(*bytes));
        // `at` and `word` are for people: a list's number, and its low half.
        let refuse = |rule| Violation {
            at: count as u32,
            word: claim as u32,
            rule,
        };
        let list = FrameList::parse(claim).ok_or(refuse(Rule::ListForm))?;
        if count == 0 && !list.is_empty() {
            return Err(refuse(Rule::ListEmpty));
        }
        count = count.saturating_add(1);
    }
    if count == 0 {
        return Err(Violation {
            at: 0,
            word: 0,
            rule: Rule::ListEmpty,
        });
    }
    Ok(count)
}

/// LBL-1 to LBL-5, each for one label; `last` is where the one before it is.
///
/// Otherwise the search for a label finds one of two, or none, and an edge is checked against another claim than the
/// words behind it.
fn label_is_well_formed(
    label: &Label,
    last: Option<u32>,
    lists: usize,
    layout: &CodeLayout,
) -> Result<(), Rule> {
    if last.is_some_and(|last| label.at <= last) {
        return Err(Rule::LabelOrder);
    }
    if label.at < layout.code_at || label.at >= layout.code_end || label.at & 3 != 0 {
        return Err(Rule::LabelPlace);
    }
    if label.registers & UNCLAIMABLE != 0 {
        return Err(Rule::LabelRegisters);
    }
    bounds(label)?;
    if usize::from(label.list) >= lists {
        return Err(Rule::LabelList);
    }
    Ok(())
}

/// The bounds that a label claims: of its registers, and of x14.
#[inline(always)]
fn bounds(label: &Label) -> Result<(Interval, Interval), Rule> {
    match (
        Interval::of_class(label.class),
        Interval::of_class(label.class14),
    ) {
        (Some(bound), Some(stack)) => Ok((bound, stack)),
        _ => Err(Rule::LabelClass),
    }
}

/// LBL-7 (and STK-2). An edge into a label establishes what the label claims.
///
/// Otherwise a loop whose label claims x1, entered by a branch past the guard of x1, reads the kernel.
#[inline(always)]
pub fn claims_are_established(facts: &Facts, label: &Label) -> Result<(), Rule> {
    let (bound, stack) = bounds(label)?;
    if !facts.establish(label.registers, bound) {
        return Err(Rule::ClaimUnproven);
    }
    stack::is_bounded_at_label(facts, stack)
}

/// Takes a label's claims for facts; every edge into it has been or will be checked.
#[inline(always)]
pub fn take_claims(facts: &mut Facts, label: &Label) -> Result<(), Rule> {
    let (bound, stack) = bounds(label)?;
    facts.claim(label.registers, bound, stack);
    Ok(())
}

/// The frame list that a label names.
pub fn list_of(label: &Label, lists: &[u8]) -> Result<FrameList, Rule> {
    let claim = tables::list(lists, label.list).ok_or(Rule::LabelList)?;
    FrameList::parse(claim).ok_or(Rule::LabelList)
}
