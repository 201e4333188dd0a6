// SPDX-License-Identifier: GPL-2.0
//! The pass: one look at every word, in order, with the state that holds before it.
//!
//! ```text
//!             +-- label here? the state must establish its claims, then they are the state
//!   word  ----+-- class, effects --> rules --> the state after it
//!             +-- branch? the state must establish the claims of the target's label
//! ```

use crate::classes::{find, Class};
use crate::facts::{Facts, Interval};
use crate::frames::FrameList;
use crate::index::Entry;
use crate::insn::{self, Access};
use crate::rules::{control, frame, labels, memory, registers, stack};
use crate::tables::{self, u32_at, Labels, Places};
use crate::{Image, Policy, Violation};
use lore_abi::contract::{REG_BASE, REG_SHADOW, TRAP_WORD};
use lore_abi::image::Label;
use lore_abi::rule::Rule;
use lore_sandbox::code::CodeLayout;

/// How control comes to the word at hand from the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// It may.
    Live,
    /// Not at all: there is no word before.
    Start,
    /// Only by speculation past a `ret`.
    Returned,
    /// Only in the shadow of the trap word's fault.
    Trapped,
    /// Not at all: the word before is `b`.
    Cut,
}

/// How an edge reaches a label.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Branch,
    FallThrough,
}

/// What holds before a word.
struct State {
    facts: Facts,
    list: FrameList,
    reach: Reach,
}

/// A refusal of the word at hand, or of one near it.
enum Refusal {
    Here(Rule),
    At(u32, Rule),
}

impl From<Rule> for Refusal {
    fn from(rule: Rule) -> Refusal {
        Refusal::Here(rule)
    }
}

struct Pass<'a> {
    image: &'a Image<'a>,
    policy: &'a Policy,
    layout: &'a CodeLayout,
    labels: Places<'a>,
    /// Number of the first label that is not behind the word at hand, and its place.
    next: usize,
    next_at: u32,
    state: State,
}

/// Looks at every word.
pub fn run(image: &Image<'_>, policy: &Policy, layout: &CodeLayout) -> Result<(), Violation> {
    let labels = Labels::new(image.labels);
    let mut pass = Pass {
        image,
        policy,
        layout,
        labels: Places::new(labels, layout.code_at, layout.code_end),
        next: 0,
        next_at: labels.place(0),
        state: State {
            facts: Facts::afar(),
            list: FrameList::EMPTY,
            reach: Reach::Start,
        },
    };
    let code = image.code;
    let mut done = 0usize;
    while let Some(bytes) = code.get(done..).and_then(<[u8]>::first_chunk::<4>) {
        let word = u32::from_le_bytes(*bytes);
        // Cannot wrap or lose: the layout keeps every offset below 2^31.
        let at = layout.code_at.wrapping_add(done as u32);
        match pass.step(at, word) {
            Ok(len) => done = done.wrapping_add(len),
            Err(Refusal::Here(rule)) => return Err(Violation { at, word, rule }),
            Err(Refusal::At(at, rule)) => {
                return Err(Violation {
                    at,
                    word: pass.word(at).unwrap_or(0),
                    rule,
                });
            }
        }
    }
    Ok(())
}

/// Bytes of a word, and of what is left of a table sequence from its second word on.
const WORD_LEN: usize = 4;
const SEQUENCE_REST_LEN: usize = 12;

