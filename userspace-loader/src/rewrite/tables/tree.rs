// SPDX-License-Identifier: GPL-2.0
//! The function's words anew, with compares in the place of jumps by table.

use super::Jump;
use crate::rewrite::cfg::{Body, NONE};
use crate::rewrite::decode::decode;
use crate::rewrite::encode as e;
use std::collections::{BTreeMap, BTreeSet};

/// Where a branch of the tree goes.
#[derive(Clone, Copy)]
enum Goal {
    /// A word of the object.
    Word(u32),
    /// A part of the tree, by number.
    Part(usize),
}

/// The target of an index beyond an open table.
const BEYOND: u32 = u32::MAX;

/// Indexes from one on that go to the same word.
#[derive(Clone, Copy)]
struct Run {
    first: u32,
    target: u32,
}

/// Writes the function with compares.
pub(super) fn with_compares(body: &Body, jumps: &[Jump]) -> Body {
    let mut changed: BTreeMap<u32, u32> = BTreeMap::new();
    let by_branch: BTreeMap<u32, &Jump> = jumps.iter().map(|jump| (jump.at, jump)).collect();
    for jump in jumps {
        let load = body.insns[jump.load as usize];
        // The index, extended as the load's address was.
        let index = match (load.word >> 13) & 1 {
            0 => e::mov32(load.d(), load.m()),
            _ => copy(load.d(), load.m()),
        };
        changed.insert(jump.load, index);
        let sum = body.insns[jump.sum as usize];
        changed.insert(jump.sum, copy(sum.d(), load.d()));
        changed.extend(jump.bases.iter().map(|&base| (base, e::NOP)));
    }
    let mut writer = Writer {
        out: Body {
            function: body.function,
            insns: Vec::with_capacity(body.insns.len()),
            relocs: Vec::with_capacity(body.insns.len()),
            origin: Vec::with_capacity(body.insns.len()),
            place: Vec::with_capacity(body.insns.len()),
            made: BTreeMap::new(),
            reserved: body.reserved,
            scratch: BTreeSet::new(),
        },
        made: Vec::new(),
        parts: Vec::new(),
    };
    for at in 0..body.insns.len() as u32 {
        writer.out.place.push(writer.at());
        if let Some(jump) = by_branch.get(&at) {
            writer.tree(at, body.insns[at as usize].n(), &runs(jump));
            continue;
        }
        let word = changed.get(&at).copied();
        let word = word.unwrap_or(body.insns[at as usize].word);
        writer.put(at, word, body.relocs[at as usize]);
    }
    writer.finish()
}

fn copy(d: u8, m: u8) -> u32 {
    if d == m {
        e::NOP
    } else {
        e::mov(d, m)
    }
}

fn runs(jump: &Jump) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let beyond = jump.open.then_some(BEYOND);
    for (index, target) in jump.targets.iter().copied().chain(beyond).enumerate() {
        if runs.last().is_none_or(|run| run.target != target) {
            runs.push(Run {
                first: index as u32,
                target,
            });
        }
    }
    runs
}

struct Writer {
    out: Body,
    /// Branches of the trees and where they go.
    made: Vec<(u32, Goal)>,
    /// First word of each part of a tree.
    parts: Vec<u32>,
}

impl Writer {
    fn at(&self) -> u32 {
        self.out.insns.len() as u32
    }

    fn put(&mut self, origin: u32, word: u32, reloc: u32) {
        self.out.insns.push(decode(word));
        self.out.relocs.push(reloc);
        self.out.origin.push(origin);
    }

    fn branch(&mut self, origin: u32, word: u32, goal: Goal) {
        self.made.push((self.at(), goal));
        self.put(origin, word, NONE);
    }

    /// The branch at `origin` by the index in a register, which is only read here. It has something taken off on its
    /// way down the tree, so that no other register is needed, nor the flags, which may be in use.
    fn tree(&mut self, origin: u32, index: u8, runs: &[Run]) {
        let mut work = vec![(self.part(), runs, 0)];
        while let Some((part, mut runs, mut less)) = work.pop() {
            self.parts[part] = self.at();
            while runs.len() > 1 {
                let (low, high) = runs.split_at(runs.len() / 2);
                self.take_off(origin, index, high[0].first as i32 - less);
                less = high[0].first as i32;
                let goal = match low {
                    [run] => Goal::Word(run.target),
                    _ => {
                        let part = self.part();
                        work.push((part, low, less));
                        Goal::Part(part)
                    }
                };
                self.branch(origin, e::tbnz_sign32(index), goal);
                runs = high;
            }
            match runs[0].target {
                BEYOND => self.put(origin, e::BRK, NONE),
                target => self.branch(origin, e::B, Goal::Word(target)),
            }
        }
    }

    fn part(&mut self) -> usize {
        self.parts.push(0);
        self.parts.len() - 1
    }

    fn take_off(&mut self, origin: u32, index: u8, amount: i32) {
        for part in [amount / 4096 * 4096, amount % 4096] {
            if part != 0 {
                self.put(origin, e::add32_imm(index, index, -part), NONE);
            }
        }
    }

    fn finish(mut self) -> Body {
        let goal = |goal| match goal {
            Goal::Word(word) => self.out.place[word as usize],
            Goal::Part(part) => self.parts[part],
        };
        let made = self.made.iter();
        self.out.made = made.map(|(at, to)| (*at, goal(*to))).collect();
        self.out
    }
}
