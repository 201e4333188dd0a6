// SPDX-License-Identifier: GPL-2.0
//! The relocation types that compilers emit for static AArch64 code, sorted by what the rewriter does with them.

use goblin::elf::reloc as r;

/// What a relocation asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// Nothing.
    None,
    /// A branch or call.
    Branch,
    /// The page of an address, in ADRP.
    Page,
    /// The low 12 bits of an address, in ADD.
    LowAdd,
    /// The low 12 bits of an address, in a load or store of `1 << n` bytes.
    LowAccess(u8),
    /// The page of the address of an address, in ADRP.
    GotPage,
    /// The low bits of the address of an address, in a load.
    GotLoad,
    /// 16 bits of an address from bit `16 * n` on, in MOVZ or MOVK.
    MoveWide(u8),
    /// An address in data.
    Word64,
    /// An address in data, of which 32 bits fit.
    Word32,
    /// A distance in data.
    Distance(u8),
    /// Thread-local storage.
    ThreadLocal,
    /// Not supported.
    Unknown,
}

/// Sorts a relocation type.
pub const fn classify(kind: u32) -> Use {
    match kind {
        0 | 256 => Use::None,
        r::R_AARCH64_CALL26
        | r::R_AARCH64_JUMP26
        | r::R_AARCH64_CONDBR19
        | r::R_AARCH64_TSTBR14 => Use::Branch,
        r::R_AARCH64_ADR_PREL_PG_HI21 | r::R_AARCH64_ADR_PREL_PG_HI21_NC => Use::Page,
        r::R_AARCH64_ADD_ABS_LO12_NC => Use::LowAdd,
        r::R_AARCH64_LDST8_ABS_LO12_NC => Use::LowAccess(0),
        r::R_AARCH64_LDST16_ABS_LO12_NC => Use::LowAccess(1),
        r::R_AARCH64_LDST32_ABS_LO12_NC => Use::LowAccess(2),
        r::R_AARCH64_LDST64_ABS_LO12_NC => Use::LowAccess(3),
        r::R_AARCH64_LDST128_ABS_LO12_NC => Use::LowAccess(4),
        r::R_AARCH64_ADR_GOT_PAGE => Use::GotPage,
        r::R_AARCH64_LD64_GOT_LO12_NC => Use::GotLoad,
        r::R_AARCH64_MOVW_UABS_G0 | r::R_AARCH64_MOVW_UABS_G0_NC => Use::MoveWide(0),
        r::R_AARCH64_MOVW_UABS_G1 | r::R_AARCH64_MOVW_UABS_G1_NC => Use::MoveWide(1),
        r::R_AARCH64_MOVW_UABS_G2 | r::R_AARCH64_MOVW_UABS_G2_NC => Use::MoveWide(2),
        r::R_AARCH64_MOVW_UABS_G3 => Use::MoveWide(3),
        r::R_AARCH64_ABS64 => Use::Word64,
        r::R_AARCH64_ABS32 => Use::Word32,
        r::R_AARCH64_PREL64 => Use::Distance(8),
        r::R_AARCH64_PREL32 => Use::Distance(4),
        512..=573 => Use::ThreadLocal,
        _ => Use::Unknown,
    }
}
