// SPDX-License-Identifier: GPL-2.0
//! The instruction table: every word that may run, as exact (mask, value) rows.
//!
//! A row claims the words whose bits under `mask` equal `value`. Rows never overlap (that would not compile), a row
//! names the feature it needs, and what no row claims is refused. A [`Class`] says which fields of the word are
//! registers and what the word does with them; `insn` spells it out.
//!
//! Should-be-one and should-be-zero bits are part of the masks. What a mask cannot say (reserved logical immediates, and
//! operands that make a word constrained unpredictable) is in [`is_reserved`] and `insn::is_unpredictable`.

use crate::index::row_of;
use crate::insn;
use lore_abi::feature;
use lore_abi::rule::Rule;

/// What a word does, as far as the contract cares. Register 31 is the zero register unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// Neither reads nor writes a general register: hints, barriers, `cfinv`.
    Plain,
    /// `add`/`sub xd, xn, #imm` without flags; 31 is SP in both.
    AddSubImm64,
    /// The same in 32 bits.
    AddSubImm32,
    /// `adds`/`subs rd, rn, #imm`; 31 is SP in `rn`.
    AddSubFlagsImm,
    /// `and`/`orr`/`eor rd, rn, #mask`; 31 is SP in `rd`.
    LogicalImm,
    /// `ands rd, rn, #mask`.
    LogicalFlagsImm,
    /// `movz`, `movn`.
    MoveWide,
    /// `movk`: keeps the rest of `rd`, so it reads it.
    MoveKeep,
    /// One source: `rd, rn`.
    Unary,
    /// `bfm`: inserts into `rd`, so it reads it.
    Insert,
    /// Two sources: `rd, rn, rm`.
    Binary,
    /// `and`, `bic`, `orr`, ... `rd, rn, rm{, shift}`; `mov` of registers is one of them.
    LogicalShifted,
    /// `add`/`sub rd, rn, rm{, extend}` without flags; 31 is SP in `rd` and `rn`.
    AddSubExtended,
    /// `adds`/`subs rd, rn, rm{, extend}`; 31 is SP in `rn`.
    AddSubFlagsExtended,
    /// Three sources: `rd, rn, rm, ra`.
    Ternary,
    /// Flags from one register: `ccmp rn, #imm`, `rmif`, `setf8`.
    FlagsOne,
    /// Flags from two registers: `ccmp rn, rm`.
    FlagsTwo,

    /// `b`.
    Branch,
    /// `bl`.
    Call,
    /// `b.cond`.
    BranchIf,
    /// `cbz`, `cbnz`.
    BranchZero,
    /// `tbz`, `tbnz`.
    BranchBit,
    /// `ret` through x30.
    Return,
    /// `adrp x30, page`: second word of the table sequence.
    TablePage,
    /// `ldr x30, [x30, wt, uxtw]`: third word of the table sequence.
    TableLoad,
    /// `blr x30`: fourth word of the table sequence.
    TableCall,

    /// `str rt, [xn, #imm]`, scaled and unsigned.
    StoreImm,
    /// `ldr rt, [xn, #imm]`, scaled and unsigned, sign-extending forms too.
    LoadImm,
    /// `prfm`, scaled and unsigned.
    PrefetchImm,
    /// `stur`.
    StoreUnscaled,
    /// `ldur`.
    LoadUnscaled,
    /// `prfum`.
    PrefetchUnscaled,
    /// `str rt, [xn], #imm`.
    StorePost,
    /// `ldr rt, [xn], #imm`.
    LoadPost,
    /// `str rt, [xn, #imm]!`.
    StorePre,
    /// `ldr rt, [xn, #imm]!`.
    LoadPre,
    /// `str rt, [x15, wm, uxtw]`.
    StoreWindow,
    /// `ldr rt, [x15, wm, uxtw]`.
    LoadWindow,
    /// `prfm op, [x15, wm, uxtw]`.
    PrefetchWindow,
    /// `str rt, [xn, xm{, lsl}]`.
    StoreIndexed,
    /// `ldr rt, [xn, xm{, lsl}]`, sign-extending forms too.
    LoadIndexed,
    /// `stp`, `stnp`.
    StorePair,
    /// `ldp`, `ldpsw`, `ldnp`.
    LoadPair,
    /// `stp rt, rt2, [xn], #imm`.
    StorePairPost,
    /// `ldp rt, rt2, [xn], #imm`.
    LoadPairPost,
    /// `stp rt, rt2, [xn, #imm]!`.
    StorePairPre,
    /// `ldp rt, rt2, [xn, #imm]!`.
    LoadPairPre,
    /// `stxr ws, rt, [xn]`, `stlxr`.
    StoreExclusive,
    /// `ldxr rt, [xn]`, `ldaxr`.
    LoadExclusive,
    /// `stxp ws, rt, rt2, [xn]`, `stlxp`.
    StoreExclusivePair,
    /// `ldxp rt, rt2, [xn]`, `ldaxp`.
    LoadExclusivePair,
    /// `stlr rt, [xn]`.
    StoreOrdered,
    /// `ldar rt, [xn]`, `ldapr`.
    LoadOrdered,
    /// `stlur rt, [xn, #imm]`.
    StoreOrderedUnscaled,
    /// `ldapur rt, [xn, #imm]`, sign-extending forms too.
    LoadOrderedUnscaled,
    /// `ldadd rs, rt, [xn]` and its family, `swp`.
    Atomic,
    /// `cas rs, rt, [xn]`.
    CompareSwap,
    /// `casp rs, rs+1, rt, rt+1, [xn]`.
    CompareSwapPair,
}

