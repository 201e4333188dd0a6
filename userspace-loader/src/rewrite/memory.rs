// SPDX-License-Identifier: GPL-2.0
//! Loads and stores: which registers they move, what they reach, and whether they surely touch memory.

use super::decode::{Op, A, D, M, N};

/// Fields of a decoded word, before masks are made of them.
#[derive(Clone, Copy, Debug)]
pub struct Decoded {
    /// Kind.
    pub op: Op,
    /// Fields read.
    pub read: u8,
    /// Fields written.
    pub write: u8,
    /// Fields where 31 means SP.
    pub sp: u8,
    /// CASP: Rs and Rt are pairs.
    pub pairs: bool,
}

impl Decoded {
    /// No instruction that is known here.
    pub const UNKNOWN: Decoded = Decoded::of(Op::Unknown, 0, 0, 0);

    /// A decoded word.
    pub const fn of(op: Op, read: u8, write: u8, sp: u8) -> Decoded {
        Decoded {
            op,
            read,
            write,
            sp,
            pairs: false,
        }
    }
}

/// How an address is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// `[xN, #imm]`.
    Offset,
    /// `[xN, #imm]!`.
    Pre,
    /// `[xN], #imm`.
    Post,
    /// `[xN, xM, extend #shift]`.
    Register,
}

/// An access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// How the address is made.
    pub mode: Mode,
    /// Immediate, or the shift of a register offset.
    pub imm: i32,
    /// Bytes.
    pub size: i32,
    /// Surely touches memory when it does not fault.
    pub touches: bool,
    /// Has a form with a register offset.
    pub single: bool,
    /// Is a load.
    pub load: bool,
}

impl Access {
    /// Where the access is, relative to the base register before it.
    pub const fn at(&self) -> i32 {
        match self.mode {
            Mode::Post | Mode::Register => 0,
            Mode::Offset | Mode::Pre => self.imm,
        }
    }

    /// Whether a word with this access loads, in a form that needs no other register made first, and does nothing else.
    pub const fn is_plain_load(&self, word: u32) -> bool {
        let pair = (word >> 27) & 7 == 0b101;
        // Of register offsets, those by a whole register.
        let has_form = !matches!(self.mode, Mode::Register) || is_by_whole(word);
        let single = self.single && self.touches && has_form;
        self.load && (pair || single)
    }

    /// What the access adds to the base register.
    pub const fn step(&self) -> i32 {
        match self.mode {
            Mode::Pre | Mode::Post => self.imm,
            Mode::Offset | Mode::Register => 0,
        }
    }
}

/// Decodes a word of the load/store group.
pub fn memory(word: u32) -> Decoded {
    if word & 1 << 26 != 0 {
        return Decoded::of(Op::Fp, 0, 0, 0);
    }
    match (word >> 27) & 7 {
        0b001 if word & 1 << 24 == 0 => exclusive(word),
        0b011 if word & 1 << 24 == 0 => Decoded::of(Op::Literal, 0, D, 0),
        0b011 => rcpc2(word),
        0b101 => pair(word),
        0b111 => single(word),
        _ => Decoded::UNKNOWN,
    }
}

const fn access(read: u8, write: u8) -> Decoded {
    Decoded::of(Op::Memory, read | N, write, N)
}

fn exclusive(word: u32) -> Decoded {
    let (pairwise, load) = (word & 1 << 21 != 0, word & 1 << 22 != 0);
    let ordered = word & 1 << 15 != 0;
    let (rs, rt2) = ((word >> 16) & 31, (word >> 10) & 31);
    match (word & 1 << 23 != 0, pairwise) {
        (false, false) if rt2 != 31 => Decoded::UNKNOWN,
        (false, false) if load => access(0, D),
        (false, false) => access(D, M),
        (false, true) if word >> 31 == 0 => {
            if rt2 != 31 || (rs | word) & 1 != 0 {
                return Decoded::UNKNOWN;
            }
            Decoded {
                pairs: true,
                ..access(M | D, M)
            }
        }
        (false, true) if load => access(0, D | A),
        (false, true) => access(D | A, M),
        (true, false) if !ordered => Decoded::UNKNOWN,
        (true, false) if load => access(0, D),
        (true, false) => access(D, 0),
        (true, true) if rt2 == 31 => access(M | D, M),
        (true, true) => Decoded::UNKNOWN,
    }
}

fn rcpc2(word: u32) -> Decoded {
    // LDAPUR, STLUR; the rest of the group is memory tags and block copies.
    if word & 0x3f20_0c00 != 0x1900_0000 {
        return Decoded::UNKNOWN;
    }
    match ((word >> 30), (word >> 22) & 3) {
        (_, 0) => access(D, 0),
        (_, 1) => access(0, D),
        (0..=2, 2) | (0 | 1, 3) => access(0, D),
        _ => Decoded::UNKNOWN,
    }
}

