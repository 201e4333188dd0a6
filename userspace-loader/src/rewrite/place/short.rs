// SPDX-License-Identifier: GPL-2.0
//! In the profile `low`: registers that are short, which is to say that they have no upper half in any run of a correct program. A
//! word that makes one of another is written as 32 bits, so that the verifier knows it, too.
//!
//! ```text
//!   mov  x1, xzr              mov  w1, wzr
//!   loop:                     loop:
//!   ldrb w3, [x0, x1]         ldrb w3, [x0, x1]         if x0 is short, x1 is less than 4 GiB minus a band
//!   add  x1, x1, #1           add  w1, w1, #1           and no carry is lost
//!   cmp  x1, x2               cmp  x1, x2
//!   b.lo loop                 b.lo loop
//! ```
//!
//! What a program accesses memory by lies inside what is mapped, of which either end of the window is a band away, so neither a
//! pointer nor an index that has been accessed by grows an upper half by a small constant.

use crate::rewrite::cfg::{Cfg, Exit};
use crate::rewrite::decode::{Insn, Op};
use crate::rewrite::facts::is_call;
use crate::rewrite::frame::SAVED;
use crate::rewrite::live::{self, Halves};
use crate::rewrite::lower::{Item, Kind, Lowered};
use crate::rewrite::memory::{access_of, is_by_whole, Access, Mode};
use crate::rewrite::place::narrow::narrowed;
use crate::rewrite::place::small::bits_left;
use lore_abi::contract::{BAND_LEN, REG_BASE, REG_SHADOW, REG_STACK};
use std::collections::BTreeSet;

/// How far an access may be from its base, and a step from what has been accessed by, so that both stay in the window.
const NEAR: u32 = BAND_LEN / 4;

/// What is known of registers on all ways to a place.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Known {
    /// They are short.
    short: u32,
    /// Short, and accessed through since they were written.
    pointer: u32,
    /// Short, and an index of an access since they were written.
    index: u32,
    /// Written as 32 bits.
    pub half: u32,
}

impl Known {
    /// All of it, of some registers.
    const fn of(registers: u32) -> Known {
        Known {
            short: registers,
            pointer: registers,
            index: registers,
            half: registers,
        }
    }

    fn and(self, other: Known) -> Known {
        Known {
            short: self.short & other.short,
            pointer: self.pointer & other.pointer,
            index: self.index & other.index,
            half: self.half & other.half,
        }
    }

    fn keep(&mut self, registers: u32) {
        *self = self.and(Known::of(registers));
    }

    /// What is known behind an item, and the word that is to stand for its own.
    fn after(&mut self, item: &Item) -> Option<u32> {
        match item.kind {
            Kind::Plain => self.after_plain(&item.insn),
            Kind::Access => self.after_access(&item.insn),
            kind => {
                self.keep(if is_call(kind) {
                    SAVED
                } else {
                    !item.insn.writes
                });
                None
            }
        }
    }

    fn after_plain(&mut self, insn: &Insn) -> Option<u32> {
        let before = *self;
        let has = |mask: u32, register: u8| mask & 1 << register != 0;
        self.keep(!insn.writes);
        let (n, m) = (insn.n(), insn.m());
        let d = insn.writes;
        let is_of_window = insn.op == Op::AddImm && (n == REG_BASE || n == REG_STACK);
        if is_of_window {
            self.pointer |= d;
            self.short |= d;
        }
        if insn.halves() != 0 || bits_left(insn).is_some_and(|bits| bits <= 32) {
            self.short |= d;
            self.half |= insn.halves();
            return None;
        }
        let half = narrowed(insn).filter(|_| is_of_window || before.is_short_behind(insn))?;
        if insn.op == Op::Mov {
            // A copy is what it was.
            self.pointer |= if has(before.pointer, m) { d } else { 0 };
            self.index |= if has(before.index, m) { d } else { 0 };
        }
        self.short |= d;
        self.half |= d;
        Some(half)
    }

    /// Whether the result has no upper half, because of what its sources are.
    fn is_short_behind(&self, insn: &Insn) -> bool {
        let (n, m) = (insn.n(), insn.m());
        let is_short = |register: u8| register == 31 || self.short & 1 << register != 0;
        let word = insn.word;
        let has_no_shift = word & 0x00e0_fc00 == 0;
        match insn.op {
            Op::Mov => is_short(m),
            Op::AddImm => {
                let step = insn.add_imm();
                let is_near = step.unsigned_abs() <= NEAR;
                let is_up = step >= 0 && self.index & 1 << n != 0;
                is_near && (is_up || self.pointer & 1 << n != 0)
            }
            // and, orr, eor
            Op::Alu if word & 0x1f00_0000 == 0x0a00_0000 && has_no_shift => {
                let is_and = word & 0x6000_0000 == 0;
                is_short(n) && is_short(m) || is_and && (is_short(n) || is_short(m))
            }
            Op::Alu if is_csel(word) => is_short(n) && is_short(m),
            _ => false,
        }
    }

