// SPDX-License-Identifier: GPL-2.0
//! How a word of an image writes a register, and which one a guard is about, for those who explain images.

use super::decode::{decode, Op};
use super::encode as e;
use super::facts::is_guard;
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

/// The register that holds the pointer before a guard whose first word is `word`, as each profile writes it; `None` for second words.
pub fn guarded_by(word: u32) -> Option<u8> {
    let insn = decode(word);
    let d = insn.d();
    if is_guard(word) {
        Some(insn.m())
    } else if word & !(0xffff << 5) == e::movk(d, 0, 2) {
        Some(d)
    } else {
        // and xD, xN, #size - 1
        (word & 0xff80_0000 == 0x9200_0000).then_some(insn.n())
    }
}

#[cfg(test)]
mod tests {
    use super::guarded_by;
    use crate::rewrite::encode as e;

    #[test]
    fn guards_of_every_profile_tell_their_pointer() {
        assert_eq!(guarded_by(e::guard(1, 2)), Some(2));
        assert_eq!(guarded_by(e::movk(3, 0, 2)), Some(3));
        assert_eq!(guarded_by(e::movk(3, 0, 3)), None);
        let [and, add] = e::mask_guard(e::guard(4, 5), 1 << 16);
        assert_eq!((guarded_by(and), guarded_by(add)), (Some(5), None));
    }
}
