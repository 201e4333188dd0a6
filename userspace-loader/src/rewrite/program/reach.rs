// SPDX-License-Identifier: GPL-2.0
//! What takes part: the entries, all that they reach, and the functions whose address is taken.

use super::{Program, SectionId, Target};
use crate::object::{self, reloc, SectionKind};
use crate::rewrite::error::{Error, Problem, Undefined};
use crate::rewrite::Options;
use lore_abi::attach::HOOK_NAME_MAX;

/// How many referrers an undefined symbol is shown with.
const REFERRERS_MAX: usize = 3;

/// Bytes of a record of an entry: `{u64 function, u32 hook, u32 order}`.
const ENTRY_LEN: usize = 16;
/// Bytes of a record of a place: `{u64 function, u8 name[HOOK_NAME_MAX]}`, the name padded with zeros.
const PLACE_LEN: usize = 8 + HOOK_NAME_MAX;

/// What a record says of the function that it begins with.
type Said = (((SectionId, u64), Vec<u8>), SectionId);

impl Program<'_> {
    pub(super) fn find_entries(&mut self, options: &Options) -> Result<(), Error> {
        let mut found = Vec::new();
        for ((function, record), _) in self.records(SectionKind::Entry, ENTRY_LEN)? {
            let hook = u32::from_le_bytes([record[0], record[1], record[2], record[3]]);
            let order = u32::from_le_bytes([record[4], record[5], record[6], record[7]]);
            found.push((order, (function, hook)));
        }
        // Stable: those that say nothing of their order keep it.
        found.sort_by_key(|(order, _)| *order);
        self.entries
            .extend(found.into_iter().map(|(_, entry)| entry));
        for ((function, record), id) in self.records(SectionKind::Place, PLACE_LEN)? {
            let len = record.iter().position(|byte| *byte == 0);
            let name = len.and_then(|len| String::from_utf8(record[..len].to_vec()).ok());
            let name = name.ok_or_else(|| self.bad_record(id, "a place without a name"))?;
            self.places.push((function, name));
        }
        for (name, hook) in &options.entries {
            let definition = self
                .globals
                .get(name.as_str())
                .ok_or_else(|| Error::Entry {
                    symbol: name.clone(),
                    why: "no object defines it".into(),
                })?;
            let symbol =
                &self.objects[definition.object as usize].symbols[definition.symbol as usize];
            match self.place_of(definition.object, symbol) {
                Target::Place { section, offset } => {
                    self.entries.push(((section, offset), hook.number()));
                }
                _ => {
                    return Err(Error::Entry {
                        symbol: name.clone(),
                        why: "it is no function".into(),
                    })
                }
            }
        }
        for ((section, _), _) in &self.entries {
            if self.section(*section).kind != SectionKind::Code {
                return Err(Error::Entry {
                    symbol: self.object_of(*section).name.clone(),
                    why: "it does not lie in code".into(),
                });
            }
        }
        if self.entries.is_empty() {
            Err(Error::NoEntry)
        } else {
            Ok(())
        }
    }

    fn bad_record(&self, id: SectionId, why: &str) -> Error {
        Error::Entry {
            symbol: self.object_of(id).name.clone(),
            why: why.into(),
        }
    }

    /// The records of a kind of section, each with the function that its first word is relocated to.
    fn records(&self, kind: SectionKind, len: usize) -> Result<Vec<Said>, Error> {
        let mut found = Vec::new();
        for id in 0..self.owner.len() as u32 {
            let (object, index) = self.owner[id as usize];
            let section = self.section(id);
            if section.kind != kind || self.discarded[object as usize][index as usize] {
                continue;
            }
            if section.bytes.len() % len != 0 {
                let why = format!("the size of {} is no multiple of {len}", section.name);
                return Err(self.bad_record(id, &why));
            }
            for (number, record) in section.bytes.chunks_exact(len).enumerate() {
                let at = (number * len) as u64;
                let reloc = section.relocs.iter().find(|reloc| reloc.offset == at);
                let reloc =
                    reloc.ok_or_else(|| self.bad_record(id, "a record without a function"))?;
                match (reloc::classify(reloc.kind), self.target(id, reloc.symbol)) {
                    (reloc::Use::Word64, Target::Place { section, offset }) => {
                        let function = (section, offset.wrapping_add(reloc.addend as u64));
                        found.push(((function, record[8..].to_vec()), id));
                    }
                    _ => return Err(self.bad_record(id, "a record that names no function")),
                }
            }
        }
        Ok(found)
    }

    /// Marks what the entries reach, and collects addresses that are taken.
    pub(super) fn mark(&mut self) -> Result<(), Error> {
        for id in 0..self.owner.len() as u32 {
            let section = self.section(id);
            if section.kind == SectionKind::Init && section.size > 0 {
                return Err(self.error(id, 0, Problem::Constructor));
            }
        }
        let mut work: Vec<SectionId> = Vec::new();
        let mut taken: Vec<(SectionId, u64)> =
            self.entries.iter().map(|(place, _)| *place).collect();
        let mut live = std::mem::take(&mut self.live);
        for (section, _) in &taken {
            if !std::mem::replace(&mut live[*section as usize], true) {
                work.push(*section);
            }
        }
        let mut undefined: Vec<Undefined> = Vec::new();
        let mut gates = Vec::new();
        while let Some(id) = work.pop() {
            let section = self.section(id);
            if section.kind == SectionKind::ThreadLocal {
                return Err(self.error(id, 0, Problem::ThreadLocal));
            }
            for reloc in &section.relocs {
                let usage = reloc::classify(reloc.kind);
                if usage == reloc::Use::None {
                    continue;
                }
                if usage == reloc::Use::ThreadLocal {
                    return Err(self.error(id, reloc.offset, Problem::ThreadLocal));
                }
                match self.target(id, reloc.symbol) {
                    Target::Place {
                        section: to,
                        offset,
                    } => {
                        let code = self.section(to).kind == SectionKind::Code;
                        if code && usage != reloc::Use::Branch {
                            taken.push((to, offset.wrapping_add(reloc.addend as u64)));
                        }
                        if !std::mem::replace(&mut live[to as usize], true) {
                            work.push(to);
                        }
                    }
                    Target::Gate(gate) => gates.push(gate),
                    Target::Undefined => self.note_undefined(id, reloc, &mut undefined),
                    Target::Null | Target::Absolute(_) => {}
                }
            }
        }
        if !undefined.is_empty() {
            undefined.sort_by(|a, b| a.symbol.cmp(&b.symbol));
            return Err(Error::Undefined { symbols: undefined });
        }
        taken.sort_unstable();
        taken.dedup();
        gates.sort_unstable();
        gates.dedup();
        (self.taken, self.gates, self.live) = (taken, gates, live);
        Ok(())
    }

    fn note_undefined(&self, id: SectionId, reloc: &object::Reloc, undefined: &mut Vec<Undefined>) {
        let symbol = self.object_of(id).symbols[reloc.symbol as usize].name;
        let at = match undefined.iter().position(|known| known.symbol == symbol) {
            Some(at) => at,
            None => {
                undefined.push(Undefined {
                    symbol: symbol.into(),
                    referrers: Vec::new(),
                });
                undefined.len() - 1
            }
        };
        if undefined[at].referrers.len() < REFERRERS_MAX {
            undefined[at].referrers.push(self.place(id, reloc.offset));
        }
    }
}
