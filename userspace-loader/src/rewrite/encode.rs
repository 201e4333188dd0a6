// SPDX-License-Identifier: GPL-2.0
//! The words that the rewriter makes.

use lore_abi::contract::{REG_BASE, REG_BIASED, REG_FUEL, REG_SHADOW, REG_STACK};

/// The rewriter's first scratch register: sums and table offsets.
pub const SCRATCH: u8 = 10;
/// What x30 becomes where a compiler used it as a general register.
pub const LINK_STAND_IN: u8 = 11;

const fn r(register: u8, shift: u32) -> u32 {
    (register as u32) << shift
}

/// `add xD, x15, wN, uxtw`.
pub const fn guard(d: u8, n: u8) -> u32 {
    0x8b20_4000 | r(n, 16) | r(REG_BASE, 5) | r(d, 0)
}

/// `and xD, xN, #len - 1; add xD, x15, xD` for a power of two: the guard of the profile `mask`.
pub const fn mask_guard(guard: u32, len: u64) -> [u32; 2] {
    let (d, n) = (guard & 31, guard >> 16 & 31);
    [
        0x9240_0000 | (len.trailing_zeros() - 1) << 10 | n << 5 | d,
        0x8b00_0000 | d << 16 | r(REG_BASE, 5) | d,
    ]
}

/// `mov wD, wN`: the guard of the profile `low`.
pub const fn low_guard(guard: u32) -> u32 {
    mov32((guard & 31) as u8, (guard >> 16 & 31) as u8)
}

/// An access with a register offset as one at `[xN]`.
pub const fn at_register(word: u32, n: u8) -> u32 {
    word & 0xc0c0_001f | 0x3900_0000 | r(n, 5)
}

/// `eor xD, xN, xM`.
pub const fn eor(d: u8, n: u8, m: u8) -> u32 {
    0xca00_0000 | r(m, 16) | r(n, 5) | r(d, 0)
}

/// `lsr xD, xN, #32`.
pub const fn upper(d: u8, n: u8) -> u32 {
    0xd360_fc00 | r(n, 5) | r(d, 0)
}

/// `cbnz xT, .`
pub const fn cbnz(t: u8) -> u32 {
    0xb500_0000 | r(t, 0)
}

/// The address that an access with a register offset means, in all 64 bits: `add xD, xN, xM{, extend} #shift`.
pub const fn whole_sum(d: u8, access: u32, shift: u32) -> u32 {
    let registers = access & (31 << 16 | 31 << 5) | r(d, 0);
    match (access >> 13) & 7 {
        0b011 => 0x8b00_0000 | registers | shift << 10,
        extend => 0x8b20_0000 | registers | extend << 13 | shift << 10,
    }
}

/// `sub x9, x9, #1`: a check's charge.
pub const FUEL_CHARGE: u32 = add_imm(REG_FUEL, REG_FUEL, -1);
/// `tbnz x9, #63, .`: a check's way out.
pub const FUEL_EXIT: u32 = 0xb7f8_0000 | REG_FUEL as u32;

/// `add wD, wN, wM, lsl #shift`.
pub const fn add32(d: u8, n: u8, m: u8, shift: u32) -> u32 {
    0x0b00_0000 | r(m, 16) | shift << 10 | r(n, 5) | r(d, 0)
}

/// `add xD, xN, #imm`, or `sub` for a negative one; the magnitude is below 4096 or a multiple of 4096 below 2^24.
pub const fn add_imm(d: u8, n: u8, imm: i32) -> u32 {
    let op = if imm < 0 { 0xd100_0000 } else { 0x9100_0000 };
    let magnitude = imm.unsigned_abs();
    let field = if magnitude > 0xfff {
        1 << 22 | (magnitude >> 12) << 10
    } else {
        magnitude << 10
    };
    op | field | r(n, 5) | r(d, 0)
}

/// `mov xD, xM`.
pub const fn mov(d: u8, m: u8) -> u32 {
    0xaa00_03e0 | r(m, 16) | r(d, 0)
}

/// `mov wD, wM`.
pub const fn mov32(d: u8, m: u8) -> u32 {
    0x2a00_03e0 | r(m, 16) | r(d, 0)
}

