// SPDX-License-Identifier: GPL-2.0
//! What a word does to registers, flags and memory, as far as rewriting needs it.
//!
//! This is the rewriter's own reading of the instruction set, apart from the verifier's: a slip here makes an image
//! that is refused, or a program that is wrong, never one that is unsafe.

use super::memory::{access_of, memory, Decoded};
use lore_abi::feature;

/// Field bits: Rd/Rt, Rn, Rm/Rs, Ra/Rt2.
pub const D: u8 = 1;
/// See [`D`].
pub const N: u8 = 2;
/// See [`D`].
pub const M: u8 = 4;
/// See [`D`].
pub const A: u8 = 8;
/// The bit of SP in a register mask.
pub const SP_BIT: u32 = 1 << 31;

/// What kind of instruction it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// 64-bit ADD or SUB of an immediate, flags left alone.
    AddImm,
    /// 64-bit MOV between registers.
    Mov,
    /// Arithmetic of any other kind.
    Alu,
    /// Arithmetic that sets flags (compares among it).
    AluFlags,
    /// An access to memory.
    Memory,
    /// A prefetch.
    Prefetch,
    /// ADRP.
    Adrp,
    /// ADR or a literal load.
    Literal,
    /// B.
    B,
    /// BL.
    Bl,
    /// B.cond.
    BCond,
    /// CBZ, CBNZ.
    Cbz,
    /// TBZ, TBNZ.
    Tbz,
    /// BR.
    Br,
    /// BLR.
    Blr,
    /// RET to x30.
    Ret,
    /// BRK, UDF.
    Trap,
    /// A hint that may be left out.
    Hint,
    /// DMB, ISB, SB, CLREX.
    Barrier,
    /// A system instruction.
    System,
    /// SVC and its kin.
    Exception,
    /// FP or SIMD.
    Fp,
    /// Reads the return address in a hidden way.
    ReadsLink,
    /// None of the above.
    Unknown,
}

/// A decoded word.
#[derive(Clone, Copy, Debug)]
pub struct Insn {
    /// The word.
    pub word: u32,
    /// Its kind.
    pub op: Op,
    /// Fields that are read.
    pub read: u8,
    /// Fields that are written.
    pub write: u8,
    /// Fields where 31 means SP.
    pub sp: u8,
    /// Registers that are read (bit 31: SP).
    pub reads: u32,
    /// Registers that are written (bit 31: SP).
    pub writes: u32,
}

impl Insn {
    /// Rd or Rt.
    pub const fn d(&self) -> u8 {
        (self.word & 31) as u8
    }
    /// Rn.
    pub const fn n(&self) -> u8 {
        ((self.word >> 5) & 31) as u8
    }
    /// Rm or Rs.
    pub const fn m(&self) -> u8 {
        ((self.word >> 16) & 31) as u8
    }
    /// Ra or Rt2.
    pub const fn a(&self) -> u8 {
        ((self.word >> 10) & 31) as u8
    }

    /// The signed immediate of [`Op::AddImm`].
    pub const fn add_imm(&self) -> i32 {
        let imm = ((self.word >> 10) & 0xfff) as i32;
        let imm = if self.word & 1 << 22 != 0 {
            imm << 12
        } else {
            imm
        };
        if self.word & 1 << 30 != 0 {
            -imm
        } else {
            imm
        }
    }

    /// Distance in bytes of a direct branch; `None` for anything else.
    pub const fn branch_distance(&self) -> Option<i64> {
        let word = self.word as i32;
        Some(match self.op {
            Op::B | Op::Bl => ((word << 6) >> 6) as i64 * 4,
            Op::BCond | Op::Cbz => ((word << 8) >> 13) as i64 * 4,
            Op::Tbz => ((word << 13) >> 18) as i64 * 4,
            _ => return None,
        })
    }

    /// The registers that are read in other fields than these.
    pub fn reads_apart_from(&self, fields: u8) -> u32 {
        let second = self.reads & !mask(self, self.read);
        second | mask(self, self.read & !fields)
    }

    /// Whether only the low halves of registers are read, by what `op` is: arithmetic and tests of 32 bits.
    pub const fn reads_halves(&self) -> bool {
        matches!(self.op, Op::Alu | Op::AluFlags | Op::Cbz | Op::Tbz) && self.word >> 31 == 0
    }

    /// The registers that are written as 32 bits, which clears their upper halves: by arithmetic, and by loads that do not extend
    /// a sign to 64 bits.
    pub fn halves(&self) -> u32 {
        let (size, extension) = (self.word >> 30, (self.word >> 22) & 3);
        let fields = match self.op {
            Op::Alu | Op::AluFlags if self.word >> 31 == 0 => D,
            Op::Memory => {
                let access = access_of(self.word);
                let is_pair = (self.word >> 27) & 7 == 0b101;
                match (is_pair, access.load) {
                    (true, true) if size == 0 => D | A,
                    (false, _) if access.single && extension == 3 => D,
                    (false, _) if access.single && extension == 1 && size < 3 => D,
                    _ => 0,
                }
            }
            _ => 0,
        };
        mask(self, self.write & fields)
    }

