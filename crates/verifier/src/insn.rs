// SPDX-License-Identifier: GPL-2.0
//! What an accepted word reads, writes and touches: a pure description, without judgement.
//!
//! The rules judge it, the exhaustive sweep compares it with two decoders, and the kernel uses it to say which
//! address a faulting word meant.

use crate::classes::{lookup, Class};
use crate::shape::shape_of;

/// Bit 31 of a register mask: SP. The zero register is in no mask.
pub const SP: u32 = 1 << 31;

/// A word's effect on registers and memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effects {
    /// Bit n: xN (or wN) is read. See [`SP`].
    pub reads: u32,
    /// Bit n: xN (or wN) is written, by whatever way: destination, status, write-back.
    pub writes: u32,
    /// The memory that it touches.
    pub access: Option<Access>,
}

/// An access: `size` bytes at `base + offset`, or at `base + index`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Number of the base register; 31 is SP.
    pub base: u8,
    /// The register added to the base.
    pub index: Option<Index>,
    /// Added to the base for the address.
    pub offset: i32,
    /// Added to the base for its new value; `None` without write-back.
    pub step: Option<i32>,
    /// Bytes, both registers of a pair together.
    pub size: u8,
    /// What is done there.
    pub kind: AccessKind,
}

/// A register added to the base of an access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Index {
    /// Its number; 31 is zero.
    pub register: u8,
    /// Whether only its low half counts, zero-extended.
    pub is_half: bool,
    /// How far it is shifted to the left.
    pub shift: u8,
}

impl Index {
    /// What a register of this value adds to the base.
    pub const fn of(self, value: u64) -> u64 {
        let value = if self.is_half {
            value & 0xffff_ffff
        } else {
            value
        };
        value.wrapping_shl(self.shift as u32)
    }
}

/// What an access does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccessKind {
    /// Reads.
    Load,
    /// Writes.
    Store,
    /// Reads, and may write.
    Update,
    /// Writes or does nothing at all, so it may not fault.
    StoreExclusive,
    /// Never faults.
    Prefetch,
}

impl AccessKind {
    /// Whether the access faults on memory that is not mapped, whatever the state of the machine.
    pub const fn surely_touches(self) -> bool {
        match self {
            AccessKind::Load | AccessKind::Store | AccessKind::Update => true,
            AccessKind::StoreExclusive | AccessKind::Prefetch => false,
        }
    }

    /// Whether it reads memory into registers.
    pub const fn loads(self) -> bool {
        match self {
            AccessKind::Load | AccessKind::Update => true,
            AccessKind::Store | AccessKind::StoreExclusive | AccessKind::Prefetch => false,
        }
    }

    /// Whether it may write memory.
    pub const fn stores(self) -> bool {
        match self {
            AccessKind::Store | AccessKind::Update | AccessKind::StoreExclusive => true,
            AccessKind::Load | AccessKind::Prefetch => false,
        }
    }
}

/// Bits 4 to 0: `rd`, `rt`.
pub const fn rd(word: u32) -> u32 {
    word & 31
}

/// Bits 9 to 5: `rn`.
pub const fn rn(word: u32) -> u32 {
    (word >> 5) & 31
}

/// Bits 14 to 10: `rt2`, `ra`.
pub const fn ra(word: u32) -> u32 {
    (word >> 10) & 31
}

/// Bits 20 to 16: `rm`, `rs`.
pub const fn rm(word: u32) -> u32 {
    (word >> 16) & 31
}

/// Mask of a register where 31 is SP.
pub const fn sp(register: u32) -> u32 {
    1u32.wrapping_shl(register)
}

/// Sign-extends the `bits` low bits of `value >> shift`.
const fn signed(value: u32, shift: u32, bits: u32) -> i32 {
    let up = 32u32.wrapping_sub(bits);
    // The cast reinterprets the bits, the shift back copies the sign.
    (value.wrapping_shr(shift).wrapping_shl(up) as i32).wrapping_shr(up)
}

/// The target of a direct branch of `class` at region offset `at`; negative when before the region.
pub const fn branch_target(at: u32, word: u32, class: Class) -> Option<i64> {
    let words = match class {
        Class::Branch | Class::Call => signed(word, 0, 26),
        Class::BranchIf | Class::BranchZero => signed(word, 5, 19),
        Class::BranchBit => signed(word, 5, 14),
        _ => return None,
    };
    // Cannot wrap: 32 bits and 28 bits in 64. (`as` since `From` is not const.)
    Some((at as i64).wrapping_add((words as i64).wrapping_mul(4)))
}

/// The page, relative to that of the word, that `adrp` names.
pub const fn adrp_pages(word: u32) -> i32 {
    signed(((word >> 3) & 0x1f_fffc) | ((word >> 29) & 3), 0, 21)
}

