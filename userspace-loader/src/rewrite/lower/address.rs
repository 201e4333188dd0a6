// SPDX-License-Identifier: GPL-2.0
//! Words whose immediate is a part of an address: window offsets of data, table offsets of functions.

use super::{Kind, Lower};
use crate::image::NoteKind;
use crate::object::reloc::{classify, Use};
use crate::rewrite::cfg::NONE;
use crate::rewrite::decode::Op;
use crate::rewrite::encode as e;
use crate::rewrite::error::Problem;
use crate::rewrite::layout::Address;
use lore_abi::contract::REG_BASE;

impl Lower<'_> {
    fn resolve(&self, at: usize) -> Result<(Use, u32, Address), Problem> {
        let section = self.layout.functions[self.body.function as usize].section;
        let reloc = &self.program.section(section).relocs[self.body.relocs[at] as usize];
        let usage = classify(reloc.kind);
        if usage == Use::ThreadLocal {
            return Err(Problem::ThreadLocal);
        }
        Ok((
            usage,
            reloc.kind,
            self.layout.address(self.program, section, reloc)?,
        ))
    }

    /// A word whose immediate is a part of an address.
    pub(super) fn address(&mut self, at: usize) -> Result<(), Problem> {
        let insn = self.body.insns[at];
        let from = at as u32;
        let (usage, kind, address) = self.resolve(at)?;
        let word = self.renamed(at);
        let (d, n) = ((word & 31) as u8, ((word >> 5) & 31) as u8);
        let value = match address {
            Address::Data(offset) => {
                u32::try_from(offset).map_err(|_| Problem::RelocationRange(kind))?
            }
            Address::Function(slot) => slot,
            Address::Number(value) => {
                u32::try_from(value).map_err(|_| Problem::RelocationRange(kind))?
            }
        };
        let data = matches!(address, Address::Data(_));
        let low = (value & 0xfff) as i32;
        let note = Some(NoteKind::Address);
        let rounded = std::mem::take(&mut self.round);
        match (usage, insn.op) {
            (Use::Page | Use::GotPage, Op::Adrp) if data => {
                self.round = low >= 0x800 && !self.last && self.pairs_with_next(at, d);
                self.page(from, d, (value >> 12) + u32::from(self.round));
            }
            (Use::Page | Use::GotPage, Op::Adrp) => self.number(from, d, value & !0xfff),
            (Use::LowAdd, Op::AddImm) => {
                let low = if rounded { low - 0x1000 } else { low };
                if low != 0 || d != n {
                    self.put(from, e::add_imm(d, n, low), Kind::Plain, note);
                }
            }
            (Use::GotLoad, Op::Memory) => {
                if low != 0 || d != n {
                    self.put(from, e::add_imm(d, n, low), Kind::Plain, note);
                }
            }
            (Use::LowAccess(shift), Op::Memory) => {
                if matches!(address, Address::Function(_)) {
                    return Err(Problem::Literal);
                }
                let unsigned = word & 0x3b00_0000 == 0x3900_0000;
                if !unsigned || low & ((1 << shift) - 1) != 0 {
                    return Err(Problem::RelocationRange(kind));
                }
                let imm = (low as u32 >> shift) << 10;
                self.put(from, word & !(0xfff << 10) | imm, Kind::Access, note);
            }
            (Use::LowAccess(_), Op::Fp) => return Err(Problem::FloatingPoint),
            (Use::MoveWide(half), Op::Alu) if !data => {
                let imm = if half < 2 {
                    value >> (16 * half) & 0xffff
                } else {
                    0
                };
                self.put(from, word & !(0xffff << 5) | imm << 5, Kind::Plain, note);
            }
            _ => return Err(Problem::Relocation(kind)),
        }
        Ok(())
    }

    /// Whether the next word adds the low part of the same address to the same register, so that
    /// nobody else sees the page.
    fn pairs_with_next(&self, at: usize, d: u8) -> bool {
        let section = self.layout.functions[self.body.function as usize].section;
        let relocs = &self.program.section(section).relocs;
        let Some(next) = self.body.insns.get(at + 1) else {
            return false;
        };
        let (this, that) = (self.body.relocs[at], self.body.relocs[at + 1]);
        if that == NONE || next.op != Op::AddImm || next.d() != d || next.n() != d {
            return false;
        }
        let (this, that) = (&relocs[this as usize], &relocs[that as usize]);
        classify(that.kind) == Use::LowAdd
            && this.symbol == that.symbol
            && this.addend == that.addend
    }

    /// Page `page` of the window.
    fn page(&mut self, from: u32, d: u8, page: u32) {
        let note = Some(NoteKind::Address);
        if page < 4096 {
            // Page 0 lies in the band, but a weak reference may be off by a little.
            let word = if page == 0 {
                e::add_imm(d, REG_BASE, 0)
            } else {
                e::add_imm(d, REG_BASE, (page << 12) as i32)
            };
            return self.put(from, word, Kind::Plain, note);
        }
        self.number(from, d, page << 12);
        self.put(from, e::guard(d, d), Kind::Plain, note);
    }

    fn number(&mut self, from: u32, d: u8, value: u32) {
        let note = Some(NoteKind::Address);
        self.put(from, e::movz(d, value as u16, 0), Kind::Plain, note);
        if value >> 16 != 0 {
            self.put(from, e::movk(d, (value >> 16) as u16, 1), Kind::Plain, note);
        }
    }
}