    /// The word with `from` replaced by `to` in the given fields.
    pub fn replace(&self, fields: u8, from: u8, to: u8) -> u32 {
        let mut word = self.word;
        for (bit, shift) in [(D, 0), (N, 5), (M, 16), (A, 10)] {
            if fields & bit != 0 && (word >> shift) & 31 == u32::from(from) {
                word = word & !(31 << shift) | u32::from(to) << shift;
            }
        }
        word
    }
}

/// Decodes a word.
pub fn decode(word: u32) -> Insn {
    let mut d = match (word >> 25) & 15 {
        0b1000 | 0b1001 => immediate(word),
        0b1010 | 0b1011 => branch_or_system(word),
        0b0101 | 0b1101 => register(word),
        0b0100 | 0b0110 | 0b1100 | 0b1110 => memory(word),
        0b0111 | 0b1111 => Decoded::of(Op::Fp, 0, 0, 0),
        0b0000 if word >> 16 == 0 => Decoded::of(Op::Trap, 0, 0, 0),
        _ => Decoded::UNKNOWN,
    };
    if d.op == Op::Unknown {
        d = Decoded::UNKNOWN;
    }
    let mut insn = Insn {
        word,
        op: d.op,
        read: d.read,
        write: d.write,
        sp: d.sp,
        reads: 0,
        writes: 0,
    };
    insn.reads = mask(&insn, d.read);
    insn.writes = mask(&insn, d.write);
    if d.pairs {
        // CASP: the register behind each of Rs and Rt belongs to it.
        insn.reads |= insn.reads_of_pairs();
        insn.writes |= 1 << ((insn.m() + 1) & 31);
    }
    match insn.op {
        Op::Bl | Op::Blr => insn.writes |= 1 << 30,
        _ => {}
    }
    insn
}

impl Insn {
    fn reads_of_pairs(&self) -> u32 {
        (1 << ((self.m() + 1) & 31)) | (1 << ((self.d() + 1) & 31))
    }
}

fn mask(insn: &Insn, fields: u8) -> u32 {
    let mut out = 0;
    for (bit, register) in [(D, insn.d()), (N, insn.n()), (M, insn.m()), (A, insn.a())] {
        if fields & bit != 0 && (register != 31 || insn.sp & bit != 0) {
            out |= 1 << register;
        }
    }
    out
}

fn immediate(word: u32) -> Decoded {
    let wide = word >> 31 == 1;
    let opc = (word >> 29) & 3;
    match (word >> 23) & 7 {
        0 | 1 if wide => Decoded::of(Op::Adrp, 0, D, 0),
        0 | 1 => Decoded::of(Op::Literal, 0, D, 0),
        2 if opc & 1 == 1 => Decoded::of(Op::AluFlags, N, D, N),
        2 if wide => Decoded::of(Op::AddImm, N, D, N | D),
        2 => Decoded::of(Op::Alu, N, D, N | D),
        // CSSC: minimum and maximum with an immediate.
        3 if word & 0x7ff0_0000 == 0x11c0_0000 => Decoded::of(Op::Alu, N, D, 0),
        4 if !wide && word & 1 << 22 != 0 => Decoded::UNKNOWN,
        4 if opc == 3 => Decoded::of(Op::AluFlags, N, D, 0),
        4 => Decoded::of(Op::Alu, N, D, D),
        5 if opc == 1 => Decoded::UNKNOWN,
        5 if opc == 3 => Decoded::of(Op::Alu, D, D, 0),
        5 => Decoded::of(Op::Alu, 0, D, 0),
        6 if opc == 1 => Decoded::of(Op::Alu, N | D, D, 0),
        6 if opc < 3 => Decoded::of(Op::Alu, N, D, 0),
        7 if opc == 0 => Decoded::of(Op::Alu, N | M, D, 0),
        _ => Decoded::UNKNOWN,
    }
}

