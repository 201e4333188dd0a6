// SPDX-License-Identifier: GPL-2.0
//! What takes part: the entries, all that they reach, and the functions whose address is taken.

use super::{Program, SectionId, Target};
use crate::object::{self, reloc, SectionKind};
use crate::rewrite::error::{Error, Problem, Undefined};
use crate::rewrite::Options;

/// How many referrers an undefined symbol is shown with.
const REFERRERS_MAX: usize = 3;

impl Program<'_> {
    pub(super) fn find_entries(&mut self, options: &Options) -> Result<(), Error> {
        for id in 0..self.owner.len() as u32 {
            let (object, index) = self.owner[id as usize];
            if self.section(id).kind != SectionKind::Entry
                || self.discarded[object as usize][index as usize]
            {
                continue;
            }
            let section = self.section(id);
            let bad = |why: &str| Error::Entry {
                symbol: self.object_of(id).name.clone(),
                why: why.into(),
            };
            if section.bytes.len() % 16 != 0 {
                return Err(bad("the size of .lore.entry is no multiple of 16"));
            }
            let mut found = Vec::new();
            for (number, record) in section.bytes.chunks_exact(16).enumerate() {
                let at = number as u64 * 16;
                let reloc = section.relocs.iter().find(|reloc| reloc.offset == at);
                let reloc = reloc.ok_or_else(|| bad("a record without a function"))?;
                let hook = u32::from_le_bytes([record[8], record[9], record[10], record[11]]);
                if record[12..] != [0; 4] {
                    return Err(bad("the reserved field of a record is not zero"));
                }
                match (reloc::classify(reloc.kind), self.target(id, reloc.symbol)) {
                    (reloc::Use::Word64, Target::Place { section, offset }) => {
                        found.push(((section, offset.wrapping_add(reloc.addend as u64)), hook));
                    }
                    _ => return Err(bad("a record that names no function")),
                }
            }
            self.entries.extend(found);
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
