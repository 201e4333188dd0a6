// SPDX-License-Identifier: GPL-2.0
//! Source lines as DWARF, so that `objdump -dl`, `addr2line` and debuggers know them too.
//!
//! One compilation unit per image, with a subprogram per function and what compilers have put in line there: what the
//! rewriter kept of the compilers' own units. DWARF 4, because every tool reads it.

use crate::image::{Image, Inlined, Line, SymbolKind};
use crate::object::inlined;
use crate::view::pretty;
use gimli::write::{
    Address, AttributeValue, DwarfUnit, EndianVec, FileId, LineProgram, LineString,
};
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
    let (program, files) = line_program(image, layout, encoding);
    dwarf.unit.line_program = program;
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
    let mut functions = Vec::new();
    let kind = SymbolKind::Function;
    for symbol in image.symbols.iter().filter(|it| it.kind == kind) {
        let id = subprogram(&mut dwarf, &symbol.name);
        let (at, len) = (u64::from(symbol.at), u64::from(symbol.len));
        range(&mut dwarf.unit, id, at, len);
        functions.push((symbol.at, id));
    }
    functions.sort_unstable_by_key(|(at, _)| *at);
    write_inlined(&mut dwarf, image, &functions, &files);
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

/// A function, with its name as its author wrote it and as the linker knows it.
fn subprogram(dwarf: &mut DwarfUnit, name: &str) -> UnitEntryId {
    let id = dwarf.unit.add(dwarf.unit.root(), gimli::DW_TAG_subprogram);
    let linkage = dwarf.strings.add(without_zeros(name));
    let name = dwarf.strings.add(without_zeros(&pretty(name)));
    let entry = dwarf.unit.get_mut(id);
    entry.set(gimli::DW_AT_name, AttributeValue::StringRef(name));
    let linkage = AttributeValue::StringRef(linkage);
    entry.set(gimli::DW_AT_linkage_name, linkage);
    id
}

/// Calls in line, each below the one or the function that it stands in. Without files they have no place.
fn write_inlined(
    dwarf: &mut DwarfUnit,
    image: &Image,
    functions: &[(u32, UnitEntryId)],
    files: &[FileId],
) {
    let mut origins: HashMap<&str, UnitEntryId> = HashMap::new();
    // What is open: where it ends, and its entry.
    let mut open: Vec<(u32, UnitEntryId)> = Vec::new();
    for call in &image.inlined {
        let Some(file) = files.get(call.file as usize) else {
            continue;
        };
        let origin = *origins.entry(&call.function).or_insert_with(|| {
            let id = subprogram(dwarf, &call.function);
            let inline = AttributeValue::Inline(gimli::DW_INL_inlined);
            dwarf.unit.get_mut(id).set(gimli::DW_AT_inline, inline);
            id
        });
        while open.last().is_some_and(|(end, _)| *end <= call.at) {
            open.pop();
        }
        let before = functions.partition_point(|(at, _)| *at <= call.at);
        let function = functions[..before].last();
        let parent = open.last().or(function).map(|(_, id)| *id);
        let parent = parent.unwrap_or(dwarf.unit.root());
        let id = dwarf.unit.add(parent, gimli::DW_TAG_inlined_subroutine);
        let len = call.end.saturating_sub(call.at);
        range(&mut dwarf.unit, id, u64::from(call.at), u64::from(len));
        let entry = dwarf.unit.get_mut(id);
        let (line, column) = (u64::from(call.line), u64::from(call.column));
        for (name, value) in [
            (
                gimli::DW_AT_abstract_origin,
                AttributeValue::UnitRef(origin),
            ),
            (
                gimli::DW_AT_call_file,
                AttributeValue::FileIndex(Some(*file)),
            ),
            (gimli::DW_AT_call_line, AttributeValue::Udata(line)),
            (gimli::DW_AT_call_column, AttributeValue::Udata(column)),
        ] {
            entry.set(name, value);
        }
        open.push((call.end, id));
    }
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

fn line_program(
    image: &Image,
    layout: &CodeLayout,
    encoding: Encoding,
) -> (LineProgram, Vec<FileId>) {
    if image.lines.is_empty() {
        return (LineProgram::none(), Vec::new());
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
    (program, files)
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

/// Calls in line, from the sections of an image. `files` are those of its line program.
pub fn read_inlined<'a>(
    section: impl Fn(&str) -> &'a [u8],
    files: &[String],
) -> Result<Vec<Inlined>, gimli::Error> {
    let load = |id: gimli::SectionId| Ok::<_, gimli::Error>(section(id.name()));
    let sections = gimli::DwarfSections::load(load)?;
    let dwarf = sections.borrow(|bytes| EndianSlice::new(bytes, LittleEndian));
    let mut found = inlined::Calls::default();
    inlined::read(&dwarf, &mut found)?;
    let named = files.iter().zip(0u32..);
    let index_of: HashMap<&str, u32> = named.map(|(name, index)| (name.as_str(), index)).collect();
    let inlined = |range: &inlined::Range| {
        let call = &found.calls[range.call as usize];
        // The unit's folder, which `write` has given the name `.`.
        let file = call.file.strip_prefix("./").unwrap_or(&call.file);
        Some(Inlined {
            at: range.from.try_into().ok()?,
            end: range.to.try_into().ok()?,
            function: call.function.clone(),
            file: *index_of.get(file)?,
            line: call.line,
            column: call.column,
        })
    };
    let mut inlined: Vec<_> = found.ranges.iter().filter_map(inlined).collect();
    // Stable: the outer stay before the inner.
    inlined.sort_by_key(|call| call.at);
    Ok(inlined)
}