/// The shifted immediate of `add` and `sub`, negative for `sub`.
pub const fn add_sub_imm(word: u32) -> i32 {
    let low = ((word >> 10) & 0xfff) as i32; // Lossless: 12 bits.
    let imm = if word & (1 << 22) != 0 {
        low << 12
    } else {
        low
    };
    if word & (1 << 30) != 0 {
        imm.wrapping_neg()
    } else {
        imm
    }
}

/// How many bits a word of `class` leaves of its `rd` at most, if it is one of those that keep few: loads of bytes and halves,
/// `and` with a mask, `cset`, and the unsigned moves of bit fields (`lsr`, `ubfx`, `ubfiz`, `lsl`, `uxtb`). The bits above are zero.
pub const fn bits_left(word: u32, class: Class) -> Option<u32> {
    let register = if word & 1 << 31 != 0 { 64 } else { 32 };
    // `imms` and `immr`.
    let (last, turn) = ((word >> 10) & 63, (word >> 16) & 63);
    // As many ones as `imms` says, moved up by what `immr` turns them down.
    let moved = last
        .wrapping_add(1)
        .wrapping_add(register)
        .wrapping_sub(turn);
    match class {
        Class::LoadImm
        | Class::LoadUnscaled
        | Class::LoadPost
        | Class::LoadPre
        | Class::LoadWindow
        | Class::LoadIndexed => match word & 0xc0c0_0000 {
            0x0040_0000 => Some(8),
            0x4040_0000 => Some(16),
            _ => None,
        },
        // and, ands: the ones of the whole register, not of parts of it that repeat.
        Class::LogicalImm | Class::LogicalFlagsImm if matches!(word >> 29 & 3, 0 | 3) => {
            let is_whole = if register == 64 {
                word & 1 << 22 != 0
            } else {
                last < 32
            };
            match (is_whole, turn) {
                (true, 0) => Some(last.wrapping_add(1)),
                (true, _) if turn > last => Some(moved),
                _ => None,
            }
        }
        // cset
        Class::Binary if word & 0x7fff_0fe0 == 0x1a9f_07e0 => Some(1),
        // ubfm
        Class::Unary if word & 0x7f80_0000 == 0x5300_0000 => {
            if last >= turn {
                Some(last.wrapping_sub(turn).wrapping_add(1))
            } else {
                Some(moved)
            }
        }
        _ => None,
    }
}

/// Mask of the registers that a word of `class` writes as 32 bits, which clears the upper half (Arm ARM, C1.2.5): results of
/// arithmetic in 32 bits, and what loads of up to 32 bits bring that do not extend the sign to 64.
pub const fn halves_written(word: u32, class: Class) -> u32 {
    use Class::*;
    let (size, extension) = (word >> 30, (word >> 22) & 3);
    let registers = match class {
        AddSubImm32 | AddSubFlagsImm | LogicalImm | LogicalFlagsImm | MoveWide | MoveKeep
        | Unary | Insert | Binary | LogicalShifted | AddSubExtended | AddSubFlagsExtended
        | Ternary
            if word >> 31 == 0 =>
        {
            sp(rd(word))
        }
        LoadImm | LoadUnscaled | LoadPost | LoadPre | LoadWindow | LoadIndexed
            if extension == 3 || extension == 1 && size != 3 =>
        {
            sp(rd(word))
        }
        LoadPair | LoadPairPost | LoadPairPre if size == 0 => sp(rd(word)) | sp(ra(word)),
        _ => 0,
    };
    // 31 is the zero register, or SP, of which nobody knows anything.
    registers & !SP
}

/// Whether the operands make a word of `class` constrained unpredictable.
///
/// The architecture then lets a CPU do one of several things, for instance write back something else.
pub const fn is_unpredictable(word: u32, class: Class) -> bool {
    let (t, n, t2, s) = (rd(word), rn(word), ra(word), rm(word));
    match class {
        Class::StorePost | Class::LoadPost | Class::StorePre | Class::LoadPre => n == t && n != 31,
        Class::LoadPair | Class::LoadExclusivePair => t == t2,
        Class::StorePairPost | Class::StorePairPre => (n == t || n == t2) && n != 31,
        Class::LoadPairPost | Class::LoadPairPre => t == t2 || ((n == t || n == t2) && n != 31),
        Class::StoreExclusive => s == t || (s == n && n != 31),
        Class::StoreExclusivePair => s == t || s == t2 || (s == n && n != 31),
        _ => false,
    }
}

/// The effects of a word that `class` claims.
pub const fn effects_of(word: u32, class: Class) -> Effects {
    shape_of(class).effects(word)
}

/// The effects of a word that may run on a system with `features`; `None` for every other.
pub fn effects(word: u32, features: u64) -> Option<Effects> {
    Some(effects_of(word, lookup(word, features)?))
}
