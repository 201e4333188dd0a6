// SPDX-License-Identifier: GPL-2.0
//! The debug sections of an object with their relocations done, as if each section of code had a place of its own.

use super::reloc::{classify, Use};
use super::{Object, SectionKind, SymbolPlace};
use gimli::{DwarfSections, EndianSlice, LittleEndian};

/// What gimli reads from.
pub type Slice<'a> = EndianSlice<'a, LittleEndian>;

/// Each section pretends to lie at a multiple of this.
const STRIDE: u32 = 32;

/// The address that a section of code pretends to have.
fn base(section: u32) -> u64 {
    (u64::from(section) + 1) << STRIDE
}

/// The section of code that an address pretends to lie in, and the offset there.
pub fn place(address: u64) -> Option<(u32, u64)> {
    let section = ((address >> STRIDE) as u32).checked_sub(1)?;
    Some((section, address & ((1 << STRIDE) - 1)))
}

/// A debug section, empty where there is none.
pub fn section(object: &Object<'_>, name: &str) -> Vec<u8> {
    let mut sections = object.sections.iter();
    let found = sections.find(|it| it.name == name && it.kind == SectionKind::Debug);
    let Some(section) = found else {
        return Vec::new();
    };
    let mut bytes = section.bytes.to_vec();
    for reloc in &section.relocs {
        let symbol = &object.symbols[reloc.symbol as usize];
        let SymbolPlace::Section(index) = symbol.place else {
            continue;
        };
        let is_code = object.sections[index as usize].kind == SectionKind::Code;
        let value = if is_code { base(index) } else { 0 }
            .wrapping_add(symbol.value)
            .wrapping_add(reloc.addend as u64);
        let len = match classify(reloc.kind) {
            Use::Word64 => 8,
            Use::Word32 => 4,
            _ => continue,
        };
        let at = reloc.offset as usize;
        if let Some(place) = bytes.get_mut(at..at + len) {
            place.copy_from_slice(&value.to_le_bytes()[..len]);
        }
    }
    bytes
}

/// All of them.
pub fn sections(object: &Object<'_>) -> DwarfSections<Vec<u8>> {
    let load = |id: gimli::SectionId| Ok::<_, std::convert::Infallible>(section(object, id.name()));
    match DwarfSections::load(load) {
        Ok(sections) => sections,
        Err(never) => match never {},
    }
}

/// As gimli reads them.
pub fn borrow(sections: &DwarfSections<Vec<u8>>) -> gimli::Dwarf<Slice<'_>> {
    sections.borrow(|bytes| EndianSlice::new(bytes, LittleEndian))
}