    fn after_access(&mut self, insn: &Insn) -> Option<u32> {
        let access = access_of(insn.word);
        let (n, m) = (insn.n(), insn.m());
        let (base, other) = (1 << n, 1 << m);
        let both = |mask: u32| mask & base != 0 && mask & other != 0;
        let mut word = None;
        match access.mode {
            Mode::Register => {
                let is_half = insn.word & 0xe000 == 0x4000;
                if is_half && self.short & other != 0 {
                    // uxtw of what is short is all of it.
                    word = Some(insn.word | 1 << 13);
                }
                if (is_by_whole(insn.word) || word.is_some()) && both(self.short) && access.touches
                {
                    self.index |= other;
                    self.index |= if access.imm == 0 { base } else { 0 };
                }
            }
            _ if n != REG_SHADOW && is_near(&access) => {
                self.short |= base;
                self.pointer |= base;
            }
            _ => {}
        }
        let is_back = matches!(access.mode, Mode::Pre | Mode::Post);
        let stays = if is_back { base } else { 0 };
        // What it is stepped to is not yet accessed.
        let stepped = self.short & stays;
        self.keep(!insn.writes);
        self.short |= stepped | insn.halves();
        self.half |= insn.halves();
        word
    }
}

/// Whether an access proves that its base lies in the window.
fn is_near(access: &Access) -> bool {
    access.touches && access.imm.unsigned_abs() <= NEAR
}

/// csel, which chooses one of two registers as it is.
const fn is_csel(word: u32) -> bool {
    word & 0x7fe0_0c00 == 0x1a80_0000
}

/// A register that one less has been made of, `sub xD, xN, #1`, where it is told from 0 before either changes: unless it is 0, the
/// result is as short as it is.
struct Counted {
    /// The item.
    at: usize,
    /// The block where it is not 0.
    next: usize,
    /// The result.
    less: u32,
}

/// The count down of a block that ends in its test.
fn counted(cfg: &Cfg, lowered: &Lowered, block: usize, whole: &[u32]) -> Option<Counted> {
    let Exit::Cond { taken, next } = cfg.blocks[block].exit else {
        return None;
    };
    let mut items = lowered.block(block).rev();
    let test = lowered.items[items.next()?].insn;
    if test.op != Op::Cbz || taken == next {
        return None;
    }
    // Bit 24 tells cbnz.
    let (null, other) = match test.word & 1 << 24 {
        0 => (taken, next),
        _ => (next, taken),
    };
    let (mut written, mut read) = (0, 0);
    for at in items {
        let item = &lowered.items[at];
        let is_less = item.kind == Kind::Plain && item.insn.op == Op::AddImm;
        let (less, from) = (item.insn.writes, 1 << item.insn.n());
        if is_less
            && item.insn.add_imm() == -1
            && from == test.reads
            && less & (written | read | from) == 0
        {
            // Where it was 0, nobody may read the upper half of what is less.
            let is_unseen = whole[null as usize] & less == 0;
            return is_unseen.then_some(Counted {
                at,
                next: other as usize,
                less,
            });
        }
        written |= item.insn.writes;
        read |= item.insn.reads;
        if written & test.reads != 0 || is_call(item.kind) {
            return None;
        }
    }
    None
}

/// What is known before each item, and the words that are written as 32 bits for it.
pub fn find(cfg: &Cfg, lowered: &Lowered) -> (Vec<Known>, Vec<(usize, u32)>) {
    let (whole, _) = live::whole(cfg, lowered, Halves::Kept);
    let counts: Vec<_> = (0..cfg.blocks.len())
        .map(|block| counted(cfg, lowered, block, &whole))
        .collect();
    let mut starts = vec![Known::of(u32::MAX); cfg.blocks.len()];
    // Nothing is known of what a caller passes.
    starts[0] = Known::default();
    let mut work: BTreeSet<usize> = (0..cfg.blocks.len()).collect();
    let mut all = vec![Known::default(); lowered.items.len()];
    let mut words = vec![None; lowered.items.len()];
    while let Some(block) = work.pop_first() {
        let mut known = starts[block];
        let mut is_counted = false;
        for at in lowered.block(block) {
            all[at] = known;
            let item = &lowered.items[at];
            let from = known.short & 1 << item.insn.n();
            words[at] = known.after(item);
            if counts[block].as_ref().is_some_and(|count| count.at == at) && from != 0 {
                is_counted = true;
                words[at] = narrowed(&item.insn);
            }
        }
        for next in cfg.blocks[block].successors().map(|next| next as usize) {
            let mut known = known;
            if let Some(count) = counts[block]
                .as_ref()
                .filter(|count| is_counted && count.next == next)
            {
                known.short |= count.less;
                known.half |= count.less;
            }
            let new = starts[next].and(known);
            if new != starts[next] {
                starts[next] = new;
                work.insert(next);
            }
        }
    }
    let words = words.into_iter().enumerate();
    (
        all,
        words.filter_map(|(at, word)| Some((at, word?))).collect(),
    )
}
