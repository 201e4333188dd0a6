// SPDX-License-Identifier: GPL-2.0
//! Relocatable objects as the rewriter wants them: sections, symbols and relocations, checked against the file's length.

pub mod archive;
pub mod debug;
pub mod inlined;
pub mod lines;
pub mod reloc;

use goblin::elf::header::{EM_AARCH64, ET_REL};
use goblin::elf::section_header as sh;
use goblin::elf::sym;
use goblin::elf::Elf;

/// What a section is to the rewriter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SectionKind {
    /// Instructions.
    Code,
    /// Initialised data that nobody writes.
    Constant,
    /// Initialised data.
    Data,
    /// Zeroed data.
    Zero,
    /// Records that mark entries.
    Entry,
    /// Records of where entries are to be attached.
    Place,
    /// Constructors or destructors.
    Init,
    /// Thread-local data.
    ThreadLocal,
    /// Debug information.
    Debug,
    /// Nothing of interest.
    Other,
}

/// One relocation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reloc {
    /// Offset in the section.
    pub offset: u64,
    /// Type number.
    pub kind: u32,
    /// Index in [`Object::symbols`].
    pub symbol: u32,
    /// Added to the symbol's value.
    pub addend: i64,
}

/// One section.
#[derive(Clone, Debug)]
pub struct Section<'a> {
    /// Name.
    pub name: &'a str,
    /// What it is.
    pub kind: SectionKind,
    /// A power of two.
    pub align: u64,
    /// Bytes; for zeroed data without `bytes`.
    pub size: u64,
    /// Contents.
    pub bytes: &'a [u8],
    /// Ascending by offset.
    pub relocs: Vec<Reloc>,
    /// The group that it belongs to.
    pub group: Option<u32>,
}

/// Where a symbol stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolPlace {
    /// Elsewhere.
    Undefined,
    /// A number.
    Absolute,
    /// Zeroed data that the linker makes; the value is the alignment.
    Common,
    /// In a section of this object.
    Section(u32),
}

/// What a symbol names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolType {
    /// Not said.
    None,
    /// A function.
    Function,
    /// Data.
    Object,
    /// A section.
    Section,
    /// Thread-local data.
    ThreadLocal,
    /// Anything else.
    Other,
}

/// One symbol.
#[derive(Clone, Copy, Debug)]
pub struct Symbol<'a> {
    /// Name; empty for sections.
    pub name: &'a str,
    /// Where.
    pub place: SymbolPlace,
    /// Offset in the section, number, or alignment.
    pub value: u64,
    /// Bytes.
    pub size: u64,
    /// What it names.
    pub kind: SymbolType,
    /// Visible to other objects.
    pub global: bool,
    /// Gives way to a strong definition, or may be undefined.
    pub weak: bool,
}

/// One relocatable object.
#[derive(Clone, Debug)]
pub struct Object<'a> {
    /// Input, with the member in parentheses.
    pub name: String,
    /// By section index.
    pub sections: Vec<Section<'a>>,
    /// By symbol index.
    pub symbols: Vec<Symbol<'a>>,
    /// COMDAT groups by their signature, indexed by [`Section::group`].
    pub groups: Vec<Option<&'a str>>,
}

/// Reads an object. The error says what it is instead.
pub fn parse(name: String, file: &[u8]) -> Result<Object<'_>, String> {
    let elf = Elf::parse(file).map_err(|error| format!("not a readable ELF file ({error})"))?;
    if elf.header.e_machine != EM_AARCH64 || !elf.little_endian || !elf.is_64 {
        return Err("not an object for little-endian AArch64".into());
    }
    if elf.header.e_type != ET_REL {
        return Err(
            "not a relocatable object (.o): link with the rewriter instead of a linker".into(),
        );
    }
    let mut sections = Vec::with_capacity(elf.section_headers.len());
    for header in &elf.section_headers {
        sections.push(section(&elf, header, file)?);
    }
    let mut object = Object {
        name,
        sections,
        symbols: symbols(&elf)?,
        groups: Vec::new(),
    };
    for header in &elf.section_headers {
        match header.sh_type {
            sh::SHT_RELA => attach_relocs(&mut object, header, file)?,
            sh::SHT_REL => return Err("REL relocations, where AArch64 has RELA".into()),
            sh::SHT_GROUP => attach_group(&mut object, header, file)?,
            _ => {}
        }
    }
    Ok(object)
}

fn bytes_of<'a>(header: &sh::SectionHeader, file: &'a [u8]) -> Result<&'a [u8], String> {
    if header.sh_type == sh::SHT_NOBITS || header.sh_type == sh::SHT_NULL {
        return Ok(&[]);
    }
    let start = usize::try_from(header.sh_offset).map_err(|_| "a section lies outside the file")?;
    let len = usize::try_from(header.sh_size).map_err(|_| "a section lies outside the file")?;
    start
        .checked_add(len)
        .and_then(|end| file.get(start..end))
        .ok_or_else(|| "a section lies outside the file".into())
}

