// SPDX-License-Identifier: GPL-2.0
//! What the words of a class do with their fields, as data: a word's effects are then a few masks and shifts, where a
//! `match` by class would be a jump that no processor predicts.

use crate::classes::Class;
use crate::insn::{ra, rd, rm, rn, sp, Access, AccessKind, Effects, Index, SP};
use lore_abi::contract::REG_LINK;

/// A field that names a register other than SP: 31 is the zero register.
const ZR: u32 = !SP;
/// A field where 31 is SP.
const OR_SP: u32 = !0;

/// Which registers, of all that its five bits can name, a field stands for; 0 for a field that names none.
#[derive(Clone, Copy)]
struct Fields {
    d: u32,
    n: u32,
    a: u32,
    m: u32,
}

const NONE: Fields = Fields {
    d: 0,
    n: 0,
    a: 0,
    m: 0,
};
const D: Fields = Fields { d: ZR, ..NONE };
const N: Fields = Fields { n: ZR, ..NONE };
const M: Fields = Fields { m: ZR, ..NONE };
const NM: Fields = Fields { m: ZR, ..N };
const DA: Fields = Fields { a: ZR, ..D };
const DM: Fields = Fields { m: ZR, ..D };
const D_OR_SP: Fields = Fields { d: OR_SP, ..NONE };
const N_OR_SP: Fields = Fields { n: OR_SP, ..NONE };

impl Fields {
    /// The mask of the registers that `word` names in these fields.
    #[inline(always)]
    const fn of(&self, word: u32) -> u32 {
        (sp(rd(word)) & self.d)
            | (sp(rn(word)) & self.n)
            | (sp(ra(word)) & self.a)
            | (sp(rm(word)) & self.m)
    }
}

/// When an access steps its base.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Never,
    Before,
    After,
}

/// How an access is indexed by a register.
#[derive(Clone, Copy, PartialEq, Eq)]
enum IndexForm {
    None,
    /// By the low half, zero-extended.
    Half,
    /// By all of it, shifted or not.
    Whole,
}

/// How a word says what it touches.
#[derive(Clone, Copy)]
pub struct Touch {
    kind: AccessKind,
    step: Step,
    index: IndexForm,
    /// The binary logarithm of one register's bytes: `(word >> unit_at & unit_bits) + unit_least`.
    unit_at: u8,
    unit_bits: u8,
    unit_least: u8,
    /// The binary logarithm of the number of registers.
    count: u8,
    /// The offset: `word >> offset_at & offset_bits`, signed if `sign` has its top bit, in units if `scaled` is not 0.
    offset_at: u8,
    scaled: u8,
    offset_bits: u16,
    sign: u16,
}

impl Touch {
    /// `[xn]`, one register, its size in bits 31 and 30.
    const fn bare(kind: AccessKind) -> Touch {
        Touch {
            kind,
            step: Step::Never,
            index: IndexForm::None,
            unit_at: 30,
            unit_bits: 3,
            unit_least: 0,
            count: 0,
            offset_at: 0,
            scaled: 0,
            offset_bits: 0,
            sign: 0,
        }
    }

    /// Two registers at `[xn]`; bit 30 says 4 or 8 bytes each.
    const fn both(kind: AccessKind) -> Touch {
        Touch {
            unit_bits: 1,
            unit_least: 2,
            count: 1,
            ..Touch::bare(kind)
        }
    }

    /// `[xn, #imm]` with nine bits.
    const fn nine(kind: AccessKind) -> Touch {
        Touch {
            offset_at: 12,
            offset_bits: 0x1ff,
            sign: 0x100,
            ..Touch::bare(kind)
        }
    }

    /// `[xn, #imm]` with twelve bits, unsigned and scaled.
    const fn twelve(kind: AccessKind) -> Touch {
        Touch {
            offset_at: 10,
            offset_bits: 0xfff,
            scaled: 3,
            ..Touch::bare(kind)
        }
    }

    /// A pair's `[xn, #imm]` with seven bits, scaled; bit 31 says 4 or 8 bytes each. (`ldpsw` has it clear.)
    const fn pair(kind: AccessKind) -> Touch {
        Touch {
            unit_at: 31,
            offset_at: 15,
            offset_bits: 0x7f,
            sign: 0x40,
            scaled: 3,
            ..Touch::both(kind)
        }
    }

