// SPDX-License-Identifier: GPL-2.0
//! Ways out of a function that end in trap words behind it: of checks of fuel, in metered images, before each word that
//! can make others run again; and of compares, in the profile `match`.

use super::walk::Emit;
use super::LocalLabel;
use crate::image::NoteKind;
use crate::rewrite::encode as e;
use crate::rewrite::facts::{Facts, Span};
use lore_abi::contract::{
    bound_of_class, BOUND_CLASS_MAX, BOUND_CLASS_STACK, REG_STACK, TRAP_WORD,
};

/// How many words ahead `tbz` and `tbnz` reach.
const TBZ_WORDS: u32 = 1 << 13;

/// The ways out of a function so far.
#[derive(Default)]
pub(super) struct Exits {
    /// Branches of checks, by word: they share a trap word.
    fuel: Vec<u32>,
    /// Branches of compares, and what they stand for: each has a trap word of its own.
    wild: Vec<(u32, u32)>,
    /// Where x14 was, at the farthest.
    distance: i32,
}

impl Exits {
    /// x14 lies in `stack` at one of them.
    fn leave_with(&mut self, stack: Option<Span>) {
        let distance = stack.map_or(i32::MAX, Span::distance);
        self.distance = self.distance.max(distance);
    }

    /// Whether a check has waited for its trap word for half as far as its branch reaches, before the word at `at`.
    pub(super) fn wait_long(&self, at: u32) -> bool {
        self.fuel
            .first()
            .is_some_and(|first| at - first > TBZ_WORDS / 2)
    }

    /// The bound of x14 wherever it leaves.
    fn class14(&self) -> u8 {
        (BOUND_CLASS_STACK..BOUND_CLASS_MAX)
            .find(|&class| bound_of_class(class) >= Some(self.distance))
            .unwrap_or(BOUND_CLASS_MAX)
    }

    /// The word at `at`, part of what stands for the word `from` of the object, leads out if a pointer is wild.
    pub(super) fn wild(&mut self, at: u32, from: u32, facts: &Facts) {
        self.leave_with(facts.get(REG_STACK));
        self.wild.push((at, from));
    }
}

impl Emit<'_> {
    /// A check, if the image is metered; x14 lies in `stack`. What it is for has to follow directly.
    ///
    /// Each charge is 1: the kernel counts every stretch between checks as long as the whole image, whatever is charged.
    pub(super) fn check(&mut self, from: u32, stack: Option<Span>) {
        if !self.settings.metered {
            return;
        }
        self.exits.leave_with(stack);
        self.put(from, e::FUEL_CHARGE, Some(NoteKind::Fuel));
        self.exits.fuel.push(self.at());
        self.put(from, e::FUEL_EXIT, Some(NoteKind::Fuel));
    }

    /// The trap words that the ways out so far lead to; the last one.
    pub(super) fn trap_words(&mut self) -> Option<u32> {
        let exits = std::mem::take(&mut self.exits);
        let class14 = exits.class14();
        let mut last = None;
        for (exit, from) in exits.wild {
            let at = self.trap_word(from, NoteKind::Wild, class14);
            self.lead(exit, at);
            last = Some(at);
        }
        if !exits.fuel.is_empty() {
            let at = self.trap_word(0, NoteKind::Trap, class14);
            for exit in exits.fuel {
                self.lead(exit, at);
            }
            last = Some(at);
        }
        last
    }

    /// The same behind the function.
    pub(super) fn last_trap_words(&mut self) {
        let class14 = self.exits.class14();
        if let Some(at) = self.trap_words() {
            self.out.closed = class14 > BOUND_CLASS_STACK;
            if self.out.closed {
                // The next function claims more of x14 than is known behind this trap word.
                self.lead_back(at);
            }
        }
    }

    /// A trap word with a label; its place.
    fn trap_word(&mut self, from: u32, note: NoteKind, class14: u8) -> u32 {
        let at = self.at();
        self.label_word(LocalLabel {
            at,
            registers: 0,
            class: 0,
            class14,
            list: 0,
        });
        self.put(from, TRAP_WORD, Some(note));
        at
    }
}
