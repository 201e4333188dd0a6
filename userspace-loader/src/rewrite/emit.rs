// SPDX-License-Identifier: GPL-2.0
//! The words of one function, with its labels and with what is still open until all functions have their places.

use super::cfg::{build, Body, Cfg, Exit};
use super::decode::{decode, Op};
use super::encode as e;
use super::error::{Error, Problem};
use super::facts::Facts;
use super::frame::{self, Frame};
use super::layout::Layout;
use super::lower::{lower, Item, Kind, Lowered};
use super::memory::{access_of, Mode};
use super::place::{bits, place, Context, Placement, Way};
use super::program::Program;
use super::stack::{self, move_stack, Stack};
use crate::image::NoteKind;
use lore_abi::contract::{bound_of_class, BOUND_CLASS_STACK, BTI_C, REG_BASE};
use lore_abi::gate::Gate;

/// What a word still needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Distance to a function.
    Function(u32),
    /// Distance to a gate's slot.
    Gate(Gate),
    /// Distance to the table, in pages.
    Table,
    /// Distance to the trap word at the end of the code.
    Trap,
}

/// A label, by word of the function.
#[derive(Clone, Copy, Debug)]
pub struct LocalLabel {
    /// Word.
    pub at: u32,
    /// Claimed registers.
    pub registers: u32,
    /// Their class.
    pub class: u8,
    /// Class of x14.
    pub class14: u8,
    /// Frame list.
    pub list: u64,
}

/// A rewritten function.
pub struct Output {
    /// Words; branches within the function are done.
    pub words: Vec<u32>,
    /// For each word the word of the function that it stands for.
    pub from: Vec<u32>,
    /// Word and need, ascending.
    pub needs: Vec<(u32, Need)>,
    /// Labels but the entry's, ascending.
    pub labels: Vec<LocalLabel>,
    /// Word and kind, ascending.
    pub notes: Vec<(u32, NoteKind)>,
    /// Something within the function goes back to its first word.
    pub loops: bool,
}

/// What is the same for all functions.
pub struct Settings {
    /// Bytes of the table.
    pub table_len: u32,
    /// Facts do not outlive calls.
    pub strict: bool,
}

/// Rewrites one function.
pub fn rewrite(
    program: &Program<'_>,
    layout: &Layout<'_>,
    body: &Body,
    returns: &[bool],
    settings: &Settings,
) -> Result<Output, Error> {
    let function = &layout.functions[body.function as usize];
    let fail = |(at, problem): (usize, Problem)| {
        program.error(
            function.section,
            u64::from(function.start) + at as u64 * 4,
            problem,
        )
    };
    let cfg = build(program, layout, body, returns)?;
    let frame = frame::analyse(body, &cfg).map_err(fail)?;
    let lowered = lower(program, layout, body, &cfg, &frame)?;
    let mut far = vec![false; cfg.blocks.len()];
    // Branches that turn out too short are made long, which adds words, so again.
    for _ in 0..8 {
        let labels = labels(&cfg, &far);
        let stack = stack::analyse(&cfg, &lowered, &labels);
        let context = Context {
            cfg: &cfg,
            lowered: &lowered,
            frame: &frame,
            stack: &stack,
            labels: &labels,
            strict: settings.strict,
        };
        let placement = place(&context);
        let emit = Emit::new(&context, &placement, &stack, &far, settings);
        match emit.run(function.slot != 0) {
            Ok(output) => return Ok(output),
            Err(short) => short.into_iter().for_each(|block| far[block] = true),
        }
    }
    Err(fail((0, Problem::BranchRange)))
}

/// Which blocks are branched to.
fn labels(cfg: &Cfg, far: &[bool]) -> Vec<bool> {
    let mut labels = vec![false; cfg.blocks.len()];
    for (index, block) in cfg.blocks.iter().enumerate() {
        match block.exit {
            Exit::Jump(to) => labels[to as usize] = true,
            Exit::Cond { taken, next } => {
                labels[taken as usize] = true;
                labels[next as usize] |= far[index];
            }
            _ => {}
        }
    }
    labels
}

struct Emit<'a> {
    context: &'a Context<'a>,
    placement: &'a Placement,
    stack: &'a Stack,
    lowered: &'a Lowered,
    frame: &'a Frame,
    far: &'a [bool],
    settings: &'a Settings,
    out: Output,
    /// First word of each block.
    starts: Vec<u32>,
    /// Word, block, and block of the branch.
    branches: Vec<(u32, u32, u32)>,
    /// The sum that x10 holds: registers and shift.
    sum: Option<(u8, u8, i32)>,
}

