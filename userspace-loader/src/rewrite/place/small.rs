// SPDX-License-Identifier: GPL-2.0
//! Indices that the words before keep small (bytes, halves, what is masked): an access by one needs a fact about its base,
//! as one by an immediate does, and no sum. In the profile `low` also those that every word of the function keeps small which writes
//! them: what the verifier goes by there are facts.

use super::Context;
use crate::rewrite::cfg::Exit;
use crate::rewrite::decode::{Insn, Op};
use crate::rewrite::facts::{is_call, Span};
use crate::rewrite::frame::SAVED;
use crate::rewrite::live;
use crate::rewrite::lower::{Item, Kind};
use crate::rewrite::memory::{access_of, Access, Mode};
use lore_abi::contract::{BAND_LEN, REACH_LEN};
use lore_abi::image::Profile;

/// How many words before an access the verifier looks for the one that makes its index small.
pub const WORDS: usize = 8;
/// How many items before it are looked at here: guards and the like come between them.
const ITEMS: usize = 7;
/// The most bits that an index may have.
const BITS: u32 = 20;

/// How far an access may be from its base where the verifier goes by facts of both registers.
const FARTHEST: i32 = BAND_LEN as i32 - REACH_LEN; // 3 MiB.

/// An access by a small index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Small {
    /// The register that holds the pointer.
    pub base: u8,
    /// The one that is small.
    pub index: u8,
    bits: u32,
    /// The word that makes it small stands close before, where the verifier looks for it.
    pub is_near: bool,
}

impl Small {
    /// Its farthest access, as one by an immediate that proves nothing.
    pub fn farthest(&self, access: &Access) -> Access {
        Access {
            mode: Mode::Offset,
            imm: ((1 << self.bits) - 1) << access.imm,
            touches: false,
            ..*access
        }
    }
}

/// The small indices of all items.
pub fn find(context: &Context<'_>) -> Vec<Option<Small>> {
    let mut found = vec![None; context.lowered.items.len()];
    // Where the verifier goes by facts, what is small need not stand close by.
    let at_entry = (context.guard == Profile::Low).then(|| read_at_entry(context));
    for block in 0..context.cfg.blocks.len() {
        for at in context.lowered.block(block) {
            let item = &context.lowered.items[at];
            if item.kind != Kind::Access || access_of(item.insn.word).mode != Mode::Register {
                continue;
            }
            let (n, m) = (item.insn.n(), item.insn.m());
            let access = access_of(item.insn.word);
            let small = |base, index| {
                let near = bits_of(context, block, at, index);
                let bits = near.or_else(|| bits_of_all(context, &at_entry, index))?;
                let small = Small {
                    base,
                    index,
                    bits,
                    is_near: near.is_some(),
                };
                let farthest = small.farthest(&access);
                // What even a guarded base does not cover is not small, for a verifier that goes by it. Else the base has to be an
                // address, too, or its low half is another one: what is in use of a window lies a band behind its start, of which
                // a constant in the base may take its part.
                let is_small = match small.is_near {
                    true => Span::EXACT.covers(&farthest),
                    false => farthest.imm < FARTHEST,
                };
                is_small.then_some(small)
            };
            // Which of the two is the pointer the word does not say, where both are whole and neither is shifted.
            let is_sum = item.insn.word & 0xf000 == 0x6000;
            found[at] = small(n, m).or_else(|| small(m, n).filter(|_| is_sum));
        }
    }
    found
}

/// How many bits a register has at most before an item, by one of the few items before it.
fn bits_of(context: &Context<'_>, block: usize, at: usize, register: u8) -> Option<u32> {
    if register == 31 {
        return None;
    }
    let mut block = block;
    for before in (0..at).rev().take(ITEMS) {
        while before < context.lowered.block(block).start {
            block = only_before(context, block)?;
        }
        let item = &context.lowered.items[before];
        if !matches!(item.kind, Kind::Plain | Kind::Access | Kind::Cond(_)) {
            return None;
        }
        if item.insn.writes & 1 << register != 0 {
            return bits_left(&item.insn).filter(|&bits| item.insn.d() == register && bits <= BITS);
        }
    }
    None
}

/// How many bits a register has at most wherever it has been written in the function; `None` if it may hold what it held at the start,
/// or what a call has left there.
fn bits_of_all(context: &Context<'_>, at_entry: &Option<u32>, register: u8) -> Option<u32> {
    if register == 31 || at_entry.is_none_or(|live| live & 1 << register != 0) {
        return None;
    }
    let items = context.lowered.items.iter();
    let is_saved = SAVED & 1 << register != 0;
    let is_written = |item: &Item| match is_call(item.kind) {
        true => !is_saved,
        false => item.insn.writes & 1 << register != 0,
    };
    let mut writers = items.filter(|item| is_written(item));
    writers.try_fold(0, |most, item| {
        let is_result = item.insn.d() == register && !is_call(item.kind);
        let bits = bits_left(&item.insn).or_else(|| bits_of_constant(&item.insn));
        Some(most.max(bits.filter(|&bits| is_result && bits <= BITS)?))
    })
}

/// The registers that are read before they are written.
fn read_at_entry(context: &Context<'_>) -> u32 {
    let read = |live, at: usize| {
        let insn = &context.lowered.items[at].insn;
        live & !insn.writes | insn.reads
    };
    live::around(context.cfg, context.lowered, read, |_, _| 0).0[0]
}

/// How many bits a constant has.
fn bits_of_constant(insn: &Insn) -> Option<u32> {
    // movz
    let is_constant = insn.word & 0x7f80_0000 == 0x5280_0000;
    let (value, half) = ((insn.word >> 5) & 0xffff, (insn.word >> 21) & 3);
    is_constant.then_some((16 * half + 16) - (value << 16).leading_zeros().min(16))
}

/// The block before, if control comes from nowhere else.
fn only_before(context: &Context<'_>, block: usize) -> Option<usize> {
    let before = block.checked_sub(1)?;
    let goes_on = match context.cfg.blocks[before].exit {
        Exit::Cond { next, .. } | Exit::Fall(next) => next as usize == block,
        _ => false,
    };
    (goes_on && !context.labels[block]).then_some(before)
}

/// How many bits a word leaves of its result at most, if it is one that keeps few.
pub fn bits_left(insn: &Insn) -> Option<u32> {
    let word = insn.word;
    let width = 32 << (word >> 31);
    let (last, turn) = ((word >> 10) & 63, (word >> 16) & 63);
    let moved = || last + 1 + width - turn;
    match insn.op {
        Op::Memory => {
            let access = access_of(word);
            // `opc` is 1 for loads that extend by zeros.
            let zeros = access.single && access.load && (word >> 22) & 3 == 1;
            (zeros && access.size <= 2).then_some(8 * access.size as u32)
        }
        // and, ands, with ones of the whole register
        Op::Alu | Op::AluFlags if matches!(word & 0x7f80_0000, 0x1200_0000 | 0x7200_0000) => {
            let whole = if width == 64 {
                word & 1 << 22 != 0
            } else {
                last < 32
            };
            match turn {
                0 => Some(last + 1),
                _ => (turn > last).then(moved),
            }
            .filter(|_| whole)
        }
        // cset
        Op::Alu if word & 0x7fff_0fe0 == 0x1a9f_07e0 => Some(1),
        // ubfm
        Op::Alu if word & 0x7f80_0000 == 0x5300_0000 => Some(match last >= turn {
            true => last - turn + 1,
            false => moved(),
        }),
        _ => None,
    }
}
