// SPDX-License-Identifier: GPL-2.0
//! Reads an image file. Whatever the bytes are, the answer is an image or an error that says what
//! is wrong and where. What the verifier judges (words, labels, targets) is not judged here.

use super::layout::*;
use super::{dwarf, extra, ImageFile, Source};
use crate::image::{data_at, Image, Note, NoteKind, Place, Symbol, SymbolKind};
use goblin::container::{Container, Ctx, Endian};
use goblin::elf::sym::{st_bind, st_type, Symtab, STB_LOCAL, STT_FUNC, STT_OBJECT};
use goblin::elf::{header, Elf, SectionHeader};
use goblin::strtab::Strtab;
use lore_abi::image::{section, Header, MAGIC};
use lore_sandbox::window::DATA_MAX;
use std::collections::HashMap;
use zerocopy::FromBytes;

const CTX: Ctx = Ctx {
    container: Container::Big,
    le: Endian::Little,
};

/// Reads the bytes of an image file.
pub fn read(bytes: &[u8]) -> Result<ImageFile, FileError> {
    let sections = Sections::read(bytes)?;
    let header: Header = sections.header()?;
    let code = sections.need(section::CODE)?;
    let data = sections.need(section::DATA)?;
    let targets: Vec<u32> = sections.records(section::TARGETS)?;
    let imports: Vec<u32> = sections.records(section::IMPORTS)?;
    let layout = layout(targets.len(), imports.len(), code.len())?;
    sections.at_address(section::CODE, layout.code_at)?;
    sections.at_address(section::DATA, data_at(&header))?;
    let bss_len = sections
        .by_name
        .get(section::BSS)
        .map_or(0, |s| s.header.sh_size);
    let data_len = (data.len() as u64).saturating_add(bss_len);
    if data_len > DATA_MAX {
        let what = "the data";
        return Err(FileError::TooLarge {
            what,
            found: data_len,
            most: DATA_MAX,
        });
    }
    let image = Image {
        header,
        code: code.to_vec(),
        data: data.to_vec(),
        bss_len,
        labels: sections.records(section::LABELS)?,
        lists: sections.records(section::LISTS)?,
        targets,
        entries: sections.records(section::ENTRIES)?,
        imports,
        relocs: sections.records(section::RELOCS)?,
        guards: sections.records(section::GUARDS)?,
        symbols: Vec::new(),
        lines: Vec::new(),
        inlined: Vec::new(),
        files: Vec::new(),
        notes: Vec::new(),
        places: Vec::new(),
    };
    let mut file = ImageFile {
        image,
        bytes_before: 0,
        sources: Vec::new(),
        warnings: Vec::new(),
    };
    sections.for_people(bytes, layout.code_at, &mut file);
    Ok(file)
}

struct Section<'a> {
    header: SectionHeader,
    bytes: &'a [u8],
}

/// The sections of a file, each inside the file and apart from the others.
struct Sections<'a> {
    by_name: HashMap<&'a str, Section<'a>>,
}