fn register(word: u32) -> Decoded {
    let flags = word & 1 << 29 != 0;
    let flag_op = if flags { Op::AluFlags } else { Op::Alu };
    if word & 1 << 28 == 0 {
        return match (word & 1 << 24 != 0, word & 1 << 21 != 0) {
            (false, _) => {
                // Logical, shifted register.
                let and_flags = (word >> 29) & 3 == 3;
                let plain = word & 0x7fe0_ffe0 == 0x2a00_03e0;
                match (plain && word >> 31 == 1, and_flags) {
                    (true, _) => Decoded::of(Op::Mov, M, D, 0),
                    (_, true) => Decoded::of(Op::AluFlags, N | M, D, 0),
                    _ => Decoded::of(Op::Alu, N | M, D, 0),
                }
            }
            (true, false) => Decoded::of(flag_op, N | M, D, 0),
            (true, true) if (word >> 22) & 3 == 0 => {
                Decoded::of(flag_op, N | M, D, if flags { N } else { N | D })
            }
            _ => Decoded::UNKNOWN,
        };
    }
    match (word >> 21) & 15 {
        0b0000 if (word >> 10) & 0x3f == 0 => Decoded::of(flag_op, N | M, D, 0),
        // FlagM: RMIF, SETF8, SETF16.
        0b0000 if word & 0xffe0_7c10 == 0xba00_0400 => Decoded::of(Op::AluFlags, N, 0, 0),
        0b0000 if word & 0xffff_bc1f == 0x3a00_080d => Decoded::of(Op::AluFlags, N, 0, 0),
        0b0010 if word & 1 << 11 == 0 => Decoded::of(Op::AluFlags, N | M, 0, 0),
        0b0010 => Decoded::of(Op::AluFlags, N, 0, 0),
        0b0100 if !flags => Decoded::of(Op::Alu, N | M, D, 0),
        0b0110 if !flags => one_or_two_sources(word),
        0b1000 if (word >> 29) & 3 == 0 => Decoded::of(Op::Alu, N | M | A, D, 0),
        0b1001 | 0b1101 if word >> 29 == 4 => Decoded::of(Op::Alu, N | M | A, D, 0),
        0b1010 | 0b1110 if word >> 29 == 4 => Decoded::of(Op::Alu, N | M, D, 0),
        _ => Decoded::UNKNOWN,
    }
}

fn one_or_two_sources(word: u32) -> Decoded {
    let opcode = (word >> 10) & 0x3f;
    if word & 1 << 30 == 0 {
        let known = matches!(opcode, 2 | 3 | 8..=11 | 16..=23 | 24..=27);
        return if known {
            Decoded::of(Op::Alu, N | M, D, 0)
        } else {
            Decoded::UNKNOWN
        };
    }
    match ((word >> 16) & 31, opcode) {
        (0, 0..=8) => Decoded::of(Op::Alu, N, D, 0),
        _ => Decoded::UNKNOWN,
    }
}

fn branch_or_system(word: u32) -> Decoded {
    let op = match word >> 24 {
        0x14..=0x17 => Op::B,
        0x94..=0x97 => Op::Bl,
        // BC.cond is B.cond with a hint; the hint is dropped when it is lowered.
        0x54 => Op::BCond,
        0x34 | 0x35 | 0xb4 | 0xb5 => return Decoded::of(Op::Cbz, D, 0, 0),
        0x36 | 0x37 | 0xb6 | 0xb7 => return Decoded::of(Op::Tbz, D, 0, 0),
        0xd4 if word & 0xffe0_001f == 0xd420_0000 => Op::Trap,
        0xd4 => Op::Exception,
        0xd5 => system(word),
        0xd6 if word & 0xffff_fc1f == 0xd61f_0000 => return Decoded::of(Op::Br, N, 0, 0),
        0xd6 if word & 0xffff_fc1f == 0xd63f_0000 => return Decoded::of(Op::Blr, N, 0, 0),
        0xd6 if word == 0xd65f_03c0 || word & !0x400 == 0xd65f_0bff => Op::Ret,
        _ => Op::Unknown,
    };
    Decoded::of(op, 0, 0, 0)
}

fn system(word: u32) -> Op {
    if word & 0xffff_f01f == 0xd503_201f {
        return match (word >> 5) & 0x7f {
            // NOP, YIELD, DGH, PAC of the link and BTI: the link lies on the shadow stack, out of reach.
            0 | 1 | 6 | 24..=31 | 32 | 34 | 36 | 38 => Op::Hint,
            7 => Op::ReadsLink,
            _ => Op::System,
        };
    }
    match (word & 0xffff_f01f, (word >> 5) & 7) {
        (0xd503_301f, 2 | 5 | 6 | 7) => Op::Barrier,
        _ => Op::System,
    }
}

/// The feature bits that a word needs.
pub fn features(word: u32) -> u64 {
    if word & 0x3b20_0c00 == 0x3820_0000 {
        return if (word >> 12) & 15 == 12 {
            feature::LRCPC
        } else {
            feature::LSE
        };
    }
    if word & 0x3fa0_7c00 == 0x08a0_7c00 || word & 0xbfa0_7c00 == 0x0820_7c00 {
        return feature::LSE;
    }
    if word & 0x3f20_0c00 == 0x1900_0000 {
        return feature::LRCPC2;
    }
    if word & 0x7fe0_e000 == 0x1ac0_4000 {
        return feature::CRC32;
    }
    if word & 0x7ff0_0000 == 0x11c0_0000
        || word & 0x7fe0_f000 == 0x1ac0_6000
        || word & 0x7fff_f000 == 0x5ac0_1000 && (word >> 10) & 0x3f > 5
    {
        return feature::CSSC;
    }
    if word & 0xffe0_7c10 == 0xba00_0400 || word & 0xffff_bc1f == 0x3a00_080d {
        return feature::FLAGM;
    }
    if word & 0xffff_f0ff == 0xd503_30ff {
        return feature::SB;
    }
    0
}
