// SPDX-License-Identifier: GPL-2.0
//! Block by block: labels, the words that part blocks, guards at the ends, and branches within the function.

use super::exits::Exits;
use super::sums::Sums;
use super::{patch_branch, LocalLabel, Need, Output, Settings};
use crate::image::NoteKind;
use crate::rewrite::cfg::Exit;
use crate::rewrite::decode::Op;
use crate::rewrite::encode as e;
use crate::rewrite::facts::{is_guard, Facts, Span};
use crate::rewrite::frame::{Frame, List};
use crate::rewrite::lower::{Kind, Lowered};
use crate::rewrite::place::{bits, Context, Placement};
use crate::rewrite::stack::Stack;
use lore_abi::contract::{
    bound_of_class, BOUND_CLASS_STACK, BTI_C, REG_BASE, REG_BIASED, REG_STACK,
};
use lore_abi::image::Profile;

pub(super) struct Emit<'a> {
    pub(super) context: &'a Context<'a>,
    placement: &'a Placement,
    pub(super) stack: &'a Stack,
    pub(super) lowered: &'a Lowered,
    frame: &'a Frame,
    far: &'a [bool],
    pub(super) settings: &'a Settings,
    pub(super) out: Output,
    /// First word of each block.
    starts: Vec<u32>,
    /// Word, block, and block of the branch.
    branches: Vec<(u32, u32, u32)>,
    /// Words with branches to words of the function.
    leads: Vec<(u32, u32)>,
    pub(super) exits: Exits,
    /// Sums in scratch.
    pub(super) sums: Sums,
    /// Registers that may be read at each item or behind it.
    pub(super) live: &'a [u32],
}

