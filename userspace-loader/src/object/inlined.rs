// SPDX-License-Identifier: GPL-2.0
//! Calls that a compiler has put in line, from `.debug_info`: of an object, or of an image, which carries them in the same
//! form. What comes before damage is kept.

use super::debug::Slice;
use super::lines;
use gimli::{AttributeValue, DebuggingInformationEntry, Dwarf, Unit, UnitOffset};

type Entry<'a, 'u> = DebuggingInformationEntry<'u, 'u, Slice<'a>>;

/// A call in line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// The call in line that it stands in, an index in [`Calls::calls`].
    pub parent: Option<u32>,
    /// The function that was called, as the linker would name it.
    pub function: String,
    /// File of the call, with its directory.
    pub file: String,
    /// Line of the call, 0 for none.
    pub line: u32,
    /// Column of the call, 0 for none.
    pub column: u32,
}

/// Code that a call in line became.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// First address.
    pub from: u64,
    /// Behind the last one.
    pub to: u64,
    /// Index in [`Calls::calls`].
    pub call: u32,
}

/// All calls in line.
#[derive(Debug, Default)]
pub struct Calls {
    /// A call comes after the one that it stands in.
    pub calls: Vec<Call>,
    /// In the order of the calls.
    pub ranges: Vec<Range>,
}

/// References that are followed from a call to the name of its function: the origin, its declaration, and some to spare.
const HOPS: usize = 8;

/// Reads them all into `calls`.
pub fn read(dwarf: &Dwarf<Slice<'_>>, calls: &mut Calls) -> Result<(), gimli::Error> {
    let mut units = Vec::new();
    let mut headers = dwarf.units();
    while let Some(header) = headers.next()? {
        units.push(dwarf.unit(header)?);
    }
    let reader = Reader { dwarf, units };
    for unit in &reader.units {
        reader.unit(unit, calls)?;
    }
    Ok(())
}

struct Reader<'d, 'a> {
    dwarf: &'d Dwarf<Slice<'a>>,
    /// Ascending by their place in `.debug_info`.
    units: Vec<Unit<Slice<'a>>>,
}

impl<'a> Reader<'_, 'a> {
    fn unit(&self, unit: &Unit<Slice<'a>>, calls: &mut Calls) -> Result<(), gimli::Error> {
        let mut entries = unit.entries();
        let mut depth = 0;
        // The calls in line around the entry, with their depth.
        let mut around: Vec<(isize, u32)> = Vec::new();
        while let Some((step, entry)) = entries.next_dfs()? {
            depth += step;
            while around.last().is_some_and(|(outer, _)| *outer >= depth) {
                around.pop();
            }
            if entry.tag() != gimli::DW_TAG_inlined_subroutine {
                continue;
            }
            let index = calls.calls.len() as u32;
            let call = self.call(unit, entry, around.last().map(|(_, call)| *call))?;
            calls.calls.push(call);
            let mut ranges = self.dwarf.die_ranges(unit, entry)?;
            while let Some(range) = ranges.next()? {
                calls.ranges.push(Range {
                    from: range.begin,
                    to: range.end,
                    call: index,
                });
            }
            around.push((depth, index));
        }
        Ok(())
    }

    fn call(
        &self,
        unit: &Unit<Slice<'a>>,
        entry: &Entry<'a, '_>,
        parent: Option<u32>,
    ) -> Result<Call, gimli::Error> {
        let number = |name| -> Result<u64, gimli::Error> {
            let value = entry.attr_value(name)?;
            Ok(value.and_then(|value| value.udata_value()).unwrap_or(0))
        };
        let file = match entry.attr_value(gimli::DW_AT_call_file)? {
            Some(AttributeValue::FileIndex(index)) => Some(index),
            value => value.and_then(|value| value.udata_value()),
        };
        let name = |index| {
            let header = unit.line_program.as_ref()?.header();
            lines::file_name(header, index, |value| {
                let text = self.dwarf.attr_string(unit, *value);
                text.map_or_else(|_| String::new(), |text| text.to_string_lossy().into())
            })
        };
        Ok(Call {
            parent,
            function: self.function(unit, entry)?.unwrap_or_default(),
            file: file.and_then(name).unwrap_or_default(),
            line: number(gimli::DW_AT_call_line)?.try_into().unwrap_or(0),
            column: number(gimli::DW_AT_call_column)?.try_into().unwrap_or(0),
        })
    }

    /// The name of the function that a call in line has called.
    fn function(
        &self,
        unit: &Unit<Slice<'a>>,
        entry: &Entry<'a, '_>,
    ) -> Result<Option<String>, gimli::Error> {
        let mut plain = None;
        let mut next = self.origin(unit, entry)?;
        for _ in 0..HOPS {
            let Some((unit, offset)) = next else {
                break;
            };
            let entry = unit.entry(offset)?;
            let text = |name| -> Result<Option<String>, gimli::Error> {
                let Some(value) = entry.attr_value(name)? else {
                    return Ok(None);
                };
                let text = self.dwarf.attr_string(unit, value)?;
                Ok(Some(text.to_string_lossy().into_owned()))
            };
            if let Some(name) = text(gimli::DW_AT_linkage_name)? {
                return Ok(Some(name));
            }
            plain = plain.or(text(gimli::DW_AT_name)?);
            next = self.origin(unit, &entry)?;
        }
        Ok(plain)
    }

    /// Where an entry says that more of it stands: its abstract origin, or its declaration.
    fn origin<'u>(
        &'u self,
        unit: &'u Unit<Slice<'a>>,
        entry: &Entry<'a, '_>,
    ) -> Result<Option<(&'u Unit<Slice<'a>>, UnitOffset)>, gimli::Error> {
        let value = match entry.attr_value(gimli::DW_AT_abstract_origin)? {
            None => entry.attr_value(gimli::DW_AT_specification)?,
            value => value,
        };
        Ok(match value {
            Some(AttributeValue::UnitRef(offset)) => Some((unit, offset)),
            // Optimised as a whole, units refer to each other.
            Some(AttributeValue::DebugInfoRef(offset)) => {
                let mut units = self.units.iter();
                units.find_map(|unit| Some((unit, offset.to_unit_offset(&unit.header)?)))
            }
            _ => None,
        })
    }
}
