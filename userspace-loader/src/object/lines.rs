// SPDX-License-Identifier: GPL-2.0
//! Source lines of an object's code, from `.debug_line`. Damaged debug information is as good as none.

use super::debug::{self, Slice};
use super::Object;
use crate::rewrite::SourceLine;
use gimli::{
    AttributeValue, DebugLine, DebugLineOffset, DebugLineStr, DebugStr, LineProgramHeader,
    LittleEndian,
};
use std::collections::HashMap;

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

/// Reads the line table of an object.
pub fn read(object: &Object<'_>) -> Table {
    let mut table = Table::default();
    let bytes = debug::section(object, ".debug_line");
    if bytes.is_empty() {
        return table;
    }
    let section = |name| object.sections.iter().find(|section| section.name == name);
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

/// The name of a file of a line program, with its directory.
pub fn file_name<'a>(
    header: &LineProgramHeader<Slice<'a>>,
    index: u64,
    text: impl Fn(&AttributeValue<Slice<'a>>) -> String,
) -> Option<String> {
    let file = header.file(index)?;
    let name = text(&file.path_name());
    let name = match file.directory(header) {
        Some(dir) if !name.starts_with('/') => {
            let dir = text(&dir);
            if dir.is_empty() {
                name
            } else {
                format!("{dir}/{name}")
            }
        }
        _ => name,
    };
    // Folders are named from the unit's own, which DWARF 5 lists first.
    Some(match header.directory(0) {
        Some(unit) if !name.starts_with('/') && header.version() >= 5 => {
            format!("{}/{name}", text(&unit))
        }
        _ => name,
    })
}

fn unit(
    program: gimli::IncompleteLineProgram<Slice<'_>>,
    strings: &Strings<'_>,
    table: &mut Table,
) {
    let mut files: HashMap<u64, u32> = HashMap::new();
    let mut rows = program.rows();
    while let Ok(Some((header, row))) = rows.next_row() {
        let Some((section, offset)) = debug::place(row.address()) else {
            continue;
        };
        let file = *files.entry(row.file_index()).or_insert_with(|| {
            let text = |value: &AttributeValue<Slice<'_>>| strings.text(value);
            let Some(name) = file_name(header, row.file_index(), text) else {
                return 0;
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
