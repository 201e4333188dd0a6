// SPDX-License-Identifier: GPL-2.0
//! Source lines of an object's code, from `.debug_line`. Damaged debug information is as good as none.

use super::reloc::{classify, Use};
use super::{Object, SectionKind, SymbolPlace};
use crate::rewrite::SourceLine;
use gimli::{
    AttributeValue, DebugLine, DebugLineOffset, DebugLineStr, DebugStr, EndianSlice, LittleEndian,
};
use std::collections::HashMap;

type Slice<'a> = EndianSlice<'a, LittleEndian>;

/// From `offset` on, up to the next row, code stands for this place.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Offset in the section.
    pub offset: u64,
    /// Index in [`Table::files`].
    pub file: u32,
    /// Line, 0 for the end of a sequence.
    pub line: u32,
    /// Column.
    pub column: u32,
}

/// The line table of an object.
#[derive(Debug, Default)]
pub struct Table {
    /// Files, with their directory.
    pub files: Vec<String>,
    /// Rows by section index, ascending by offset.
    pub rows: HashMap<u32, Vec<Row>>,
}

/// Each section pretends to lie at a multiple of this.
const STRIDE: u32 = 32;

/// Reads the line table of an object.
pub fn read(object: &Object<'_>) -> Table {
    let mut table = Table::default();
    let section = |name| object.sections.iter().find(|section| section.name == name);
    let Some(lines) = section(".debug_line").filter(|section| section.kind == SectionKind::Debug)
    else {
        return table;
    };
    let mut bytes = lines.bytes.to_vec();
    for reloc in &lines.relocs {
        let symbol = &object.symbols[reloc.symbol as usize];
        let SymbolPlace::Section(index) = symbol.place else {
            continue;
        };
        let code = object.sections[index as usize].kind == SectionKind::Code;
        let base = if code {
            (u64::from(index) + 1) << STRIDE
        } else {
            0
        };
        let value = base
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
    let strings = Strings {
        line: DebugLineStr::new(
            section(".debug_line_str").map_or(&[][..], |s| s.bytes),
            LittleEndian,
        ),
        plain: DebugStr::new(
            section(".debug_str").map_or(&[][..], |s| s.bytes),
            LittleEndian,
        ),
    };
    let debug_line = DebugLine::new(&bytes, LittleEndian);
    let mut offset = 0;
    while offset < bytes.len() {
        let Ok(program) = debug_line.program(DebugLineOffset(offset), 8, None, None) else {
            break;
        };
        let header = program.header();
        let head = if header.encoding().format == gimli::Format::Dwarf64 {
            12
        } else {
            4
        };
        offset += head + header.unit_length();
        unit(program, &strings, &mut table);
    }
    for rows in table.rows.values_mut() {
        rows.sort_by_key(|row| row.offset);
    }
    table
}

struct Strings<'a> {
    line: DebugLineStr<Slice<'a>>,
    plain: DebugStr<Slice<'a>>,
}

impl Strings<'_> {
    fn text(&self, value: &AttributeValue<Slice<'_>>) -> String {
        let text = |slice: Slice<'_>| String::from_utf8_lossy(slice.slice()).into_owned();
        match value {
            AttributeValue::String(slice) => text(*slice),
            AttributeValue::DebugLineStrRef(at) => {
                self.line.get_str(*at).map(text).unwrap_or_default()
            }
            AttributeValue::DebugStrRef(at) => {
                self.plain.get_str(*at).map(text).unwrap_or_default()
            }
            _ => String::new(),
        }
    }
}

fn unit(
    program: gimli::IncompleteLineProgram<Slice<'_>>,
    strings: &Strings<'_>,
    table: &mut Table,
) {
    let mut files: HashMap<u64, u32> = HashMap::new();
    let mut rows = program.rows();
    while let Ok(Some((header, row))) = rows.next_row() {
        let address = row.address();
        let Some(section) = ((address >> STRIDE) as u32).checked_sub(1) else {
            continue;
        };
        let file = *files.entry(row.file_index()).or_insert_with(|| {
            let Some(file) = header.file(row.file_index()) else {
                return 0;
            };
            let name = strings.text(&file.path_name());
            let name = match file.directory(header) {
                Some(dir) if !name.starts_with('/') => {
                    let dir = strings.text(&dir);
                    if dir.is_empty() {
                        name
                    } else {
                        format!("{dir}/{name}")
                    }
                }
                _ => name,
            };
            // Folders are named from the unit's own, which DWARF 5 lists first.
            let name = match header.directory(0) {
                Some(unit) if !name.starts_with('/') && header.version() >= 5 => {
                    format!("{}/{name}", strings.text(&unit))
                }
                _ => name,
            };
            let known = table.files.iter().position(|other| *other == name);
            known.unwrap_or_else(|| {
                table.files.push(name);
                table.files.len() - 1
            }) as u32
        });
        let line = if row.end_sequence() {
            0
        } else {
            row.line().map_or(0, |line| line.get() as u32)
        };
        let column = match row.column() {
            gimli::ColumnType::LeftEdge => 0,
            gimli::ColumnType::Column(column) => column.get() as u32,
        };
        let offset = address & ((1 << STRIDE) - 1);
        table.rows.entry(section).or_default().push(Row {
            offset,
            file,
            line,
            column,
        });
    }
}

/// The row that covers an offset.
pub fn row_at(rows: &[Row], offset: u64) -> Option<&Row> {
    let count = rows.partition_point(|row| row.offset <= offset);
    rows[..count].last().filter(|row| row.line != 0)
}

/// The source line of one place.
pub fn find(object: &Object<'_>, section: u32, offset: u64) -> Option<SourceLine> {
    let table = read(object);
    let row = row_at(table.rows.get(&section)?, offset)?;
    let file = table.files.get(row.file as usize)?.clone();
    Some(SourceLine {
        file,
        line: row.line,
        column: row.column,
    })
}