fn section<'a>(
    elf: &Elf<'a>,
    header: &sh::SectionHeader,
    file: &'a [u8],
) -> Result<Section<'a>, String> {
    let name = elf.shdr_strtab.get_at(header.sh_name).unwrap_or("");
    let bytes = bytes_of(header, file)?;
    let flags = header.sh_flags as u32;
    let kind = if name == ".lore.entry" {
        SectionKind::Entry
    } else if name == ".lore.place" {
        SectionKind::Place
    } else if flags & sh::SHF_ALLOC == 0 {
        if name.starts_with(".debug_") {
            SectionKind::Debug
        } else {
            SectionKind::Other
        }
    } else if flags & sh::SHF_TLS != 0 {
        SectionKind::ThreadLocal
    } else if matches!(
        header.sh_type,
        sh::SHT_INIT_ARRAY | sh::SHT_FINI_ARRAY | sh::SHT_PREINIT_ARRAY
    ) || name.starts_with(".ctors")
        || name.starts_with(".dtors")
    {
        SectionKind::Init
    } else if flags & sh::SHF_EXECINSTR != 0 {
        SectionKind::Code
    } else if header.sh_type == sh::SHT_NOTE || name == ".eh_frame" {
        SectionKind::Other
    } else if header.sh_type == sh::SHT_NOBITS {
        SectionKind::Zero
    } else if flags & sh::SHF_WRITE != 0 {
        SectionKind::Data
    } else {
        SectionKind::Constant
    };
    let align = header.sh_addralign.max(1);
    if !align.is_power_of_two() || align > 1 << 20 {
        return Err(format!("section {name} has an alignment of {align}"));
    }
    if kind == SectionKind::Debug && u64::from(flags & sh::SHF_COMPRESSED) != 0 {
        // Compressed debug information is only missed in messages.
        return Ok(Section {
            name,
            kind: SectionKind::Other,
            align,
            size: 0,
            bytes: &[],
            relocs: Vec::new(),
            group: None,
        });
    }
    Ok(Section {
        name,
        kind,
        align,
        size: header.sh_size,
        bytes,
        relocs: Vec::new(),
        group: None,
    })
}

fn symbols<'a>(elf: &Elf<'a>) -> Result<Vec<Symbol<'a>>, String> {
    let mut out = Vec::with_capacity(elf.syms.len());
    for symbol in elf.syms.iter() {
        let place = match symbol.st_shndx as u32 {
            sh::SHN_UNDEF => SymbolPlace::Undefined,
            sh::SHN_ABS => SymbolPlace::Absolute,
            sh::SHN_COMMON => SymbolPlace::Common,
            sh::SHN_XINDEX => return Err("more than 65,279 sections".into()),
            index if (index as usize) < elf.section_headers.len() => SymbolPlace::Section(index),
            _ => return Err("a symbol names a section that does not exist".into()),
        };
        let kind = match symbol.st_type() {
            sym::STT_NOTYPE => SymbolType::None,
            sym::STT_FUNC => SymbolType::Function,
            sym::STT_OBJECT => SymbolType::Object,
            sym::STT_SECTION => SymbolType::Section,
            sym::STT_TLS => SymbolType::ThreadLocal,
            sym::STT_COMMON => SymbolType::Object,
            _ => SymbolType::Other,
        };
        let name = elf.strtab.get_at(symbol.st_name).unwrap_or("");
        out.push(Symbol {
            name,
            place,
            value: symbol.st_value,
            size: symbol.st_size,
            kind,
            global: symbol.st_bind() != sym::STB_LOCAL,
            weak: symbol.st_bind() == sym::STB_WEAK,
        });
    }
    Ok(out)
}

fn attach_relocs(
    object: &mut Object<'_>,
    header: &sh::SectionHeader,
    file: &[u8],
) -> Result<(), String> {
    let bytes = bytes_of(header, file)?;
    let count = object.symbols.len();
    let section = object
        .sections
        .get_mut(header.sh_info as usize)
        .ok_or("relocations for a section that does not exist")?;
    if bytes.len() % 24 != 0 {
        return Err("a relocation section has a part of an entry".into());
    }
    if matches!(section.kind, SectionKind::Other) {
        return Ok(());
    }
    section.relocs.reserve(bytes.len() / 24);
    for entry in bytes.chunks_exact(24) {
        let word = |at: usize| {
            let mut raw = [0; 8];
            raw.copy_from_slice(&entry[at..at + 8]);
            u64::from_le_bytes(raw)
        };
        let info = word(8);
        let reloc = Reloc {
            offset: word(0),
            kind: info as u32, // The low half is the type.
            symbol: (info >> 32) as u32,
            addend: word(16) as i64,
        };
        if reloc.symbol as usize >= count {
            return Err("a relocation names a symbol that does not exist".into());
        }
        if reloc.offset >= section.size {
            return Err("a relocation lies outside its section".into());
        }
        section.relocs.push(reloc);
    }
    if !section.relocs.is_sorted_by_key(|reloc| reloc.offset) {
        section.relocs.sort_by_key(|reloc| reloc.offset);
    }
    Ok(())
}

/// `GRP_COMDAT` of the ELF specification.
const GROUP_COMDAT: u32 = 1;

fn attach_group(
    object: &mut Object<'_>,
    header: &sh::SectionHeader,
    file: &[u8],
) -> Result<(), String> {
    let words: Vec<u32> = bytes_of(header, file)?
        .chunks_exact(4)
        .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
        .collect();
    let Some((&flags, members)) = words.split_first() else {
        return Ok(());
    };
    let signature = object
        .symbols
        .get(header.sh_info as usize)
        .map(|symbol| match symbol.place {
            // A section's name stands for an unnamed section symbol.
            SymbolPlace::Section(index) if symbol.name.is_empty() => {
                object.sections[index as usize].name
            }
            _ => symbol.name,
        })
        .ok_or("a group without a signature")?;
    let group = object.groups.len() as u32;
    object
        .groups
        .push((flags & GROUP_COMDAT != 0).then_some(signature));
    for &index in members {
        let section = object
            .sections
            .get_mut(index as usize)
            .ok_or("a group names a section that does not exist")?;
        section.group = Some(group);
    }
    Ok(())
}
