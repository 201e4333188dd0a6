// SPDX-License-Identifier: GPL-2.0
//! STK: how far x14, the data stack pointer, may be outside the window.

use crate::facts::{Facts, Interval};
use lore_abi::contract::REG_STACK;
use lore_abi::rule::Rule;

/// STK-1. At a call, gate calls included, and at a return, x14 is within K of the window.
///
/// Whoever runs next relies on it. Otherwise a function that ends in `sub x14, x14, #4080; ret`, called often enough,
/// carries x14 out of the band.
#[inline(always)]
pub fn is_bounded_at_call(facts: &Facts) -> Result<(), Rule> {
    if facts.is_within(REG_STACK, Interval::STACK) {
        Ok(())
    } else {
        Err(Rule::StackAtCall)
    }
}

/// STK-2. An edge into a label establishes the label's bound of x14.
///
/// Otherwise a loop around `sub x14, x14, #512` carries it out of the band.
#[inline(always)]
pub fn is_bounded_at_label(facts: &Facts, bound: Interval) -> Result<(), Rule> {
    if facts.is_within(REG_STACK, bound) {
        Ok(())
    } else {
        Err(Rule::StackAtLabel)
    }
}
