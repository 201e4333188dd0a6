// SPDX-License-Identifier: GPL-2.0
//! An image as people see it: names, instructions, source lines. Built once, asked by offset.

use crate::elf::{FileError, ImageFile};
use crate::image::{Inlined, Line, NoteKind, Symbol, SymbolKind};
use lore_sandbox::code::{plan, CodeLayout, Demand};
use std::collections::HashMap;

/// A place in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// File as the compiler named it.
    pub path: &'a str,
    /// Line, from 1; 0 for none.
    pub line: u32,
    /// Column, from 1; 0 for none.
    pub column: u32,
}

/// A function that a word belongs to: one that the compiler has put in line, or the one that the linker knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frame<'a> {
    /// Its name; with an offset where it is not in line.
    pub function: String,
    /// Where in its source: of all but the innermost the place of the call.
    pub place: Option<Place<'a>>,
    /// It stands in line in the next frame's function.
    pub is_inlined: bool,
}

/// An image, sorted for questions.
pub struct View<'a> {
    /// The file.
    pub file: &'a ImageFile,
    /// Its layout.
    pub layout: CodeLayout,
    code_symbols: Vec<&'a Symbol>,
    data_symbols: Vec<&'a Symbol>,
    notes: HashMap<u32, NoteKind>,
    /// For each call in line the one that it stands in.
    around: Vec<Option<usize>>,
    sources: HashMap<&'a str, Option<String>>,
}

impl<'a> View<'a> {
    /// Sorts an image.
    pub fn new(file: &'a ImageFile) -> Result<View<'a>, FileError> {
        let image = &file.image;
        let demand = Demand {
            targets: image.targets.len() as u64,
            imports: image.imports.len() as u64,
            code_len: image.code.len() as u64,
        };
        let layout = plan(demand).map_err(|_| FileError::TooLarge {
            what: "the code",
            found: demand.code_len,
            most: lore_sandbox::code::CODE_MAX,
        })?;
        let sorted = |data: bool| {
            let mut symbols: Vec<_> = image
                .symbols
                .iter()
                .filter(|s| (s.kind == SymbolKind::Data) == data)
                .collect();
            symbols.sort_by_key(|s| (s.at, s.len));
            symbols
        };
        let sources = image
            .files
            .iter()
            .map(|path| (path.as_str(), text_of(file, path)))
            .collect();
        Ok(View {
            file,
            layout,
            code_symbols: sorted(false),
            data_symbols: sorted(true),
            notes: image
                .notes
                .iter()
                .map(|note| (note.at, note.kind))
                .collect(),
            around: parents(&image.inlined),
            sources,
        })
    }

    /// The word at a region offset.
    pub fn word(&self, at: u32) -> Option<u32> {
        let from = at.checked_sub(self.layout.code_at)? as usize;
        let bytes = self.file.image.code.get(from..from.checked_add(4)?)?;
        Some(u32::from_le_bytes(bytes.try_into().ok()?))
    }

    /// Region offsets of all words.
    pub fn words(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (self.layout.code_at..self.layout.code_end)
            .step_by(4)
            .filter_map(|at| Some((at, self.word(at)?)))
    }

    /// The function or gate that a region offset belongs to.
    pub fn function(&self, at: u32) -> Option<&'a Symbol> {
        around(&self.code_symbols, at)
    }

    /// The functions, ascending.
    pub fn functions(&self) -> impl Iterator<Item = &'a Symbol> + '_ {
        self.code_symbols
            .iter()
            .copied()
            .filter(|s| s.kind == SymbolKind::Function)
    }

    /// The data object that a window offset belongs to.
    pub fn data(&self, at: u32) -> Option<&'a Symbol> {
        around(&self.data_symbols, at)
    }

    /// `function+0x10`, or `+0x1c4` where no function is known.
    pub fn name(&self, at: u32) -> String {
        name_in(self.function(at), at)
    }

    /// `object+0x10` for a window offset in the data.
    pub fn data_name(&self, at: u32) -> Option<String> {
        self.data(at).map(|symbol| name_in(Some(symbol), at))
    }

    /// The source place of a region offset.
    pub fn place(&self, at: u32) -> Option<Place<'a>> {
        if at < self.layout.code_at || at >= self.layout.code_end {
            return None;
        }
        let lines = &self.file.image.lines;
        let index = lines.partition_point(|line| line.at <= at).checked_sub(1)?;
        let Line {
            file, line, column, ..
        } = lines[index];
        self.place_of(file, line, column)
    }

    fn place_of(&self, file: u32, line: u32, column: u32) -> Option<Place<'a>> {
        let path = self.file.image.files.get(file as usize)?;
        (line > 0).then_some(Place { path, line, column })
    }

    /// The functions that a word belongs to, the innermost first: those in line, then the one that was called.
    pub fn frames(&self, at: u32) -> Vec<Frame<'a>> {
        let calls = &self.file.image.inlined;
        let before = calls.partition_point(|call| call.at <= at);
        let parent = |index: &usize| self.around[*index];
        let chain = std::iter::successors(before.checked_sub(1), parent);
        let mut place = self.place(at);
        let mut frames = Vec::new();
        for call in chain.map(|index| &calls[index]).filter(|it| at < it.end) {
            let outer = self.place_of(call.file, call.line, call.column);
            frames.push(Frame {
                function: pretty(&call.function),
                place: std::mem::replace(&mut place, outer),
                is_inlined: true,
            });
        }
        frames.push(Frame {
            function: self.name(at),
            place,
            is_inlined: false,
        });
        frames
    }

    /// The place to show of a word: in the innermost of its functions whose text is at hand, else of the innermost.
    pub fn shown_place(&self, at: u32) -> Option<Place<'a>> {
        let mut places = self.frames(at).into_iter().filter_map(|it| it.place);
        let first = places.next()?;
        let has_text = |place: &Place<'_>| self.source_line(place).is_some();
        if has_text(&first) {
            return Some(first);
        }
        Some(places.find(has_text).unwrap_or(first))
    }

    /// The text of a source file: as embedded, or as it is on this machine.
    pub fn source(&self, path: &str) -> Option<&str> {
        self.sources.get(path)?.as_deref()
    }

    /// One line of a source file.
    pub fn source_line(&self, place: &Place<'_>) -> Option<&str> {
        self.source(place.path)?
            .lines()
            .nth(place.line.checked_sub(1)? as usize)
    }

    /// What the rewriter did to a word.
    pub fn note(&self, at: u32) -> Option<NoteKind> {
        self.notes.get(&at).copied()
    }

    /// A word as an assembler would write it, with the name of a branch's target.
    pub fn disassemble(&self, at: u32, word: u32) -> String {
        let (text, target) = disassemble(at, word);
        match target {
            Some(target) => {
                let name = self.name(target);
                // `function+0x0` is said shorter.
                let symbol = self.function(target).filter(|s| s.at == target);
                let name = symbol.map_or(name, |s| pretty(&s.name));
                format!("{text} <{name}>")
            }
            None => text,
        }
    }
}

