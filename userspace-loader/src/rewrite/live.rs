// SPDX-License-Identifier: GPL-2.0
//! Which registers may still be read behind each block of a lowered function.

use super::cfg::Cfg;
use super::decode::SP_BIT;
use super::frame::SAVED;
use super::lower::{Item, Kind, Lowered};

/// Arguments, results, and where large results go.
const PASSED: u32 = 0x1ff;

/// The registers that may be read behind each block. A call may read what is passed in registers, and is not counted on to change
/// any: gcc keeps values in temporaries over calls of functions that leave them alone.
pub fn behind(cfg: &Cfg, lowered: &Lowered) -> Vec<u32> {
    let count = cfg.blocks.len();
    let (mut before, mut behind) = (vec![0u32; count], vec![0u32; count]);
    let mut work: std::collections::BTreeSet<usize> = (0..count).collect();
    while let Some(block) = work.pop_last() {
        let next = cfg.blocks[block].successors();
        behind[block] = next.fold(0, |live, next| live | before[next as usize]);
        let items = &lowered.items[lowered.block(block)];
        let live = items.iter().rev().fold(behind[block], live_before);
        if live != before[block] {
            before[block] = live;
            work.extend(cfg.preds[block].iter().map(|&pred| pred as usize));
        }
    }
    behind
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
    let passed = match item.kind {
        Kind::Call(_) | Kind::Gate(_) | Kind::Table => PASSED,
        Kind::Tail(_) | Kind::Return => return PASSED | SAVED | item.insn.reads & !SP_BIT,
        Kind::Trap => return 0,
        Kind::Plain | Kind::Access | Kind::Prefetch => 0,
        Kind::Adjust(_) | Kind::Jump(_) | Kind::Cond(_) => 0,
    };
    let writes = if passed == 0 { item.insn.writes } else { 0 };
    live & !writes | item.insn.reads | passed
}