impl<'a> Emit<'a> {
    fn new(
        context: &'a Context<'a>,
        placement: &'a Placement,
        stack: &'a Stack,
        far: &'a [bool],
        settings: &'a Settings,
    ) -> Emit<'a> {
        let room = context.lowered.items.len() * 5 / 4;
        let out = Output {
            words: Vec::with_capacity(room),
            from: Vec::with_capacity(room),
            needs: Vec::new(),
            labels: Vec::new(),
            notes: Vec::new(),
            loops: false,
        };
        Emit {
            context,
            placement,
            stack,
            lowered: context.lowered,
            frame: context.frame,
            far,
            settings,
            out,
            starts: Vec::new(),
            branches: Vec::new(),
            sum: None,
        }
    }

    /// All words; or the blocks whose branches do not reach.
    fn run(mut self, target: bool) -> Result<Output, Vec<usize>> {
        if target {
            self.put(0, BTI_C, Some(NoteKind::Bti));
        }
        for word in &self.lowered.prologue {
            self.put(0, *word, Some(NoteKind::Shadow));
        }
        let count = self.context.cfg.blocks.len();
        let mut facts = Facts::nothing(super::facts::Span::STACK);
        let mut flows = Flows::On;
        for block in 0..count {
            self.separate(block, flows, &facts);
            self.part(block);
            self.starts.push(self.out.words.len() as u32);
            facts = self.placement.starts[block];
            self.label(block);
            flows = self.block(block, &mut facts);
        }
        if let (Flows::Trap, false) = (flows, facts_in_stack(&facts)) {
            self.jump_to_trap(0);
        }
        self.patch()
    }

    fn put(&mut self, from: u32, word: u32, note: Option<NoteKind>) {
        if let Some(kind) = note {
            self.out.notes.push((self.out.words.len() as u32, kind));
        }
        self.out.words.push(word);
        self.out.from.push(from);
    }

    fn need(&mut self, need: Need) {
        self.out.needs.push((self.out.words.len() as u32, need));
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
                bits(claim.registers).all(|register| near(register, bound)) && near(14, stack)
            }
        };
        if !holds {
            let from = self.context.cfg.blocks[block].first;
            self.jump_to_trap(from);
        }
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
        self.sum = None;
        if !self.context.labels[block] {
            return;
        }
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
            flows = self.item(at, facts);
            self.context.after(at, facts);
        }
        let last = self.context.cfg.blocks[block].end - 1;
        self.guards(last, self.placement.end_guards[block], facts);
        if self.stack.end_guards[block] {
            self.put(last, e::guard(14, 14), Some(NoteKind::StackGuard));
        }
        if let Some(at) = branch {
            flows = self.branch(block, at);
        }
        let exit = self.context.cfg.blocks[block].exit;
        if matches!(exit, Exit::Cond { .. } | Exit::Fall(_)) {
            self.guards(last, self.placement.fall_guards[block], facts);
        }
        flows
    }

    fn guards(&mut self, from: u32, registers: u32, facts: &mut Facts) {
        for register in bits(registers) {
            let before = *facts;
            self.context.guarded(1 << register, facts);
            if *facts != before || before.get(register).is_none() {
                self.put(from, e::guard(register, register), Some(NoteKind::Guard));
                self.forget_sum(1 << register);
            }
        }
    }

    fn branch(&mut self, block: usize, at: usize) -> Flows {
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
                self.branches
                    .push((self.out.words.len() as u32, taken, here));
                self.put(item.from, e::B, Some(NoteKind::Other));
                Flows::Away
            }
            Kind::Cond(taken) => {
                self.branches
                    .push((self.out.words.len() as u32, taken, here));
                self.put(item.from, item.insn.word, item.note);
                Flows::On
            }
            Kind::Jump(to) => {
                self.branches.push((self.out.words.len() as u32, to, here));
                self.put(item.from, item.insn.word, item.note);
                Flows::Away
            }
            _ => Flows::On,
        }
    }

    fn item(&mut self, at: usize, facts: &Facts) -> Flows {
        let item = self.lowered.items[at];
        let word = item.insn.word;
        if self.stack.guards[at] {
            self.put(item.from, e::guard(14, 14), Some(NoteKind::StackGuard));
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
                let span = facts.get(14).unwrap_or(super::facts::Span::EXACT);
                let (words, _) = move_stack(delta, self.stack.touch, span);
                for &word in words.words() {
                    let note = if super::facts::is_guard(word) {
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

    fn forget_sum(&mut self, written: u32) {
        if let Some((n, m, _)) = self.sum {
            if written & (1 << n | 1 << m | 1 << e::SCRATCH) != 0 {
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
            Way::Fact => self.put(item.from, word, item.note),
            Way::FormZ => self.put(item.from, e::form_z(word, base), Some(NoteKind::FormZ)),
            Way::Guard => {
                self.put(item.from, e::guard(base, base), Some(NoteKind::Guard));
                self.forget_sum(1 << base);
                self.put(item.from, word, item.note);
            }
            Way::Scratch => {
                self.put(item.from, e::guard(e::SCRATCH, base), Some(NoteKind::Guard));
                let moved = decode(word).replace(super::decode::N, base, e::SCRATCH);
                self.put(item.from, moved, item.note);
                self.sum = None;
            }
            Way::Sum => {
                let sum = (base, insn.m(), access_of(word).imm);
                if self.sum != Some(sum) {
                    let add = e::add32(e::SCRATCH, sum.0, sum.1, sum.2 as u32);
                    self.put(item.from, add, Some(NoteKind::Sum));
                    self.sum = Some(sum);
                }
                self.put(
                    item.from,
                    e::form_z(word, e::SCRATCH),
                    Some(NoteKind::FormZ),
                );
            }
        }
        self.forget_sum(insn.writes);
        debug_assert_ne!(base, REG_BASE);
    }

    /// Fills in the branches within the function.
    fn patch(mut self) -> Result<Output, Vec<usize>> {
        let mut short = Vec::new();
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
enum Flows {
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

/// A direct branch with its distance in words; `None` if it does not reach.
pub fn patch_branch(word: u32, distance: i64) -> Option<u32> {
    let (bits, shift) = match decode(word).op {
        Op::B | Op::Bl => (26, 0),
        Op::BCond | Op::Cbz => (19, 5),
        Op::Tbz => (14, 5),
        _ => return None,
    };
    let limit = 1i64 << (bits - 1);
    if !(-limit..limit).contains(&distance) {
        return None;
    }
    let field = (distance as u32 & ((1 << bits) - 1)) << shift;
    Some(word & !(((1 << bits) - 1) << shift) | field)
}