/// One row: the words `w` with `w & mask == value`, on systems that have all of `needs`.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Fixed bits.
    pub mask: u32,
    /// What they are.
    pub value: u32,
    /// What such a word does.
    pub class: Class,
    /// [`lore_abi::feature`] bits, 0 for the base.
    pub needs: u64,
}

macro_rules! classes {
    ($( $mask:literal $value:literal $class:ident $($feature:ident)? ; )+) => {
        /// Every row; `tests` and the exhaustive sweep walk it too.
        pub const ROWS: &[Row] = &[ $( Row {
            mask: $mask, value: $value, class: Class::$class, needs: 0 $(| feature::$feature)?,
        }, )+ ];
    };
}

classes! {
    // mask      value       class               feature   A64
    // Data processing, immediate.
    0xbf80_0000  0x9100_0000 AddSubImm64;               // add, sub xd|sp, xn|sp, #imm{, lsl #12}
    0xbf80_0000  0x1100_0000 AddSubImm32;               // add, sub wd|wsp, wn|wsp, #imm{, lsl #12}
    0x3f80_0000  0x3100_0000 AddSubFlagsImm;            // adds, subs rd, rn|sp, #imm{, lsl #12}
    0x7ff0_0000  0x11c0_0000 Unary               CSSC;  // smax, umax, smin, umin rd, rn, #imm
    0xdfc0_0000  0x1200_0000 LogicalImm;                // and, orr wd|wsp, wn, #mask
    0xffc0_0000  0x5200_0000 LogicalImm;                // eor wd|wsp, wn, #mask
    0xffc0_0000  0x7200_0000 LogicalFlagsImm;           // ands wd, wn, #mask
    0xdf80_0000  0x9200_0000 LogicalImm;                // and, orr xd|sp, xn, #mask
    0xff80_0000  0xd200_0000 LogicalImm;                // eor xd|sp, xn, #mask
    0xff80_0000  0xf200_0000 LogicalFlagsImm;           // ands xd, xn, #mask
    0xbfc0_0000  0x1280_0000 MoveWide;                  // movn, movz wd, #imm{, lsl #16}
    0xbf80_0000  0x9280_0000 MoveWide;                  // movn, movz xd, #imm{, lsl #..}
    0xffc0_0000  0x7280_0000 MoveKeep;                  // movk wd, #imm{, lsl #16}
    0xff80_0000  0xf280_0000 MoveKeep;                  // movk xd, #imm{, lsl #..}
    0xbfe0_8000  0x1300_0000 Unary;                     // sbfm, ubfm wd, wn, #r, #s
    0xbfc0_0000  0x9340_0000 Unary;                     // sbfm, ubfm xd, xn, #r, #s
    0xffe0_8000  0x3300_0000 Insert;                    // bfm wd, wn, #r, #s
    0xffc0_0000  0xb340_0000 Insert;                    // bfm xd, xn, #r, #s
    0xffe0_8000  0x1380_0000 Binary;                    // extr wd, wn, wm, #lsb
    0xffe0_0000  0x93c0_0000 Binary;                    // extr xd, xn, xm, #lsb

    // Data processing, register.
    0x9f00_8000  0x0a00_0000 LogicalShifted;            // and, bic, orr, .. wd, wn, wm{, shift #n}
    0x9f00_0000  0x8a00_0000 LogicalShifted;            // and, bic, orr, .. xd, xn, xm{, shift #n}
    0x9fa0_8000  0x0b00_0000 Binary;                    // add, sub, .. wd, wn, wm{, lsl|lsr #n}
    0x9fe0_8000  0x0b80_0000 Binary;                    // add, sub, .. wd, wn, wm, asr #n
    0x9fa0_0000  0x8b00_0000 Binary;                    // add, sub, .. xd, xn, xm{, lsl|lsr #n}
    0x9fe0_0000  0x8b80_0000 Binary;                    // add, sub, .. xd, xn, xm, asr #n
    0x3fe0_1000  0x0b20_0000 AddSubExtended;            // add, sub rd|sp, rn|sp, rm, ext #0..3
    0x3fe0_1c00  0x0b20_1000 AddSubExtended;            // add, sub rd|sp, rn|sp, rm, ext #4
    0x3fe0_1000  0x2b20_0000 AddSubFlagsExtended;       // adds, subs rd, rn|sp, rm, ext #0..3
    0x3fe0_1c00  0x2b20_1000 AddSubFlagsExtended;       // adds, subs rd, rn|sp, rm, ext #4
    0x1fe0_fc00  0x1a00_0000 Binary;                    // adc, adcs, sbc, sbcs
    0x3fe0_0c10  0x3a40_0000 FlagsTwo;                  // ccmn, ccmp rn, rm, #nzcv, cond
    0x3fe0_0c10  0x3a40_0800 FlagsOne;                  // ccmn, ccmp rn, #imm, #nzcv, cond
    0x3fe0_0800  0x1a80_0000 Binary;                    // csel, csinc, csinv, csneg
    0x7fe0_f800  0x1ac0_0800 Binary;                    // udiv, sdiv
    0x7fe0_f000  0x1ac0_2000 Binary;                    // lslv, lsrv, asrv, rorv
    0xffe0_e800  0x1ac0_4000 Binary              CRC32; // crc32b, crc32h, crc32cb, crc32ch
    0xffe0_ec00  0x1ac0_4800 Binary              CRC32; // crc32w, crc32cw
    0xffe0_ec00  0x9ac0_4c00 Binary              CRC32; // crc32x, crc32cx
    0x7fe0_f000  0x1ac0_6000 Binary              CSSC;  // smax, umax, smin, umin rd, rn, rm
    0x7fff_f800  0x5ac0_0000 Unary;                     // rbit, rev16
    0x7fff_fc00  0x5ac0_0800 Unary;                     // rev wd, wn; rev32 xd, xn
    0xffff_fc00  0xdac0_0c00 Unary;                     // rev xd, xn
    0x7fff_f800  0x5ac0_1000 Unary;                     // clz, cls
    0x7fff_f800  0x5ac0_1800 Unary               CSSC;  // ctz, cnt
    0x7fff_fc00  0x5ac0_2000 Unary               CSSC;  // abs
    0x7fe0_0000  0x1b00_0000 Ternary;                   // madd, msub
    0xff60_0000  0x9b20_0000 Ternary;                   // smaddl, smsubl, umaddl, umsubl
    0xff60_fc00  0x9b40_7c00 Binary;                    // smulh, umulh
    0xffe0_7c10  0xba00_0400 FlagsOne            FLAGM; // rmif xn, #shift, #mask
    0xffff_bc1f  0x3a00_080d FlagsOne            FLAGM; // setf8, setf16 wn
    0xffff_ffff  0xd500_401f Plain               FLAGM; // cfinv

    // Hints and barriers.
    0xffff_ffff  0xd503_201f Plain;                     // nop
    0xffff_ff3f  0xd503_241f Plain;                     // bti, bti c, bti j, bti jc
    0xffff_f1ff  0xd503_31bf Plain;                     // dmb oshld, osh, nshld, nsh, ishld, ish, ld, sy
    0xffff_f3ff  0xd503_32bf Plain;                     // dmb oshst, nshst, ishst, st
    0xffff_ffff  0xd503_3fdf Plain;                     // isb
    0xffff_ffff  0xd503_3f5f Plain;                     // clrex
    0xffff_ffff  0xd503_30ff Plain               SB;    // sb

    // Branches.
    0xfc00_0000  0x1400_0000 Branch;                    // b
    0xfc00_0000  0x9400_0000 Call;                      // bl
    0xff00_0010  0x5400_0000 BranchIf;                  // b.cond
    0x7e00_0000  0x3400_0000 BranchZero;                // cbz, cbnz
    0x7e00_0000  0x3600_0000 BranchBit;                 // tbz, tbnz
    0xffff_ffff  0xd65f_03c0 Return;                    // ret
    0x9f00_001f  0x9000_001e TablePage;                 // adrp x30, page
    0xffe0_ffff  0xf860_4bde TableLoad;                 // ldr x30, [x30, wt, uxtw]
    0xffff_ffff  0xd63f_03c0 TableCall;                 // blr x30

    // Loads and stores of one register.
    0x3fc0_0000  0x3900_0000 StoreImm;                  // strb, strh, str
    0x3fc0_0000  0x3940_0000 LoadImm;                   // ldrb, ldrh, ldr
    0xbf80_0000  0x3980_0000 LoadImm;                   // ldrsb, ldrsh
    0xffc0_0000  0xb980_0000 LoadImm;                   // ldrsw
    0xffc0_0008  0xf980_0000 PrefetchImm;               // prfm pld.., pst..
    0x3fe0_0c00  0x3800_0000 StoreUnscaled;             // sturb, sturh, stur
    0x3fe0_0c00  0x3840_0000 LoadUnscaled;              // ldurb, ldurh, ldur
    0xbfa0_0c00  0x3880_0000 LoadUnscaled;              // ldursb, ldursh
    0xffe0_0c00  0xb880_0000 LoadUnscaled;              // ldursw
    0xffe0_0c08  0xf880_0000 PrefetchUnscaled;          // prfum pld.., pst..
    0x3fe0_0c00  0x3800_0400 StorePost;                 // strb, strh, str [xn], #imm
    0x3fe0_0c00  0x3840_0400 LoadPost;                  // ldrb, ldrh, ldr [xn], #imm
    0xbfa0_0c00  0x3880_0400 LoadPost;                  // ldrsb, ldrsh [xn], #imm
    0xffe0_0c00  0xb880_0400 LoadPost;                  // ldrsw [xn], #imm
    0x3fe0_0c00  0x3800_0c00 StorePre;                  // strb, strh, str [xn, #imm]!
    0x3fe0_0c00  0x3840_0c00 LoadPre;                   // ldrb, ldrh, ldr [xn, #imm]!
    0xbfa0_0c00  0x3880_0c00 LoadPre;                   // ldrsb, ldrsh [xn, #imm]!
    0xffe0_0c00  0xb880_0c00 LoadPre;                   // ldrsw [xn, #imm]!
    0x3fe0_ffe0  0x3820_49e0 StoreWindow;               // strb, strh, str [x15, wm, uxtw]
    0x3fe0_ffe0  0x3860_49e0 LoadWindow;                // ldrb, ldrh, ldr [x15, wm, uxtw]
    0xbfa0_ffe0  0x38a0_49e0 LoadWindow;                // ldrsb, ldrsh [x15, wm, uxtw]
    0xffe0_ffe0  0xb8a0_49e0 LoadWindow;                // ldrsw [x15, wm, uxtw]
    0xffe0_ffe8  0xf8a0_49e0 PrefetchWindow;            // prfm pld.., pst.., [x15, wm, uxtw]
    0x3fe0_ffe0  0x3820_4920 StoreWindow;               // strb, strh, str [x9, wm, uxtw]
    0x3fe0_ffe0  0x3860_4920 LoadWindow;                // ldrb, ldrh, ldr [x9, wm, uxtw]
    0xbfa0_ffe0  0x38a0_4920 LoadWindow;                // ldrsb, ldrsh [x9, wm, uxtw]
    0xffe0_ffe0  0xb8a0_4920 LoadWindow;                // ldrsw [x9, wm, uxtw]
    0x3fe0_ec00  0x3820_6800 StoreIndexed;              // strb, strh, str [xn, xm{, lsl}]
    0x3fe0_ec00  0x3860_6800 LoadIndexed;               // ldrb, ldrh, ldr [xn, xm{, lsl}]
    0xbfa0_ec00  0x38a0_6800 LoadIndexed;               // ldrsb, ldrsh [xn, xm{, lsl}]
    0xffe0_ec00  0xb8a0_6800 LoadIndexed;               // ldrsw [xn, xm{, lsl}]

    // Pairs.
    0x7fc0_0000  0x2800_0000 StorePair;                 // stnp
    0x7fc0_0000  0x2840_0000 LoadPair;                  // ldnp
    0x7fc0_0000  0x2900_0000 StorePair;                 // stp
    0x7fc0_0000  0x2940_0000 LoadPair;                  // ldp
    0xffc0_0000  0x6940_0000 LoadPair;                  // ldpsw
    0x7fc0_0000  0x2880_0000 StorePairPost;             // stp [xn], #imm
    0x7fc0_0000  0x28c0_0000 LoadPairPost;              // ldp [xn], #imm
    0xffc0_0000  0x68c0_0000 LoadPairPost;              // ldpsw [xn], #imm
    0x7fc0_0000  0x2980_0000 StorePairPre;              // stp [xn, #imm]!
    0x7fc0_0000  0x29c0_0000 LoadPairPre;               // ldp [xn, #imm]!
    0xffc0_0000  0x69c0_0000 LoadPairPre;               // ldpsw [xn, #imm]!

    // Exclusive, ordered, atomic.
    0x3fe0_7c00  0x0800_7c00 StoreExclusive;            // stxr, stlxr
    0x3fff_7c00  0x085f_7c00 LoadExclusive;             // ldxr, ldaxr
    0xbfe0_0000  0x8820_0000 StoreExclusivePair;        // stxp, stlxp
    0xbfff_0000  0x887f_0000 LoadExclusivePair;         // ldxp, ldaxp
    0x3fff_fc00  0x089f_fc00 StoreOrdered;              // stlr
    0x3fff_fc00  0x08df_fc00 LoadOrdered;               // ldar
    0x3fff_fc00  0x38bf_c000 LoadOrdered         LRCPC; // ldapr
    0x3fe0_0c00  0x1900_0000 StoreOrderedUnscaled LRCPC2; // stlur
    0x3fe0_0c00  0x1940_0000 LoadOrderedUnscaled LRCPC2; // ldapur
    0xbfa0_0c00  0x1980_0000 LoadOrderedUnscaled LRCPC2; // ldapursb, ldapursh
    0xffe0_0c00  0x9980_0000 LoadOrderedUnscaled LRCPC2; // ldapursw
    0x3f20_8c00  0x3820_0000 Atomic              LSE;   // ldadd, ldclr, ldeor, ldset, ldsmax, ..
    0x3f20_fc00  0x3820_8000 Atomic              LSE;   // swp
    0x3fa0_7c00  0x08a0_7c00 CompareSwap         LSE;   // cas
    0xbfa1_7c01  0x0820_7c00 CompareSwapPair     LSE;   // casp
}

