// SPDX-License-Identifier: GPL-2.0
//! How a word of an image writes a register, for those who explain images.

use super::decode::{decode, Op};
use super::frame::SAVED;

/// How a word writes a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// Not at all.
    Not,
    /// By a load.
    Load,
    /// By a call, which may change it.
    Call,
    /// By the sum of two registers.
    Sum,
    /// By another computation.
    Other,
}

/// How `word` writes `register`.
pub fn written_by(word: u32, register: u8) -> Written {
    let insn = decode(word);
    match insn.op {
        Op::Bl | Op::Blr if SAVED & 1 << register == 0 => Written::Call,
        _ if insn.writes & 1 << register == 0 => Written::Not,
        Op::Memory => Written::Load,
        // add, sub of registers, shifted or extended
        Op::Alu if word & 0x1f00_0000 == 0x0b00_0000 => Written::Sum,
        _ => Written::Other,
    }
}