impl<'a> Sections<'a> {
    fn read(bytes: &'a [u8]) -> Result<Sections<'a>, FileError> {
        let header = file_header(bytes)?;
        let count = usize::from(header.e_shnum);
        if count > SECTIONS_MAX {
            let what = "the number of sections";
            let (found, most) = (count as u64, SECTIONS_MAX as u64);
            return Err(FileError::TooLarge { what, found, most });
        }
        let table_len = (count * SECTION_HEADER_LEN) as u64;
        part(bytes, "the section header table", header.e_shoff, table_len)?;
        // `part` has shown that the offset is inside the file.
        let headers =
            SectionHeader::parse(bytes, header.e_shoff as usize, count, CTX).map_err(|_| {
                FileError::BadSection {
                    index: 0,
                    why: "it cannot be read",
                }
            })?;
        let names = match headers.get(usize::from(header.e_shstrndx)) {
            Some(names) => part(bytes, "the section names", names.sh_offset, names.sh_size)?,
            None => {
                let index = usize::from(header.e_shstrndx);
                return Err(FileError::BadSection {
                    index,
                    why: "there is no such section",
                });
            }
        };
        let mut by_name = HashMap::new();
        // The null section at index 0 has neither name nor bytes.
        for (index, header) in headers.into_iter().enumerate().skip(1) {
            let name = name_at(names, header.sh_name).ok_or(FileError::BadSection {
                index,
                why: "its name is no text",
            })?;
            let in_file = if header.sh_type == NOBITS {
                0
            } else {
                header.sh_size
            };
            let what = format!("the section `{name}`");
            let at = if in_file == 0 { 0 } else { header.sh_offset };
            let bytes = part(bytes, &what, at, in_file)?;
            if by_name.insert(name, Section { header, bytes }).is_some() {
                return Err(FileError::Twice {
                    name: name.to_owned(),
                });
            }
        }
        let sections = Sections { by_name };
        sections.disjoint()?;
        Ok(sections)
    }

    fn disjoint(&self) -> Result<(), FileError> {
        let mut order: Vec<_> = self
            .by_name
            .iter()
            .filter(|(_, s)| !s.bytes.is_empty())
            .map(|(name, s)| (s.header.sh_offset, s.header.sh_size, *name))
            .collect();
        order.sort_unstable();
        for pair in order.windows(2) {
            let ((at, len, first), (next, _, second)) = (pair[0], pair[1]);
            // Cannot wrap: `part` has shown that each end is inside the file.
            if at + len > next {
                let (first, second) = (first.to_owned(), second.to_owned());
                return Err(FileError::Overlap {
                    first,
                    second,
                    at: next,
                });
            }
        }
        Ok(())
    }

    fn need(&self, name: &'static str) -> Result<&'a [u8], FileError> {
        self.by_name
            .get(name)
            .map(|s| s.bytes)
            .ok_or(FileError::Missing { name })
    }

    fn at_address(&self, name: &'static str, expected: u32) -> Result<(), FileError> {
        let found = self.by_name.get(name).map_or(0, |s| s.header.sh_addr);
        let expected = u64::from(expected);
        if found != expected {
            return Err(FileError::WrongAddress {
                name,
                found,
                expected,
            });
        }
        Ok(())
    }

    /// A section as an array of records, whatever its place in memory is aligned to.
    fn records<T: FromBytes + Copy>(&self, name: &'static str) -> Result<Vec<T>, FileError> {
        let bytes = self.need(name)?;
        let unit = size_of::<T>();
        if bytes.len() % unit != 0 {
            let (len, unit) = (bytes.len() as u64, unit as u64);
            return Err(FileError::Ragged {
                name: name.to_owned(),
                len,
                unit,
            });
        }
        // Every chunk has exactly the size of a record, so none is dropped.
        Ok(bytes
            .chunks_exact(unit)
            .filter_map(|chunk| T::read_from_bytes(chunk).ok())
            .collect())
    }

    fn header(&self) -> Result<Header, FileError> {
        let headers: Vec<Header> = self.records(section::HEADER)?;
        let [header] = headers[..] else {
            let (len, unit) = (
                (headers.len() * size_of::<Header>()) as u64,
                size_of::<Header>() as u64,
            );
            return Err(FileError::Ragged {
                name: section::HEADER.to_owned(),
                len,
                unit,
            });
        };
        let field = |field, found: u32, expected: u32| {
            let (found, expected) = (found.into(), expected.into());
            FileError::BadHeader {
                field,
                found,
                expected,
            }
        };
        if header.magic != MAGIC {
            return Err(field("magic", header.magic, MAGIC));
        }
        if header.abi_version != lore_abi::ABI_VERSION {
            let (found, expected) = (header.abi_version, lore_abi::ABI_VERSION);
            return Err(FileError::Version { found, expected });
        }
        Ok(header)
    }

    /// Symbols, lines, notes and sources: what is damaged here becomes a warning.
    fn for_people(&self, bytes: &[u8], code_at: u32, file: &mut ImageFile) {
        match self.symbols(bytes, code_at, data_at(&file.image.header)) {
            Some(symbols) => file.image.symbols = symbols,
            None => file.warnings.push("the symbol table is damaged".to_owned()),
        }
        let lines = self.by_name.get(".debug_line").map_or(&[][..], |s| s.bytes);
        match dwarf::read(lines) {
            Ok((lines, files)) => {
                (file.image.lines, file.image.files) = (lines, files);
                self.inlined(file);
            }
            Err(error) => file
                .warnings
                .push(format!("the line table is damaged: {error}")),
        }
        if self.by_name.contains_key(extra::NOTES) {
            match self.records::<[u32; 2]>(extra::NOTES) {
                Ok(notes) => file.image.notes = notes.into_iter().filter_map(note).collect(),
                Err(error) => file.warnings.push(error.to_string()),
            }
        }
        let places = self.by_name.get(extra::PLACES);
        match read_places(places.map_or(&[][..], |s| s.bytes)) {
            Some(places) => file.image.places = places,
            None => file
                .warnings
                .push("the places of entries are damaged".to_owned()),
        }
        if let Ok([before]) = self.records::<u64>(extra::BEFORE).as_deref() {
            file.bytes_before = *before;
        }
        let sources = self
            .by_name
            .get(extra::SOURCES)
            .map_or(&[][..], |s| s.bytes);
        match read_sources(sources) {
            Some(sources) => file.sources = sources,
            None => file
                .warnings
                .push("the embedded sources are damaged".to_owned()),
        }
    }

    /// Calls in line, whose places are in the files of the lines.
    fn inlined(&self, file: &mut ImageFile) {
        let section = |name: &str| self.by_name.get(name).map_or(&[][..], |s| s.bytes);
        match dwarf::read_inlined(section, &file.image.files) {
            Ok(inlined) => file.image.inlined = inlined,
            Err(error) => file
                .warnings
                .push(format!("the calls in line are damaged: {error}")),
        }
    }

    fn symbols(&self, bytes: &[u8], code_at: u32, data_at: u32) -> Option<Vec<Symbol>> {
        let Some(symtab) = self.by_name.get(".symtab") else {
            return Some(Vec::new());
        };
        let strtab = self.by_name.get(".strtab")?;
        let count = symtab.bytes.len() / SYMBOL_LEN;
        let at = usize::try_from(symtab.header.sh_offset).ok()?;
        let table = Symtab::parse(bytes, at, count, CTX).ok()?;
        let strings = Strtab::parse(strtab.bytes, 0, strtab.bytes.len(), 0).ok()?;
        let mut symbols = Vec::new();
        for symbol in table.iter() {
            let name = strings.get_at(symbol.st_name)?;
            let at = u32::try_from(symbol.st_value).ok()?;
            let len = u32::try_from(symbol.st_size).ok()?;
            let kind = match st_type(symbol.st_info) {
                STT_FUNC if at < code_at => SymbolKind::Gate,
                STT_FUNC => SymbolKind::Function,
                STT_OBJECT if at >= data_at => SymbolKind::Data,
                _ => continue,
            };
            let global = st_bind(symbol.st_info) != STB_LOCAL;
            symbols.push(Symbol {
                name: name.to_owned(),
                at,
                len,
                kind,
                global,
            });
        }
        Some(symbols)
    }
}

fn file_header(bytes: &[u8]) -> Result<header::Header, FileError> {
    if !bytes.starts_with(b"\x7fELF") {
        return Err(FileError::NotElf);
    }
    part(bytes, "the ELF header", 0, HEADER_LEN as u64)?;
    let kind = |what, found: u64, expected: u64| {
        if found == expected {
            return Ok(());
        }
        Err(FileError::WrongKind {
            what,
            found,
            expected,
        })
    };
    kind(
        "the ELF class",
        bytes[header::EI_CLASS].into(),
        header::ELFCLASS64.into(),
    )?;
    kind(
        "the byte order",
        bytes[header::EI_DATA].into(),
        header::ELFDATA2LSB.into(),
    )?;
    let found = Elf::parse_header(bytes).map_err(|_| FileError::NotElf)?;
    kind("the machine", found.e_machine.into(), EM_AARCH64.into())?;
    kind("the file type", found.e_type.into(), ET_EXEC.into())?;
    kind(
        "the size of a section header",
        found.e_shentsize.into(),
        SECTION_HEADER_LEN as u64,
    )?;
    Ok(found)
}

/// The bytes `at .. at + len` of a file.
fn part<'a>(bytes: &'a [u8], what: &str, at: u64, len: u64) -> Result<&'a [u8], FileError> {
    let end = at.saturating_add(len);
    let (Ok(from), Ok(to)) = (usize::try_from(at), usize::try_from(end)) else {
        return Err(FileError::TooLarge {
            what: "an offset",
            found: end,
            most: FILE_MAX as u64,
        });
    };
    bytes.get(from..to).ok_or_else(|| FileError::Truncated {
        what: what.to_owned(),
        at,
        end,
        have: bytes.len() as u64,
    })
}