    /// `[xn, wm, uxtw]`.
    const fn half_indexed(kind: AccessKind) -> Touch {
        Touch {
            index: IndexForm::Half,
            ..Touch::bare(kind)
        }
    }

    /// `[xn, xm{, lsl}]`; bit 12 says whether the index counts registers or bytes.
    const fn indexed(kind: AccessKind) -> Touch {
        Touch {
            index: IndexForm::Whole,
            ..Touch::bare(kind)
        }
    }

    const fn pre(self) -> Touch {
        Touch {
            step: Step::Before,
            ..self
        }
    }

    const fn post(self) -> Touch {
        Touch {
            step: Step::After,
            ..self
        }
    }

    /// The access that `word` makes.
    #[inline(always)]
    pub const fn access(&self, word: u32) -> Access {
        let unit = (word.wrapping_shr(self.unit_at as u32) & self.unit_bits as u32)
            .wrapping_add(self.unit_least as u32);
        let sign = self.sign as u32;
        let field = word.wrapping_shr(self.offset_at as u32) & self.offset_bits as u32;
        // Taking the sign bit away twice extends it; the cast reinterprets the bits.
        let number = (field ^ sign).wrapping_sub(sign) as i32;
        let amount = number.wrapping_shl(unit & self.scaled as u32);
        let (offset, step) = match self.step {
            Step::Never => (amount, None),
            Step::Before => (amount, Some(amount)),
            Step::After => (0, Some(amount)),
        };
        Access {
            base: rn(word) as u8, // Lossless: 5 bits, like the index.
            index: match self.index {
                IndexForm::None => None,
                IndexForm::Half => Some(Index {
                    register: rm(word) as u8,
                    is_half: true,
                    shift: 0,
                }),
                IndexForm::Whole => Some(Index {
                    register: rm(word) as u8,
                    is_half: false,
                    // Lossless: at most 3.
                    shift: (word.wrapping_shr(12) & 1).wrapping_mul(unit) as u8,
                }),
            },
            offset,
            step,
            size: 1u8.wrapping_shl(unit.wrapping_add(self.count as u32)), // At most 16.
            kind: self.kind,
        }
    }
}

/// What a class's words read, write and touch.
#[derive(Clone, Copy)]
pub struct Shape {
    reads: Fields,
    writes: Fields,
    /// Whether every word of the class writes x30.
    links: bool,
    /// `casp` names the first of each two registers: the second are read, and the compared one of them written.
    in_twos: bool,
    /// The memory.
    pub touch: Option<Touch>,
}

impl Shape {
    /// Masks of the registers that `word` names as read and as written; x30 of a call it does not name.
    #[inline(always)]
    pub const fn registers(&self, word: u32) -> (u32, u32) {
        let (reads, writes) = (self.reads.of(word), self.writes.of(word));
        if self.in_twos {
            return self.second_ones(word, reads, writes);
        }
        (reads, writes)
    }

    /// The rows of `casp` let only even registers through; the one behind the last of them, 31, is the zero register.
    #[cold]
    const fn second_ones(&self, word: u32, reads: u32, writes: u32) -> (u32, u32) {
        let second = (DM.of(word) << 1) & ZR;
        (reads | second, writes | ((writes << 1) & ZR))
    }

    /// Everything about `word`.
    #[inline(always)]
    pub const fn effects(&self, word: u32) -> Effects {
        let (reads, writes) = self.registers(word);
        let link = (self.links as u32).wrapping_shl(REG_LINK as u32);
        Effects {
            reads,
            writes: writes | link,
            access: match &self.touch {
                Some(touch) => Some(touch.access(word)),
                None => None,
            },
        }
    }
}

/// Registers only.
const fn registers(reads: Fields, writes: Fields) -> Shape {
    Shape {
        reads,
        writes,
        links: false,
        in_twos: false,
        touch: None,
    }
}

/// A call, which writes x30.
const fn call(reads: Fields) -> Shape {
    Shape {
        links: true,
        ..registers(reads, NONE)
    }
}

/// Registers and an access, whose base and index are read, and whose base is written if it steps.
const fn memory(reads: Fields, writes: Fields, touch: Touch) -> Shape {
    let index = match touch.index {
        IndexForm::None => 0,
        IndexForm::Half | IndexForm::Whole => ZR,
    };
    let back = match touch.step {
        Step::Never => 0,
        Step::Before | Step::After => OR_SP,
    };
    let reads = Fields {
        n: OR_SP,
        m: reads.m | index,
        ..reads
    };
    let writes = Fields { n: back, ..writes };
    Shape {
        touch: Some(touch),
        ..registers(reads, writes)
    }
}

