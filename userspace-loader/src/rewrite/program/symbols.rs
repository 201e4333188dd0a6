// SPDX-License-Identifier: GPL-2.0
//! Which definition a name means: objects as they come in, members of archives as they are needed, common symbols.

use super::{Definition, Program};
use crate::object::{self, archive, Object, Section, SectionKind, Symbol, SymbolPlace};
use crate::rewrite::error::Error;
use crate::rewrite::{Input, Options};
use std::collections::HashMap;

impl<'a> Program<'a> {
    pub(super) fn add(
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
    pub(super) fn pull(
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
    pub(super) fn make_commons(&mut self) {
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
}

pub(super) fn read_members<'a>(
    input: &'a Input,
    waiting: &mut Vec<Object<'a>>,
) -> Result<(), Error> {
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
