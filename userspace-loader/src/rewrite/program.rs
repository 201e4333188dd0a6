// SPDX-License-Identifier: GPL-2.0
//! All objects that take part, with their symbols resolved and what no entry reaches left out.

use super::error::{Error, Place, Problem, Undefined};
use super::{Input, Options};
use crate::object::{
    self, archive, lines, reloc, Object, Section, SectionKind, Symbol, SymbolPlace,
};
use lore_abi::gate::Gate;
use std::collections::HashMap;

/// A section, counted over all objects.
pub type SectionId = u32;

/// What a symbol of an object turns out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A place in a section.
    Place {
        /// Section.
        section: SectionId,
        /// Offset in it.
        offset: u64,
    },
    /// An entry point of the kernel.
    Gate(Gate),
    /// A weak symbol that nobody defines.
    Null,
    /// A number.
    Absolute(u64),
    /// Nobody defines it.
    Undefined,
}

/// How many referrers an undefined symbol is shown with.
const REFERRERS_MAX: usize = 3;

#[derive(Clone, Copy)]
struct Definition {
    object: u32,
    symbol: u32,
}

/// The objects, resolved.
pub struct Program<'a> {
    /// In the order in which they came in; the last one holds common symbols.
    pub objects: Vec<Object<'a>>,
    /// First [`SectionId`] of each object.
    pub first_section: Vec<SectionId>,
    /// Object and index of each section.
    pub owner: Vec<(u32, u32)>,
    /// Whether an entry reaches the section.
    pub live: Vec<bool>,
    /// Places in code whose address is taken, and entries; sorted.
    pub taken: Vec<(SectionId, u64)>,
    /// Entries: place of the function and hook number.
    pub entries: Vec<((SectionId, u64), u32)>,
    /// Gates that live code refers to, by number.
    pub gates: Vec<Gate>,
    globals: HashMap<&'a str, Definition>,
    discarded: Vec<Vec<bool>>,
}

impl<'a> Program<'a> {
    /// Reads the inputs, pulls archive members, resolves symbols, and marks what is live.
    pub fn load(inputs: &'a [Input], options: &Options) -> Result<Program<'a>, Error> {
        let mut program = Program {
            objects: Vec::new(),
            first_section: Vec::new(),
            owner: Vec::new(),
            live: Vec::new(),
            taken: Vec::new(),
            entries: Vec::new(),
            gates: Vec::new(),
            globals: HashMap::new(),
            discarded: Vec::new(),
        };
        let mut signatures = HashMap::new();
        let mut waiting = Vec::new();
        for input in inputs {
            if input.bytes.starts_with(archive::MAGIC) {
                read_members(input, &mut waiting)?;
            } else if input.bytes.starts_with(archive::THIN_MAGIC) {
                return Err(Error::Input {
                    object: input.name.clone(),
                    why: "a thin archive; give its members or build it with `ar crD`".into(),
                });
            } else {
                let object = object::parse(input.name.clone(), &input.bytes).map_err(|why| {
                    Error::Input {
                        object: input.name.clone(),
                        why,
                    }
                })?;
                program.add(object, &mut signatures)?;
            }
        }
        program.pull(waiting, options, &mut signatures)?;
        program.make_commons();
        program.number_sections();
        program.find_entries(options)?;
        program.mark()?;
        Ok(program)
    }

    /// A section by its number.
    pub fn section(&self, id: SectionId) -> &Section<'a> {
        let (object, index) = self.owner[id as usize];
        &self.objects[object as usize].sections[index as usize]
    }

