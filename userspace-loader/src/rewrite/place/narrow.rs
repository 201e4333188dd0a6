// SPDX-License-Identifier: GPL-2.0
//! In the profile `low`: words that make a pointer write 32 bits, which is a guard that costs nothing.
//!
//! ```text
//!   ldr x0, [x1, #8]          ldr w0, [x1, #8]
//!   cbz x0, null       ->     cbz x0, null
//!   ldr x2, [x0, #16]         ldr x2, [x0, #16]
//! ```
//!
//! A pointer into the window has no upper half, and neither has null. So the program computes the same if on each way nobody reads
//! the upper half of the result, other than for an address, before it is clear that it is a pointer: where an access through it
//! follows on all ways on which it is not null. (What has an upper half and is used as an address there leads out of the window.)

use super::wanted::{backward, before, behind, null_on_the_way};
use super::{Context, Sense};
use crate::rewrite::decode::{Insn, Op};
use crate::rewrite::live::{self, Halves};
use crate::rewrite::lower::Kind;
use crate::rewrite::memory::{access_of, Mode};
use lore_abi::contract::{REG_BASE, REG_LINK, REG_SHADOW, REG_STACK};

/// The items that are better written as 32 bits, and the words.
pub fn find(context: &Context<'_>) -> Vec<(usize, u32)> {
    let (cfg, lowered) = (context.cfg, context.lowered);
    let [some, touched] = [Sense::Some, Sense::Touched].map(|sense| followed(context, sense));
    let read_before = |read, at: usize| {
        let halves = match context.bounded_at(at) {
            Some(_) => Halves::Summed,
            None => Halves::Kept,
        };
        live::whole_before(read, &lowered.items[at], halves) & !touched[at].0
    };
    let null = |block, next| null_on_the_way(context, block, next);
    let (_, read) = live::around(cfg, lowered, read_before, null);
    let mut found = Vec::new();
    for (block, mut read) in read.into_iter().enumerate() {
        for at in lowered.block(block).rev() {
            let item = &lowered.items[at];
            let is_good = some[at].1 & !read & 1 << item.insn.d() != 0;
            if let (true, Kind::Plain | Kind::Access) = (is_good, item.kind) {
                found.extend(narrowed(&item.insn).map(|word| (at, word)));
            }
            read = read_before(read, at);
        }
    }
    found
}

/// By item, the registers through which an access follows, before it and behind it.
fn followed(context: &Context<'_>, sense: Sense) -> Vec<(u32, u32)> {
    let masks = backward(context, sense);
    let mut all = vec![(0, 0); context.lowered.items.len()];
    for block in 0..masks.len() {
        let mut mask = behind(context, &masks, block, sense);
        for at in context.lowered.block(block).rev() {
            all[at].1 = mask.any;
            before(context, at, sense, &mut mask);
            all[at].0 = mask.any;
        }
    }
    all
}

/// The word that writes the low half of what another writes, and nothing above, if that needs the low halves of its sources only.
pub fn narrowed(insn: &Insn) -> Option<u32> {
    let word = insn.word;
    let reserved = [REG_SHADOW, REG_STACK, REG_BASE, REG_LINK, 31];
    if word >> 31 == 0 || reserved.contains(&insn.d()) || insn.n() == REG_SHADOW {
        return None;
    }
    let half = word & !(1 << 31);
    let is_short_shift = word & 0x00c0_8000 == 0;
    let has_half = match insn.op {
        Op::Mov => true,
        Op::AddImm => insn.n() != REG_BASE,
        // add, sub, and, orr, .. xD, xN, xM{, lsl #n}
        Op::Alu if word & 0x1f20_0000 == 0x0b00_0000 => is_short_shift,
        Op::Alu if word & 0x1f00_0000 == 0x0a00_0000 => is_short_shift,
        // add, sub xD, xN, wM, extend
        Op::Alu if word & 0x1fe0_0000 == 0x0b20_0000 => insn.n() != REG_STACK,
        // and, orr, eor xD, xN, #mask, of a mask that repeats
        Op::Alu if word & 0x1f80_0000 == 0x1200_0000 => word & 1 << 22 == 0,
        // csel, csinc, csinv, csneg
        Op::Alu if word & 0x1fe0_0800 == 0x1a80_0000 => true,
        // madd, msub
        Op::Alu if word & 0x7fe0_0000 == 0x1b00_0000 => true,
        // smaddl, smsubl, umaddl, umsubl xD, wN, wM, xA: the low half of a product is that of the low halves' product.
        Op::Alu if word & 0xff60_0000 == 0x9b20_0000 => return Some(half & !(0xe0 << 16)),
        Op::Memory => return narrowed_load(word),
        _ => false,
    };
    has_half.then_some(half)
}

/// A load of 64 bits as one of their low half.
fn narrowed_load(word: u32) -> Option<u32> {
    let access = access_of(word);
    let is_load = access.single && access.load && word >> 30 == 3 && (word >> 22) & 3 == 1;
    let half = word & !(1 << 30);
    match access.mode {
        _ if !is_load => None,
        Mode::Register => (word & 1 << 12 == 0).then_some(half),
        // In units of what is loaded.
        Mode::Offset if word & 1 << 24 != 0 => {
            let imm = access.imm as u32 / 4; // Not negative.
            (imm <= 0xfff).then_some(half & !(0xfff << 10) | imm << 10)
        }
        Mode::Offset | Mode::Pre | Mode::Post => Some(half),
    }
}

#[cfg(test)]
mod tests {
    use super::narrowed;
    use crate::rewrite::decode::decode;
    use crate::rewrite::disassemble;

    #[test]
    fn what_needs_low_halves_only_has_a_half() {
        let cases = [
            (0xf940_0420, "ldr w0, [x1, #0x8]"),
            (0xf85f_8020, "ldur w0, [x1, #0xfffffffffffffff8]"),
            (0xf840_8420, "ldr w0, [x1], #0x8"),
            (0xf862_6820, "ldr w0, [x1, x2]"),
            (0xaa01_03e0, "mov w0, w1"),
            (0x9100_4020, "add w0, w1, #0x10"),
            (0x8b02_0c20, "add w0, w1, w2, lsl #0x3"),
            (0x8b22_4c20, "add w0, w1, w2, uxtw #0x3"),
            (0x9a82_0020, "csel w0, w1, w2, eq"),
            (0x9b22_0c20, "madd w0, w1, w2, w3"),
            (0x9ba2_8c20, "msub w0, w1, w2, w3"),
        ];
        for (word, text) in cases {
            let half = narrowed(&decode(word)).expect(text);
            assert_eq!(disassemble(half), text);
        }
        let without = [
            0xf862_7820, // ldr x0, [x1, x2, lsl #3]
            0xf97f_fc20, // ldr x0, [x1, #32760]
            0x8b02_8020, // add x0, x1, x2, lsl #32
            0x8b42_0420, // add x0, x1, x2, lsr #1
            0x927d_f020, // and x0, x1, #~7
            0xd343_fc20, // lsr x0, x1, #3
            0xb940_0420, // ldr w0, [x1, #4]
            0xf85f_8dbe, // ldr x30, [x13, #-8]!
        ];
        for word in without {
            assert_eq!(narrowed(&decode(word)), None, "{word:08x}");
        }
    }
}
