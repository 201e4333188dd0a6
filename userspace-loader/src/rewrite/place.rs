// SPDX-License-Identifier: GPL-2.0
//! Where guards stand: a forward must-analysis of facts with guards made on demand, and guards moved up to where an
//! access follows on all ways (DESIGN 3.7).
//!
//! The state at the start of a block that is branched to is exactly what its label will claim; so what is found here is
//! what the verifier finds.

use super::cfg::{Cfg, Exit};
use super::decode::Op;
use super::encode as e;
use super::facts::{is_call, is_guard, Facts, Span};
use super::frame::{Frame, SAVED};
use super::lower::{Item, Kind, Lowered};
use super::memory::{access_of, Access, Mode};
use super::stack::{move_stack, Stack};
use lore_abi::contract::{bound_of_class, BOUND_CLASS_STACK, REG_BASE, REG_STACK};

/// Farthest bound that a label claims: within it, accesses with small offsets still make facts.
const CLAIM_MAX: i32 = 2048;
/// Registers that labels may claim.
const CLAIMABLE: u32 = !(1 << 13 | 1 << 14 | 1 << 15 | 1 << 18 | 1 << 30 | 1 << 31);

/// How an access is made legal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A fact covers it.
    Fact,
    /// As `[x15, wN, uxtw]`.
    FormZ,
    /// The base is guarded first.
    Guard,
    /// The guarded base is in scratch, because the base may not be written.
    Scratch,
    /// The sum is made in scratch first.
    Sum,
}

/// What a label claims.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// Registers.
    pub registers: u32,
    /// Their class.
    pub class: u8,
}

/// The function at hand.
pub struct Context<'a> {
    /// Its graph.
    pub cfg: &'a Cfg,
    /// Its items.
    pub lowered: &'a Lowered,
    /// Its frame.
    pub frame: &'a Frame,
    /// Its x14.
    pub stack: &'a Stack,
    /// Blocks that are branched to.
    pub labels: &'a [bool],
    /// Facts do not outlive calls.
    pub strict: bool,
}

/// The result.
pub struct Placement {
    /// Facts at the start of each block.
    pub starts: Vec<Facts>,
    /// Claims of each block's label.
    pub claims: Vec<Claim>,
    /// Registers guarded before the last branch of each block.
    pub end_guards: Vec<u32>,
    /// Registers guarded behind the last branch of each block, on the way on.
    pub fall_guards: Vec<u32>,
}

impl Context<'_> {
    /// How an access is made legal under the given facts.
    pub fn way(&self, item: &Item, facts: &Facts) -> Way {
        let access = access_of(item.insn.word);
        let base = item.insn.n();
        if access.mode == Mode::Register {
            return Way::Sum;
        }
        if base == REG_BASE || facts.get(base).is_some_and(|span| span.covers(&access)) {
            return Way::Fact;
        }
        if z_able(&access) {
            return Way::FormZ;
        }
        let saved = SAVED & 1 << base != 0;
        if saved && self.frame.pushed & 1 << base == 0 {
            Way::Scratch
        } else {
            Way::Guard
        }
    }

    /// Facts after an item, guards made on demand included.
    pub fn after(&self, at: usize, facts: &mut Facts) {
        let item = &self.lowered.items[at];
        if self.stack.guards[at] {
            facts.set(REG_STACK, Span::EXACT);
        }
        match item.kind {
            Kind::Call(_) | Kind::Gate(_) | Kind::Table => facts.call(self.strict),
            Kind::Adjust(delta) => {
                let before = facts.get(REG_STACK).unwrap_or(Span::EXACT);
                let (words, after) = move_stack(delta, self.stack.touch, before);
                // A way up by a pair loads a word into scratch.
                if words.words().iter().any(|&word| word & 0x7c1f == 0x281f) {
                    facts.forget(1 << e::SCRATCH);
                }
                facts.set(REG_STACK, after);
            }
            Kind::Access => match self.way(item, facts) {
                Way::Fact => facts.word(&item.insn),
                Way::Guard => {
                    facts.set(item.insn.n(), Span::EXACT);
                    facts.word(&item.insn);
                }
                Way::FormZ => facts.forget(item.insn.writes),
                Way::Scratch | Way::Sum => facts.forget(item.insn.writes | 1 << e::SCRATCH),
            },
            Kind::Plain => facts.word(&item.insn),
            _ => {}
        }
    }

    /// Facts after the guards in `registers`.
    pub fn guarded(&self, registers: u32, facts: &mut Facts) {
        for register in bits(registers) {
            if !near(facts.get(register)) {
                facts.set(register, Span::EXACT);
            }
        }
    }

    /// The last item of a block if it is a branch: guards at the end stand before it.
    pub fn branch_of(&self, block: usize) -> Option<usize> {
        let last = self.lowered.block(block).next_back()?;
        let kind = self.lowered.items[last].kind;
        matches!(kind, Kind::Jump(_) | Kind::Cond(_)).then_some(last)
    }
}