    /// The object of a section.
    pub fn object_of(&self, id: SectionId) -> &Object<'a> {
        &self.objects[self.owner[id as usize].0 as usize]
    }

    /// What symbol `index` of the object of `section` is.
    pub fn target(&self, section: SectionId, index: u32) -> Target {
        let object = self.owner[section as usize].0;
        let symbol = &self.objects[object as usize].symbols[index as usize];
        let dropped = |symbol: &Symbol<'_>| match symbol.place {
            SymbolPlace::Section(at) => self.discarded[object as usize][at as usize],
            _ => false,
        };
        if !symbol.global {
            return if dropped(symbol) {
                Target::Null
            } else {
                self.place_of(object, symbol)
            };
        }
        if let Some(definition) = self.globals.get(symbol.name) {
            let found =
                &self.objects[definition.object as usize].symbols[definition.symbol as usize];
            return self.place_of(definition.object, found);
        }
        if let Some(id) = symbol.name.strip_prefix("lore_gate_") {
            if let Some(gate) = Gate::ALL.iter().find(|gate| gate.id() == id) {
                return Target::Gate(*gate);
            }
        }
        if symbol.weak {
            Target::Null
        } else {
            Target::Undefined
        }
    }

    fn place_of(&self, object: u32, symbol: &Symbol<'_>) -> Target {
        match symbol.place {
            SymbolPlace::Section(at) => Target::Place {
                section: self.first_section[object as usize] + at,
                offset: symbol.value,
            },
            SymbolPlace::Absolute => Target::Absolute(symbol.value),
            // Index 0 of the symbol table is the undefined local symbol: relocations against it are plain numbers.
            SymbolPlace::Undefined => Target::Absolute(0),
            SymbolPlace::Common => Target::Undefined,
        }
    }

    fn add(
        &mut self,
        object: Object<'a>,
        signatures: &mut HashMap<&'a str, ()>,
    ) -> Result<(), Error> {
        let at = self.objects.len() as u32;
        let keep: Vec<bool> = object
            .groups
            .iter()
            .map(|group| group.is_none_or(|name| signatures.insert(name, ()).is_none()))
            .collect();
        let discarded: Vec<bool> = object
            .sections
            .iter()
            .map(|section| section.group.is_some_and(|group| !keep[group as usize]))
            .collect();
        for (index, symbol) in object.symbols.iter().enumerate() {
            let dropped = matches!(symbol.place, SymbolPlace::Section(s) if discarded[s as usize]);
            if !symbol.global || symbol.place == SymbolPlace::Undefined || dropped {
                continue;
            }
            let new = Definition {
                object: at,
                symbol: index as u32,
            };
            let Some(old) = self.globals.get(symbol.name).copied() else {
                self.globals.insert(symbol.name, new);
                continue;
            };
            let holder = &self.objects[old.object as usize];
            let known = &holder.symbols[old.symbol as usize];
            let known_common = known.place == SymbolPlace::Common;
            let common = symbol.place == SymbolPlace::Common;
            let replace = match (known.weak, known_common, symbol.weak, common) {
                (_, _, true, _) => false,
                (true, ..) => true,
                (_, true, _, true) => symbol.size > known.size,
                (_, true, _, false) => true,
                (_, false, _, true) => false,
                (false, false, false, false) => {
                    return Err(Error::Duplicate {
                        symbol: symbol.name.into(),
                        first: holder.name.clone(),
                        second: object.name,
                    })
                }
            };
            if replace {
                self.globals.insert(symbol.name, new);
            }
        }
        self.discarded.push(discarded);
        self.objects.push(object);
        Ok(())
    }

    /// Takes members that define what is missing, until nothing is missing or nobody has it.
    fn pull(
        &mut self,
        waiting: Vec<Object<'a>>,
        options: &Options,
        signatures: &mut HashMap<&'a str, ()>,
    ) -> Result<(), Error> {
        let mut waiting: Vec<Option<Object<'a>>> = waiting.into_iter().map(Some).collect();
        let mut offers: HashMap<&'a str, usize> = HashMap::new();
        let mut wanted = Vec::new();
        for (at, member) in waiting.iter().enumerate() {
            let Some(member) = member else { continue };
            for symbol in &member.symbols {
                if symbol.global && symbol.place != SymbolPlace::Undefined {
                    offers.entry(symbol.name).or_insert(at);
                }
            }
            if member
                .sections
                .iter()
                .any(|section| section.kind == SectionKind::Entry)
            {
                wanted.push(at);
            }
        }
        wanted.extend(options.entries.iter().filter_map(|(name, _)| {
            if self.globals.contains_key(name.as_str()) {
                None
            } else {
                offers.get(name.as_str()).copied()
            }
        }));
        let mut looked_at = 0;
        loop {
            for at in wanted.drain(..) {
                if let Some(member) = waiting[at].take() {
                    self.add(member, signatures)?;
                }
            }
            for object in &self.objects[looked_at..] {
                wanted.extend(object.symbols.iter().filter_map(|symbol| {
                    let missing = symbol.global
                        && !symbol.weak
                        && symbol.place == SymbolPlace::Undefined
                        && !self.globals.contains_key(symbol.name);
                    if missing {
                        offers.get(symbol.name).copied()
                    } else {
                        None
                    }
                }));
            }
            looked_at = self.objects.len();
            if wanted.is_empty() {
                return Ok(());
            }
        }
    }

    /// Gives every common symbol a section of zeroes of its own.
    fn make_commons(&mut self) {
        let mut sections = Vec::new();
        let home = self.objects.len() as u32;
        let mut symbols = Vec::new();
        let mut names: Vec<&'a str> = self.globals.keys().copied().collect();
        names.sort_unstable();
        for name in names {
            let definition = self.globals[name];
            let symbol =
                self.objects[definition.object as usize].symbols[definition.symbol as usize];
            if symbol.place != SymbolPlace::Common {
                continue;
            }
            let place = SymbolPlace::Section(sections.len() as u32);
            self.globals.insert(
                name,
                Definition {
                    object: home,
                    symbol: symbols.len() as u32,
                },
            );
            symbols.push(Symbol {
                place,
                value: 0,
                ..symbol
            });
            sections.push(Section {
                name: "COMMON",
                kind: SectionKind::Zero,
                align: symbol.value.max(1).next_power_of_two(),
                size: symbol.size,
                bytes: &[],
                relocs: Vec::new(),
                group: None,
            });
        }
        self.discarded.push(vec![false; sections.len()]);
        self.objects.push(Object {
            name: "(common)".into(),
            sections,
            symbols,
            groups: Vec::new(),
        });
    }

    fn number_sections(&mut self) {
        for (at, object) in self.objects.iter().enumerate() {
            self.first_section.push(self.owner.len() as u32);
            self.owner
                .extend((0..object.sections.len()).map(|index| (at as u32, index as u32)));
        }
        self.live = vec![false; self.owner.len()];
    }

    fn find_entries(&mut self, options: &Options) -> Result<(), Error> {
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
    fn mark(&mut self) -> Result<(), Error> {
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

    /// The function around a place of code: its symbol and where it begins.
    fn function_at(&self, id: SectionId, offset: u64) -> Option<&'a str> {
        let (object, index) = self.owner[id as usize];
        let symbols = &self.objects[object as usize].symbols;
        symbols
            .iter()
            .filter(|symbol| {
                symbol.place == SymbolPlace::Section(index)
                    && symbol.kind == object::SymbolType::Function
                    && symbol.value <= offset
            })
            .max_by_key(|symbol| symbol.value)
            .map(|symbol| symbol.name)
    }

    /// A place with all that is known about it.
    pub fn place(&self, id: SectionId, offset: u64) -> Place {
        let section = self.section(id);
        let code = section.kind == SectionKind::Code;
        let word = section
            .bytes
            .get(offset as usize & !3..)
            .and_then(|bytes| bytes.first_chunk::<4>());
        Place {
            object: self.object_of(id).name.clone(),
            section: section.name.into(),
            offset,
            function: if code {
                self.function_at(id, offset).map(String::from)
            } else {
                None
            },
            word: if code {
                word.map(|bytes| u32::from_le_bytes(*bytes))
            } else {
                None
            },
            line: if code {
                lines::find(self.object_of(id), self.owner[id as usize].1, offset)
            } else {
                None
            },
        }
    }

    /// A problem at a place.
    pub fn error(&self, id: SectionId, offset: u64, problem: Problem) -> Error {
        Error::Place {
            place: Box::new(self.place(id, offset)),
            problem,
        }
    }
}

fn read_members<'a>(input: &'a Input, waiting: &mut Vec<Object<'a>>) -> Result<(), Error> {
    let bad = |why: &str| Error::Input {
        object: input.name.clone(),
        why: why.into(),
    };
    for member in archive::members(&input.bytes).map_err(bad)? {
        // Other files may lie in an archive, like Rust's metadata.
        if !member.bytes.starts_with(b"\x7fELF") || member.name == "lib.rmeta" {
            continue;
        }
        let name = format!("{}({})", input.name, member.name);
        let object = object::parse(name.clone(), member.bytes)
            .map_err(|why| Error::Input { object: name, why })?;
        waiting.push(object);
    }
    Ok(())
}