impl Pass<'_> {
    /// The code's word at a region offset.
    #[inline]
    fn word(&self, at: u32) -> Option<u32> {
        u32_at(self.image.code, at.checked_sub(self.layout.code_at)? >> 2)
    }

    /// Judges one word, or one table sequence; the answer is its length.
    #[inline(always)]
    fn step(&mut self, at: u32, word: u32) -> Result<usize, Refusal> {
        let labelled = self.next_at == at;
        if labelled {
            self.arrive()?;
        } else if self.state.reach != Reach::Live {
            self.go_on(word)?;
        }
        let row = find(word, self.policy.features)?;
        if row.is_branch {
            return self.leap(at, word, row, labelled);
        }
        self.compute(word, row)?;
        if word == TRAP_WORD {
            self.trap(labelled);
        }
        Ok(WORD_LEN)
    }

    /// Judges a word that transfers control; the answer is that of `step`.
    #[inline]
    fn leap(&mut self, at: u32, word: u32, row: &Entry, labelled: bool) -> Result<usize, Refusal> {
        match row.class {
            Class::BranchIf | Class::BranchZero | Class::BranchBit => {
                let (reads, writes) = row.shape.registers(word);
                registers::check(reads, writes)?;
                self.branch(insn::branch_target(at, word, row.class))?;
            }
            Class::Branch => {
                self.branch(insn::branch_target(at, word, Class::Branch))?;
                self.state.reach = Reach::Cut;
            }
            Class::Call => self.call(at, word)?,
            Class::Return => self.leave()?,
            Class::TablePage => {
                self.call_by_table(at, word, labelled)?;
                return Ok(SEQUENCE_REST_LEN);
            }
            Class::TableLoad => return Err(Rule::TableSequence.into()),
            Class::TableCall => control::table_call_stands_alone()?,
            // Not reached, since `is_branch` lists the arms above; refused should that ever change.
            _ => return Err(Rule::UnknownInstruction.into()),
        }
        Ok(WORD_LEN)
    }

    /// Enters a labelled word.
    #[inline]
    fn arrive(&mut self) -> Result<(), Rule> {
        let label = self
            .labels
            .labels()
            .get(self.next)
            .ok_or(Rule::LabelOrder)?;
        if !matches!(self.state.reach, Reach::Start | Reach::Cut) {
            self.agree(&label, Edge::FallThrough)?;
        }
        labels::take_claims(&mut self.state.facts, &label)?;
        self.state.list = labels::list_of(&label, self.image.lists, self.state.list)?;
        self.state.reach = Reach::Live;
        self.next = self.next.saturating_add(1);
        self.next_at = self.labels.labels().place(self.next);
        Ok(())
    }

    /// Enters a word without a label, past one that does not just go on.
    #[inline(never)]
    fn go_on(&mut self, word: u32) -> Result<(), Rule> {
        match self.state.reach {
            Reach::Live | Reach::Returned | Reach::Trapped => {}
            // A first word without a label is reached by nothing, like one behind `ret`.
            Reach::Start => self.state.reach = Reach::Returned,
            Reach::Cut => {
                control::something_follows(word)?;
                // Nothing reaches the word. Behind it comes what may be called from afar.
                self.state.facts.keep(0);
                self.state.list = FrameList::EMPTY;
            }
        }
        Ok(())
    }

    /// An edge from the state at hand into a label.
    #[inline]
    fn agree(&self, label: &Label, edge: Edge) -> Result<(), Rule> {
        labels::claims_are_established(&self.state.facts, label)?;
        let list = tables::list(self.image.lists, label.list).ok_or(Rule::LabelList)?;
        if self.state.list.bits() == list || self.may_differ(label, list, edge) {
            Ok(())
        } else {
            Err(Rule::ListsDiffer)
        }
    }

    /// FRM-7. Frame lists agree on every edge, but for edges into the trap word and from where control never is.
    ///
    /// Otherwise a pop behind the label takes another slot than was pushed. In the shadow of a trap's fault the words
    /// behind it run all the same until the fault is taken, so there the lists agree too, unless the label's is empty:
    /// a function that begins reads only slots that it has written.
    fn may_differ(&self, label: &Label, list: u64, edge: Edge) -> bool {
        if self.word(label.at) == Some(TRAP_WORD) {
            return true;
        }
        match self.state.reach {
            Reach::Live | Reach::Start | Reach::Cut => false,
            Reach::Trapped => list == FrameList::EMPTY.bits(),
            Reach::Returned => edge == Edge::FallThrough && self.state.list.is_empty(),
        }
    }

    /// A direct branch that is no call.
    fn branch(&self, target: Option<i64>) -> Result<(), Rule> {
        let target = control::branch_stays_inside(target, self.layout)?;
        let label = control::target_has_label(target, &self.labels)?;
        self.agree(&label, Edge::Branch)
    }

    /// `bl`.
    fn call(&mut self, at: u32, word: u32) -> Result<(), Rule> {
        frame::call_has_link_pushed(self.state.list)?;
        stack::is_bounded_at_call(&self.state.facts)?;
        let target = insn::branch_target(at, word, Class::Call);
        match control::call_stays_inside(target, self.layout)? {
            control::Callee::Gate => {}
            control::Callee::Own(target) => {
                let label = control::target_has_label(target, &self.labels)?;
                let list = tables::list(self.image.lists, label.list).ok_or(Rule::LabelList)?;
                frame::callee_has_no_frame(list)?;
                labels::claims_are_established(&self.state.facts, &label)?;
            }
        }
        self.come_back();
        Ok(())
    }

    /// The state behind a call: what every callee gives back.
    fn come_back(&mut self) {
        self.state
            .facts
            .keep(if self.policy.strict { 0 } else { frame::SAVED });
    }

    /// `ret`.
    fn leave(&mut self) -> Result<(), Rule> {
        frame::return_has_no_frame(self.state.list)?;
        stack::is_bounded_at_call(&self.state.facts)?;
        // Behind it nothing is known, because of straight-line speculation.
        self.state.facts.keep(0);
        self.state.reach = Reach::Returned;
        Ok(())
    }

    /// The table sequence, from its `adrp` on. Its first word has been judged like any `and`.
    fn call_by_table(&mut self, at: u32, page: u32, labelled: bool) -> Result<(), Refusal> {
        let near = |offset: i32| at.checked_add_signed(offset);
        let word = |offset: i32| near(offset).and_then(|at| self.word(at));
        let words = control::Sequence {
            mask: word(-4),
            page,
            load: word(4),
            call: word(8),
        };
        if let Err(offset) = control::table_sequence_is_whole(at, &words, self.layout) {
            // A word that the code does not have is missed where the code ends.
            let at = near(offset)
                .filter(|&at| self.word(at).is_some())
                .unwrap_or(at);
            return Err(Refusal::At(at, Rule::TableSequence));
        }
        if labelled {
            return Err(Rule::LabelInSequence.into());
        }
        let end = near(12).ok_or(Rule::TooLarge)?;
        if self.next_at < end {
            return Err(Refusal::At(self.next_at, Rule::LabelInSequence));
        }
        frame::call_has_link_pushed(self.state.list)?;
        stack::is_bounded_at_call(&self.state.facts)?;
        self.come_back();
        Ok(())
    }

    /// The trap word: nothing gets behind it but speculation.
    fn trap(&mut self, labelled: bool) {
        self.state.reach = Reach::Trapped;
        if labelled {
            // Edges into it need not agree, so the list is not known: nothing may be popped.
            self.state.list = FrameList::EMPTY;
        }
    }

    /// A word that computes or accesses memory.
    #[inline(always)]
    fn compute(&mut self, word: u32, row: &Entry) -> Result<(), Rule> {
        let (reads, writes) = row.shape.registers(word);
        let Some(touch) = &row.shape.touch else {
            registers::check(reads, writes)?;
            frame::saved_is_pushed(writes, self.state.list)?;
            if !row.derives {
                self.state.facts.forget(writes);
                return Ok(());
            }
            let made = self.derive(word, row.class);
            self.state.facts.forget(writes);
            if let Some((register, interval)) = made {
                self.state.facts.set(register, interval);
            }
            return Ok(());
        };
        let access = touch.access(word);
        if access.base == REG_SHADOW {
            return self.move_shadow(word, writes);
        }
        registers::check(reads, writes)?;
        frame::saved_is_pushed(writes, self.state.list)?;
        let made = self.access(&access, writes)?;
        self.state.facts.forget(writes);
        if let Some(interval) = made {
            self.state.facts.set(access.base, interval);
        }
        Ok(())
    }

    /// A push or a pop.
    #[inline(never)]
    fn move_shadow(&mut self, word: u32, writes: u32) -> Result<(), Rule> {
        let moved = frame::shadow_access_is_a_move(word)?;
        self.state.list = frame::move_fits_list(moved, self.state.list)?;
        self.state.facts.forget(writes);
        Ok(())
    }

    /// An access: the fact that it needs, and the one about its base that it leaves.
    #[inline(always)]
    fn access(&self, access: &Access, writes: u32) -> Result<Option<Interval>, Rule> {
        let Some(before) = memory::base_covers_access(access, &self.state.facts)? else {
            return Ok(None);
        };
        // With write-back, the base is written by nothing else: that would be constrained unpredictable.
        let written = writes & 1u32.wrapping_shl(u32::from(access.base)) != 0;
        if written && access.step.is_none() {
            return Ok(None);
        }
        let touch = |interval: Interval, offset: i32| {
            if access.kind.surely_touches() {
                interval.touched(offset, access.size)
            } else {
                interval
            }
        };
        Ok(match access.step {
            None => Some(touch(before, access.offset)),
            // Pre-index: the step is the offset, and the address is the new base.
            Some(step) if access.offset != 0 => before.shifted(step).map(|new| touch(new, 0)),
            Some(step) => touch(before, 0).shifted(step),
        })
    }

    /// The fact that a computation makes of facts.
    #[inline]
    fn derive(&self, word: u32, class: Class) -> Option<(u8, Interval)> {
        let d = insn::rd(word) as u8; // Lossless, like the two below: five bits.
        let (n, m) = (insn::rn(word) as u8, insn::rm(word) as u8);
        match class {
            Class::AddSubImm64 => {
                let imm = insn::add_sub_imm(word);
                if n == REG_BASE && imm >= 0 {
                    return Some((d, Interval::INSIDE));
                }
                Some((d, self.state.facts.of(n)?.shifted(imm)?))
            }
            // add xD, x15, wN, uxtw
            Class::AddSubExtended if word & 0xffe0_ffe0 == 0x8b20_41e0 => {
                Some((d, Interval::INSIDE))
            }
            // mov xD, xS
            Class::LogicalShifted if word & 0xffe0_ffe0 == 0xaa00_03e0 => {
                Some((d, self.state.facts.of(m)?))
            }
            _ => None,
        }
    }
}
