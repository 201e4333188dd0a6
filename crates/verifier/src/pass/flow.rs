// SPDX-License-Identifier: GPL-2.0
//! Where control goes: labels, branches, calls, returns, and what holds behind each.

use super::{Pass, Reach, NO_LABEL};
use crate::classes::Class;
use crate::frames::FrameList;
use crate::insn;
use crate::profile::Contract;
use crate::rules::{control, frame, labels, stack};
use crate::shape::Shape;
use crate::tables;
use lore_abi::contract::TRAP_WORD;
use lore_abi::image::Label;
use lore_abi::rule::Rule;

/// How an edge reaches a label.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Edge {
    Branch,
    FallThrough,
}

/// Bytes of a table sequence from its second word, `adrp`, on.
const SEQUENCE_LEN: u32 = 12;

impl<C: Contract> Pass<'_, C> {
    /// Judges a word that transfers control.
    #[inline(always)]
    pub(super) fn transfer(
        &mut self,
        at: u32,
        word: u32,
        class: Class,
        shape: Shape,
    ) -> Result<(), Rule> {
        match class {
            Class::BranchIf | Class::BranchZero | Class::BranchBit => {
                let (reads, writes) = shape.registers(word);
                self.may_name(word, reads, writes)?;
                self.branch(insn::branch_target(at, word, class))?;
            }
            Class::Branch => {
                self.branch(insn::branch_target(at, word, class))?;
                self.state.reach = Reach::Cut;
                // Cannot wrap: see `run`.
                self.stop = at.wrapping_add(4);
            }
            Class::Call => self.call(at, word)?,
            Class::Return => self.leave()?,
            Class::TablePage => self.call_by_table(at, word)?,
            // Judged with the `adrp` before.
            Class::TableLoad | Class::TableCall if at < self.sequence_end => {}
            Class::TableLoad => return Err(Rule::TableSequence),
            Class::TableCall => control::table_call_stands_alone()?,
            // Not reached, since `is_branch` lists the arms above; refused should that ever change.
            _ => return Err(Rule::UnknownInstruction),
        }
        Ok(())
    }

    /// Enters a labelled word.
    #[inline(always)]
    pub(super) fn arrive(&mut self, at: u32) -> Result<(), Rule> {
        let label = self.next;
        if !matches!(self.state.reach, Reach::Start | Reach::Cut) {
            self.agree(&label, Edge::FallThrough)?;
        }
        labels::take_claims(&mut self.state.facts, &label)?;
        if self.state.list_number != Some(label.list) {
            let list = labels::list_of(&label, self.image.lists)?;
            self.state.set_list(list, Some(label.list));
        }
        self.state.reach = Reach::Live;
        self.entered = at;
        self.find_next();
        Ok(())
    }

    /// Goes on to the next label.
    #[inline(always)]
    pub(super) fn find_next(&mut self) {
        self.next = self.later.next().unwrap_or(NO_LABEL);
    }

    /// Enters a word without a label, past one that does not just go on.
    #[inline(never)]
    pub(super) fn go_on(&mut self, word: u32) -> Result<(), Rule> {
        match self.state.reach {
            Reach::Live | Reach::Returned | Reach::Trapped => {}
            // A first word without a label is reached by nothing, like one behind `ret`.
            Reach::Start => self.state.reach = Reach::Returned,
            Reach::Cut => {
                control::something_follows(word)?;
                // Nothing reaches the word. Behind it comes what may be called from afar.
                self.state.facts.keep(0);
                self.state.set_list(FrameList::EMPTY, None);
            }
        }
        Ok(())
    }

    /// An edge from the state at hand into a label.
    #[inline(always)]
    fn agree(&mut self, label: &Label, edge: Edge) -> Result<(), Rule> {
        labels::claims_are_established(&self.state.facts, label)?;
        if self.state.list_number == Some(label.list) {
            return Ok(());
        }
        self.lists_agree(label, edge)
    }

    /// The frame lists of an edge, compared as they are.
    #[inline(never)]
    fn lists_agree(&mut self, label: &Label, edge: Edge) -> Result<(), Rule> {
        let list = tables::list(self.image.lists, label.list).ok_or(Rule::LabelList)?;
        if self.state.list.bits() == list {
            self.state.list_number = Some(label.list);
            Ok(())
        } else if self.may_differ(label, list, edge) {
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
    #[inline(always)]
    fn branch(&mut self, target: Option<i64>) -> Result<(), Rule> {
        let target = control::branch_stays_inside(target, self.layout)?;
        let label = control::target_has_label(target, &self.places)?;
        self.agree(&label, Edge::Branch)
    }

    /// `bl`.
    #[inline(always)]
    fn call(&mut self, at: u32, word: u32) -> Result<(), Rule> {
        frame::call_has_link_pushed(self.state.list)?;
        stack::is_bounded_at_call(&self.state.facts)?;
        let target = insn::branch_target(at, word, Class::Call);
        match control::call_stays_inside(target, self.layout)? {
            control::Callee::Gate => {}
            control::Callee::Own(target) => {
                let label = control::target_has_label(target, &self.places)?;
                frame::callee_has_no_frame(&label, self.image.lists)?;
                labels::claims_are_established(&self.state.facts, &label)?;
            }
        }
        self.come_back();
        Ok(())
    }

    /// The state behind a call: what every callee gives back.
    #[inline(always)]
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
    #[inline(never)]
    fn call_by_table(&mut self, at: u32, page: u32) -> Result<(), Rule> {
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
            self.elsewhere = Some(at);
            return Err(Rule::TableSequence);
        }
        if self.entered == at {
            return Err(Rule::LabelInSequence);
        }
        let end = at.checked_add(SEQUENCE_LEN).ok_or(Rule::TooLarge)?;
        if self.next.at < end {
            self.elsewhere = Some(self.next.at);
            return Err(Rule::LabelInSequence);
        }
        frame::call_has_link_pushed(self.state.list)?;
        stack::is_bounded_at_call(&self.state.facts)?;
        self.come_back();
        self.sequence_end = end;
        Ok(())
    }

    /// The trap word: nothing gets behind it but speculation.
    pub(super) fn trap(&mut self, at: u32) {
        self.state.reach = Reach::Trapped;
        if self.entered == at {
            // Edges into it need not agree, so the list is not known: nothing may be popped.
            self.state.set_list(FrameList::EMPTY, None);
        }
    }
}
