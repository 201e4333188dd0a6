// SPDX-License-Identifier: GPL-2.0
//! Writes an image file.

use super::layout::*;
use super::{dwarf, extra, ImageFile};
use crate::image::{data_at, Image, SymbolKind};
use lore_abi::image::section;
use lore_sandbox::code::CodeLayout;
use lore_sandbox::window::DATA_MAX;
use std::collections::HashMap;
use zerocopy::IntoBytes;

/// The bytes of an image file.
pub fn write(file: &ImageFile) -> Result<Vec<u8>, FileError> {
    let image = &file.image;
    let layout = layout(image.targets.len(), image.imports.len(), image.code.len())?;
    let data_len = image.data.len() as u64 + image.bss_len;
    if data_len > DATA_MAX {
        let what = "the data";
        return Err(FileError::TooLarge {
            what,
            found: data_len,
            most: DATA_MAX,
        });
    }
    let data_at = data_at(&image.header);
    let mut out = Writer::new();
    let head = out.section(extra::HEAD, NOBITS, ALLOC, 0, &[], 8);
    out.sections[head].size = u64::from(layout.gates_end);
    let text = out.section(
        section::CODE,
        PROGBITS,
        ALLOC | EXEC,
        layout.code_at,
        &image.code,
        64,
    );
    let data = out.section(
        section::DATA,
        PROGBITS,
        ALLOC | WRITE,
        data_at,
        &image.data,
        16,
    );
    // Directly behind the data, and window offsets are below 2^32 since `DATA_MAX` is.
    let bss_at = data_at + image.data.len() as u32;
    let bss = out.section(section::BSS, NOBITS, ALLOC | WRITE, bss_at, &[], 1);
    out.sections[bss].size = image.bss_len;
    for (name, bytes) in [
        (section::HEADER, image.header.as_bytes()),
        (section::LABELS, image.labels.as_bytes()),
        (section::LISTS, image.lists.as_bytes()),
        (section::TARGETS, image.targets.as_bytes()),
        (section::ENTRIES, image.entries.as_bytes()),
        (section::IMPORTS, image.imports.as_bytes()),
        (section::RELOCS, image.relocs.as_bytes()),
        (section::GUARDS, image.guards.as_bytes()),
        (extra::NOTES, &notes(image)),
        (extra::PLACES, &places(image)),
        (extra::BEFORE, &file.bytes_before.to_le_bytes()),
        (extra::SOURCES, &sources(file)),
    ] {
        out.section(name, PROGBITS, 0, 0, bytes, 8);
    }
    for (name, bytes) in dwarf::write(image, &layout) {
        out.section(name, PROGBITS, 0, 0, &bytes, 1);
    }
    let places = Places {
        head,
        text,
        data,
        data_at,
        bss,
        bss_at,
    };
    out.symbols(image, &layout, &places);
    Ok(out.finish())
}

fn notes(image: &Image) -> Vec<u8> {
    image
        .notes
        .iter()
        .flat_map(|n| [n.at, n.kind as u32])
        .flat_map(u32::to_le_bytes)
        .collect()
}

fn places(image: &Image) -> Vec<u8> {
    let lines = image.places.iter();
    let lines = lines.map(|place| format!("{} {}\n", place.entry, place.hook));
    lines.collect::<String>().into_bytes()
}

fn sources(file: &ImageFile) -> Vec<u8> {
    let mut bytes = Vec::new();
    for source in &file.sources {
        for part in [&source.path, &source.text] {
            bytes.extend((part.len() as u32).to_le_bytes());
        }
        bytes.extend(source.path.bytes().chain(source.text.bytes()));
    }
    bytes
}

/// Indices of the sections that symbols lie in.
struct Places {
    head: usize,
    text: usize,
    data: usize,
    data_at: u32,
    bss: usize,
    bss_at: u32,
}

/// A section header to be.
struct Section {
    name: u32,
    kind: u32,
    flags: u64,
    addr: u64,
    offset: u64,
    size: u64,
    link: u32,
    info: u32,
    align: u64,
    record: u64,
}

/// A file to be: header, bytes of the sections, section headers.
struct Writer {
    bytes: Vec<u8>,
    sections: Vec<Section>,
    names: Strings,
}

impl Writer {
    fn new() -> Writer {
        let mut writer = Writer {
            bytes: vec![0; HEADER_LEN],
            sections: Vec::new(),
            names: Strings::new(),
        };
        writer.section("", 0, 0, 0, &[], 0);
        writer
    }

    /// Appends a section and tells its index.
    fn section(
        &mut self,
        name: &str,
        kind: u32,
        flags: u64,
        addr: u32,
        bytes: &[u8],
        align: u64,
    ) -> usize {
        if align > 1 && kind != NOBITS {
            self.bytes
                .resize(self.bytes.len().next_multiple_of(align as usize), 0);
        }
        self.sections.push(Section {
            name: self.names.add(name),
            kind,
            flags,
            addr: u64::from(addr),
            offset: if kind == 0 {
                0
            } else {
                self.bytes.len() as u64
            },
            size: bytes.len() as u64,
            link: 0,
            info: 0,
            align,
            record: 0,
        });
        self.bytes.extend(bytes);
        self.sections.len() - 1
    }

