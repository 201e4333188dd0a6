// SPDX-License-Identifier: GPL-2.0
//! The biased base: x9 is the window's base and a few bytes more, so that `[x9, wN, uxtw]` is what `[xN, #imm]` was, without a guard.
//!
//! ```text
//!                                   add  x9, x15, #16         before the loop
//!   loop:                           loop:
//!   add  x3, x15, w3, uxtw
//!   ldr  x4, [x3, #16]              ldr  x4, [x9, w3, uxtw]
//!   ...                             ...
//!   ldr  x3, [x3]                   ldr  x3, [x15, w3, uxtw]
//! ```
//!
//! It is worth its word where pointers that come out of memory are used once each, by one offset: in loops that go from node to
//! node. So each loop without calls is tried with the offsets that stand in it, and keeps the one that saves most. Nobody keeps x9
//! over a call: a callee may have a loop of its own.

use super::loops::Loops;
use super::{Context, Placement, Way};
use crate::rewrite::facts::is_call;
use crate::rewrite::lower::Kind;
use crate::rewrite::memory::{access_of, Access, Mode};
use lore_abi::contract::{BIAS_LEN, REG_BASE, REG_STACK};
use std::collections::BTreeMap;

/// How many offsets are tried for a loop.
const TRIED: usize = 3;

/// By how much x9 is biased, and where.
#[derive(Clone, Default)]
pub struct Biased {
    /// By item; 0 where it is not.
    at: Vec<i32>,
    /// By block: it is in one of the loops.
    inside: Vec<bool>,
    /// By block, before whose last branch it is made.
    made: Vec<Option<i32>>,
}

impl Biased {
    /// Whether there is one at all.
    pub fn is_anywhere(&self) -> bool {
        self.made.iter().any(Option::is_some)
    }

    /// How far the base is biased at an item.
    pub fn at(&self, item: usize) -> Option<i32> {
        self.at.get(item).copied().filter(|&bias| bias != 0)
    }

    /// What is made of it before the last branch of a block.
    pub fn made(&self, block: usize) -> Option<i32> {
        self.made.get(block).copied().flatten()
    }

    /// Also in a loop; `None` if that cannot be, since another loop has it there.
    fn and(&self, context: &Context<'_>, ring: &Ring, bias: i32) -> Option<Biased> {
        let mut new = self.clone();
        new.at.resize(context.lowered.items.len(), 0);
        new.inside.resize(context.cfg.blocks.len(), false);
        new.made.resize(context.cfg.blocks.len(), None);
        for block in (0..ring.inside.len()).filter(|&block| ring.inside[block]) {
            // A block may have no items, and be in a loop all the same.
            if new.made[block].is_some() || std::mem::replace(&mut new.inside[block], true) {
                return None;
            }
            new.at[context.lowered.block(block)].fill(bias);
        }
        for &block in &ring.before {
            if new.inside[block] || new.made[block].is_some_and(|made| made != bias) {
                return None;
            }
            new.made[block] = Some(bias);
        }
        Some(new)
    }
}

/// A loop without calls.
struct Ring {
    /// Its blocks.
    inside: Vec<bool>,
    /// The blocks from which control comes into it.
    before: Vec<usize>,
}

/// Whether an access has a form with the biased base, if that is biased by its offset.
pub fn has_form(access: &Access, base: u8) -> bool {
    let is_near = access.imm != 0 && access.imm.unsigned_abs() <= BIAS_LEN;
    let is_pointer = base != REG_BASE && base != REG_STACK;
    access.single && access.mode == Mode::Offset && is_near && is_pointer
}

/// The loops without calls, each with the offsets that pointers without a fact are used by in it, the most frequent first.
fn rings(context: &Context<'_>, placement: &Placement, loops: &Loops) -> Vec<(Ring, Vec<i32>)> {
    let mut rings = Vec::new();
    for (head, all) in &loops.rings {
        let blocks: Vec<usize> = (0..all.len()).filter(|&block| all[block]).collect();
        let calls = |&block: &usize| {
            let mut items = context.lowered.block(block);
            items.any(|at| is_call(context.lowered.items[at].kind))
        };
        if blocks.iter().any(calls) {
            continue;
        }
        let mut counts = BTreeMap::<i32, u64>::new();
        let mut lacks = false;
        for &block in &blocks {
            lacks |= placement.end_guards[block] | placement.fall_guards[block] != 0;
            let mut facts = placement.starts[block];
            for at in context.lowered.block(block) {
                let item = &context.lowered.items[at];
                let way = context.way(at, &facts);
                lacks |= context.early_at(at) != 0;
                if item.kind == Kind::Access && matches!(way, Way::Guard | Way::Fact) {
                    let access = access_of(item.insn.word);
                    lacks |= way == Way::Guard;
                    if has_form(&access, item.insn.n()) {
                        *counts.entry(access.imm).or_default() += loops.weights[block];
                    }
                }
                context.after(at, &mut facts);
            }
        }
        if !lacks {
            continue;
        }
        let mut offsets: Vec<(u64, i32)> =
            counts.iter().map(|(&imm, &count)| (count, imm)).collect();
        offsets.sort_by_key(|&(count, imm)| (std::cmp::Reverse(count), imm));
        let before = context.cfg.preds[*head].iter().map(|&pred| pred as usize);
        let ring = Ring {
            before: before.filter(|&pred| !all[pred]).collect(),
            inside: all.clone(),
        };
        rings.push((
            ring,
            offsets
                .into_iter()
                .take(TRIED)
                .map(|(_, imm)| imm)
                .collect(),
        ));
    }
    rings
}

/// Where the base is best biased, and by what: `cost` says what the function's words come to, `None` where it cannot be written so.
pub fn choose(
    context: &Context<'_>,
    placement: &Placement,
    loops: &Loops,
    cost: impl Fn(&Biased) -> Option<u64>,
) -> Biased {
    let none = Biased::default();
    let rings = rings(context, placement, loops);
    if rings.is_empty() {
        return none;
    }
    let Some(most) = cost(&none) else {
        return none;
    };
    let mut worth: Vec<(u64, &Ring, i32)> = Vec::new();
    for (ring, offsets) in &rings {
        let tried = offsets.iter().filter_map(|&bias| {
            let cost = cost(&none.and(context, ring, bias)?)?;
            (cost < most).then_some((cost, ring, bias))
        });
        worth.extend(tried.min_by_key(|&(cost, _, bias)| (cost, bias)));
    }
    worth.sort_by_key(|&(cost, _, bias)| (cost, bias));
    worth.into_iter().fold(none, |biased, (_, ring, bias)| {
        biased.and(context, ring, bias).unwrap_or(biased)
    })
}