fn name_at(names: &[u8], at: usize) -> Option<&str> {
    let rest = names.get(at..)?;
    let end = rest.iter().position(|byte| *byte == 0)?;
    std::str::from_utf8(&rest[..end]).ok()
}

/// A note; kinds that a later version has added are left out.
fn note([at, kind]: [u32; 2]) -> Option<Note> {
    Some(Note {
        at,
        kind: NoteKind::from_number(kind)?,
    })
}

/// Lines of an entry's number and a hook's name.
fn read_places(bytes: &[u8]) -> Option<Vec<Place>> {
    let place = |line: &str| {
        let (entry, hook) = line.split_once(' ')?;
        Some(Place {
            entry: entry.parse().ok()?,
            hook: hook.to_owned(),
        })
    };
    std::str::from_utf8(bytes)
        .ok()?
        .lines()
        .map(place)
        .collect()
}

fn read_sources(mut bytes: &[u8]) -> Option<Vec<Source>> {
    let mut sources = Vec::new();
    while !bytes.is_empty() {
        let (lens, rest) = bytes.split_first_chunk::<8>()?;
        let [path_len, text_len]: [u32; 2] = zerocopy::transmute!(*lens);
        let (path, rest) = rest.split_at_checked(path_len as usize)?;
        let (text, rest) = rest.split_at_checked(text_len as usize)?;
        let text_of = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        sources.push(Source {
            path: text_of(path),
            text: text_of(text),
        });
        bytes = rest;
    }
    Some(sources)
}