/// For each call in line the one that it stands in: the last one before it that has not ended.
fn parents(calls: &[Inlined]) -> Vec<Option<usize>> {
    let mut open: Vec<usize> = Vec::new();
    let parent = |(index, call): (usize, &Inlined)| {
        while open.last().is_some_and(|last| calls[*last].end <= call.at) {
            open.pop();
        }
        let parent = open.last().copied();
        open.push(index);
        parent
    };
    calls.iter().enumerate().map(parent).collect()
}

/// The symbol around an offset: the innermost one that has a size and covers it.
fn around<'a>(symbols: &[&'a Symbol], at: u32) -> Option<&'a Symbol> {
    let end = symbols.partition_point(|s| s.at <= at);
    symbols[..end]
        .iter()
        .rev()
        .take(16)
        .find(|s| at - s.at < s.len.max(1))
        .copied()
}

fn name_in(symbol: Option<&Symbol>, at: u32) -> String {
    match symbol {
        Some(symbol) => format!("{}+{:#x}", pretty(&symbol.name), at - symbol.at),
        None => format!("+{at:#x}"),
    }
}

/// A name as its author wrote it.
pub fn pretty(name: &str) -> String {
    format!("{:#}", rustc_demangle::demangle(name))
}

fn text_of(file: &ImageFile, path: &str) -> Option<String> {
    match file.sources.iter().find(|source| source.path == path) {
        Some(source) => Some(source.text.clone()),
        None => std::fs::read_to_string(path).ok(),
    }
}

/// Text and, for a direct branch, the target.
fn disassemble(at: u32, word: u32) -> (String, Option<u32>) {
    let Ok(instruction) = bad64::decode(word, u64::from(at)) else {
        return (format!(".inst 0x{word:08x}"), None);
    };
    let target = instruction
        .operands()
        .iter()
        .find_map(|operand| match operand {
            bad64::Operand::Label(bad64::Imm::Unsigned(to)) => u32::try_from(*to).ok(),
            bad64::Operand::Label(bad64::Imm::Signed(to)) => u32::try_from(*to).ok(),
            _ => None,
        });
    (register_names(&signed(&instruction.to_string())), target)
}

/// Negative offsets, which bad64 prints with all their bits.
fn signed(text: &str) -> String {
    let Some((before, rest)) = text.split_once("#0xffff") else {
        return text.to_owned();
    };
    let end = rest
        .find(|c: char| !c.is_ascii_hexdigit())
        .unwrap_or(rest.len());
    match u64::from_str_radix(&format!("ffff{}", &rest[..end]), 16) {
        Ok(bits) if bits >> 48 == 0xffff => {
            format!("{before}#-{:#x}{}", bits.wrapping_neg(), &rest[end..])
        }
        _ => text.to_owned(),
    }
}

/// x29 and x30 by number, as every other text of LoRe has them.
fn register_names(text: &str) -> String {
    let is_name = |c: char| c.is_ascii_alphanumeric();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(is_name) {
        let (before, word) = rest.split_at(start);
        let end = word.find(|c| !is_name(c)).unwrap_or(word.len());
        let (word, after) = word.split_at(end);
        out.push_str(before);
        out.push_str(match word {
            "lr" => "x30",
            "fp" => "x29",
            _ => word,
        });
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{register_names, signed};

    #[test]
    fn registers_have_numbers() {
        assert_eq!(
            register_names("stp fp, lr, [x13], #0x10"),
            "stp x29, x30, [x13], #0x10"
        );
        assert_eq!(register_names("ret"), "ret");
    }

    #[test]
    fn offsets_have_a_sign() {
        assert_eq!(
            signed("ldr x30, [x13, #0xfffffffffffffff8]!"),
            "ldr x30, [x13, #-0x8]!"
        );
        assert_eq!(signed("and w0, w0, #0xffff"), "and w0, w0, #0xffff");
        assert_eq!(signed("ret"), "ret");
    }
}
