// SPDX-License-Identifier: GPL-2.0
//! Slots at the top of a frame that is made larger for them.
//!
//! ```text
//!  arguments on the stack     <- what reaches here from below reaches farther by the area's length
//!  ---- SP at the entry
//!  the slots
//!  ---- SP at the entry, for the function as it was
//!  its own frame
//!  ---- SP
//! ```

use super::super::decode::{Insn, Op, SP_BIT};
use super::super::frame::Bases;
use super::super::memory::{access_of, Mode};
use super::assign::SLOTS;

/// Bytes of the slots.
pub(super) const AREA_LEN: i32 = 8 * SLOTS as i32;

/// SP and the frame pointer, as [`Bases`] has them.
const BASES: [u8; 2] = [31, 29];

/// Frames up to this length are reached by immediates alone.
const SMALL: i32 = 4096;

/// On which side of a word a slot is accessed; slots below SP may lie some bytes beside their place.
#[derive(Clone, Copy)]
pub(super) enum Side {
    Before(i32),
    Behind(i32),
}

impl Side {
    /// Base and offset of a slot in the frame; `None` if it is not known where the bases are. A frame pointer is pushed,
    /// so its guard stands in place and needs no other register.
    pub(super) fn slot(self, bases: &Bases, slot: u8) -> Option<(u8, u32)> {
        let places = match self {
            Side::Before(_) => bases.before,
            Side::Behind(_) => bases.behind,
        };
        let up = AREA_LEN - 8 * (i32::from(slot) + 1);
        BASES.into_iter().zip(places).find_map(|(base, place)| {
            let offset = u32::try_from(up - place?).ok()?;
            (offset % 8 == 0 && offset / 8 < 4096).then_some((base, offset))
        })
    }
}

/// A word that may reach from the frame to the arguments above it, for the larger frame; `None` if it cannot be told
/// or does not fit.
pub(super) fn displaced(insn: &Insn, word: u32, bases: &Bases) -> Option<u32> {
    let index = BASES.iter().position(|&base| base == insn.n());
    let Some(index) = index else {
        return Some(word);
    };
    let place = bases.before[index];
    match insn.op {
        Op::Memory => {
            let access = access_of(insn.word);
            // Only SP and a frame pointer that is one are bases here.
            let Some(place) = place else {
                return Some(word);
            };
            match access.mode {
                Mode::Register => (-place < SMALL).then_some(word),
                Mode::Offset | Mode::Pre | Mode::Post => {
                    let from = place + access.at();
                    if from + access.size <= 0 {
                        return Some(word);
                    }
                    (from >= 0 && access.mode == Mode::Offset)
                        .then(|| farther(word, access.imm))
                        .flatten()
                }
            }
        }
        Op::AddImm if insn.d() != 29 && insn.writes & SP_BIT == 0 => {
            let Some(place) = place else {
                return Some(word);
            };
            let to = place + insn.add_imm();
            if to < 0 && insn.add_imm() < SMALL {
                return Some(word);
            }
            // The end of an array in the frame or the first argument: nobody knows.
            let imm = insn.add_imm() + AREA_LEN;
            (to > 0 && (0..SMALL).contains(&imm))
                .then_some(word & !(0xfff << 10 | 1 << 22) | (imm as u32) << 10)
        }
        _ => Some(word),
    }
}

/// The access with an offset that is larger by the area's length.
fn farther(word: u32, imm: i32) -> Option<u32> {
    let imm = imm + AREA_LEN;
    if word & 0x3b00_0000 == 0x3900_0000 {
        let scaled = imm >> (word >> 30);
        return (scaled < 4096).then_some(word & !(0xfff << 10) | (scaled as u32) << 10);
    }
    if word & 0x3b80_0000 == 0x2900_0000 {
        let shift = 2 + (word >> 31);
        let scaled = imm >> shift;
        return (scaled < 64).then_some(word & !(0x7f << 15) | (scaled as u32) << 15);
    }
    None
}
