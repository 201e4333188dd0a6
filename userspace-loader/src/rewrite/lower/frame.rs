// SPDX-License-Identifier: GPL-2.0
//! The frame: saves become pushes, restores pops, and SP becomes x14.

use super::{pairs, Kind, Lower};
use crate::image::NoteKind;
use crate::rewrite::decode::Op;
use crate::rewrite::encode as e;
use crate::rewrite::frame::{self, is_whole};
use crate::rewrite::memory::{access_of, Mode};
use lore_abi::contract::REG_STACK;

impl Lower<'_> {
    pub(super) fn save_or_restore(&mut self, at: usize) {
        let insn = self.body.insns[at];
        let from = at as u32;
        let act = self.frame.acts[at];
        let access = access_of(insn.word);
        let whole = is_whole(insn.word, act);
        if access.mode == Mode::Pre && !self.frame.bare {
            self.adjust(from, access.step());
        }
        if self.frame.natural {
            let word = match act & (frame::SAVE_D | frame::SAVE_A) {
                0 => None,
                frame::SAVE_D => Some(e::push(insn.d())),
                frame::SAVE_A => Some(e::push(insn.a())),
                _ => Some(e::push2(insn.d(), insn.a())),
            };
            if let Some(word) = word {
                self.put(from, word, Kind::Plain, Some(NoteKind::Shadow));
            }
        }
        if !whole {
            // The other register of the pair moves alone.
            let second = act & (frame::SAVE_D | frame::RESTORE_D) != 0;
            let register = if second { insn.a() } else { insn.d() };
            let at = if access.mode == Mode::Offset {
                access.imm
            } else {
                0
            } + if second { 8 } else { 0 };
            let base = if insn.n() == 31 { REG_STACK } else { insn.n() };
            self.single(from, access.load, register, base, at);
        }
        if access.mode == Mode::Post && !self.frame.bare {
            self.adjust(from, access.step());
        }
    }

    /// A load or store of one 64-bit register.
    fn single(&mut self, from: u32, load: bool, register: u8, base: u8, at: i32) {
        let register = if register == 30 {
            e::LINK_STAND_IN
        } else {
            register
        };
        let fields = u32::from(base) << 5 | u32::from(register) | u32::from(load) << 22;
        let word = if at >= 0 {
            0xf900_0000 | (at as u32 / 8) << 10 | fields
        } else if at >= -256 {
            0xf800_0000 | (at as u32 & 0x1ff) << 12 | fields
        } else {
            self.put(
                from,
                e::add_imm(e::SCRATCH, base, at),
                Kind::Plain,
                Some(NoteKind::Other),
            );
            0xf900_0000 | fields & !(31 << 5) | u32::from(e::SCRATCH) << 5
        };
        self.put(from, word, Kind::Access, Some(NoteKind::Other));
    }

    /// Moves x14, together with a move just before if only pushes and pops stand between.
    fn adjust(&mut self, from: u32, delta: i32) {
        if delta == 0 {
            return;
        }
        for index in (self.block_start..self.items.len()).rev() {
            match self.items[index].kind {
                Kind::Plain if self.items[index].note == Some(NoteKind::Shadow) => {}
                Kind::Adjust(before) => {
                    let sum = before + delta;
                    if (before < 0) == (delta < 0) && sum.abs() < 4096 {
                        self.items[index].kind = Kind::Adjust(sum);
                        return;
                    }
                    break;
                }
                _ => break,
            }
        }
        self.put(
            from,
            e::add_imm(REG_STACK, REG_STACK, delta),
            Kind::Adjust(delta),
            None,
        );
    }

    /// A write of SP that is no save.
    pub(super) fn set_stack(&mut self, at: usize) {
        let insn = self.body.insns[at];
        let from = at as u32;
        if self.frame.bare {
            return;
        }
        if insn.op == Op::AddImm && insn.n() == 31 {
            return self.adjust(from, insn.add_imm());
        }
        let word = self.renamed(at);
        let value = if insn.op == Op::AddImm && insn.add_imm() == 0 {
            ((word >> 5) & 31) as u8
        } else {
            self.put(
                from,
                word & !31 | u32::from(e::SCRATCH),
                Kind::Plain,
                Some(NoteKind::Other),
            );
            e::SCRATCH
        };
        self.put(
            from,
            e::guard(REG_STACK, value),
            Kind::Plain,
            Some(NoteKind::StackGuard),
        );
    }

    pub(super) fn pops(&mut self, from: u32, order: &[u8]) {
        for pair in pairs(order) {
            let word = match pair {
                [upper, lower] => e::pop2(*lower, *upper),
                other => e::pop(other[0]),
            };
            self.put(from, word, Kind::Plain, Some(NoteKind::Shadow));
        }
    }
}
