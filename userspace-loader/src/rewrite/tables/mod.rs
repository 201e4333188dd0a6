// SPDX-License-Identifier: GPL-2.0
//! Jump tables: a `br` through a table of distances becomes compares, a pass over the words of the object before
//! everything else.
//!
//! ```text
//!  cmp  w8, #29                      cmp  w8, #29
//!  b.hi default                      b.hi default
//!  adrp x9, table                    adrp x9, table
//!  add  x9, x9, :lo12:table          add  x9, x9, :lo12:table
//!  adr  x10, base              ->
//!  ldrb w11, [x9, x8]                mov  x11, x8
//!  add  x10, x10, x11, lsl #2        mov  x10, x11
//!  br   x10                          sub  w10, w10, #15; tbnz w10, #31, ...
//! ```
//!
//! The index takes the place of the distance on its way to the branch, so nothing but these words changes, wherever a
//! compiler has put them. That is right only if nobody else reads the distance or the base; who does is found, and the
//! words stay as they are, which is an error later. The compares leave the flags alone.
//!
//! The table's end is what the compare before it says, or where the next thing in its section begins. In that case, an
//! entry too many adds a way that nobody takes, and what lies beyond ends in a trap word.

mod find;
mod tree;
mod values;

use super::cfg::Body;
use super::layout::Layout;
use super::program::{Program, SectionId};
use find::Finder;
use std::collections::BTreeSet;

/// One jump by table.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Jump {
    /// The `br`.
    at: u32,
    /// The word that loads the entry.
    load: u32,
    /// The word that adds it to the base.
    sum: u32,
    /// The words that make the base, if it is a place in the code.
    bases: Vec<u32>,
    /// Where each index goes, as words of the object.
    targets: Vec<u32>,
    /// Only the room for it says where the table ends.
    open: bool,
}

/// Where things begin in sections of data: a table ends there at the latest.
pub struct Starts {
    all: BTreeSet<(SectionId, u64)>,
}

impl Starts {
    fn find(program: &Program<'_>) -> Starts {
        use crate::object::{SectionKind, SymbolPlace, SymbolType};
        let mut all = BTreeSet::new();
        for (at, object) in program.objects.iter().enumerate() {
            let first = program.first_section[at];
            for symbol in &object.symbols {
                if let (SymbolPlace::Section(index), true) =
                    (symbol.place, symbol.kind != SymbolType::Section)
                {
                    all.insert((first + index, symbol.value));
                }
            }
            for (index, section) in object.sections.iter().enumerate() {
                if matches!(section.kind, SectionKind::Debug | SectionKind::Other) {
                    continue;
                }
                let id = first + index as u32;
                let places = section
                    .relocs
                    .iter()
                    .filter_map(|reloc| program.place_of_reloc(id, reloc));
                all.extend(places);
            }
        }
        Starts { all }
    }

    /// Where the next thing begins behind a place.
    fn next(&self, section: SectionId, offset: u64) -> Option<u64> {
        let (found, at) = self.all.range((section, offset + 1)..).next()?;
        (*found == section).then_some(*at)
    }
}

/// Turns all jumps by table that are understood into compares. Gives the places in data whose relocations are entries
/// of such tables: nobody reads them any more.
pub fn expand(
    program: &Program<'_>,
    layout: &Layout<'_>,
    bodies: &mut [Option<Body>],
) -> BTreeSet<(SectionId, u64)> {
    let mut entries = BTreeSet::new();
    let mut starts = None;
    for body in bodies.iter_mut().flatten() {
        if !find::has_candidates(body) {
            continue;
        }
        let starts = starts.get_or_insert_with(|| Starts::find(program));
        let mut finder = Finder::new(program, layout, body, starts);
        let jumps = finder.run();
        entries.append(&mut finder.entries);
        if !jumps.is_empty() {
            *body = tree::with_compares(body, &jumps);
        }
    }
    entries
}
