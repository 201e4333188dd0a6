// SPDX-License-Identifier: GPL-2.0
//! Which registers may still be read behind each block of a lowered function.

use super::cfg::Cfg;
use super::decode::{N, SP_BIT};
use super::frame::SAVED;
use super::lower::{Item, Kind, Lowered};
use super::memory::{access_of, Mode};
use super::place::narrow::narrowed;

/// Arguments, results, and where large results go.
pub const PASSED: u32 = 0x1ff;

/// The registers that may be read behind each block. A call may read what is passed in registers, and is not counted on to change
/// any: gcc keeps values in temporaries over calls of functions that leave them alone.
pub fn behind(cfg: &Cfg, lowered: &Lowered) -> Vec<u32> {
    let before = |live, at: usize| live_before(live, &lowered.items[at]);
    around(cfg, lowered, before, |_, _| 0).1
}

/// The registers whose upper halves may be read from the start of each block on, and from behind it, other than for addresses: all
/// that a guard of one word changes, so that it may stand there for any other register, whether it is a pointer or not.
pub fn whole(cfg: &Cfg, lowered: &Lowered, halves: Halves) -> (Vec<u32>, Vec<u32>) {
    let before = |live, at: usize| whole_before(live, &lowered.items[at], halves);
    around(cfg, lowered, before, |_, _| 0)
}

/// What is made of the registers of an access by a sum.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Halves {
    /// A sum of low halves, unless the index is small.
    Summed,
    /// Perhaps nothing: the access stays as it is, if facts allow.
    Kept,
}

/// What is live before each block and behind it, by what is live before an item; `dead` tells what is not on the way from one block
/// to another.
pub fn around(
    cfg: &Cfg,
    lowered: &Lowered,
    live_before: impl Fn(u32, usize) -> u32,
    dead: impl Fn(usize, u32) -> u32,
) -> (Vec<u32>, Vec<u32>) {
    let count = cfg.blocks.len();
    let (mut before, mut behind) = (vec![0u32; count], vec![0u32; count]);
    let mut work: std::collections::BTreeSet<usize> = (0..count).collect();
    while let Some(block) = work.pop_last() {
        let next = cfg.blocks[block].successors();
        behind[block] = next.fold(0, |live, next| {
            live | before[next as usize] & !dead(block, next)
        });
        let items = lowered.block(block).rev();
        let live = items.fold(behind[block], &live_before);
        if live != before[block] {
            before[block] = live;
            work.extend(cfg.preds[block].iter().map(|&pred| pred as usize));
        }
    }
    (before, behind)
}

/// The same as [`live_before`] of upper halves that are not only part of an address.
pub fn whole_before(live: u32, item: &Item, halves: Halves) -> u32 {
    let insn = &item.insn;
    if item.kind == Kind::Plain && live & insn.writes == 0 && narrowed(insn).is_some() {
        // Its low half comes of low halves.
        return live;
    }
    let (reads, stepped) = match item.kind {
        Kind::Access if halves == Halves::Kept && access_of(insn.word).mode == Mode::Register => {
            (insn.reads, 0)
        }
        // What a base is stepped to has the upper half that it had.
        Kind::Access | Kind::Prefetch => {
            let base = 1 << insn.n();
            (insn.reads_apart_from(N), insn.writes & insn.reads & base)
        }
        _ if insn.reads_halves() => (0, 0),
        _ => return passing(live, item, item.passed),
    };
    live & !(insn.writes & !stepped) | reads
}

/// The registers that may be read at each item or behind it.
pub fn before(cfg: &Cfg, lowered: &Lowered) -> Vec<u32> {
    let mut all = vec![0; lowered.items.len()];
    for (block, mut live) in behind(cfg, lowered).into_iter().enumerate() {
        for at in lowered.block(block).rev() {
            live = live_before(live, &lowered.items[at]);
            all[at] = live;
        }
    }
    all
}

/// What is live before an item, by what is behind it.
pub fn live_before(live: u32, item: &Item) -> u32 {
    passing(live, item, PASSED)
}

/// The same, where the other side reads `passed`.
fn passing(live: u32, item: &Item, passed: u32) -> u32 {
    let insn = &item.insn;
    match item.kind {
        Kind::Call(_) | Kind::Gate(_) | Kind::Table => live | insn.reads | passed,
        Kind::Tail(_) | Kind::Return => passed | SAVED | insn.reads & !SP_BIT,
        Kind::Trap => 0,
        Kind::Plain | Kind::Access | Kind::Prefetch => live & !insn.writes | insn.reads,
        Kind::Adjust(_) | Kind::Jump(_) | Kind::Cond(_) => live & !insn.writes | insn.reads,
    }
}