/// `add wD, wN, #imm` or `sub`, with the limits of [`add_imm`].
pub const fn add32_imm(d: u8, n: u8, imm: i32) -> u32 {
    add_imm(d, n, imm) & !(1 << 31)
}

/// `tbnz wN, #31, .`: a branch if a 32-bit number is negative.
pub const fn tbnz_sign32(n: u8) -> u32 {
    0x37f8_0000 | r(n, 0)
}

/// `movz xD, #imm, lsl #(16 * half)`.
pub const fn movz(d: u8, imm: u16, half: u32) -> u32 {
    0xd280_0000 | half << 21 | (imm as u32) << 5 | r(d, 0)
}

/// `movk xD, #imm, lsl #(16 * half)`.
pub const fn movk(d: u8, imm: u16, half: u32) -> u32 {
    0xf280_0000 | half << 21 | (imm as u32) << 5 | r(d, 0)
}

/// An access of a single register as `[x15, wM, uxtw]`.
pub const fn form_z(word: u32, m: u8) -> u32 {
    word & 0xc0c0_001f | 0x3820_4800 | r(m, 16) | r(REG_BASE, 5)
}

/// An access of a single register as `[x9, wM, uxtw]`, by the biased base.
pub const fn by_biased(word: u32, m: u8) -> u32 {
    form_z(word, m) & !(31 << 5) | r(REG_BIASED, 5)
}

/// The access of `word`, which is by a register, as `[xN, xM{, lsl}]`.
pub const fn by_index(word: u32, n: u8, m: u8) -> u32 {
    word & 0xc0c0_101f | 0x3820_6800 | r(m, 16) | r(n, 5)
}

/// Push of one saved register.
pub const fn push(a: u8) -> u32 {
    0xf800_8400 | r(REG_SHADOW, 5) | r(a, 0)
}

/// Push of two saved registers.
pub const fn push2(a: u8, b: u8) -> u32 {
    0xa881_0000 | r(b, 10) | r(REG_SHADOW, 5) | r(a, 0)
}

/// Pop of one saved register.
pub const fn pop(a: u8) -> u32 {
    0xf85f_8c00 | r(REG_SHADOW, 5) | r(a, 0)
}

/// Pop of two saved registers, the last pushed one second.
pub const fn pop2(a: u8, b: u8) -> u32 {
    0xa9ff_0000 | r(b, 10) | r(REG_SHADOW, 5) | r(a, 0)
}

/// `and w10, wN, #(2^k - 1) << 3` for a table of `len` bytes.
pub const fn table_mask(n: u8, table_len: u32) -> u32 {
    let ones = table_len.trailing_zeros() - 3;
    // A rotated run: immr turns it left by 3, imms is the run's length less 1.
    0x1200_0000 | 29 << 16 | (ones - 1) << 10 | r(n, 5) | r(SCRATCH, 0)
}

/// `adrp x30, .` plus a distance in pages.
pub const fn adrp_link(pages: i32) -> u32 {
    let imm = pages as u32 & 0x1f_ffff;
    0x9000_0000 | (imm & 3) << 29 | (imm >> 2) << 5 | 30
}

/// `ldr x30, [x30, w10, uxtw]`.
pub const TABLE_LOAD: u32 = 0xf860_4800 | (SCRATCH as u32) << 16 | 30 << 5 | 30;
/// `blr x30`.
pub const TABLE_CALL: u32 = 0xd63f_03c0;
/// `ret`.
pub const RET: u32 = 0xd65f_03c0;
/// `nop`.
pub const NOP: u32 = 0xd503_201f;
/// `brk #0`, which becomes the trap word.
pub const BRK: u32 = 0xd420_0000;
/// `b .`
pub const B: u32 = 0x1400_0000;
/// `bl .`
pub const BL: u32 = 0x9400_0000;

/// `str xzr, [x14, #-len]!`, `stp xzr, xzr, [x14, #-len]!`: makes room and touches it. `None` if it does not fit.
pub const fn touch_down(len: i32) -> Option<u32> {
    if len <= 256 {
        Some(0xf800_0c1f | (-len as u32 & 0x1ff) << 12 | r(REG_STACK, 5))
    } else if len <= 512 && len % 8 == 0 {
        Some(0xa980_7c1f | ((-len / 8) as u32 & 0x7f) << 15 | r(REG_STACK, 5))
    } else {
        None
    }
}

