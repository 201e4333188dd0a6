// SPDX-License-Identifier: GPL-2.0
//! Webs: the values of stolen registers, each with all places where it lives.

use super::live::Live;
use super::{fields, is_paired, tied, Callee, Calls, Function, Transfer};
use crate::rewrite::decode::{Insn, SP_BIT};
use crate::rewrite::error::Problem;

/// A place: before or behind a word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) at: u32,
    pub(super) behind: bool,
}

/// One value.
pub(super) struct Web {
    /// The register that it is taken from.
    pub(super) register: u8,
    /// Where it lives.
    pub(super) points: Vec<Point>,
    /// How often it is named, by a guess.
    pub(super) weight: u64,
    /// Calls over which it is kept: word and function.
    pub(super) crosses: Vec<(u32, u32)>,
    /// A word that names it.
    pub(super) named_at: usize,
}

/// From this weight on, a web is worth a saved register more that the function pushes and pops: it is named in a loop,
/// or often, or would have to be carried along when the stack pointer moves.
pub(super) const HEAVY: u64 = 10;

/// No web.
const NONE: u32 = u32::MAX;

/// All webs of a function.
pub(super) struct Webs {
    pub(super) all: Vec<Web>,
    /// The registers that are taken away.
    pub(super) stolen: u32,
    /// Which one lives at each node.
    of: Vec<u32>,
    words: usize,
}

impl Webs {
    pub(super) fn new(
        function: &Function,
        calls: &Calls,
        live: &Live,
        stolen: u32,
    ) -> Result<Webs, (usize, Problem)> {
        let words = function.body.insns.len();
        let mut webs = Webs {
            all: Vec::new(),
            stolen,
            of: Vec::new(),
            words,
        };
        for at in function.words() {
            let insn = &function.body.insns[at];
            let named = (insn.reads | insn.writes) & stolen;
            if is_paired(insn) && named != 0 {
                let register = named.trailing_zeros() as u8;
                return Err((at, Problem::Crowded(register)));
            }
        }
        let mut joined = Joined::new(stolen.count_ones() as usize * words * 2);
        for block in 0..function.cfg.blocks.len() {
            let range = function.cfg.blocks[block];
            for at in range.first as usize..range.end as usize {
                let through = live.ins[at] & live.outs[at] & !function.writes(at, calls);
                let same = through | tied(&function.body.insns[at]);
                for register in bits(stolen & same) {
                    joined.join(
                        webs.node(register, at, false),
                        webs.node(register, at, true),
                    );
                }
                for next in function.next(block, at) {
                    for register in bits(stolen & live.ins[next]) {
                        joined.join(
                            webs.node(register, at, true),
                            webs.node(register, next, false),
                        );
                    }
                }
            }
        }
        webs.collect(function, calls, live, &mut joined);
        Ok(webs)
    }

    fn collect(&mut self, function: &Function, calls: &Calls, live: &Live, joined: &mut Joined) {
        self.of = vec![NONE; joined.parents.len()];
        let depths = depths(function);
        let mut number = vec![NONE; joined.parents.len()];
        for (range, &depth) in function.cfg.blocks.iter().zip(&depths) {
            for at in range.first as usize..range.end as usize {
                let insn = &function.body.insns[at];
                for (behind, mask) in [
                    (false, live.ins[at] | insn.reads),
                    (true, live.outs[at] | insn.writes),
                ] {
                    for register in bits(mask & self.stolen) {
                        let node = self.node(register, at, behind);
                        let root = joined.root(node);
                        if number[root] == NONE {
                            number[root] = self.all.len() as u32;
                            self.all.push(Web {
                                register,
                                points: Vec::new(),
                                weight: 0,
                                crosses: Vec::new(),
                                named_at: at,
                            });
                        }
                        self.of[node] = number[root];
                        let web = &mut self.all[number[root] as usize];
                        let point = Point {
                            at: at as u32,
                            behind,
                        };
                        web.points.push(point);
                        let named = if behind { insn.writes } else { insn.reads };
                        if named & 1 << register != 0 {
                            web.weight += weight(insn, depth);
                            web.named_at = at;
                        }
                        let through = behind && function.writes(at, calls) & 1 << register == 0;
                        if through && insn.writes & SP_BIT != 0 {
                            web.weight += HEAVY;
                        }
                        let transfer = function.transfers.get(&(at as u32));
                        if let (Some(Transfer::Call(Callee::Known(to))), true) = (transfer, through)
                        {
                            web.crosses.push((at as u32, *to));
                        }
                    }
                }
            }
        }
    }

    fn node(&self, register: u8, at: usize, behind: bool) -> usize {
        let rank = (self.stolen & ((1 << register) - 1)).count_ones() as usize;
        (rank * self.words + at) * 2 + usize::from(behind)
    }

    /// The web of a stolen register at a place.
    pub(super) fn at(&self, register: u8, at: usize, behind: bool) -> Option<u32> {
        let web = self.of[self.node(register, at, behind)];
        (web != NONE).then_some(web)
    }
}

/// The set bits of a mask.
fn bits(mask: u32) -> impl Iterator<Item = u8> {
    crate::rewrite::place::bits(mask)
}

/// A word counts tenfold for each loop around it, and most of all between the halves of an exclusive pair, which an
/// access in between may undo.
fn weight(insn: &Insn, depth: u32) -> u64 {
    let exclusive =
        insn.word & 0x3fa0_0000 == 0x0800_0000 || insn.word & 0xbfa0_0000 == 0x8820_0000;
    let base = if exclusive && fields(insn).count() > 0 {
        1_000_000
    } else {
        1
    };
    base * 10u64.pow(depth.min(6))
}

/// How many loops are around each block: backward branches that span it.
fn depths(function: &Function) -> Vec<u32> {
    let mut depths = vec![0; function.cfg.blocks.len()];
    for (from, block) in function.cfg.blocks.iter().enumerate() {
        for to in block.successors().filter(|&to| to as usize <= from) {
            depths[to as usize..=from]
                .iter_mut()
                .for_each(|depth| *depth += 1);
        }
    }
    depths
}

/// Sets that grow together.
struct Joined {
    parents: Vec<u32>,
}

impl Joined {
    fn new(count: usize) -> Joined {
        Joined {
            parents: (0..count as u32).collect(),
        }
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.parents[node] as usize != node {
            let above = self.parents[self.parents[node] as usize];
            self.parents[node] = above;
            node = above as usize;
        }
        node
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b)] = a.min(b) as u32;
    }
}
