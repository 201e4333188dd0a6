// SPDX-License-Identifier: GPL-2.0
//! MTR: metered images, which end by themselves where no timer interrupt can end them.
//!
//! ```text
//!   sub  x9, x9, #n        n from 1 to 4095
//!   tbnz x9, #63, T        T a trap word
//!   <backward branch, bl of own code, table sequence, ret>
//! ```
//!
//! These rules come after the pass, in a pass of their own: only metered images pay for them, and each word is known to be
//! one of the table.

use crate::classes::{lookup, Class};
use crate::insn::{branch_target, effects_of};
use crate::tables::{u32_at, Labels};
use crate::{Image, Policy, Violation};
use lore_abi::contract::{REG_FUEL, TRAP_WORD};
use lore_abi::image::FLAG_METERED;
use lore_abi::rule::Rule;
use lore_sandbox::code::CodeLayout;
use lore_sandbox::fuel::METERED_CODE_MAX;

/// The rules, on an image that has passed all others.
pub fn check(image: &Image<'_>, policy: &Policy, layout: &CodeLayout) -> Result<(), Violation> {
    if image.flags & FLAG_METERED == 0 {
        return Ok(());
    }
    code_is_small(layout)?;
    let meter = Meter { image, layout };
    let labels = Labels::new(image.labels);
    let (mut at, mut next) = (layout.code_at, 0usize);
    // Bit n: the word n words before the one at hand has a label.
    let mut labelled = 0u32;
    while let Some(word) = meter.word(Some(at)) {
        let here = labels.get(next).is_some_and(|label| label.at == at);
        next = next.saturating_add(usize::from(here));
        labelled = labelled << 1 | u32::from(here);
        // Each word was found in the table before; refused should that ever change.
        lookup(word, policy.features)
            .ok_or(Rule::UnknownInstruction)
            .and_then(|class| meter.judge(at, word, class, labelled))
            .map_err(|rule| Violation { at, word, rule })?;
        at = at.wrapping_add(4); // The layout keeps offsets below 2^31.
    }
    Ok(())
}

/// MTR-5. The code is small enough for fuel times size to be a short time.
///
/// Otherwise a straight line of a million loads that miss the cache runs between two checks.
fn code_is_small(layout: &CodeLayout) -> Result<(), Violation> {
    let len = layout.code_end.saturating_sub(layout.code_at);
    if u64::from(len) <= METERED_CODE_MAX {
        Ok(())
    } else {
        Err(Violation {
            at: 0,
            word: len,
            rule: Rule::MeteredSize,
        })
    }
}

/// MTR-1. x9 is written by `sub x9, x9, #n` alone, n from 1 to 4095.
///
/// Otherwise `mov x9, #-1; lsr x9, x9, #1` is fuel for ever.
fn fuel_is_written_by_check(word: u32) -> Result<(), Rule> {
    if is_charge(word) {
        Ok(())
    } else {
        Err(Rule::FuelWritten)
    }
}

/// MTR-2. `sub x9, x9, #n` is followed by `tbnz x9, #63, T`, T a trap word.
///
/// Otherwise the branch is never taken, or goes to where the function goes on.
fn check_is_whole(branch: Option<u32>, goal: Option<u32>) -> Result<(), Rule> {
    if branch.is_some_and(is_exit) && goal == Some(TRAP_WORD) {
        Ok(())
    } else {
        Err(Rule::CheckBroken)
    }
}

/// MTR-3. A check stands directly before what can run a word again: a backward branch, a call, a table sequence, a `ret`.
///
/// Otherwise a loop, or a recursion without a loop, costs no fuel.
fn check_stands_before(charge: Option<u32>, branch: Option<u32>) -> Result<(), Rule> {
    if charge.is_some_and(is_charge) && branch.is_some_and(is_exit) {
        Ok(())
    } else {
        Err(Rule::Unchecked)
    }
}

/// MTR-4. Of a check and what it stands before, only the first word has a label.
///
/// Otherwise a branch to the second word skips the charge, one to the third all of it.
fn check_is_entered_at_its_start(labelled: u32) -> Result<(), Rule> {
    if labelled & 0b11 == 0 {
        Ok(())
    } else {
        Err(Rule::LabelInCheck)
    }
}

/// `sub x9, x9, #n`, n not 0.
const fn is_charge(word: u32) -> bool {
    let x9 = REG_FUEL as u32;
    word & 0xffc0_03ff == 0xd100_0000 | x9 << 5 | x9 && word & 0x003f_fc00 != 0
}

/// `tbnz x9, #63, T`.
const fn is_exit(word: u32) -> bool {
    word & 0xfff8_001f == 0xb7f8_0000 | REG_FUEL as u32
}

struct Meter<'a> {
    image: &'a Image<'a>,
    layout: &'a CodeLayout,
}

impl Meter<'_> {
    /// The code's word at a region offset.
    fn word(&self, at: Option<u32>) -> Option<u32> {
        u32_at(self.image.code, at?.checked_sub(self.layout.code_at)? >> 2)
    }

    fn judge(&self, at: u32, word: u32, class: Class, labelled: u32) -> Result<(), Rule> {
        let goal = branch_target(at, word, class);
        match class {
            Class::Return => self.checked(Some(at), labelled),
            // The check stands before the mask, which is the sequence's first word.
            Class::TablePage => self.checked(at.checked_sub(4), labelled >> 1),
            // A gate takes its fuel itself.
            Class::Call if self.is_own(goal) => self.checked(Some(at), labelled),
            Class::Branch | Class::BranchIf | Class::BranchZero | Class::BranchBit
                if goal.is_none_or(|goal| goal <= i64::from(at)) && !self.is_trap(goal) =>
            {
                self.checked(Some(at), labelled)
            }
            _ if effects_of(word, class).writes & 1 << REG_FUEL != 0 => {
                fuel_is_written_by_check(word)?;
                let behind = at.checked_add(4);
                let branch = self.word(behind);
                let goal = branch.and_then(|branch| {
                    let to = branch_target(behind?, branch, Class::BranchBit)?;
                    self.word(u32::try_from(to).ok())
                });
                check_is_whole(branch, goal)
            }
            _ => Ok(()),
        }
    }

    /// A check stands before the word at `at`.
    fn checked(&self, at: Option<u32>, labelled: u32) -> Result<(), Rule> {
        let before = |bytes| self.word(at.and_then(|at| at.checked_sub(bytes)));
        check_stands_before(before(8), before(4))?;
        check_is_entered_at_its_start(labelled)
    }

    /// Whether a call goes to the image's own code.
    fn is_own(&self, goal: Option<i64>) -> bool {
        goal.is_none_or(|goal| goal >= i64::from(self.layout.code_at))
    }

    /// Whether a branch ends at a trap word, behind which nothing is.
    fn is_trap(&self, goal: Option<i64>) -> bool {
        self.word(goal.and_then(|goal| u32::try_from(goal).ok())) == Some(TRAP_WORD)
    }
}
