// SPDX-License-Identifier: GPL-2.0
//! Where data lies in the window, which functions there are, and which of them have a slot in the table.

use super::decode::{decode, Op};
use super::error::{Error, Problem};
use super::program::{Program, SectionId, Target};
use crate::object::reloc::{classify, Use};
use crate::object::{Reloc, SectionKind, SymbolPlace, SymbolType};
use lore_abi::image::Profile;
use lore_sandbox::code::CodeLayout;
use lore_sandbox::window::{data_at, DATA_MAX};
use std::collections::BTreeSet;

/// One function: a stretch of a code section.
#[derive(Clone, Copy, Debug)]
pub struct Function<'a> {
    /// Section.
    pub section: SectionId,
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
    /// Symbol, if it has one.
    pub name: &'a str,
    /// Visible outside its object.
    pub global: bool,
    /// Value of pointers to it, 0 if there are none.
    pub slot: u32,
}

/// The layout of everything but code.
pub struct Layout<'a> {
    /// Ascending by section and start.
    pub functions: Vec<Function<'a>>,
    /// Index of the first function of each section; one more at the end.
    pub first_function: Vec<u32>,
    /// Functions with a slot, ascending.
    pub targets: Vec<u32>,
    /// Window offset of each live data section.
    pub data_at: Vec<u32>,
    /// Window offset where data begins.
    pub data_from: u32,
    /// Bytes of initialised data.
    pub data_len: u64,
    /// Bytes of zeroed data.
    pub bss_len: u64,
}

/// What an address is, once everything has its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// Window offset.
    Data(i64),
    /// Table offset of a function.
    Function(u32),
    /// A plain number.
    Number(u64),
}

