// SPDX-License-Identifier: GPL-2.0
//! What an accepted word reads, writes and touches: a pure description, without judgement.
//!
//! The rules judge it, the exhaustive sweep compares it with two decoders, and the kernel uses it to say which
//! address a faulting word meant.

use crate::classes::{lookup, Class};
use lore_abi::contract::REG_BASE;

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

/// An access: `size` bytes at `base + offset`, or at `base + (u32)index`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Number of the base register; 31 is SP.
    pub base: u8,
    /// Number of the index register, of which the low half counts, zero-extended; 31 is zero.
    pub index: Option<u8>,
    /// Added to the base for the address.
    pub offset: i32,
    /// Added to the base for its new value; `None` without write-back.
    pub step: Option<i32>,
    /// Bytes, both registers of a pair together.
    pub size: u8,
    /// What is done there.
    pub kind: AccessKind,
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

/// Mask of a register where 31 is the zero register.
pub const fn zr(register: u32) -> u32 {
    1u32.wrapping_shl(register) & !SP
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

/// Bytes of one register's access by the size field in bits 31 and 30.
const fn size_of_field(word: u32) -> u8 {
    1 << (word >> 30)
}

/// An access with an immediate of nine bits.
const fn nine(word: u32, kind: AccessKind) -> Access {
    at(word, signed(word, 12, 9), size_of_field(word), kind)
}

/// An access at base and offset.
const fn at(word: u32, offset: i32, size: u8, kind: AccessKind) -> Access {
    Access {
        base: rn(word) as u8,
        index: None,
        offset,
        step: None,
        size,
        kind,
    } // Lossless: 5 bits.
}

/// An access with a scaled immediate of twelve bits.
const fn twelve(word: u32, kind: AccessKind) -> Access {
    let size = size_of_field(word);
    let scaled = ((word >> 10) & 0xfff).wrapping_shl(word >> 30);
    at(word, scaled as i32, size, kind) // Lossless: 15 bits.
}

/// A pair's access: twice 4 or 8 bytes, the immediate scaled by one of them. (`ldpsw` has bit 31 clear.)
const fn pair(word: u32, kind: AccessKind) -> Access {
    let each: u8 = if word & (1 << 31) != 0 { 8 } else { 4 };
    let offset = signed(word, 15, 7).wrapping_mul(each as i32);
    at(word, offset, each << 1, kind)
}

/// The base is stepped before the access.
const fn pre(access: Access) -> Access {
    Access {
        step: Some(access.offset),
        ..access
    }
}

/// The base is stepped after the access.
const fn post(access: Access) -> Access {
    Access {
        step: Some(access.offset),
        offset: 0,
        ..access
    }
}

/// Form Z: base x15 and an index.
const fn window(word: u32, kind: AccessKind) -> Access {
    let index = Some(rm(word) as u8); // Lossless: 5 bits.
    Access {
        base: REG_BASE,
        index,
        offset: 0,
        step: None,
        size: size_of_field(word),
        kind,
    }
}

/// Registers only.
const fn registers(reads: u32, writes: u32) -> Effects {
    Effects {
        reads,
        writes,
        access: None,
    }
}

/// Registers and the access, whose base and index are read, and whose base is written if it steps.
const fn memory(reads: u32, writes: u32, access: Access) -> Effects {
    let base = sp(access.base as u32);
    let index = match access.index {
        Some(index) => zr(index as u32),
        None => 0,
    };
    let back = if access.step.is_some() { base } else { 0 };
    Effects {
        reads: reads | base | index,
        writes: writes | back,
        access: Some(access),
    }
}

/// The effects of a branch on a register.
pub const fn test_effects(word: u32) -> Effects {
    registers(zr(rd(word)), 0)
}

/// The effects of a word that `class` claims.
#[inline]
pub const fn effects_of(word: u32, class: Class) -> Effects {
    use AccessKind::{Load, Prefetch, Store, Update};
    let (d, n, m) = (rd(word), rn(word), rm(word));
    let (t, t2, s) = (d, ra(word), m);
    match class {
        Class::Plain | Class::Branch | Class::BranchIf => registers(0, 0),
        Class::AddSubImm64 | Class::AddSubImm32 => registers(sp(n), sp(d)),
        Class::AddSubFlagsImm => registers(sp(n), zr(d)),
        Class::LogicalImm => registers(zr(n), sp(d)),
        Class::LogicalFlagsImm | Class::Unary => registers(zr(n), zr(d)),
        Class::MoveWide => registers(0, zr(d)),
        Class::MoveKeep => registers(zr(d), zr(d)),
        Class::Insert => registers(zr(n) | zr(d), zr(d)),
        Class::Binary | Class::LogicalShifted => registers(zr(n) | zr(m), zr(d)),
        Class::AddSubExtended => registers(sp(n) | zr(m), sp(d)),
        Class::AddSubFlagsExtended => registers(sp(n) | zr(m), zr(d)),
        Class::Ternary => registers(zr(n) | zr(m) | zr(ra(word)), zr(d)),
        Class::FlagsOne => registers(zr(n), 0),
        Class::FlagsTwo => registers(zr(n) | zr(m), 0),
        Class::Call => registers(0, zr(30)),
        Class::BranchZero | Class::BranchBit => test_effects(word),
        Class::Return => registers(zr(n), 0),
        Class::TablePage => registers(0, zr(d)),
        Class::TableLoad => {
            let access = Access {
                base: rn(word) as u8,
                ..window(word, Load)
            }; // Lossless: 5 bits.
            memory(0, zr(t), access)
        }
        Class::TableCall => registers(zr(n), zr(30)),
        Class::StoreImm => memory(zr(t), 0, twelve(word, Store)),
        Class::LoadImm => memory(0, zr(t), twelve(word, Load)),
        Class::PrefetchImm => memory(0, 0, twelve(word, Prefetch)),
        Class::StoreUnscaled | Class::StoreOrderedUnscaled => memory(zr(t), 0, nine(word, Store)),
        Class::LoadUnscaled | Class::LoadOrderedUnscaled => memory(0, zr(t), nine(word, Load)),
        Class::PrefetchUnscaled => memory(0, 0, nine(word, Prefetch)),
        Class::StorePost => memory(zr(t), 0, post(nine(word, Store))),
        Class::LoadPost => memory(0, zr(t), post(nine(word, Load))),
        Class::StorePre => memory(zr(t), 0, pre(nine(word, Store))),
        Class::LoadPre => memory(0, zr(t), pre(nine(word, Load))),
        Class::StoreWindow => memory(zr(t), 0, window(word, Store)),
        Class::LoadWindow => memory(0, zr(t), window(word, Load)),
        Class::PrefetchWindow => memory(0, 0, window(word, Prefetch)),
        Class::StorePair => memory(zr(t) | zr(t2), 0, pair(word, Store)),
        Class::LoadPair => memory(0, zr(t) | zr(t2), pair(word, Load)),
        Class::StorePairPost => memory(zr(t) | zr(t2), 0, post(pair(word, Store))),
        Class::LoadPairPost => memory(0, zr(t) | zr(t2), post(pair(word, Load))),
        Class::StorePairPre => memory(zr(t) | zr(t2), 0, pre(pair(word, Store))),
        Class::LoadPairPre => memory(0, zr(t) | zr(t2), pre(pair(word, Load))),
        Class::StoreExclusive => memory(
            zr(t),
            zr(s),
            at(word, 0, size_of_field(word), AccessKind::StoreExclusive),
        ),
        Class::StoreExclusivePair => {
            let access = at(word, 0, both(word), AccessKind::StoreExclusive);
            memory(zr(t) | zr(t2), zr(s), access)
        }
        Class::LoadExclusive | Class::LoadOrdered => {
            memory(0, zr(t), at(word, 0, size_of_field(word), Load))
        }
        Class::LoadExclusivePair => memory(0, zr(t) | zr(t2), at(word, 0, both(word), Load)),
        Class::StoreOrdered => memory(zr(t), 0, at(word, 0, size_of_field(word), Store)),
        Class::Atomic => memory(zr(s), zr(t), at(word, 0, size_of_field(word), Update)),
        Class::CompareSwap => memory(
            zr(s) | zr(t),
            zr(s),
            at(word, 0, size_of_field(word), Update),
        ),
        Class::CompareSwapPair => {
            // Both are even by their row, so the odd halves are at most 31.
            let compared = zr(s) | zr(s | 1);
            let access = at(word, 0, both(word), Update);
            memory(compared | zr(t) | zr(t | 1), compared, access)
        }
    }
}

/// Bytes of an exclusive pair or of CASP: bit 30 says 4 or 8 each.
const fn both(word: u32) -> u8 {
    if word & (1 << 30) != 0 {
        16
    } else {
        8
    }
}

/// The effects of a word that may run on a system with `features`; `None` for every other.
pub fn effects(word: u32, features: u64) -> Option<Effects> {
    Some(effects_of(word, lookup(word, features)?))
}
