// SPDX-License-Identifier: GPL-2.0
//! The forward analysis of facts, and guards moved up: to where an access follows on all ways, and before loops.

use super::loops::Walk;
use super::wanted::Masks;
use super::{bits, class_of, near, Claim, Context, Placement, CLAIMABLE, CLAIM_MAX};
use crate::rewrite::cfg::Exit;
use crate::rewrite::decode::N;
use crate::rewrite::facts::{is_call, Facts, Span};
use crate::rewrite::frame::SAVED;
use crate::rewrite::live::{self, Halves};
use crate::rewrite::lower::Kind;
use crate::rewrite::steps::Step;
use lore_abi::contract::{bound_of_class, REG_STACK};
use lore_abi::image::Profile;

pub(super) struct Flow<'a> {
    pub(super) context: &'a Context<'a>,
    /// Registers that are worth a guard at the start of each block.
    pub(super) wanted: Vec<Masks>,
    /// Registers whose facts are of use there.
    pub(super) known: Vec<Masks>,
    /// Facts at the end of each block.
    pub(super) ends: Vec<Option<Facts>>,
    /// The same on the way on to the next block.
    pub(super) falls: Vec<Option<Facts>>,
    pub(super) visits: Vec<u32>,
    pub(super) banned: Vec<u32>,
    pub(super) placement: Placement,
}