impl<'a> Layout<'a> {
    /// Lays out the live sections, for windows of a guard profile.
    pub fn new(program: &Program<'a>, guard: Profile) -> Result<Layout<'a>, Error> {
        let mut layout = Layout {
            functions: Vec::new(),
            first_function: Vec::new(),
            targets: Vec::new(),
            data_at: vec![0; program.owner.len()],
            data_from: data_at(guard),
            data_len: 0,
            bss_len: 0,
        };
        layout.find_functions(program)?;
        layout.find_targets(program)?;
        layout.place_data(program)?;
        Ok(layout)
    }

    fn find_functions(&mut self, program: &Program<'a>) -> Result<(), Error> {
        // Starts by section, from symbols and from calls that carry no relocation.
        let mut starts: Vec<(SectionId, u32, &'a str, bool)> = Vec::new();
        for (at, object) in program.objects.iter().enumerate() {
            for symbol in &object.symbols {
                let SymbolPlace::Section(index) = symbol.place else {
                    continue;
                };
                let id = program.first_section[at] + index;
                let named = symbol.kind == SymbolType::Function
                    || symbol.kind == SymbolType::None && symbol.global;
                let section = program.section(id);
                if named
                    && program.live[id as usize]
                    && section.kind == SectionKind::Code
                    && symbol.value < section.size
                {
                    starts.push((id, symbol.value as u32, symbol.name, symbol.global));
                }
            }
        }
        for id in 0..program.owner.len() as u32 {
            let section = program.section(id);
            if !program.live[id as usize] || section.kind != SectionKind::Code || section.size == 0
            {
                continue;
            }
            if section.size > 1 << 28
                || section.bytes.len() as u64 != section.size
                || section.size % 4 != 0
            {
                return Err(program.error(
                    id,
                    0,
                    Problem::Malformed("a code section of an odd size"),
                ));
            }
            starts.push((id, 0, "", false));
            local_calls(section.bytes, &section.relocs, |to| {
                starts.push((id, to, "", false))
            });
        }
        // Of several names for one start, a global one is the best, and any is better than none.
        starts.sort_by_key(|&(id, start, name, global)| (id, start, !global, name.is_empty()));
        starts.dedup_by_key(|&mut (id, start, ..)| (id, start));
        let mut at = 0;
        for id in 0..program.owner.len() as u32 {
            self.first_function.push(self.functions.len() as u32);
            while at < starts.len() && starts[at].0 == id {
                let (_, start, name, global) = starts[at];
                at += 1;
                if start % 4 != 0 {
                    let problem = Problem::Malformed("a function at an odd place");
                    return Err(program.error(id, start.into(), problem));
                }
                let end = match starts.get(at) {
                    Some(next) if next.0 == id => next.1,
                    _ => program.section(id).size as u32,
                };
                self.functions.push(Function {
                    section: id,
                    start,
                    end,
                    name,
                    global,
                    slot: 0,
                });
            }
        }
        self.first_function.push(self.functions.len() as u32);
        Ok(())
    }

    /// The function around a place of code.
    pub fn function_at(&self, section: SectionId, offset: u64) -> Option<u32> {
        let first = self.first_function[section as usize] as usize;
        let last = self.first_function[section as usize + 1] as usize;
        let within = &self.functions[first..last];
        let count = within.partition_point(|function| u64::from(function.start) <= offset);
        let index = first + count.checked_sub(1)?;
        (offset < u64::from(self.functions[index].end)).then_some(index as u32)
    }

    /// The function that begins at a place of code.
    pub fn function_from(&self, section: SectionId, offset: u64) -> Option<u32> {
        let index = self.function_at(section, offset)?;
        (u64::from(self.functions[index as usize].start) == offset).then_some(index)
    }

    fn find_targets(&mut self, program: &Program<'a>) -> Result<(), Error> {
        for &(section, offset) in &program.taken {
            // Who takes the address of something else is told so where it does.
            if let Some(index) = self.function_from(section, offset) {
                self.targets.push(index);
            }
        }
        self.targets.sort_unstable();
        self.targets.dedup();
        for (rank, &index) in self.targets.iter().enumerate() {
            self.functions[index as usize].slot = CodeLayout::slot_of_target(rank as u32);
        }
        for ((section, offset), _) in &program.entries {
            if self.function_from(*section, *offset).is_none() {
                return Err(program.error(*section, *offset, Problem::LabelAddress));
            }
        }
        Ok(())
    }

    fn place_data(&mut self, program: &Program<'a>) -> Result<(), Error> {
        let rank = |kind: SectionKind| match kind {
            SectionKind::Constant => Some(0),
            SectionKind::Data => Some(1),
            SectionKind::Zero => Some(2),
            _ => None,
        };
        let mut order: Vec<(u32, u64, SectionId)> = Vec::new();
        for id in 0..program.owner.len() as u32 {
            let section = program.section(id);
            if let (true, Some(rank)) = (program.live[id as usize], rank(section.kind)) {
                // Large zeroed sections last: the rest stays in reach of one instruction.
                order.push((rank, if rank == 2 { section.size } else { 0 }, id));
            }
        }
        order.sort_unstable();
        let mut at = u64::from(self.data_from);
        let mut data_end = at;
        for (rank, _, id) in order {
            let section = program.section(id);
            at = at.next_multiple_of(section.align);
            self.data_at[id as usize] = at as u32;
            at = at.saturating_add(section.size);
            if at - u64::from(self.data_from) > DATA_MAX {
                return Err(Error::TooLarge {
                    what: "bytes of data",
                    count: at - u64::from(self.data_from),
                    limit: DATA_MAX,
                });
            }
            if rank < 2 {
                data_end = at;
            }
        }
        data_end = data_end.next_multiple_of(8);
        self.data_len = data_end - u64::from(self.data_from);
        self.bss_len = at.saturating_sub(data_end);
        Ok(())
    }

    /// What a relocation's symbol and addend come to.
    pub fn address(
        &self,
        program: &Program<'a>,
        section: SectionId,
        reloc: &Reloc,
    ) -> Result<Address, Problem> {
        match program.target(section, reloc.symbol) {
            Target::Place {
                section: to,
                offset,
            } => {
                if program.section(to).kind == SectionKind::Code {
                    let offset = offset.wrapping_add(reloc.addend as u64);
                    let index = self
                        .function_from(to, offset)
                        .ok_or(Problem::LabelAddress)?;
                    return Ok(Address::Function(self.functions[index as usize].slot));
                }
                let base = i64::from(self.data_at[to as usize]);
                Ok(Address::Data(
                    base.wrapping_add(offset as i64).wrapping_add(reloc.addend),
                ))
            }
            Target::Null => Ok(Address::Number(reloc.addend as u64)),
            Target::Absolute(value) => Ok(Address::Number(value.wrapping_add(reloc.addend as u64))),
            Target::Gate(_) => Err(Problem::GateAddress),
            Target::Undefined => Err(Problem::Relocation(reloc.kind)),
        }
    }

    /// Initialised data with its relocations applied, and the list of those the loader finishes.
    ///
    /// `unread` are places of jump tables' entries that became compares; `is_used` says of a function whether it is in
    /// the image: the tables of others are never read.
    pub fn data(
        &self,
        program: &Program<'a>,
        unread: &BTreeSet<(SectionId, u64)>,
        is_used: impl Fn(u32) -> bool,
    ) -> Result<(Vec<u8>, Vec<u32>), Error> {
        let is_left_out = |id: SectionId, reloc: &Reloc| {
            let distance = matches!(classify(reloc.kind), Use::Distance(_));
            let place = program.place_of_reloc(id, reloc).filter(|_| distance);
            let function =
                place.and_then(|(section, offset)| match program.section(section).kind {
                    SectionKind::Code => self.function_at(section, offset),
                    _ => None,
                });
            function.is_some_and(|function| !is_used(function))
        };
        let mut bytes = vec![0; self.data_len as usize];
        let mut relocs = Vec::new();
        for id in 0..program.owner.len() as u32 {
            let section = program.section(id);
            let kept = matches!(section.kind, SectionKind::Constant | SectionKind::Data);
            if !program.live[id as usize] || !kept {
                continue;
            }
            let start = (self.data_at[id as usize] - self.data_from) as usize;
            bytes[start..start + section.bytes.len()].copy_from_slice(section.bytes);
            for reloc in &section.relocs {
                if unread.contains(&(id, reloc.offset)) || is_left_out(id, reloc) {
                    continue;
                }
                let at = start + reloc.offset as usize;
                self.apply(program, id, reloc, at, &mut bytes, &mut relocs)
                    .map_err(|problem| self.data_error(program, id, reloc, problem))?;
            }
        }
        relocs.sort_unstable();
        relocs.dedup();
        Ok((bytes, relocs))
    }

    /// A problem of data, told at the label that the data names: its function and line say more than the table does.
    fn data_error(
        &self,
        program: &Program<'a>,
        id: SectionId,
        reloc: &Reloc,
        problem: Problem,
    ) -> Error {
        let label = program.place_of_reloc(id, reloc).filter(|(section, _)| {
            problem == Problem::LabelAddress && program.section(*section).kind == SectionKind::Code
        });
        let (section, offset) = label.unwrap_or((id, reloc.offset));
        program.error(section, offset, problem)
    }

    fn apply(
        &self,
        program: &Program<'a>,
        id: SectionId,
        reloc: &Reloc,
        at: usize,
        bytes: &mut [u8],
        relocs: &mut Vec<u32>,
    ) -> Result<(), Problem> {
        let mut put = |value: u64, len: usize| {
            let place = bytes
                .get_mut(at..at + len)
                .ok_or(Problem::Malformed("a relocation outside its section"))?;
            place.copy_from_slice(&value.to_le_bytes()[..len]);
            Ok(())
        };
        let usage = classify(reloc.kind);
        if usage == Use::None {
            return Ok(());
        }
        match (usage, self.address(program, id, reloc)?) {
            (Use::Word64, Address::Data(offset)) => {
                put(offset as u64, 8)?;
                relocs.push(at as u32);
                Ok(())
            }
            (Use::Word64, Address::Function(slot)) => put(slot.into(), 8),
            (Use::Word64, Address::Number(value)) => put(value, 8),
            (Use::Word32, Address::Data(offset)) => put(offset as u64, 4),
            (Use::Word32, Address::Number(value)) => put(value, 4),
            (Use::Word32, Address::Function(_)) => Err(Problem::NarrowFunctionPointer),
            (Use::Distance(len), Address::Data(offset)) => put(
                (offset - (at as i64 + i64::from(self.data_from))) as u64,
                len.into(),
            ),
            (Use::Distance(_), _) => Err(Problem::LabelAddress),
            (Use::ThreadLocal, _) => Err(Problem::ThreadLocal),
            _ => Err(Problem::Relocation(reloc.kind)),
        }
    }
}

/// Calls within a section that carry no relocation.
fn local_calls(bytes: &[u8], relocs: &[Reloc], mut found: impl FnMut(u32)) {
    let mut next = relocs.iter().peekable();
    for (index, raw) in bytes.chunks_exact(4).enumerate() {
        let at = index as u64 * 4;
        while next.next_if(|reloc| reloc.offset < at).is_some() {}
        if next.peek().is_some_and(|reloc| reloc.offset == at) || raw[3] & 0xfc != 0x94 {
            continue;
        }
        let insn = decode(u32::from_le_bytes([raw[0], raw[1], raw[2], raw[3]]));
        if let (Op::Bl, Some(distance)) = (insn.op, insn.branch_distance()) {
            let to = at as i64 + distance;
            if to >= 0 && to < bytes.len() as i64 {
                found(to as u32);
            }
        }
    }
}