impl<'a> Emit<'a> {
    pub(super) fn new(
        context: &'a Context<'a>,
        placement: &'a Placement,
        far: &'a [bool],
        settings: &'a Settings,
        sums: Sums,
        live: &'a [u32],
    ) -> Emit<'a> {
        let room = context.lowered.items.len() * 5 / 4;
        let out = Output {
            function: context.function,
            words: Vec::with_capacity(room),
            from: Vec::with_capacity(room),
            needs: Vec::new(),
            guards: Vec::new(),
            labels: Vec::new(),
            notes: Vec::new(),
            loops: false,
            closed: false,
            unmet: Vec::new(),
            cost: 0,
        };
        Emit {
            context,
            placement,
            stack: context.stack,
            lowered: context.lowered,
            frame: context.frame,
            far,
            settings,
            out,
            starts: Vec::new(),
            branches: Vec::new(),
            leads: Vec::new(),
            exits: Exits::default(),
            sums,
            live,
        }
    }

    /// All words; or the blocks whose branches do not reach.
    pub(super) fn run(mut self, target: bool) -> Result<Output, Vec<usize>> {
        if target {
            self.put(0, BTI_C, Some(NoteKind::Bti));
        }
        for word in &self.lowered.prologue {
            self.put(0, *word, Some(NoteKind::Shadow));
        }
        let count = self.context.cfg.blocks.len();
        let mut facts = self.context.entry();
        let mut flows = Flows::On;
        for block in 0..count {
            if self.exits.wait_long(self.at()) {
                flows = self.trap_words_before(block, flows);
            }
            self.separate(block, flows, &facts);
            self.part(block);
            self.starts.push(self.out.words.len() as u32);
            facts = self.placement.starts[block];
            self.label(block);
            flows = self.block(block, &mut facts);
        }
        if let (Flows::Trap, false) = (flows, facts_in_stack(&facts)) {
            self.jump_to_trap(0);
            flows = Flows::Away;
        }
        self.out.closed = flows == Flows::Away;
        self.last_trap_words();
        self.patch()
    }

    /// The place of the next word.
    pub(super) fn at(&self) -> u32 {
        self.out.words.len() as u32
    }

    /// The ways out so far lead to trap words before a block, if there is a way past them or none comes along.
    fn trap_words_before(&mut self, block: usize, flows: Flows) -> Flows {
        match flows {
            Flows::Away => {}
            Flows::On if self.context.labels[block] => {
                let here = block as u32;
                self.branches.push((self.at(), here, here));
                let from = self.context.cfg.blocks[block].first;
                self.put(from, e::B, Some(NoteKind::Trap));
            }
            Flows::On | Flows::Return | Flows::Trap => return flows,
        }
        if let Some(at) = self.trap_words() {
            self.lead_back(at);
        }
        Flows::Away
    }

    /// The next word has a label.
    pub(super) fn label_word(&mut self, label: LocalLabel) {
        self.out.labels.push(label);
    }

    /// The branch at word `from` goes to word `to`.
    pub(super) fn lead(&mut self, from: u32, to: u32) {
        self.leads.push((from, to));
    }

    /// A branch to word `to`.
    pub(super) fn lead_back(&mut self, to: u32) {
        self.lead(self.at(), to);
        self.put(0, e::B, Some(NoteKind::Trap));
    }

    pub(super) fn put(&mut self, from: u32, word: u32, note: Option<NoteKind>) {
        if self.settings.guard == Profile::Mask && is_guard(word) {
            for word in e::mask_guard(word, self.settings.window_len) {
                self.put(from, word, note);
            }
            return;
        }
        let word = match self.settings.guard {
            Profile::Low if is_guard(word) => e::low_guard(word),
            _ => word,
        };
        if let Some(kind) = note {
            self.out.notes.push((self.out.words.len() as u32, kind));
        }
        self.out.words.push(word);
        self.out.from.push(from);
    }

    pub(super) fn need(&mut self, need: Need) {
        self.out.needs.push((self.out.words.len() as u32, need));
    }

    /// The next word is the first of a pair that is filled in at load.
    pub(super) fn fill(&mut self) {
        self.out.guards.push(self.at());
    }

    fn jump_to_trap(&mut self, from: u32) {
        self.need(Need::Trap);
        self.put(from, e::B, Some(NoteKind::Trap));
    }

    /// A word that nothing reaches, where a label's claims do not hold for what stands before it
    /// (the processor may run past a return or a fault for a moment).
    fn separate(&mut self, block: usize, flows: Flows, facts: &Facts) {
        let claim = self.placement.claims[block];
        let labelled = self.context.labels[block];
        let holds = match flows {
            Flows::On | Flows::Away => true,
            Flows::Return => !labelled || claim.registers == 0,
            Flows::Trap => {
                let bound = bound_of_class(claim.class).unwrap_or(0);
                let stack = bound_of_class(self.stack.classes[block]).unwrap_or(0);
                let near = |register: u8, bound| {
                    facts
                        .get(register)
                        .is_some_and(|span| span.distance() <= bound)
                };
                bits(claim.registers).all(|register| near(register, bound))
                    && near(14, stack)
                    && !(labelled && self.loses_the_list(block))
            }
        };
        if !holds {
            let from = self.context.cfg.blocks[block].first;
            self.jump_to_trap(from);
        }
    }

    /// Whether nothing is on the list behind the trap word before a block, and something on the block's own: the trap
    /// word is branched to, with any list, or stands behind what leads away. The verifier then knows of none.
    fn loses_the_list(&self, block: usize) -> bool {
        let blocks = &self.context.cfg.blocks;
        let Some(trap) = block.checked_sub(1) else {
            return false;
        };
        let alone = blocks[trap].end == blocks[trap].first + 1;
        let before = trap.checked_sub(1).map(|before| blocks[before].exit);
        let leads_away = before.is_some_and(|exit| match exit {
            Exit::Fall(_) | Exit::Cond { .. } | Exit::Stop => false,
            Exit::Jump(_) | Exit::Return => true,
            Exit::Tail(_) | Exit::TailGate(_) | Exit::TailPointer => true,
        });
        alone
            && (self.context.labels[trap] || leads_away)
            && self.frame.lists[block] != List::default()
    }

    /// A word between two blocks that are branched to, if the first has none: a word has one label.
    fn part(&mut self, block: usize) {
        let at = self.out.words.len() as u32;
        let taken = match self.out.labels.last() {
            Some(label) => label.at == at,
            None => at == 0 && block > 0,
        };
        if taken && self.context.labels[block] {
            let from = self.context.cfg.blocks[block].first;
            self.put(from, e::NOP, Some(NoteKind::Other));
        }
    }

    fn label(&mut self, block: usize) {
        if !self.context.labels[block] {
            return;
        }
        self.forget_sums();
        let at = self.out.words.len() as u32;
        let claim = self.placement.claims[block];
        let list = self.frame.lists[block].encode();
        if at == 0 {
            // The entry's own label serves; it claims nothing, and neither does this.
            self.out.loops = true;
            return;
        }
        self.out.labels.push(LocalLabel {
            at,
            registers: claim.registers,
            class: if claim.registers == 0 { 0 } else { claim.class },
            class14: self.stack.classes[block],
            list,
        });
    }

    /// The words of a block; says how it ends.
    fn block(&mut self, block: usize, facts: &mut Facts) -> Flows {
        let branch = self.context.branch_of(block);
        let mut flows = Flows::On;
        for at in self.lowered.block(block) {
            if Some(at) == branch {
                break;
            }
            self.guards(
                self.lowered.items[at].from,
                self.context.early_at(at),
                facts,
            );
            flows = self.item(at, facts);
            self.context.after(at, facts);
        }
        let last = self.context.cfg.blocks[block].end - 1;
        if let Some(bias) = self.context.biased.made(block) {
            let word = e::add_imm(REG_BIASED, REG_BASE, bias);
            self.put(last, word, Some(NoteKind::Biased));
        }
        self.guards(last, self.placement.end_guards[block], facts);
        if self.stack.end_guards[block] {
            self.put(last, e::guard(14, 14), Some(NoteKind::StackGuard));
        }
        if let Some(at) = branch {
            let stack = match self.stack.end_guards[block] {
                true => Some(Span::EXACT),
                false => facts.get(REG_STACK),
            };
            flows = self.branch(block, at, stack);
        }
        let exit = self.context.cfg.blocks[block].exit;
        if matches!(exit, Exit::Cond { .. } | Exit::Fall(_)) {
            self.guards(last, self.placement.fall_guards[block], facts);
        }
        flows
    }

    pub(super) fn guards(&mut self, from: u32, registers: u32, facts: &mut Facts) {
        for register in bits(registers) {
            let before = *facts;
            self.context.guarded(1 << register, facts);
            if *facts != before || before.get(register).is_none() {
                self.guard(from, register, register, &before);
            }
        }
    }

    fn branch(&mut self, block: usize, at: usize, stack: Option<Span>) -> Flows {
        let item = self.lowered.items[at];
        let here = block as u32;
        match item.kind {
            Kind::Cond(taken) if self.far[block] => {
                let Exit::Cond { next, .. } = self.context.cfg.blocks[block].exit else {
                    return Flows::On;
                };
                // B.cond has its condition's sense in bit 0, the others in bit 24.
                let flip = if item.insn.op == Op::BCond {
                    1
                } else {
                    1 << 24
                };
                self.branches
                    .push((self.out.words.len() as u32, next, here));
                self.put(item.from, item.insn.word ^ flip, Some(NoteKind::Other));
                self.check_back(item.from, taken, here, stack);
                self.branches
                    .push((self.out.words.len() as u32, taken, here));
                self.put(item.from, e::B, Some(NoteKind::Other));
                Flows::Away
            }
            Kind::Cond(taken) => {
                self.check_back(item.from, taken, here, stack);
                self.branches
                    .push((self.out.words.len() as u32, taken, here));
                self.put(item.from, item.insn.word, item.note);
                Flows::On
            }
            Kind::Jump(to) => {
                self.check_back(item.from, to, here, stack);
                self.branches.push((self.out.words.len() as u32, to, here));
                self.put(item.from, item.insn.word, item.note);
                Flows::Away
            }
            _ => Flows::On,
        }
    }

    /// A check, before a branch that goes back.
    fn check_back(&mut self, from: u32, to: u32, here: u32, stack: Option<Span>) {
        if to <= here {
            self.check(from, stack);
        }
    }

    /// Fills in the branches within the function.
    fn patch(mut self) -> Result<Output, Vec<usize>> {
        let mut short = Vec::new();
        for &(at, to) in &self.leads {
            let word = &mut self.out.words[at as usize];
            match patch_branch(*word, i64::from(to) - i64::from(at)) {
                Some(new) => *word = new,
                // Out of reach, and nothing that could be done about it.
                None => return Err(short),
            }
        }
        for &(at, block, from) in &self.branches {
            let distance = i64::from(self.starts[block as usize]) - i64::from(at);
            let word = &mut self.out.words[at as usize];
            match patch_branch(*word, distance) {
                Some(new) => *word = new,
                None => short.push(from as usize),
            }
        }
        if short.is_empty() {
            Ok(self.out)
        } else {
            Err(short)
        }
    }
}

/// How control leaves the words so far.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Flows {
    /// It goes on.
    On,
    /// It branches away.
    Away,
    /// It returns.
    Return,
    /// It traps.
    Trap,
}

fn facts_in_stack(facts: &Facts) -> bool {
    let bound = bound_of_class(BOUND_CLASS_STACK).unwrap_or(0);
    facts.get(14).is_some_and(|span| span.distance() <= bound)
}
