// SPDX-License-Identifier: GPL-2.0
//! Backwards: through which registers an access follows, on some way or on all.

use super::{bits, Context};
use crate::rewrite::cfg::Exit;
use crate::rewrite::decode::{Op, D};
use crate::rewrite::facts::{is_call, is_guard};
use crate::rewrite::frame::SAVED;
use crate::rewrite::lower::{Item, Kind};
use crate::rewrite::memory::{access_of, Mode};
use lore_abi::contract::{REG_BASE, REG_STACK};

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

impl Sense {
    /// Whether each way has to.
    fn of_all(self) -> bool {
        matches!(self, Sense::All | Sense::Touched)
    }
}

/// Registers through which an access follows.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Masks {
    /// At the start of the block.
    pub start: u32,
    /// Before its last branch, or at its end.
    pub end: u32,
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
            (masks.start, masks.end) = (u32::MAX, u32::MAX);
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
pub(super) fn behind(context: &Context<'_>, masks: &[Masks], block: usize, sense: Sense) -> u32 {
    let null = |next: u32| match sense {
        Sense::Touched => null_on_the_way(context, block, next),
        Sense::Some | Sense::Known | Sense::All => 0,
    };
    let of = |next: u32| masks[next as usize].start | null(next);
    let mut successors = context.cfg.blocks[block].successors().peekable();
    match sense.of_all() {
        true if successors.peek().is_none() => 0,
        true => successors.fold(u32::MAX, |mask, next| mask & of(next)),
        false => successors.fold(0, |mask, next| mask | of(next)),
    }
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
    backward(context, sense)[0].start
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
    for (index, block) in context.cfg.blocks.iter().enumerate() {
        let (mut maybe, surely) = block.successors().fold((0, None), |(maybe, surely), next| {
            let (some, all) = (some[next as usize].start, all[next as usize].start);
            (
                maybe | some,
                Some(surely.map_or(all, |mask: u32| mask & all)),
            )
        });
        let mut surely = surely.unwrap_or(0);
        for at in context.lowered.block(index).rev() {
            let item = &context.lowered.items[at];
            if let Some(source) = copied(item) {
                let copy = item.insn.d();
                let has = |mask: u32, register: u8| mask & 1 << register != 0;
                let both = has(surely, source) && has(maybe, copy);
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

/// One item, backwards.
pub(super) fn before(context: &Context<'_>, at: usize, sense: Sense, mask: &mut u32) {
    let item = &context.lowered.items[at];
    let insn = &item.insn;
    let by_callee = || match item.kind {
        Kind::Call(callee) | Kind::Tail(callee) => context.arguments.wanted(callee, sense),
        _ => 0,
    };
    if is_call(item.kind) {
        // A call need not return, so nothing surely follows it; but if it does not, nobody sees what a saved register held.
        let kept = match sense {
            Sense::Some | Sense::Known if context.strict => 0,
            Sense::Some | Sense::Known | Sense::Touched => SAVED,
            Sense::All => 0,
        };
        *mask = *mask & kept | by_callee();
        return;
    }
    if matches!(item.kind, Kind::Trap | Kind::Return | Kind::Tail(_)) {
        *mask = by_callee();
        return;
    }
    let source = copied(item);
    let follows = bits(insn.writes).any(|register| *mask & 1 << register != 0);
    *mask &= !insn.writes;
    if let (Some(source), true) = (source, follows) {
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
        let base = match access.mode {
            Mode::Register => context.bounded_at(at).map(|small| small.base),
            _ => {
                let is_free = context.z_able(&access) || context.by_biased(at, &access, insn.n());
                (!is_free || sense == Sense::Touched).then_some(insn.n())
            }
        };
        if let (Some(base), false) = (base, context.is_free(at)) {
            *mask |= 1 << base;
        }
        if sense == Sense::Known && context.may_keep_sum(at) {
            *mask |= insn.reads_apart_from(D) & context.halves;
        }
    }
    *mask &= !(1 << REG_STACK | 1 << REG_BASE);
}
