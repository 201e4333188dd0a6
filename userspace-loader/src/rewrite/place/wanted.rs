// SPDX-License-Identifier: GPL-2.0
//! Backwards: through which registers an access follows, on some way or on all.

use super::Context;
use crate::rewrite::cfg::Exit;
use crate::rewrite::decode::{Op, D};
use crate::rewrite::facts::{is_call, is_guard};
use crate::rewrite::frame::SAVED;
use crate::rewrite::lower::{Item, Kind};
use crate::rewrite::memory::{access_of, Mode};
use lore_abi::contract::{NULL_LEN, REACH_LEN, REG_BASE, REG_STACK};
use lore_abi::image::Profile;

/// Which ways have to lead to an access.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    Some,
    /// Some, and those registers of sums that always have a fact: the sum stays as it is if both have one.
    Known,
    All,
    /// All, whatever form the access has and whatever is asked about the pointer before; but for the ways where it is null. For where
    /// a guard changes nothing about a null pointer.
    Touched,
}

/// Registers through which an access follows, from some place on.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Through {
    /// All of them.
    pub any: u32,
    /// Those of which it is no sum with a constant that is accessed, nor may be null instead.
    pub itself: u32,
}

impl Through {
    const ALL: Through = Through {
        any: u32::MAX,
        itself: u32::MAX,
    };

    /// Of two ways.
    fn and(self, other: Through, sense: Sense) -> Through {
        match sense.of_all() {
            true => Through {
                any: self.any & other.any,
                itself: self.itself & other.itself,
            },
            false => Through {
                any: self.any | other.any,
                itself: self.itself | other.itself,
            },
        }
    }

    fn add(&mut self, registers: u32) {
        self.any |= registers;
        self.itself |= registers;
    }

    fn keep(&mut self, registers: u32) {
        self.any &= registers;
        self.itself &= registers;
    }
}

impl Sense {
    /// Whether each way has to.
    fn of_all(self) -> bool {
        matches!(self, Sense::All | Sense::Touched)
    }
}

/// The same of a block.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Masks {
    /// At its start.
    pub start: Through,
    /// Before its last branch, or at its end.
    pub end: Through,
}