fn pair(word: u32) -> Decoded {
    let load = word & 1 << 22 != 0;
    let mode = (word >> 23) & 3;
    let back = if mode == 1 || mode == 3 { N } else { 0 };
    match (word >> 30, load) {
        (0 | 2, false) => access(D | A, back),
        (0 | 2, true) => access(0, D | A | back),
        (1, true) if mode != 0 => access(0, D | A | back),
        _ => Decoded::UNKNOWN,
    }
}

fn single(word: u32) -> Decoded {
    let (size, opc) = (word >> 30, (word >> 22) & 3);
    let by_kind = |back: u8, more: u8| match (size, opc) {
        (_, 0) => access(D | more, back),
        (_, 1) | (0..=2, 2) | (0 | 1, 3) => access(more, D | back),
        (3, 2) if back == 0 => Decoded::of(Op::Prefetch, N | more, 0, N),
        _ => Decoded::UNKNOWN,
    };
    if word & 1 << 24 != 0 {
        return by_kind(0, 0);
    }
    match (word & 1 << 21 != 0, (word >> 10) & 3) {
        (false, 0) => by_kind(0, 0),
        (false, 1 | 3) => by_kind(N, 0),
        (true, 2) if word & 1 << 14 != 0 => by_kind(0, M),
        (true, 0) => atomic(word),
        _ => Decoded::UNKNOWN,
    }
}

fn atomic(word: u32) -> Decoded {
    match (word >> 12) & 15 {
        0..=8 => access(M, D),
        12 if word & 0x00df_0000 == 0x009f_0000 => access(0, D),
        _ => Decoded::UNKNOWN,
    }
}

/// Whether an access by a register takes all of it, shifted or not.
pub const fn is_by_whole(word: u32) -> bool {
    word & 0xe000 == 0x6000
}

/// The access of a word whose kind is [`Op::Memory`] or [`Op::Prefetch`].
pub fn access_of(word: u32) -> Access {
    let size = 1 << (word >> 30);
    let imm9 = ((word as i32) << 11) >> 23;
    let load = word & 1 << 22 != 0;
    let plain = Access {
        mode: Mode::Offset,
        imm: 0,
        size,
        touches: true,
        single: false,
        load,
    };
    match (word >> 27) & 7 {
        0b001 => {
            let pairwise = word & 1 << 21 != 0;
            let old = word & 1 << 23 == 0;
            // CASP takes its width from bit 30, LDXP and STXP theirs from the same bit.
            let size = if pairwise && old {
                8 << ((word >> 30) & 1)
            } else {
                size
            };
            let compare = pairwise && !(old && word >> 31 == 1);
            let stores_exclusively = old && !load && !compare;
            Access {
                size,
                touches: !stores_exclusively,
                load: load || compare,
                ..plain
            }
        }
        0b011 => Access { imm: imm9, ..plain },
        0b101 => {
            let bytes = if word >> 31 == 1 { 8 } else { 4 };
            let imm = (((word as i32) << 10) >> 25) * bytes;
            let mode = match (word >> 23) & 3 {
                1 => Mode::Post,
                3 => Mode::Pre,
                _ => Mode::Offset,
            };
            Access {
                mode,
                imm,
                size: bytes * 2,
                ..plain
            }
        }
        _ => {
            let prefetch = word >> 30 == 3 && (word >> 22) & 3 == 2;
            let load = (word >> 22) & 3 != 0;
            let single = Access {
                single: true,
                touches: !prefetch,
                load,
                ..plain
            };
            if word & 1 << 24 != 0 {
                let imm = (((word >> 10) & 0xfff) << (word >> 30)) as i32;
                return Access { imm, ..single };
            }
            match (word & 1 << 21 != 0, (word >> 10) & 3) {
                (false, 0) => Access {
                    imm: imm9,
                    ..single
                },
                (false, 1) => Access {
                    mode: Mode::Post,
                    imm: imm9,
                    ..single
                },
                (false, _) => Access {
                    mode: Mode::Pre,
                    imm: imm9,
                    ..single
                },
                (true, 2) => {
                    let shift = if word & 1 << 12 != 0 {
                        (word >> 30) as i32
                    } else {
                        0
                    };
                    Access {
                        mode: Mode::Register,
                        imm: shift,
                        ..single
                    }
                }
                _ => Access {
                    load: true,
                    single: false,
                    ..single
                },
            }
        }
    }
}
