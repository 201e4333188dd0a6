// SPDX-License-Identifier: GPL-2.0
//! Frame lists: which registers a function has pushed, in order, and the way to work that out for any word.

use crate::tables::{self, Labels};
use crate::Image;
use lore_abi::contract::{REG_LINK, REG_SHADOW, TRAP_WORD};
use lore_abi::image::frame_list::{code_of, register_of};
use lore_sandbox::code::CodeLayout;

/// The registers pushed since the function's entry, oldest in the lowest four bits.
///
/// # Invariants
///
/// `bits` is well formed: codes of registers, none twice, no gap; so it has at most 12 entries. `mask` has exactly
/// the registers of `bits`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameList {
    bits: u64,
    mask: u32,
}

impl FrameList {
    /// Nothing pushed.
    pub const EMPTY: FrameList = FrameList { bits: 0, mask: 0 };

    /// Checks a claimed list.
    pub fn parse(claim: u64) -> Option<FrameList> {
        let mut mask = 0;
        let mut rest = claim;
        while rest != 0 {
            // Lossless: four bits.
            let bit = 1u32.wrapping_shl(u32::from(register_of((rest & 15) as u8)?));
            if mask & bit != 0 {
                return None;
            }
            mask |= bit;
            rest >>= 4;
        }
        // INVARIANT: Each code was a register's and new, and a gap would have been a code of 0.
        Some(FrameList { bits: claim, mask })
    }

    /// The list as it stands in an image.
    pub const fn bits(self) -> u64 {
        self.bits
    }

    /// The pushed registers as a mask.
    pub const fn mask(self) -> u32 {
        self.mask
    }

    /// Whether nothing is pushed.
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }

    /// How many registers are pushed, at 8 bytes each.
    pub const fn len(self) -> u32 {
        // The top is never 0. (Eleven instructions less than counting the mask's bits where there is none for it.)
        u64::BITS
            .wrapping_sub(self.bits.leading_zeros())
            .div_ceil(4)
    }

    /// Whether a register is pushed.
    pub const fn has(self, register: u8) -> bool {
        self.mask & 1u32.wrapping_shl(register as u32) != 0
    }

    /// The pushed registers, oldest first.
    pub fn registers(self) -> impl Iterator<Item = u8> {
        // Lossless: four bits.
        (0..16u32)
            .map_while(move |i| register_of((self.bits.wrapping_shr(i.wrapping_mul(4)) & 15) as u8))
    }

    /// Which slot of the frame, counted from its bottom, holds the link; `None` while the link is in x30.
    pub fn link_slot(self) -> Option<u32> {
        let slot = self.registers().position(|pushed| pushed == REG_LINK)?;
        u32::try_from(slot).ok()
    }

    /// The list with one more register on top; `None` for one that is there already or is never pushed.
    pub fn push(self, register: u8) -> Option<FrameList> {
        let code = code_of(register)?;
        if self.has(register) {
            return None;
        }
        let place = self.len().wrapping_mul(4);
        // INVARIANT: A register's code, not there yet, directly above the last. At most 11 are below, so it fits.
        Some(FrameList {
            bits: self.bits | u64::from(code).wrapping_shl(place),
            mask: self.mask | 1u32.wrapping_shl(u32::from(register)),
        })
    }

    /// The list without its top; `None` if that is not `register`.
    pub fn pop(self, register: u8) -> Option<FrameList> {
        let code = u64::from(code_of(register)?);
        let place = self.len().checked_sub(1)?.wrapping_mul(4);
        if self.bits.wrapping_shr(place) != code {
            return None;
        }
        // INVARIANT: The topmost code goes, and its register from the mask.
        Some(FrameList {
            bits: self.bits ^ code.wrapping_shl(place),
            mask: self.mask ^ 1u32.wrapping_shl(u32::from(register)),
        })
    }
}

/// A word that moves x13. The first of two registers is the older on the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShadowMove {
    /// `str xA, [x13], #8`.
    Push(u8),
    /// `stp xA, xB, [x13], #16`.
    PushPair(u8, u8),
    /// `ldr xA, [x13, #-8]!`.
    Pop(u8),
    /// `ldp xA, xB, [x13, #-16]!`.
    PopPair(u8, u8),
}

const BASE_FIELD: u32 = (REG_SHADOW as u32) << 5;

impl ShadowMove {
    /// Reads a word as one of the four; `None` for every other word.
    pub const fn of(word: u32) -> Option<ShadowMove> {
        let a = (word & 31) as u8; // Lossless: five bits.
        let b = ((word >> 10) & 31) as u8;
        if word & 0xffff_ffe0 == 0xf800_8400 | BASE_FIELD {
            Some(ShadowMove::Push(a))
        } else if word & 0xffff_83e0 == 0xa881_0000 | BASE_FIELD {
            Some(ShadowMove::PushPair(a, b))
        } else if word & 0xffff_ffe0 == 0xf85f_8c00 | BASE_FIELD {
            Some(ShadowMove::Pop(a))
        } else if word & 0xffff_83e0 == 0xa9ff_0000 | BASE_FIELD {
            Some(ShadowMove::PopPair(a, b))
        } else {
            None
        }
    }

    /// The list after the word; `None` when the frame discipline forbids it.
    pub fn apply(self, list: FrameList) -> Option<FrameList> {
        match self {
            ShadowMove::Push(a) => list.push(a),
            ShadowMove::PushPair(a, b) => list.push(a)?.push(b),
            ShadowMove::Pop(a) => list.pop(a),
            ShadowMove::PopPair(a, b) => list.pop(b)?.pop(a),
        }
    }
}

/// Most words that [`list_at`] walks; a hostile image could make it walk all of its code.
pub const WALK_MAX: u32 = 1 << 16;

/// The frame list with which verified code reaches the word at region offset `at`, before it runs.
///
/// `None` for a word that nothing reaches, that no label leads to within [`WALK_MAX`] words, or that is a trap word
/// with a label (edges into it need not agree). The kernel's backtrace asks it for a faulting word and for every
/// call word.
pub fn list_at(image: &Image<'_>, layout: &CodeLayout, at: u32) -> Option<FrameList> {
    if at < layout.code_at || at >= layout.code_end || at & 3 != 0 {
        return None;
    }
    let label = Labels::new(image.labels).at_or_before(at)?;
    let mut list = FrameList::parse(tables::list(image.lists, label.list)?)?;
    let mut here = label.at;
    for _ in 0..WALK_MAX {
        let word = tables::u32_at(image.code, here.checked_sub(layout.code_at)? >> 2)?;
        if here == label.at && word == TRAP_WORD {
            return None;
        }
        if here == at {
            return Some(list);
        }
        if let Some(moved) = ShadowMove::of(word) {
            list = moved.apply(list)?;
        } else if !falls_through(word) {
            return None;
        }
        here = here.checked_add(4)?;
    }
    None
}

/// Whether control can pass from a word of verified code to the one behind it: not from the trap word, `b` and `ret`.
const fn falls_through(word: u32) -> bool {
    word != TRAP_WORD && word & 0xfc00_0000 != 0x1400_0000 && word != RETURN_WORD
}

/// `ret` through x30.
const RETURN_WORD: u32 = 0xd65f_0000 | (REG_LINK as u32) << 5;