/// Registers whose value an access needs that form Z cannot do, before it changes: on some way, or on all.
pub(super) fn backward(context: &Context<'_>, sense: Sense) -> Vec<Masks> {
    let count = context.cfg.blocks.len();
    let mut masks = vec![Masks::default(); count];
    if sense.of_all() {
        for (masks, _) in masks
            .iter_mut()
            .zip(ending(context))
            .filter(|(_, ends)| *ends)
        {
            (masks.start, masks.end) = (Through::ALL, Through::ALL);
        }
    }
    let mut work: std::collections::BTreeSet<u32> = (0..count as u32).collect();
    while let Some(index) = work.pop_last() {
        let block = index as usize;
        let mut mask = behind(context, &masks, block, sense);
        let branch = context.branch_of(block);
        let mut end = mask;
        for at in context.lowered.block(block).rev() {
            before(context, at, sense, &mut mask);
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

/// The registers through which an access follows behind a block.
pub(super) fn behind(
    context: &Context<'_>,
    masks: &[Masks],
    block: usize,
    sense: Sense,
) -> Through {
    let of = |next: u32| {
        let mut through = masks[next as usize].start;
        if sense == Sense::Touched {
            through.any |= null_on_the_way(context, block, next);
        }
        through
    };
    let ways = context.cfg.blocks[block].successors().map(of);
    ways.reduce(|a, b| a.and(b, sense)).unwrap_or_default()
}

/// The register that is surely null on the way from a block to another.
pub(super) fn null_on_the_way(context: &Context<'_>, block: usize, next: u32) -> u32 {
    let Exit::Cond { taken, next: on } = context.cfg.blocks[block].exit else {
        return 0;
    };
    let branch = context.branch_of(block);
    let insn = branch.map(|at| context.lowered.items[at].insn);
    let tested = insn.filter(|insn| insn.op == Op::Cbz && insn.word >> 31 == 1);
    match tested {
        Some(insn) if taken != on => {
            // Bit 24 tells cbnz, which goes on where it is null.
            let null = if insn.word & 1 << 24 == 0 { taken } else { on };
            if null == next {
                insn.reads
            } else {
                0
            }
        }
        _ => 0,
    }
}

/// The registers through which an access follows at the function's first word.
pub fn at_entry(context: &Context<'_>, sense: Sense) -> u32 {
    backward(context, sense)[0].start.any
}

/// Blocks from which the function can end. In a loop without an end an access would "follow" on all of no ways.
fn ending(context: &Context<'_>) -> Vec<bool> {
    let blocks = &context.cfg.blocks;
    let mut ends = vec![false; blocks.len()];
    let mut work: Vec<u32> = (0..blocks.len() as u32)
        .filter(|&block| blocks[block as usize].successors().next().is_none())
        .collect();
    while let Some(block) = work.pop() {
        if !std::mem::replace(&mut ends[block as usize], true) {
            work.extend(&context.cfg.preds[block as usize]);
        }
    }
    ends
}

/// Guards before copies: where a register is surely accessed and its copy may be, one guard before the copy
/// serves both.
///
/// By item, the register to guard. That stands where an access through the same value follows on all ways, as every guard in
/// place does.
pub(super) fn early_guards(context: &Context<'_>, some: &[Masks], all: &[Masks]) -> Vec<u32> {
    let mut early = vec![0; context.lowered.items.len()];
    for index in 0..context.cfg.blocks.len() {
        let mut maybe = behind(context, some, index, Sense::Some);
        let mut surely = behind(context, all, index, Sense::All);
        for at in context.lowered.block(index).rev() {
            let item = &context.lowered.items[at];
            if let Some(source) = copied(item) {
                let copy = item.insn.d();
                let has = |mask: u32, register: u8| mask & 1 << register != 0;
                let both = has(surely.any, source) && has(maybe.any, copy);
                if both && source != copy && has(context.writable(), source) {
                    early[at] = 1 << source;
                }
            }
            before(context, at, Sense::Some, &mut maybe);
            before(context, at, Sense::All, &mut surely);
        }
    }
    early
}

/// The register that an item copies, with a constant added or without.
fn copied(item: &Item) -> Option<u8> {
    match (item.kind, item.insn.op) {
        (Kind::Plain, Op::AddImm) => Some(item.insn.n()),
        (Kind::Plain, Op::Mov) => Some(item.insn.m()),
        _ => None,
    }
}

/// The register whose sum with a constant is accessed, if the two lie so near to each other that a guard changes neither.
///
/// One constant may come to one band, but many, in a loop, to anything: what is behind is a sum already, the first is not.
fn moved(context: &Context<'_>, item: &Item, through: &Through) -> Option<u8> {
    let most = match context.guard {
        Profile::Mask => NULL_LEN,
        // The access itself may be as far again, and the bands are wider.
        _ => REACH_LEN.unsigned_abs(),
    };
    let insn = &item.insn;
    let is_near = || insn.add_imm().unsigned_abs() <= most;
    let is_sum = item.kind == Kind::Plain && insn.op == Op::AddImm;
    (is_sum && through.itself & 1 << insn.d() != 0 && is_near()).then_some(insn.n())
}

/// One item, backwards.
pub(super) fn before(context: &Context<'_>, at: usize, sense: Sense, through: &mut Through) {
    let item = &context.lowered.items[at];
    let insn = &item.insn;
    let by_callee = || match item.kind {
        Kind::Call(callee) | Kind::Tail(callee) => context.arguments.wanted(callee, sense),
        _ => 0,
    };
    if is_call(item.kind) {
        // A call need not return, so nothing surely follows it: who is called may tell what no pointer is, and end there.
        let kept = if context.strict || sense.of_all() {
            0
        } else {
            SAVED
        };
        through.keep(kept);
        through.add(by_callee());
        return;
    }
    if matches!(item.kind, Kind::Trap | Kind::Return | Kind::Tail(_)) {
        *through = Through::default();
        through.add(by_callee());
        return;
    }
    let before = *through;
    through.keep(!insn.writes);
    if let Some(source) = copied(item) {
        let follows = |mask: u32| u32::from(mask & 1 << insn.d() != 0) << source;
        match insn.op {
            Op::Mov => {
                through.any |= follows(before.any);
                through.itself |= follows(before.itself);
            }
            _ if !sense.of_all() => through.any |= follows(before.any),
            _ => {}
        }
    }
    if let Some(source) = moved(context, item, &before) {
        through.any |= 1 << source;
    }
    if item.kind == Kind::Plain && is_guard(insn.word) {
        return;
    }
    if sense == Sense::All && matches!(insn.op, Op::AluFlags | Op::Cbz | Op::Tbz) {
        // Never above a test of the pointer itself.
        through.keep(!insn.reads);
    }
    if item.kind == Kind::Access {
        let access = access_of(insn.word);
        let base = match access.mode {
            Mode::Register => context.bounded_at(at).map(|small| small.base),
            _ => {
                let is_free = context.z_able(&access) || context.by_biased(at, &access, insn.n());
                (!is_free || sense == Sense::Touched).then_some(insn.n())
            }
        };
        if let (Some(base), false) = (base, context.is_free(at)) {
            through.add(1 << base);
        }
        if sense == Sense::Known && context.may_keep_sum(at) {
            through.any |= insn.reads_apart_from(D) & context.known_at(at).half;
        }
    }
    through.keep(!(1 << REG_STACK | 1 << REG_BASE));
}
