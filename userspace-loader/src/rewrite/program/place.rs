// SPDX-License-Identifier: GPL-2.0
//! Where in the inputs something is, for messages.

use super::{Program, SectionId};
use crate::object::{self, lines, SectionKind, SymbolPlace};
use crate::rewrite::error::{Error, Place, Problem};

impl<'a> Program<'a> {
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