/// Whether a logical immediate's element is all ones, which is undefined.
const fn is_reserved_logical(word: u32) -> bool {
    let n = (word >> 22) & 1;
    let imms = (word >> 10) & 0x3f;
    // The element's length is given by the highest zero of imms, below N; all bits under it one: reserved.
    let length = (n << 6) | (!imms & 0x3f);
    let levels = match length.checked_ilog2() {
        None => return true,
        Some(log) => 1u32.wrapping_shl(log).wrapping_sub(1),
    };
    imms & levels == levels
}

/// Whether words of a class transfer control, or belong to the table sequence, which does.
pub const fn is_branch(class: Class) -> bool {
    use Class::*;
    matches!(
        class,
        Branch
            | Call
            | BranchIf
            | BranchZero
            | BranchBit
            | Return
            | TablePage
            | TableLoad
            | TableCall
    )
}

/// Whether words of a class can make a fact of a register out of facts: additions and moves.
pub const fn derives(class: Class) -> bool {
    use Class::*;
    matches!(class, AddSubImm64 | AddSubExtended | LogicalShifted)
}

/// Whether words of a class load and do nothing else: neither ordered nor exclusive nor a prefetch.
pub const fn is_plain_load(class: Class) -> bool {
    use Class::*;
    matches!(
        class,
        LoadImm
            | LoadUnscaled
            | LoadPost
            | LoadPre
            | LoadIndexed
            | LoadPair
            | LoadPairPost
            | LoadPairPre
    )
}