/// The shape of a class.
pub const fn shape_of(class: Class) -> Shape {
    use AccessKind::{Load, Prefetch, Store, StoreExclusive, Update};
    match class {
        Class::Plain | Class::Branch | Class::BranchIf => registers(NONE, NONE),
        Class::AddSubImm64 | Class::AddSubImm32 => registers(N_OR_SP, D_OR_SP),
        Class::AddSubFlagsImm => registers(N_OR_SP, D),
        Class::LogicalImm => registers(N, D_OR_SP),
        Class::LogicalFlagsImm | Class::Unary => registers(N, D),
        Class::MoveWide | Class::TablePage => registers(NONE, D),
        Class::MoveKeep => registers(D, D),
        Class::Insert => registers(Fields { d: ZR, ..N }, D),
        Class::Binary | Class::LogicalShifted => registers(NM, D),
        Class::AddSubExtended => registers(Fields { m: ZR, ..N_OR_SP }, D_OR_SP),
        Class::AddSubFlagsExtended => registers(Fields { m: ZR, ..N_OR_SP }, D),
        Class::Ternary => registers(Fields { a: ZR, ..NM }, D),
        Class::FlagsOne | Class::Return => registers(N, NONE),
        Class::FlagsTwo => registers(NM, NONE),
        Class::Call => call(NONE),
        Class::TableCall => call(N),
        Class::BranchZero | Class::BranchBit => registers(D, NONE),
        // The second half of the table's load is its index, as in the window's form.
        Class::TableLoad | Class::LoadWindow => memory(NONE, D, Touch::half_indexed(Load)),
        Class::StoreWindow => memory(D, NONE, Touch::half_indexed(Store)),
        Class::PrefetchWindow => memory(NONE, NONE, Touch::half_indexed(Prefetch)),
        Class::StoreIndexed => memory(D, NONE, Touch::indexed(Store)),
        Class::LoadIndexed => memory(NONE, D, Touch::indexed(Load)),
        Class::StoreImm => memory(D, NONE, Touch::twelve(Store)),
        Class::LoadImm => memory(NONE, D, Touch::twelve(Load)),
        Class::PrefetchImm => memory(NONE, NONE, Touch::twelve(Prefetch)),
        Class::StoreUnscaled | Class::StoreOrderedUnscaled => memory(D, NONE, Touch::nine(Store)),
        Class::LoadUnscaled | Class::LoadOrderedUnscaled => memory(NONE, D, Touch::nine(Load)),
        Class::PrefetchUnscaled => memory(NONE, NONE, Touch::nine(Prefetch)),
        Class::StorePost => memory(D, NONE, Touch::nine(Store).post()),
        Class::LoadPost => memory(NONE, D, Touch::nine(Load).post()),
        Class::StorePre => memory(D, NONE, Touch::nine(Store).pre()),
        Class::LoadPre => memory(NONE, D, Touch::nine(Load).pre()),
        Class::StorePair => memory(DA, NONE, Touch::pair(Store)),
        Class::LoadPair => memory(NONE, DA, Touch::pair(Load)),
        Class::StorePairPost => memory(DA, NONE, Touch::pair(Store).post()),
        Class::LoadPairPost => memory(NONE, DA, Touch::pair(Load).post()),
        Class::StorePairPre => memory(DA, NONE, Touch::pair(Store).pre()),
        Class::LoadPairPre => memory(NONE, DA, Touch::pair(Load).pre()),
        Class::StoreExclusive => memory(D, M, Touch::bare(StoreExclusive)),
        Class::StoreExclusivePair => memory(DA, M, Touch::both(StoreExclusive)),
        Class::LoadExclusive | Class::LoadOrdered => memory(NONE, D, Touch::bare(Load)),
        Class::LoadExclusivePair => memory(NONE, DA, Touch::both(Load)),
        Class::StoreOrdered => memory(D, NONE, Touch::bare(Store)),
        Class::Atomic => memory(M, D, Touch::bare(Update)),
        Class::CompareSwap => memory(DM, M, Touch::bare(Update)),
        Class::CompareSwapPair => Shape {
            in_twos: true,
            ..memory(DM, M, Touch::both(Update))
        },
    }
}
