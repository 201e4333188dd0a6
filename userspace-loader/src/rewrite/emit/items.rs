// SPDX-License-Identifier: GPL-2.0
//! The words of one item: guards made on demand, accesses in the form that the facts allow, calls.

use super::walk::{Emit, Flows};
use super::Need;
use crate::image::NoteKind;
use crate::rewrite::decode::{decode, Op, N};
use crate::rewrite::encode as e;
use crate::rewrite::facts::{is_guard, Facts, Span};
use crate::rewrite::lower::{Item, Kind};
use crate::rewrite::memory::{access_of, Mode};
use crate::rewrite::place::{bits, Way};
use crate::rewrite::stack::move_stack;
use lore_abi::contract::{REG_BASE, REG_STACK};
use lore_abi::image::Profile;

impl Emit<'_> {
    pub(super) fn item(&mut self, at: usize, facts: &Facts) -> Flows {
        let item = self.lowered.items[at];
        let word = item.insn.word;
        if self.stack.guards[at] {
            self.put(item.from, e::guard(14, 14), Some(NoteKind::StackGuard));
        }
        self.arguments(&item, at, facts);
        let checked = matches!(
            item.kind,
            Kind::Call(_) | Kind::Tail(_) | Kind::Table | Kind::Return
        );
        if checked {
            let stack = match self.stack.guards[at] {
                true => Some(Span::EXACT),
                false => facts.get(REG_STACK),
            };
            self.check(item.from, stack);
        }
        match item.kind {
            Kind::Access => self.access(&item, facts),
            Kind::Prefetch => {
                // A hint is not worth a guard.
                let access = access_of(word);
                if access.mode == Mode::Offset
                    && facts
                        .get(item.insn.n())
                        .is_some_and(|span| span.covers(&access))
                {
                    self.put(item.from, word, item.note);
                }
            }
            Kind::Adjust(delta) => {
                let span = facts.get(14).unwrap_or(Span::EXACT);
                let (words, _) = move_stack(delta, self.stack.touch, span);
                for &word in words.words() {
                    let note = if is_guard(word) {
                        Some(NoteKind::StackGuard)
                    } else if decode(word).op == Op::AddImm {
                        None
                    } else {
                        Some(NoteKind::Other)
                    };
                    self.put(item.from, word, note);
                }
                self.forget_sum(1 << e::SCRATCH | 1 << 14);
            }
            Kind::Call(index) | Kind::Tail(index) => {
                self.need(Need::Function(index));
                self.put(item.from, word, item.note);
                self.sum = None;
                if let Kind::Tail(_) = item.kind {
                    return Flows::Away;
                }
            }
            Kind::Gate(gate) => {
                self.need(Need::Gate(gate));
                self.put(item.from, word, item.note);
                self.sum = None;
            }
            Kind::Table => self.table_call(&item),
            Kind::Return => {
                self.put(item.from, word, item.note);
                return Flows::Return;
            }
            Kind::Trap => {
                self.put(item.from, word, item.note);
                return Flows::Trap;
            }
            Kind::Plain | Kind::Jump(_) | Kind::Cond(_) => {
                self.put(item.from, word, item.note);
                self.forget_sum(item.insn.writes);
            }
        }
        Flows::On
    }

    /// Guards of what a callee claims and nobody knows yet.
    fn arguments(&mut self, item: &Item, at: usize, facts: &Facts) {
        let (Kind::Call(callee) | Kind::Tail(callee)) = item.kind else {
            return;
        };
        let guards = self.context.argument_guards(at, facts);
        for register in bits(guards) {
            self.guard(item.from, register, register, facts);
        }
        let unmet = self.context.lacking(at, facts) & !guards;
        if unmet != 0 {
            self.out.unmet.push((callee, unmet));
        }
    }

    pub(super) fn forget_sum(&mut self, written: u32) {
        if let Some(sum) = self.sum {
            if written & (1 << sum.n | 1 << sum.m | 1 << e::SCRATCH) != 0 {
                self.sum = None;
            }
        }
    }

    fn table_call(&mut self, item: &Item) {
        let note = Some(NoteKind::Table);
        self.put(
            item.from,
            e::table_mask(item.insn.n(), self.settings.table_len),
            note,
        );
        self.need(Need::Table);
        self.put(item.from, e::adrp_link(0), note);
        self.put(item.from, e::TABLE_LOAD, note);
        self.put(item.from, e::TABLE_CALL, note);
        self.sum = None;
    }

    fn access(&mut self, item: &Item, facts: &Facts) {
        let insn = item.insn;
        let (word, base) = (insn.word, insn.n());
        match self.context.way(item, facts) {
            Way::Fact | Way::Free => self.put(item.from, word, item.note),
            Way::FormZ => {
                self.compare(item.from, base, facts);
                self.put(item.from, e::form_z(word, base), Some(NoteKind::FormZ));
            }
            Way::Guard => {
                self.guard(item.from, base, base, facts);
                self.put(item.from, word, item.note);
            }
            Way::Scratch => {
                self.guard(item.from, e::SCRATCH, base, facts);
                let moved = decode(word).replace(N, base, e::SCRATCH);
                self.put(item.from, moved, item.note);
                self.sum = None;
            }
            Way::Sum => {
                self.sum(&item.insn, item.from, facts);
                let (word, note) = match self.settings.guard {
                    Profile::Mask => (e::at_register(word, e::SCRATCH), NoteKind::Other),
                    _ => (e::form_z(word, e::SCRATCH), NoteKind::FormZ),
                };
                self.put(item.from, word, Some(note));
            }
        }
        self.forget_sum(insn.writes);
        debug_assert_ne!(base, REG_BASE);
    }
}