/// The set bits of a mask.
pub fn bits(mut mask: u32) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let bit = (mask != 0).then(|| mask.trailing_zeros() as u8)?;
        mask &= mask - 1;
        Some(bit)
    })
}

/// Whether a label could claim the interval.
fn near(span: Option<Span>) -> bool {
    span.is_some_and(|span| span.distance() <= CLAIM_MAX)
}

/// Whether an access can be written as `[x15, wN, uxtw]`.
fn z_able(access: &Access) -> bool {
    access.single && access.mode == Mode::Offset && access.imm == 0
}

/// Finds the places of all guards of a function.
pub fn place(context: &Context<'_>) -> Placement {
    let count = context.cfg.blocks.len();
    let mut flow = Flow {
        context,
        wanted: backward(context, Sense::Some),
        ends: vec![None; count],
        falls: vec![None; count],
        visits: vec![0; count],
        banned: vec![0; count],
        placement: Placement {
            starts: vec![Facts::nothing(Span::STACK); count],
            claims: vec![Claim::default(); count],
            end_guards: vec![0; count],
            fall_guards: vec![0; count],
        },
    };
    flow.run();
    let all = backward(context, Sense::All);
    if flow.hoist(&all) {
        flow.run();
    }
    flow.placement
}

struct Flow<'a> {
    context: &'a Context<'a>,
    /// Registers whose facts are of use at the start of each block.
    wanted: Vec<Masks>,
    /// Facts at the end of each block.
    ends: Vec<Option<Facts>>,
    /// The same on the way on to the next block.
    falls: Vec<Option<Facts>>,
    visits: Vec<u32>,
    banned: Vec<u32>,
    placement: Placement,
}

