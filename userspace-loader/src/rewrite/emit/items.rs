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
use crate::rewrite::place::small::{self, Small};
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
            Kind::Access => self.access(at, facts),
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
                self.sums.forget(1 << e::SCRATCH | 1 << 14);
            }
            Kind::Call(index) | Kind::Tail(index) => {
                self.need(Need::Function(index));
                self.put(item.from, word, item.note);
                self.forget_sums();
                if let Kind::Tail(_) = item.kind {
                    return Flows::Away;
                }
            }
            Kind::Gate(gate) => {
                self.need(Need::Gate(gate));
                self.put(item.from, word, item.note);
                self.forget_sums();
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
                self.sums.forget(item.insn.writes);
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
        self.forget_sums();
    }

    /// An access by the sum of two registers.
    fn by_sum(&mut self, at: usize, facts: &Facts) {
        let item = self.lowered.items[at];
        // What the access itself loads would be gone at once.
        let dead = !(self.live[at] | item.insn.writes);
        let register = self.sum(&item.insn, item.from, facts, dead);
        let word = item.insn.word;
        let (word, note) = match self.settings.guard {
            Profile::Mask => (e::at_register(word, register), NoteKind::Other),
            _ => (e::form_z(word, register), NoteKind::FormZ),
        };
        self.put(item.from, word, Some(note));
    }

    /// Whether the verifier will find the word that makes an index small.
    fn is_near(&self, small: &Small) -> bool {
        let entered = self.out.labels.last().map_or(0, |label| label.at as usize);
        let straight = self.out.words[entered..].iter().rev().take(small::WORDS);
        for insn in straight.map(|&word| decode(word)) {
            if matches!(insn.op, Op::B | Op::Bl | Op::Br | Op::Blr | Op::Ret) {
                return false;
            }
            if insn.writes & 1 << small.index != 0 {
                return small::bits_left(&insn).is_some();
            }
        }
        false
    }

    fn access(&mut self, at: usize, facts: &Facts) {
        let item = self.lowered.items[at];
        let insn = item.insn;
        let (word, base) = (insn.word, insn.n());
        let way = self.context.way(at, facts);
        match way {
            Way::Fact | Way::Free => self.put(item.from, word, item.note),
            Way::FormZ => {
                self.compare(item.from, base, facts);
                self.put(item.from, e::form_z(word, base), Some(NoteKind::FormZ));
            }
            Way::Biased => self.put(item.from, e::by_biased(word, base), Some(NoteKind::FormZ)),
            Way::Guard => {
                self.guard(item.from, base, base, facts);
                self.put(item.from, word, item.note);
            }
            Way::Scratch => {
                self.guard(item.from, e::SCRATCH, base, facts);
                let moved = decode(word).replace(N, base, e::SCRATCH);
                self.put(item.from, moved, item.note);
                self.sums.forget(1 << e::SCRATCH);
            }
            Way::Index | Way::GuardIndex => {
                let small = self.context.small_at(at);
                if let (Some(small), Way::GuardIndex) = (small, way) {
                    self.guard(item.from, small.base, small.base, facts);
                }
                match small.filter(|small| self.is_near(small)) {
                    Some(Small { base, index, .. }) => {
                        self.put(item.from, e::by_index(word, base, index), item.note)
                    }
                    None => self.by_sum(at, facts),
                }
            }
            Way::Sum => self.by_sum(at, facts),
        }
        self.sums.forget(insn.writes);
        debug_assert_ne!(base, REG_BASE);
    }
}
