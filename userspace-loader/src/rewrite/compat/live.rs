// SPDX-License-Identifier: GPL-2.0
//! Which registers are live at each word, and which hold nothing that anybody may read.

use super::{tied, Calls, Function, Transfer, ARGUMENTS, TEMPORARIES};
use crate::rewrite::decode::Op;
use crate::rewrite::error::Problem;

/// Registers that are live before and after each word.
pub(super) struct Live {
    pub(super) ins: Vec<u32>,
    pub(super) outs: Vec<u32>,
}

/// Finds what is live. A word that is not reached has nothing.
pub(super) fn backward(function: &Function, calls: &Calls) -> Live {
    let count = function.body.insns.len();
    let mut live = Live {
        ins: vec![0; count],
        outs: vec![0; count],
    };
    let blocks = &function.cfg.blocks;
    let mut work: std::collections::BTreeSet<usize> = (0..blocks.len()).collect();
    while let Some(index) = work.pop_last() {
        let block = &blocks[index];
        let first = block.first as usize;
        let before = live.ins[first];
        let mut mask = block.successors().fold(0, |mask, next| {
            mask | live.ins[blocks[next as usize].first as usize]
        });
        for at in (first..block.end as usize).rev() {
            live.outs[at] = mask;
            mask = mask & !function.writes(at, calls) | function.reads(at, calls);
            live.ins[at] = mask;
        }
        if mask != before {
            let preds = function.cfg.preds[index].iter();
            work.extend(preds.map(|&pred| pred as usize));
        }
    }
    live
}

/// Which ways to a word count.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ways {
    /// What holds on every way: a word may be reached with a value on another.
    All,
    /// What holds on some way.
    Some,
}

/// Temporaries that nothing has written on the ways to the start of each block: since the entry, or since a call that
/// changed them.
fn unwritten(function: &Function, calls: &Calls, ways: Ways) -> Vec<u32> {
    let blocks = &function.cfg.blocks;
    let unseen = if ways == Ways::All { u32::MAX } else { 0 };
    let mut starts = vec![unseen; blocks.len()];
    starts[0] = TEMPORARIES & !ARGUMENTS;
    let mut work = std::collections::BTreeSet::from([0usize]);
    let mut seen = vec![false; blocks.len()];
    while let Some(index) = work.pop_first() {
        seen[index] = true;
        let mut mask = starts[index];
        for at in blocks[index].first..blocks[index].end {
            mask = after(function, calls, at as usize, mask);
        }
        for next in blocks[index].successors() {
            let next = next as usize;
            let merged = match ways {
                Ways::All => starts[next] & mask,
                Ways::Some => starts[next] | mask,
            };
            if merged != starts[next] || !seen[next] {
                starts[next] = merged;
                work.insert(next);
            }
        }
    }
    starts
}

fn after(function: &Function, calls: &Calls, at: usize, mask: u32) -> u32 {
    match function.transfers.get(&(at as u32)) {
        Some(Transfer::Call(callee)) => mask | calls.clobbers(*callee) & !calls.results,
        _ => mask & !function.body.insns[at].writes,
    }
}

/// What each word reads of what nothing has written, callees' arguments included where `ways` is some, until `found` says
/// that it is enough.
fn reads_unwritten<T>(
    function: &Function,
    calls: &Calls,
    ways: Ways,
    mut found: impl FnMut(usize, u32) -> Option<T>,
) -> Option<T> {
    let starts = unwritten(function, calls, ways);
    for (block, &start) in function.cfg.blocks.iter().zip(&starts) {
        let mut mask = start;
        for at in block.first as usize..block.end as usize {
            let insn = &function.body.insns[at];
            // What changes a part of a register may begin with anything.
            let partly = if insn.op == Op::Alu { tied(insn) } else { 0 };
            let passed = match function.transfers.get(&(at as u32)) {
                Some(Transfer::Call(callee) | Transfer::Tail(callee)) if ways == Ways::Some => {
                    calls.arguments(*callee)
                }
                _ => 0,
            };
            let read = (insn.reads & !partly | passed) & mask & TEMPORARIES;
            if read != 0 {
                if let Some(answer) = found(at, read) {
                    return Some(answer);
                }
            }
            mask = after(function, calls, at, mask);
        }
    }
    None
}

/// Registers beyond x0 and x1 that a caller reads behind a call, or passes on: LLVM returns up to eight.
pub(super) fn results(function: &Function, calls: &Calls) -> u32 {
    let mut mask = 0;
    reads_unwritten(function, calls, Ways::Some, |_, read| {
        mask |= read & ARGUMENTS & !(1 << 8);
        None::<()>
    });
    mask
}

/// Refuses what does not follow the calling convention.
pub(super) fn check(function: &Function, calls: &Calls) -> Result<(), (usize, Problem)> {
    let read = reads_unwritten(function, calls, Ways::All, |at, read| Some((at, read)));
    match read {
        Some((at, read)) => Err((at, Problem::OwnConvention(read.trailing_zeros() as u8))),
        None => Ok(()),
    }
}
