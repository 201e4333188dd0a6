// SPDX-License-Identifier: GPL-2.0
//! Checks of fuel, in metered images: before each word that can make others run again, and a trap word at the
//! function's end where they lead when the fuel is used up.

use super::walk::Emit;
use super::LocalLabel;
use crate::image::NoteKind;
use crate::rewrite::encode as e;
use crate::rewrite::facts::Span;
use lore_abi::contract::{bound_of_class, BOUND_CLASS_MAX, BOUND_CLASS_STACK, TRAP_WORD};

/// The checks of a function so far.
#[derive(Default)]
pub(super) struct Checks {
    /// Their branches, by word.
    exits: Vec<u32>,
    /// Where x14 was, at the farthest.
    distance: i32,
}

impl Emit<'_> {
    /// A check, if the image is metered; x14 lies in `stack`. What it is for has to follow directly.
    ///
    /// Each charge is 1: the kernel counts every stretch between checks as long as the whole image, whatever is charged.
    pub(super) fn check(&mut self, from: u32, stack: Option<Span>) {
        if !self.settings.metered {
            return;
        }
        self.checks.distance = self
            .checks
            .distance
            .max(stack.map_or(i32::MAX, Span::distance));
        self.put(from, e::FUEL_CHARGE, Some(NoteKind::Fuel));
        self.checks.exits.push(self.at());
        self.put(from, e::FUEL_EXIT, Some(NoteKind::Fuel));
    }

    /// The trap word that the checks lead to.
    pub(super) fn end_of_fuel(&mut self) {
        if self.checks.exits.is_empty() {
            return;
        }
        let at = self.at();
        let class14 = (BOUND_CLASS_STACK..BOUND_CLASS_MAX)
            .find(|&class| bound_of_class(class) >= Some(self.checks.distance))
            .unwrap_or(BOUND_CLASS_MAX);
        self.label_word(LocalLabel {
            at,
            registers: 0,
            class: 0,
            class14,
            list: 0,
        });
        self.put(0, TRAP_WORD, Some(NoteKind::Trap));
        for exit in std::mem::take(&mut self.checks.exits) {
            self.lead(exit, at);
        }
        self.out.closed = class14 > BOUND_CLASS_STACK;
        if self.out.closed {
            // The next function claims more of x14 than is known behind this trap word.
            self.lead_back(at);
        }
    }
}