impl Flow<'_> {
    fn run(&mut self) {
        let count = self.context.cfg.blocks.len();
        self.ends = vec![None; count];
        self.falls = vec![None; count];
        self.visits = vec![0; count];
        self.banned = vec![0; count];
        let mut seen = vec![false; count];
        let mut work = std::collections::BTreeSet::from([0u32]);
        self.placement.starts[0] = Facts::nothing(Span::STACK);
        self.placement.claims = vec![Claim::default(); count];
        seen[0] = true;
        while let Some(index) = work.pop_first() {
            let block = index as usize;
            self.block(block);
            for next in self.context.cfg.blocks[block].successors() {
                let new = self.start(next as usize);
                if !seen[next as usize] || new != self.placement.starts[next as usize] {
                    seen[next as usize] = true;
                    self.placement.starts[next as usize] = new;
                    work.insert(next);
                }
            }
        }
    }

    fn block(&mut self, block: usize) {
        let context = self.context;
        let mut facts = self.placement.starts[block];
        let branch = context.branch_of(block);
        for at in context.lowered.block(block) {
            if Some(at) == branch {
                break;
            }
            context.after(at, &mut facts);
        }
        context.guarded(self.placement.end_guards[block], &mut facts);
        if context.stack.end_guards[block] {
            facts.set(REG_STACK, Span::EXACT);
        }
        self.ends[block] = Some(facts);
        context.guarded(self.placement.fall_guards[block], &mut facts);
        self.falls[block] = Some(facts);
    }

    /// The facts that reach a block from one before it.
    fn edge(&self, from: usize, to: usize) -> Option<&Facts> {
        match self.context.cfg.blocks[from].exit {
            Exit::Cond { taken, next } if next as usize == to && taken != next => {
                self.falls[from].as_ref()
            }
            Exit::Fall(_) => self.falls[from].as_ref(),
            _ => self.ends[from].as_ref(),
        }
    }

    /// The facts at the start of a block: those of its only way in, or what its label claims.
    fn start(&mut self, block: usize) -> Facts {
        let context = self.context;
        let preds = &context.cfg.preds[block];
        let stack = context.stack.spans[block];
        if block == 0 {
            // Functions are entered without facts.
            return Facts::nothing(Span::STACK);
        }
        if !context.labels[block] {
            return preds
                .iter()
                .find_map(|&pred| self.edge(pred as usize, block))
                .copied()
                .unwrap_or_else(|| Facts::nothing(stack));
        }
        self.visits[block] += 1;
        let mut registers = self.wanted[block].start & CLAIMABLE & !self.banned[block];
        let mut worst = [0i32; 32];
        for &pred in preds {
            let Some(facts) = self.edge(pred as usize, block) else {
                continue;
            };
            registers &= facts.known;
            for register in bits(registers) {
                let distance = facts.get(register).map_or(i32::MAX, Span::distance);
                worst[register as usize] = worst[register as usize].max(distance);
            }
        }
        let old = bound_of_class(self.placement.claims[block].class).unwrap_or(0);
        for register in bits(registers) {
            let far = worst[register as usize] > CLAIM_MAX;
            // What moves farther out on every turn of a loop will not stop.
            let runs = self.visits[block] > 8 && worst[register as usize] > old;
            if far || runs || self.visits[block] > 64 {
                registers &= !(1 << register);
                self.banned[block] |= 1 << register;
            }
        }
        let bound = bits(registers)
            .map(|register| worst[register as usize])
            .max()
            .unwrap_or(0);
        let class = (0..=BOUND_CLASS_STACK + 1)
            .find(|&class| bound_of_class(class).is_some_and(|limit| limit >= bound))
            .unwrap_or(0);
        self.placement.claims[block] = Claim { registers, class };
        let mut facts = Facts::nothing(stack);
        for register in bits(registers) {
            facts.set(register, Span::within(bound_of_class(class).unwrap_or(0)));
        }
        facts
    }

    /// Moves guards up where an access follows on all ways; says whether any moved.
    fn hoist(&mut self, all: &[Masks]) -> bool {
        let context = self.context;
        let mut moved = false;
        let writable = !SAVED | context.frame.pushed;
        for (index, block) in context.cfg.blocks.iter().enumerate() {
            let Some(end) = self.ends[index] else {
                continue;
            };
            // One guard before a fork instead of one behind each branch.
            if let Exit::Cond { taken, .. } = block.exit {
                if self.behind_an_end(taken as usize) {
                    // The label's claim would cost a word before it, and nothing would be won.
                    continue;
                }
                let lacking = all[index].end & writable & CLAIMABLE & !near_mask(&end);
                self.placement.end_guards[index] |= lacking;
                moved |= lacking != 0;
            }
        }
        for (index, masks) in all.iter().enumerate() {
            moved |= self.hoist_into(index, masks.start & writable & CLAIMABLE);
        }
        moved
    }

    /// Whether a block that claims nothing yet stands behind a return or a trap (see `Emit::separate`).
    fn behind_an_end(&self, block: usize) -> bool {
        let before = block
            .checked_sub(1)
            .map(|before| self.context.cfg.blocks[before].exit);
        let ends = !matches!(
            before,
            Some(Exit::Fall(_) | Exit::Jump(_) | Exit::Cond { .. } | Exit::Tail(_))
        );
        ends && self.placement.claims[block].registers == 0
    }

    /// Guards on the ways into a block that lack a fact which other ways bring.
    fn hoist_into(&mut self, block: usize, registers: u32) -> bool {
        let preds = &self.context.cfg.preds[block];
        if block == 0 || preds.len() < 2 || !self.context.labels[block] {
            return false;
        }
        let mut moved = false;
        let lacking = registers & !near_mask(&self.placement.starts[block]);
        let is_loop = preds.iter().any(|&pred| pred as usize >= block);
        for register in bits(lacking) {
            let without: Vec<usize> = preds
                .iter()
                .map(|&pred| pred as usize)
                .filter(|&pred| {
                    !self
                        .edge(pred, block)
                        .is_some_and(|facts| near(facts.get(register)))
                })
                .collect();
            if without.len() == preds.len() || without.len() > 1 && !is_loop {
                continue;
            }
            let exit = |pred: usize| self.context.cfg.blocks[pred].exit;
            let free = without.iter().all(|&pred| match exit(pred) {
                Exit::Fall(_) | Exit::Jump(_) => true,
                Exit::Cond { taken, next } => next as usize == block && taken != next,
                _ => false,
            });
            if !free {
                continue;
            }
            moved = true;
            for pred in without {
                match exit(pred) {
                    Exit::Cond { .. } => self.placement.fall_guards[pred] |= 1 << register,
                    _ => self.placement.end_guards[pred] |= 1 << register,
                }
            }
        }
        moved
    }
}