/// Whether control that comes to a word of a class may go on to the next one, and comes there with nothing done between.
pub const fn goes_on(class: Class) -> bool {
    use Class::*;
    !is_branch(class) || matches!(class, BranchIf | BranchZero | BranchBit)
}

/// Whether a word that a row claims is unallocated all the same.
const fn is_reserved(word: u32, class: Class) -> bool {
    matches!(class, Class::LogicalImm | Class::LogicalFlagsImm) && is_reserved_logical(word)
}

/// The rule that refuses a word of a row all the same, if it is one of the row's exceptions.
#[inline(always)]
pub(crate) fn judge_exception(word: u32, class: Class) -> Result<(), Rule> {
    if is_reserved(word, class) {
        return Err(Rule::UnknownInstruction);
    }
    if insn::is_unpredictable(word, class) {
        return Err(Rule::Unpredictable);
    }
    Ok(())
}

/// The class of a word, where `absent` are the features that the system lacks. The class's exceptions are still to be
/// judged.
#[inline(always)]
pub(crate) fn find(word: u32, absent: u32) -> Option<Class> {
    let row = row_of(word)?;
    if row.needs & absent != 0 {
        return None;
    }
    Some(row.class)
}

/// Features that a system with `features` lacks, as far as rows can need them.
pub(crate) const fn absent(features: u64) -> u32 {
    // What is cut off is asserted, where rows are made, to be needed by none.
    !(features as u32)
}

/// The rule that refuses a word for which [`find`] has no class.
#[cold]
pub(crate) fn refusal_of(word: u32) -> Rule {
    if row_of(word).is_some() {
        return Rule::FeatureAbsent;
    }
    name_refusal(word)
}

/// The class of a word that may run on a system with `features`.
pub fn lookup(word: u32, features: u64) -> Option<Class> {
    let class = find(word, absent(features))?;
    judge_exception(word, class).ok()?;
    Some(class)
}

/// Which rule to name for a word that no row claims. Only for the message: refused it is in any case.
fn name_refusal(word: u32) -> Rule {
    if word & 0xfe00_0000 == 0xd600_0000 {
        Rule::IndirectBranch
    } else if word & 0x1f00_0000 == 0x1000_0000 || word & 0x3b00_0000 == 0x1800_0000 {
        Rule::PcRelative
    } else if word & 0x3f20_0c00 == 0x3820_0800 {
        Rule::RegisterOffset
    } else {
        Rule::UnknownInstruction
    }
}
