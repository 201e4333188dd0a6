// SPDX-License-Identifier: GPL-2.0
//! Backwards: through which registers an access follows, on some way or on all.
use super::{bits, z_able, Context};
use crate::rewrite::decode::Op;
use crate::rewrite::facts::{is_call, is_guard};
use crate::rewrite::frame::SAVED;
use crate::rewrite::lower::{Item, Kind};
use crate::rewrite::memory::{access_of, Mode};
use lore_abi::contract::{REG_BASE, REG_STACK};

/// Which ways have to lead to an access.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Some,
    All,
}

/// Registers through which an access follows.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Masks {
    /// At the start of the block.
    pub(super) start: u32,
    /// Before its last branch, or at its end.
    pub(super) end: u32,
}

/// Registers whose value an access needs that form Z cannot do, before it changes: on some way, or on all.
pub(super) fn backward(context: &Context<'_>, sense: Sense) -> Vec<Masks> {
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