fn near_mask(facts: &Facts) -> u32 {
    bits(facts.known)
        .filter(|&register| near(facts.get(register)))
        .map(|register| 1 << register)
        .sum()
}

/// Which ways have to lead to an access.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sense {
    Some,
    All,
}

/// Registers through which an access follows.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Masks {
    /// At the start of the block.
    start: u32,
    /// Before its last branch, or at its end.
    end: u32,
}

/// Registers whose value an access needs that form Z cannot do, before it changes: on some way, or on all.
fn backward(context: &Context<'_>, sense: Sense) -> Vec<Masks> {
    let count = context.cfg.blocks.len();
    let first = if sense == Sense::All { u32::MAX } else { 0 };
    let mut masks = vec![
        Masks {
            start: first,
            end: first
        };
        count
    ];
    let mut work: std::collections::BTreeSet<u32> = (0..count as u32).collect();
    while let Some(index) = work.pop_last() {
        let block = index as usize;
        let mut successors = context.cfg.blocks[block].successors().peekable();
        let mut mask = if sense == Sense::All && successors.peek().is_some() {
            u32::MAX
        } else {
            0
        };
        for next in successors {
            let other = masks[next as usize].start;
            mask = if sense == Sense::All {
                mask & other
            } else {
                mask | other
            };
        }
        let branch = context.branch_of(block);
        let mut end = mask;
        for at in context.lowered.block(block).rev() {
            before(context, &context.lowered.items[at], sense, &mut mask);
            if Some(at) == branch {
                end = mask;
            }
        }
        let new = Masks { start: mask, end };
        if new != masks[block] {
            let changed = new.start != masks[block].start;
            masks[block] = new;
            if changed {
                work.extend(context.cfg.preds[block].iter().copied());
            }
        }
    }
    masks
}

/// One item, backwards.
fn before(context: &Context<'_>, item: &Item, sense: Sense, mask: &mut u32) {
    let insn = &item.insn;
    if is_call(item.kind) {
        // A call need not return, so nothing surely follows it.
        let kept = if context.strict || sense == Sense::All {
            0
        } else {
            SAVED
        };
        *mask &= kept;
        return;
    }
    if matches!(item.kind, Kind::Trap | Kind::Return | Kind::Tail(_)) {
        *mask = 0;
        return;
    }
    let source = match insn.op {
        Op::AddImm => Some(insn.n()),
        Op::Mov => Some(insn.m()),
        _ => None,
    };
    let follows = bits(insn.writes).any(|register| *mask & 1 << register != 0);
    *mask &= !insn.writes;
    if let (Some(source), true, Kind::Plain) = (source, follows, item.kind) {
        *mask |= 1 << source;
    }
    if item.kind == Kind::Plain && is_guard(insn.word) {
        return;
    }
    if sense == Sense::All && matches!(insn.op, Op::AluFlags | Op::Cbz | Op::Tbz) {
        // Never above a test of the pointer itself.
        *mask &= !insn.reads;
    }
    if item.kind == Kind::Access {
        let access = access_of(insn.word);
        if access.mode != Mode::Register && !z_able(&access) {
            *mask |= 1 << insn.n();
        }
    }
    *mask &= !(1 << REG_STACK | 1 << REG_BASE);
}
