// SPDX-License-Identifier: GPL-2.0
//! In the profile `low`: words that make a pointer write 32 bits, which is a guard that costs nothing.
//!
//! ```text
//!   ldr x0, [x1, #8]          ldr w0, [x1, #8]
//!   cbz x0, null       ->     cbz x0, null
//!   ldr x2, [x0, #16]         ldr x2, [x0, #16]
//! ```
//!
//! A pointer into the window has no upper half, and neither has null, so the program computes the same if an access through the
//! result follows on all ways where it is not null, or if nobody reads the upper half other than for an address.

use super::wanted::{backward, before, behind};
use super::{Context, Sense};
use crate::rewrite::decode::{Insn, Op};
use crate::rewrite::live::{self, Halves};
use crate::rewrite::lower::Kind;
use crate::rewrite::memory::{access_of, Mode};
use lore_abi::contract::{REG_BASE, REG_LINK, REG_SHADOW, REG_STACK};

/// The items that are better written as 32 bits, and the words.
pub fn find(context: &Context<'_>) -> Vec<(usize, u32)> {
    let [some, all] = [Sense::Some, Sense::Touched].map(|sense| backward(context, sense));
    let (_, whole) = live::whole(context.cfg, context.lowered, Halves::Kept);
    let mut found = Vec::new();
    for (block, mut whole) in whole.into_iter().enumerate() {
        let mut maybe = behind(context, &some, block, Sense::Some);
        let mut surely = behind(context, &all, block, Sense::Touched);
        for at in context.lowered.block(block).rev() {
            let item = &context.lowered.items[at];
            let is_good = (maybe.any & (surely.any | !whole)) & 1 << item.insn.d() != 0;
            if let (true, Kind::Plain | Kind::Access) = (is_good, item.kind) {
                found.extend(narrowed(&item.insn).map(|word| (at, word)));
            }
            whole = live::whole_before(whole, item, Halves::Kept);
            before(context, at, Sense::Some, &mut maybe);
            before(context, at, Sense::Touched, &mut surely);
        }
    }
    found
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
        Op::AddImm => insn.n() != REG_BASE && insn.n() != REG_STACK,
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
