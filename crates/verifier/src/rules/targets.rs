// SPDX-License-Identifier: GPL-2.0
//! TGT: declared targets, the only words that the kernel and the table sequence enter.

use crate::tables::{self, Labels};
use crate::{Image, Violation};
use lore_abi::contract::{BOUND_CLASS_STACK, BTI_C};
use lore_abi::image::Label;
use lore_abi::rule::Rule;
use lore_sandbox::code::CodeLayout;

/// Every declared target, in order.
pub fn check(image: &Image<'_>, layout: &CodeLayout) -> Result<(), Violation> {
    let labels = Labels::new(image.labels);
    let mut last = None;
    for bytes in image.targets.chunks_exact(4) {
        let at = bytes
            .first_chunk::<4>()
            .map_or(u32::MAX, |bytes| u32::from_le_bytes(*bytes));
        let word = tables::u32_at(image.code, at.wrapping_sub(layout.code_at) >> 2).unwrap_or(0);
        let refuse = |rule| Violation { at, word, rule };
        target_is_in_place(at, last, layout).map_err(refuse)?;
        target_claims_nothing(labels.find(at), image).map_err(refuse)?;
        target_lands(word).map_err(refuse)?;
        last = Some(at);
    }
    Ok(())
}

/// TGT-1, TGT-2. Targets are words of the code, strictly ascending.
///
/// Otherwise the kernel would write an address into the table that no rule has looked at.
fn target_is_in_place(at: u32, last: Option<u32>, layout: &CodeLayout) -> Result<(), Rule> {
    if last.is_some_and(|last| at <= last) {
        return Err(Rule::TargetOrder);
    }
    if at < layout.code_at || at >= layout.code_end || at & 3 != 0 {
        return Err(Rule::TargetPlace);
    }
    Ok(())
}

/// TGT-3. A target's label claims no facts, no frame, and K for x14: whoever calls it establishes no more.
///
/// Otherwise a function that believes its x0 to be guarded is called with any x0.
fn target_claims_nothing(label: Option<Label>, image: &Image<'_>) -> Result<(), Rule> {
    match label {
        Some(label)
            if label.registers == 0
                && label.class14 == BOUND_CLASS_STACK
                && tables::list(image.lists, label.list) == Some(0) =>
        {
            Ok(())
        }
        _ => Err(Rule::TargetLabel),
    }
}

/// TGT-4. A target begins with exactly `bti c`.
///
/// Otherwise the indirect call is a branch target exception, which at EL1 is an oops.
fn target_lands(word: u32) -> Result<(), Rule> {
    if word == BTI_C {
        Ok(())
    } else {
        Err(Rule::TargetWord)
    }
}
