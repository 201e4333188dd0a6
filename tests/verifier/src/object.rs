// SPDX-License-Identifier: GPL-2.0
//! As much of a relocatable ELF64 object as a case has: `.text`, its symbols and its relocations.

use std::collections::HashMap;

/// `.text` and what belongs to it.
#[derive(Debug, Default)]
pub struct Object {
    /// Bytes of `.text`.
    pub text: Vec<u8>,
    /// Symbols that are defined in `.text`.
    pub symbols: HashMap<String, u64>,
    /// Relocations of `.text` against symbols that are not defined.
    pub relocs: Vec<Reloc>,
}

/// A relocation.
#[derive(Debug)]
pub struct Reloc {
    /// Offset in `.text`.
    pub at: u64,
    /// `R_AARCH64_*`.
    pub kind: u32,
    /// Symbol.
    pub symbol: String,
    /// Addend.
    pub addend: i64,
}

struct Section {
    name: String,
    kind: u32,
    data: std::ops::Range<usize>,
    link: usize,
}

fn u16_at(bytes: &[u8], at: usize) -> usize {
    u16::from_le_bytes([bytes[at], bytes[at + 1]]).into()
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(bytes[at..at + 4].try_into().expect("four bytes"))
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(bytes[at..at + 8].try_into().expect("eight bytes"))
}

fn text_at(bytes: &[u8], at: usize) -> String {
    let end = bytes[at..]
        .iter()
        .position(|&b| b == 0)
        .expect("a string ends")
        + at;
    String::from_utf8(bytes[at..end].to_vec()).expect("names are ASCII")
}

impl Object {
    /// Reads what our own assembler wrote; anything else may panic.
    pub fn read(elf: &[u8]) -> Object {
        let sections = sections(elf);
        let text = sections
            .iter()
            .position(|s| s.name == ".text")
            .expect("an object has .text");
        let mut object = Object {
            text: elf[sections[text].data.clone()].to_vec(),
            ..Object::default()
        };
        let table = sections
            .iter()
            .find(|s| s.kind == 2)
            .expect("an object has symbols");
        let names = &elf[sections[table.link].data.clone()];
        let mut by_number = Vec::new();
        for symbol in elf[table.data.clone()].chunks_exact(24) {
            let name = text_at(names, u32_at(symbol, 0) as usize);
            if u16_at(symbol, 6) == text {
                object.symbols.insert(name.clone(), u64_at(symbol, 8));
            }
            by_number.push(name);
        }
        for section in sections.iter().filter(|s| s.name == ".rela.text") {
            for rela in elf[section.data.clone()].chunks_exact(24) {
                let info = u64_at(rela, 8);
                object.relocs.push(Reloc {
                    at: u64_at(rela, 0),
                    kind: info as u32,
                    symbol: by_number[(info >> 32) as usize].clone(),
                    addend: u64_at(rela, 16) as i64,
                });
            }
        }
        object
    }
}

/// The bytes of a section of any ELF64 file; empty when it is missing.
pub fn section(elf: &[u8], name: &str) -> Vec<u8> {
    let section = sections(elf)
        .into_iter()
        .find(|section| section.name == name);
    section.map_or_else(Vec::new, |section| elf[section.data].to_vec())
}

fn sections(elf: &[u8]) -> Vec<Section> {
    let (start, size, count) = (u64_at(elf, 40) as usize, u16_at(elf, 58), u16_at(elf, 60));
    let header = |i: usize| &elf[start + i * size..start + (i + 1) * size];
    let range = |i: usize| {
        let header = header(i);
        let (at, len) = (u64_at(header, 24) as usize, u64_at(header, 32) as usize);
        // SHT_NOBITS takes no bytes of the file.
        at..at + if u32_at(header, 4) == 8 { 0 } else { len }
    };
    let names = &elf[range(u16_at(elf, 62))];
    (0..count)
        .map(|i| Section {
            name: text_at(names, u32_at(header(i), 0) as usize),
            kind: u32_at(header(i), 4),
            data: range(i),
            link: u32_at(header(i), 40) as usize,
        })
        .collect()
}
