// SPDX-License-Identifier: GPL-2.0
//! The pointer that a compare of the profile `match` found wild: the trap tells it by its place, the record holds it.

use crate::image::NoteKind;
use crate::view::View;
use lore_abi::fault::{Fault, HAS_REGISTERS};

/// A pointer outside of the window.
pub struct Wild {
    /// Where the instruction takes it from: a register, or a sum.
    pub text: String,
    /// What it was.
    pub pointer: u64,
}

/// The wild pointer of a fault, if that is what it was.
pub fn wild(view: &View<'_>, fault: &Fault) -> Option<Wild> {
    if view.note(fault.at) != Some(NoteKind::Wild) || fault.flags & HAS_REGISTERS == 0 {
        return None;
    }
    // eor x10, xN, x15; lsr x10, x10, #32; cbnz x10, trap
    let (exit, _) = view
        .words()
        .find(|(at, word)| leads(*at, *word) == Some(fault.at))?;
    let compare = view.word(exit.checked_sub(8)?)?;
    if compare & 0xffe0_0000 != 0xca00_0000 {
        return None;
    }
    let value = |register: u32| fault.registers.get(register as usize).copied().unwrap_or(0);
    let (n, d) = ((compare >> 5) & 31, compare & 31);
    if n != d {
        return Some(Wild {
            text: format!("x{n}"),
            pointer: value(n),
        });
    }
    // The sum of an index, which is made right before.
    let sum = exit.checked_sub(12)?;
    let word = view.word(sum)?;
    let (base, index) = ((word >> 5) & 31, (word >> 16) & 31);
    let (index_text, index) = match index {
        31 => ("xzr".to_owned(), 0),
        index => (format!("x{index}"), value(index)),
    };
    let (name, offset) = if word & 1 << 21 == 0 {
        let shift = (word >> 10) & 63;
        (format!("{index_text}, lsl #{shift}"), index << shift)
    } else {
        let shift = (word >> 10) & 7;
        // The index's low half, with the sign or zeros above, or all of it.
        let (kind, wide) = match (word >> 13) & 7 {
            0b010 => ("uxtw", u64::from(index as u32)),
            0b110 => ("sxtw", i64::from(index as i32) as u64),
            _ => ("sxtx", index),
        };
        (format!("{index_text}, {kind} #{shift}"), wide << shift)
    };
    Some(Wild {
        text: format!("x{base} + {name}"),
        pointer: value(base).wrapping_add(offset),
    })
}

/// Where a `cbnz` goes.
fn leads(at: u32, word: u32) -> Option<u32> {
    let distance = ((word as i32) << 8) >> 13;
    (word >> 24 == 0xb5).then(|| at.wrapping_add_signed(distance * 4))
}