/// `ldr xzr, [x14], #len`, `ldp xzr, x10, [x14], #len`: touches the bottom and gives it back.
pub const fn touch_up(len: i32) -> Option<u32> {
    if len <= 255 {
        Some(0xf840_041f | (len as u32 & 0x1ff) << 12 | r(REG_STACK, 5))
    } else if len <= 504 && len % 8 == 0 {
        Some(0xa8c0_001f | ((len / 8) as u32 & 0x7f) << 15 | r(SCRATCH, 10) | r(REG_STACK, 5))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rewrite::disassemble;

    #[test]
    fn words_read_as_their_names_say() {
        let cases = [
            (guard(1, 2), "add x1, x15, w2, uxtw"),
            (add32(10, 1, 2, 3), "add w10, w1, w2, lsl #0x3"),
            (add_imm(14, 14, -64), "sub x14, x14, #0x40"),
            (add_imm(3, 15, 0x12000), "add x3, x15, #0x12, lsl #0xc"),
            (form_z(0xf940_0020, 1), "ldr x0, [x15, w1, uxtw]"),
            (form_z(0x3980_0020, 1), "ldrsb x0, [x15, w1, uxtw]"),
            // ldur w0, [x1, #-4]
            (by_biased(0xb85f_c020, 1), "ldr w0, [x9, w1, uxtw]"),
            (mov(1, 2), "mov x1, x2"),
            (mov32(1, 2), "mov w1, w2"),
            (add32_imm(2, 1, -15), "sub w2, w1, #0xf"),
            (tbnz_sign32(10), "tbnz w10, #0x1f, 0x0"),
            (push(30), "str x30, [x13], #0x8"),
            (push2(29, 30), "stp x29, x30, [x13], #0x10"),
            (pop(30), "ldr x30, [x13, #0xfffffffffffffff8]!"),
            (pop2(29, 30), "ldp x29, x30, [x13, #0xfffffffffffffff0]!"),
            (mask_guard(guard(1, 2), 1 << 16)[0], "and x1, x2, #0xffff"),
            (
                mask_guard(guard(1, 2), 1 << 32)[0],
                "and x1, x2, #0xffffffff",
            ),
            (mask_guard(guard(1, 2), 1 << 16)[1], "add x1, x15, x1"),
            // ldrsh x0, [x1, x2, lsl #1]
            (at_register(0x78a2_7820, 10), "ldrsh x0, [x10]"),
            (eor(10, 3, 15), "eor x10, x3, x15"),
            (upper(10, 10), "lsr x10, x10, #0x20"),
            (cbnz(10), "cbnz x10, 0x0"),
            (
                // ldr x0, [x1, x2, lsl #3]
                whole_sum(10, 0xf862_7820, 3),
                "add x10, x1, x2, lsl #0x3",
            ),
            (
                // ldrb w0, [x1, w2, sxtw]
                whole_sum(10, 0x3862_c820, 0),
                "add x10, x1, w2, sxtw",
            ),
            (table_mask(3, 64), "and w10, w3, #0x38"),
            (table_mask(3, 16), "and w10, w3, #0x8"),
            (FUEL_CHARGE, "sub x9, x9, #0x1"),
            (FUEL_EXIT, "tbnz x9, #0x3f, 0x0"),
            (TABLE_LOAD, "ldr x30, [x30, w10, uxtw]"),
            (
                touch_down(256).unwrap(),
                "str xzr, [x14, #0xffffffffffffff00]!",
            ),
            (
                touch_down(512).unwrap(),
                "stp xzr, xzr, [x14, #0xfffffffffffffe00]!",
            ),
            (touch_up(240).unwrap(), "ldr xzr, [x14], #0xf0"),
            (touch_up(256).unwrap(), "ldp xzr, x10, [x14], #0x100"),
        ];
        for (word, text) in cases {
            assert_eq!(
                disassemble(word).replace("lr", "x30").replace("fp", "x29"),
                text
            );
        }
    }
}