impl Flow<'_> {
    pub(super) fn run(&mut self) {
        let count = self.context.cfg.blocks.len();
        self.ends = vec![None; count];
        self.falls = vec![None; count];
        self.visits = vec![0; count];
        self.banned = vec![0; count];
        let mut seen = vec![false; count];
        let mut work = std::collections::BTreeSet::from([0u32]);
        self.placement.starts[0] = self.context.entry();
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
            return context.entry();
        }
        if !context.labels[block] {
            return preds
                .iter()
                .find_map(|&pred| self.edge(pred as usize, block))
                .copied()
                .unwrap_or_else(|| Facts::nothing(stack));
        }
        self.visits[block] += 1;
        let mut registers = match context.without.has(Step::Labels) {
            true => 0,
            false => self.known[block].start.any & CLAIMABLE & !self.banned[block],
        };
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
        let class = class_of(bound);
        self.placement.claims[block] = Claim { registers, class };
        self.placement.claims[block].facts(stack)
    }

    /// Moves guards up where an access follows on all ways, and before loops; says whether any moved.
    pub(super) fn hoist(&mut self, all: &[Masks]) -> bool {
        let context = self.context;
        let mut moved = false;
        let writable = context.writable();
        let walk = Walk::of(context.cfg);
        let concerned = concerned(context, &walk.rings(context));
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
                // What a loop does not use is not guarded in each of its turns.
                let lacking = all[index].end.any & writable & !near_mask(&end) & concerned[index];
                self.placement.end_guards[index] |= lacking;
                moved |= lacking != 0;
            }
        }
        // Of `match` a guard compares as well, and that of `mask` changes low halves too: they stand where an access follows.
        let seen = match context.guard {
            Profile::Uxtw | Profile::Movk | Profile::Stores => {
                live::whole(context.cfg, context.lowered, Halves::Summed).0
            }
            Profile::Low => live::whole(context.cfg, context.lowered, Halves::Kept).0,
            Profile::Mask | Profile::Match => vec![u32::MAX; all.len()],
        };
        for (index, masks) in all.iter().enumerate() {
            let surely = masks.start.any & writable;
            let maybe = self.wanted[index].start.any & writable & !seen[index];
            moved |= self.hoist_into(index, surely, maybe, &walk);
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

    /// Guards on the ways into a block that lack a fact which other ways bring: of the registers of `surely`, through which an access
    /// follows; and before a loop that brings it in all its turns, of those of `maybe`, whose guard nobody sees who does not access.
    fn hoist_into(&mut self, block: usize, surely: u32, maybe: u32, walk: &Walk) -> bool {
        let preds = &self.context.cfg.preds[block];
        if block == 0 || preds.len() < 2 || !self.context.labels[block] {
            return false;
        }
        let mut moved = false;
        let lacking = (surely | maybe) & !near_mask(&self.placement.starts[block]);
        let goes_back = |pred: u32| walk.goes_back(pred as usize, block);
        let is_loop = preds.iter().any(|&pred| goes_back(pred));
        let mut round = None;
        for register in bits(lacking) {
            let mut without: Vec<usize> = preds
                .iter()
                .map(|&pred| pred as usize)
                .filter(|&pred| {
                    !self
                        .edge(pred, block)
                        .is_some_and(|facts| near(facts.get(register)))
                })
                .collect();
            if surely & 1 << register == 0 {
                let by_loop = without.iter().all(|&pred| !walk.goes_back(pred, block));
                if without.len() == preds.len() || !by_loop || !is_loop {
                    continue;
                }
            } else if without.len() == preds.len() {
                // Copies of it are accessed: one guard before the loop serves all turns.
                let Some(round) =
                    round.get_or_insert_with(|| Round::of(self.context, block, goes_back))
                else {
                    continue;
                };
                if round.writes & 1 << register != 0 {
                    continue;
                }
                without.retain(|&pred| !round.blocks[pred]);
                if without.len() != 1 {
                    continue;
                }
            } else if without.len() > 1 && !is_loop {
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

/// By block, the registers that its innermost loop writes or accesses memory through; all, where it is in none.
fn concerned(context: &Context<'_>, rings: &[(usize, Vec<bool>)]) -> Vec<u32> {
    let mut concerned = vec![u32::MAX; context.cfg.blocks.len()];
    let size = |ring: &Vec<bool>| ring.iter().filter(|&&inside| inside).count();
    let mut rings: Vec<&Vec<bool>> = rings.iter().map(|(_, ring)| ring).collect();
    rings.sort_by_key(|ring| std::cmp::Reverse(size(ring)));
    for ring in rings {
        let blocks = || (0..ring.len()).filter(|&block| ring[block]);
        let items = blocks().flat_map(|block| &context.lowered.items[context.lowered.block(block)]);
        let registers = items.fold(0, |all, item| {
            let bases = item.insn.reads & !item.insn.reads_apart_from(N);
            all | item.insn.writes | if item.kind == Kind::Access { bases } else { 0 }
        });
        blocks().for_each(|block| concerned[block] = registers);
    }
    concerned
}

/// The blocks from which control comes back to a block without having left through it.
pub(super) struct Round {
    pub(super) blocks: Vec<bool>,
    /// Registers that are not at the end of a round what they were at its start.
    writes: u32,
}

impl Round {
    /// `back` tells the ways into the block that come back. `None` if nothing does, or the function's start lies between.
    pub(super) fn of(
        context: &Context<'_>,
        head: usize,
        back: impl Fn(u32) -> bool,
    ) -> Option<Round> {
        let cfg = context.cfg;
        let mut blocks = vec![false; cfg.blocks.len()];
        blocks[head] = true;
        let mut work: Vec<u32> = cfg.preds[head]
            .iter()
            .copied()
            .filter(|&pred| back(pred))
            .collect();
        while let Some(block) = work.pop() {
            if !std::mem::replace(&mut blocks[block as usize], true) {
                work.extend(&cfg.preds[block as usize]);
            }
        }
        let alone = cfg.preds[head].iter().all(|&pred| blocks[pred as usize]);
        if blocks[0] || alone {
            return None;
        }
        let items = (0..blocks.len()).filter(|&block| blocks[block]);
        let writes = items
            .flat_map(|block| &context.lowered.items[context.lowered.block(block)])
            .map(|item| match is_call(item.kind) {
                true if context.strict => u32::MAX,
                true => !SAVED,
                false => item.insn.writes,
            })
            .fold(0, |all, writes| all | writes);
        Some(Round { blocks, writes })
    }
}

fn near_mask(facts: &Facts) -> u32 {
    bits(facts.known)
        .filter(|&register| near(facts.get(register)))
        .map(|register| 1 << register)
        .sum()
}
