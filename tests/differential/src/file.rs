// SPDX-License-Identifier: GPL-2.0
//! Image files, as far as the emulator needs them: the sections of an ELF file by name, read without the loader's
//! help.

use crate::draft::Draft;
use lore_abi::image::section;
use lore_corpus::Built;
use std::path::Path;

/// The image of a file; panics on what is none, since the tests made it.
pub fn read(path: &Path) -> Draft {
    let bytes = std::fs::read(path).unwrap_or_else(|e| panic!("{path:?}: {e}"));
    let table = |name| find(&bytes, name).unwrap_or_default().to_vec();
    let header = table(section::HEADER);
    let field = |at: usize| {
        let bytes = header
            .get(at..at + 4)
            .and_then(|bytes| bytes.try_into().ok());
        u32::from_le_bytes(bytes.unwrap_or_else(|| panic!("{path:?} has no header")))
    };
    let built = Built {
        profile: field(8),
        window_len: u64::from(field(44)) << 32 | u64::from(field(40)),
        flags: field(12),
        code: table(section::CODE),
        labels: table(section::LABELS),
        lists: table(section::LISTS),
        targets: table(section::TARGETS),
        entries: table(section::ENTRIES),
        imports: table(section::IMPORTS),
        guards: table(section::GUARDS),
        ..Built::default()
    };
    Draft::of_case(&built).unwrap_or_else(|| panic!("{path:?} is no image"))
}

/// The bytes of an ELF64 section.
fn find<'a>(elf: &'a [u8], name: &str) -> Option<&'a [u8]> {
    let number = |at: usize, len: usize| -> Option<usize> {
        let bytes = elf.get(at..at.checked_add(len)?)?;
        Some(bytes.iter().rev().fold(0, |n, &b| n << 8 | usize::from(b)))
    };
    let (headers, count, names) = (number(0x28, 8)?, number(0x3c, 2)?, number(0x3e, 2)?);
    let span = |index: usize| -> Option<&'a [u8]> {
        let header = headers + index * 64;
        elf.get(number(header + 24, 8)?..)?
            .get(..number(header + 32, 8)?)
    };
    let names = span(names)?;
    (0..count).find_map(|index| {
        let found = names.get(number(headers + index * 64, 4)?..)?;
        let matches = found.strip_prefix(name.as_bytes())?.first() == Some(&0);
        if matches {
            span(index)
        } else {
            None
        }
    })
}
