// SPDX-License-Identifier: GPL-2.0
//! Source lines as DWARF, so that `objdump -dl`, `addr2line` and debuggers know them too.
//!
//! One compilation unit per image, with a subprogram per function: what the rewriter kept of the
//! compilers' own units. DWARF 4, because every tool reads it.

use crate::image::{Image, Line, SymbolKind};
use gimli::write::{Address, AttributeValue, DwarfUnit, EndianVec, LineProgram, LineString};
use gimli::write::{Sections, Unit, UnitEntryId};
use gimli::{Encoding, EndianSlice, Format, LineEncoding, LittleEndian};
use lore_sandbox::code::CodeLayout;
use std::collections::HashMap;

/// The debug sections of an image, by name; none where nothing is known.
pub fn write(image: &Image, layout: &CodeLayout) -> Vec<(&'static str, Vec<u8>)> {
    let encoding = Encoding {
        format: Format::Dwarf32,
        version: 4,
        address_size: 8,
    };
    let mut dwarf = DwarfUnit::new(encoding);
    dwarf.unit.line_program = line_program(image, layout, encoding);
    let root = dwarf.unit.root();
    let len = u64::from(layout.code_end - layout.code_at);
    let producer = dwarf
        .strings
        .add(concat!("lore ", env!("CARGO_PKG_VERSION")));
    let name = dwarf.strings.add("extension");
    let dir = dwarf.strings.add(".");
    let unit = dwarf.unit.get_mut(root);
    unit.set(gimli::DW_AT_producer, AttributeValue::StringRef(producer));
    unit.set(
        gimli::DW_AT_language,
        AttributeValue::Language(gimli::DW_LANG_C99),
    );
    unit.set(gimli::DW_AT_name, AttributeValue::StringRef(name));
    unit.set(gimli::DW_AT_comp_dir, AttributeValue::StringRef(dir));
    range(&mut dwarf.unit, root, u64::from(layout.code_at), len);
    if !dwarf.unit.line_program.is_none() {
        dwarf
            .unit
            .get_mut(root)
            .set(gimli::DW_AT_stmt_list, AttributeValue::LineProgramRef);
    }
    for symbol in image
        .symbols
        .iter()
        .filter(|s| s.kind == SymbolKind::Function)
    {
        let id = dwarf.unit.add(root, gimli::DW_TAG_subprogram);
        let name = dwarf.strings.add(without_zeros(&demangled(&symbol.name)));
        let linkage = dwarf.strings.add(without_zeros(&symbol.name));
        let entry = dwarf.unit.get_mut(id);
        entry.set(gimli::DW_AT_name, AttributeValue::StringRef(name));
        entry.set(
            gimli::DW_AT_linkage_name,
            AttributeValue::StringRef(linkage),
        );
        range(
            &mut dwarf.unit,
            id,
            u64::from(symbol.at),
            u64::from(symbol.len),
        );
    }
    let mut sections = Sections::new(EndianVec::new(LittleEndian));
    let mut out = Vec::new();
    // Debug information is for people: an image without it is still an image.
    if dwarf.write(&mut sections).is_err() {
        return out;
    }
    let collected: Result<(), std::convert::Infallible> = sections.for_each(|id, bytes| {
        if !bytes.slice().is_empty() {
            out.push((id.name(), bytes.slice().to_vec()));
        }
        Ok(())
    });
    match collected {
        Ok(()) => out,
        Err(never) => match never {},
    }
}

/// The name as its author wrote it, without the hash that rustc puts behind it.
fn demangled(name: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(name))
}

/// A string section ends a string at its first zero byte, and gimli insists on that.
fn without_zeros(text: &str) -> Vec<u8> {
    text.bytes().filter(|byte| *byte != 0).collect()
}

fn range(unit: &mut Unit, id: UnitEntryId, at: u64, len: u64) {
    let entry = unit.get_mut(id);
    entry.set(
        gimli::DW_AT_low_pc,
        AttributeValue::Address(Address::Constant(at)),
    );
    entry.set(gimli::DW_AT_high_pc, AttributeValue::Udata(len));
}

fn line_program(image: &Image, layout: &CodeLayout, encoding: Encoding) -> LineProgram {
    if image.lines.is_empty() {
        return LineProgram::none();
    }
    let string = |text: &str| LineString::String(without_zeros(text));
    // Every word is four bytes, whatever the default of gimli says.
    let lines = LineEncoding {
        minimum_instruction_length: 4,
        ..LineEncoding::default()
    };
    let mut program = LineProgram::new(
        encoding,
        lines,
        string("."),
        None,
        string("extension"),
        None,
    );
    let dir = program.default_directory();
    let files: Vec<_> = image
        .files
        .iter()
        .map(|path| if path.is_empty() { "?" } else { path })
        .map(|path| program.add_file(string(path), dir, None))
        .collect();
    program.begin_sequence(Some(Address::Constant(u64::from(layout.code_at))));
    for line in &image.lines {
        let inside = (layout.code_at..layout.code_end).contains(&line.at) && line.at % 4 == 0;
        let (true, Some(file)) = (inside, files.get(line.file as usize)) else {
            continue;
        };
        let row = program.row();
        row.address_offset = u64::from(line.at - layout.code_at);
        row.file = *file;
        row.line = u64::from(line.line);
        row.column = u64::from(line.column);
        program.generate_row();
    }
    program.end_sequence(u64::from(layout.code_end - layout.code_at));
    program
}

/// Lines and files of the line program in `debug_line`.
pub fn read(debug_line: &[u8]) -> Result<(Vec<Line>, Vec<String>), gimli::Error> {
    let section = gimli::DebugLine::new(debug_line, LittleEndian);
    let mut lines = Vec::new();
    let mut files = Vec::new();
    if debug_line.is_empty() {
        return Ok((lines, files));
    }
    let program = section.program(gimli::DebugLineOffset(0), 8, None, None)?;
    let mut index_of = HashMap::new();
    for (index, file) in program.header().file_names().iter().enumerate() {
        // DWARF 4 counts files from 1.
        index_of.insert(index as u64 + 1, files.len() as u32);
        files.push(path_of(file));
    }
    let mut rows = program.rows();
    while let Some((_, row)) = rows.next_row()? {
        if row.end_sequence() {
            break;
        }
        let (Ok(at), Some(file)) = (
            u32::try_from(row.address()),
            index_of.get(&row.file_index()),
        ) else {
            continue;
        };
        let small = |number: Option<u64>| number.and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
        let column = match row.column() {
            gimli::ColumnType::LeftEdge => 0,
            gimli::ColumnType::Column(column) => small(Some(column.get())),
        };
        let line = small(row.line().map(|line| line.get()));
        lines.push(Line {
            at,
            file: *file,
            line,
            column,
        });
    }
    Ok((lines, files))
}

fn path_of(file: &gimli::FileEntry<EndianSlice<'_, LittleEndian>>) -> String {
    match file.path_name() {
        gimli::AttributeValue::String(path) => path.to_string_lossy().into_owned(),
        _ => "?".to_owned(),
    }
}
