// SPDX-License-Identifier: GPL-2.0
//! All objects that take part, with their symbols resolved and what no entry reaches left out.

mod place;
mod reach;
mod symbols;

use super::error::Error;
use super::{Input, Options};
use crate::object::{self, archive, Object, Reloc, Section, Symbol, SymbolPlace};
use lore_iface::Gate;
use std::collections::HashMap;
use symbols::read_members;

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
    /// Where entries are to be attached: place of the function and a hook's name.
    pub places: Vec<((SectionId, u64), String)>,
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
            places: Vec::new(),
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

    /// The place in a section that a relocation names, its addend included.
    pub fn place_of_reloc(&self, section: SectionId, reloc: &Reloc) -> Option<(SectionId, u64)> {
        match self.target(section, reloc.symbol) {
            Target::Place { section, offset } => {
                Some((section, offset.wrapping_add(reloc.addend as u64)))
            }
            _ => None,
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

    /// Numbers the sections of all objects, in their order.
    fn number_sections(&mut self) {
        for (at, object) in self.objects.iter().enumerate() {
            self.first_section.push(self.owner.len() as u32);
            self.owner
                .extend((0..object.sections.len()).map(|index| (at as u32, index as u32)));
        }
        self.live = vec![false; self.owner.len()];
    }
}