    /// Symbol table and its strings: local symbols first, as ELF wants them.
    fn symbols(&mut self, image: &Image, layout: &CodeLayout, places: &Places) {
        let mut strings = Strings::new();
        let mut table = vec![0; SYMBOL_LEN];
        let mut put = |name: &str, info: u8, section: usize, value: u32, size: u32| {
            table.extend(strings.add(name).to_le_bytes());
            table.extend([info, 0]);
            // Lossless: there are about 25 sections.
            table.extend((section as u16).to_le_bytes());
            table.extend(u64::from(value).to_le_bytes());
            table.extend(u64::from(size).to_le_bytes());
        };
        const OBJECT: u8 = 1;
        const FUNC: u8 = 2;
        const GLOBAL: u8 = 1 << 4;
        put("$x", 0, places.text, layout.code_at, 0);
        put("$d", 0, places.data, places.data_at, 0);
        put("$d", 0, places.head, 0, 0);
        put("lore_table", OBJECT, places.head, 0, layout.table_len);
        let mut locals = 5;
        for globals in [false, true] {
            for symbol in image.symbols.iter().filter(|s| s.global == globals) {
                let (kind, section) = match symbol.kind {
                    SymbolKind::Function => (FUNC, places.text),
                    SymbolKind::Gate => (FUNC, places.head),
                    SymbolKind::Data if symbol.at >= places.bss_at => (OBJECT, places.bss),
                    SymbolKind::Data => (OBJECT, places.data),
                };
                let bind = if globals { GLOBAL } else { 0 };
                put(&symbol.name, kind | bind, section, symbol.at, symbol.len);
                locals += u32::from(!globals);
            }
        }
        let symtab = self.section(".symtab", SYMTAB, 0, 0, &table, 8);
        let strtab = self.section(".strtab", STRTAB, 0, 0, &strings.bytes, 1);
        let header = &mut self.sections[symtab];
        // Lossless: an index and a count of symbols, each with bytes in memory.
        (header.link, header.info, header.record) = (strtab as u32, locals, SYMBOL_LEN as u64);
    }

    /// Section names, section headers, and the header in front.
    fn finish(mut self) -> Vec<u8> {
        // The table of names holds its own name, so that comes before its bytes.
        self.names.add(".shstrtab");
        let names = std::mem::replace(&mut self.names, Strings::new());
        let name = names.at[".shstrtab"];
        let shstrtab = self.section("", STRTAB, 0, 0, &names.bytes, 1);
        self.sections[shstrtab].name = name;
        self.bytes.resize(self.bytes.len().next_multiple_of(8), 0);
        let headers_at = self.bytes.len() as u64;
        for s in &self.sections {
            self.bytes
                .extend([s.name, s.kind].into_iter().flat_map(u32::to_le_bytes));
            self.bytes.extend(
                [s.flags, s.addr, s.offset, s.size]
                    .map(u64::to_le_bytes)
                    .concat(),
            );
            self.bytes
                .extend([s.link, s.info].into_iter().flat_map(u32::to_le_bytes));
            self.bytes
                .extend([s.align, s.record].into_iter().flat_map(u64::to_le_bytes));
        }
        let mut header = Vec::with_capacity(HEADER_LEN);
        // ELF64, little-endian, version 1, no operating system.
        header.extend(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0");
        header.extend([ET_EXEC, EM_AARCH64].map(u16::to_le_bytes).concat());
        header.extend(1u32.to_le_bytes());
        // No start address and no program headers: nobody but the kernel module loads an image.
        header.extend([0, 0, headers_at].map(u64::to_le_bytes).concat());
        header.extend(0u32.to_le_bytes());
        let counts = [
            HEADER_LEN as u16,
            0,
            0,
            SECTION_HEADER_LEN as u16,
            self.sections.len() as u16,
            shstrtab as u16,
        ];
        header.extend(counts.map(u16::to_le_bytes).concat());
        self.bytes[..HEADER_LEN].copy_from_slice(&header);
        self.bytes
    }
}

/// A string table that holds each string once.
struct Strings {
    bytes: Vec<u8>,
    at: HashMap<String, u32>,
}

impl Strings {
    fn new() -> Strings {
        Strings {
            bytes: vec![0],
            at: HashMap::from([(String::new(), 0)]),
        }
    }

    fn add(&mut self, name: &str) -> u32 {
        if let Some(at) = self.at.get(name) {
            return *at;
        }
        // Lossless: a table of 4 GiB of names does not come out of objects that fit in memory.
        let at = self.bytes.len() as u32;
        // A name ends at its first zero byte; whatever an object put behind one is dropped.
        self.bytes
            .extend(name.bytes().take_while(|byte| *byte != 0));
        self.bytes.push(0);
        self.at.insert(name.to_owned(), at);
        at
    }
}
