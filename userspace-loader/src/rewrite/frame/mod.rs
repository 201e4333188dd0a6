// SPDX-License-Identifier: GPL-2.0
//! The frame discipline: which words of the compiler save and restore registers, and what x30 is where.
//!
//! A register of x19 to x30 that is not on the frame list holds the caller's value. A store of such
//! a register to the frame is a save and becomes a push; the load from the same slot becomes the pop. Where that does not
//! work out (different orders on different ways, a write without a save) the function gets pushes
//! of its own at its entry and pops at its exits, and the compiler's saves stay what they look like.

mod stack;
mod walk;

use super::cfg::{Body, Cfg};
use super::decode::Op;
use super::error::Problem;
use lore_abi::image::frame_list::code_of;
use std::collections::BTreeSet;
use walk::{Break, Walk};

/// The field D of a word is a save.
pub const SAVE_D: u8 = 1;
/// The field A of a word is a save.
pub const SAVE_A: u8 = 2;
/// The field D of a word is a restore.
pub const RESTORE_D: u8 = 4;
/// The field A of a word is a restore.
pub const RESTORE_A: u8 = 8;
/// x30 is read as a general register.
pub const LINK_READ: u8 = 16;
/// x30 is written as a general register.
pub const LINK_WRITE: u8 = 32;

const LINK: u8 = 30;
const FP: u8 = 29;
/// x19 to x29.
pub const SAVED: u32 = 0x3ff8_0000;

/// A frame list: registers in the order of their pushes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct List {
    registers: [u8; 12],
    len: u8,
}

impl List {
    /// The registers, oldest first.
    pub fn registers(&self) -> &[u8] {
        &self.registers[..self.len as usize]
    }

    /// Whether a register is on the list.
    pub fn has(&self, register: u8) -> bool {
        self.registers().contains(&register)
    }

    /// Appends a register that is not on the list.
    pub fn push(&mut self, register: u8) {
        self.registers[self.len as usize] = register;
        self.len += 1;
    }

    fn pop(&mut self) {
        self.len -= 1;
    }

    /// As an image holds it.
    pub fn encode(&self) -> u64 {
        self.registers()
            .iter()
            .enumerate()
            .map(|(at, &register)| u64::from(code_of(register).unwrap_or(0)) << (4 * at))
            .sum()
    }
}

/// What was found about a function's frame.
pub struct Frame {
    /// The compiler's saves are the pushes; otherwise `own` is pushed at the entry and popped at exits.
    pub natural: bool,
    /// Bits by word.
    pub acts: Vec<u8>,
    /// Words behind which registers are popped, ascending, with the registers in the order of the pops.
    pub pops: Vec<(u32, Vec<u8>)>,
    /// Frame list at the start of each block.
    pub lists: Vec<List>,
    /// Registers of x19 to x30 that are on a list at some place.
    pub pushed: u32,
    /// What the function pushes itself.
    pub own: List,
    /// Nothing but saves lies in the frame: it can go.
    pub bare: bool,
    /// It may look above its own frame, where arguments lie that did not fit in registers.
    pub looks_above: bool,
    /// Where SP and the frame pointer are before and behind each word.
    pub bases: Vec<Bases>,
}

/// Where SP and the frame pointer are, from SP at the entry, as far as that is known.
#[derive(Clone, Copy, Debug, Default)]
pub struct Bases {
    /// Before a word.
    pub before: [Option<i32>; 2],
    /// Behind it.
    pub behind: [Option<i32>; 2],
}

/// Analyses a function.
pub fn analyse(body: &Body, cfg: &Cfg) -> Result<Frame, (usize, Problem)> {
    let mut walk = Walk::new(body, cfg, true, BTreeSet::new());
    match walk.run() {
        Ok(()) => return Ok(walk.finish()),
        Err(Break::Discipline) => {}
        Err(Break::Problem(at, problem)) => return Err((at, problem)),
    }
    let mut values = BTreeSet::new();
    loop {
        let mut walk = Walk::new(body, cfg, false, values.clone());
        let done = walk.run();
        let known = values.len();
        values.extend(walk.mistaken());
        // What a mistaken save has said of slots is wrong, so all is found anew without it.
        if values.len() > known {
            continue;
        }
        return match done {
            Ok(()) => Ok(walk.finish()),
            Err(Break::Discipline) => Err((0, Problem::ReturnAddress)),
            Err(Break::Problem(at, problem)) => Err((at, problem)),
        };
    }
}

/// A block that is nothing but a trap word; edges into it need no agreement.
pub fn is_trap(body: &Body, cfg: &Cfg, block: u32) -> bool {
    let block = &cfg.blocks[block as usize];
    block.end == block.first + 1 && body.insns[block.first as usize].op == Op::Trap
}

/// Whether every register that a word moves is saved or restored by it.
pub fn is_whole(word: u32, act: u8) -> bool {
    let pair = (word >> 27) & 7 == 0b101;
    let want = if pair {
        [SAVE_D | SAVE_A, RESTORE_D | RESTORE_A]
    } else {
        [SAVE_D, RESTORE_D]
    };
    want.contains(&(act & 15))
}
