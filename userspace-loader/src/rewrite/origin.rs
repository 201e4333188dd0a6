// SPDX-License-Identifier: GPL-2.0
//! Where code comes from, for people: source lines and the calls that a compiler has put in line, carried from the objects
//! over to the words that became of theirs.

use super::code::Code;
use super::layout::Layout;
use super::program::Program;
use crate::image::{Image, Inlined, Line};
use crate::object::{debug, inlined, lines, Object};
use std::collections::HashMap;

/// What the debug information of an object says.
struct Origins {
    lines: lines::Table,
    calls: Vec<inlined::Call>,
    /// By section, in the order of the calls: the outer before the inner.
    ranges: HashMap<u32, Vec<inlined::Range>>,
}

impl Origins {
    fn of(object: &Object<'_>) -> Origins {
        let mut found = inlined::Calls::default();
        let sections = debug::sections(object);
        // Damaged debug information is as good as none.
        let _ = inlined::read(&debug::borrow(&sections), &mut found);
        let mut ranges: HashMap<u32, Vec<inlined::Range>> = HashMap::new();
        for range in found.ranges {
            let Some((section, from)) = debug::place(range.from) else {
                continue;
            };
            let to = from.saturating_add(range.to.saturating_sub(range.from));
            let range = inlined::Range { from, to, ..range };
            ranges.entry(section).or_default().push(range);
        }
        Origins {
            lines: lines::read(object),
            calls: found.calls,
            ranges,
        }
    }

    /// The innermost call in line of each word of a stretch of code.
    fn innermost(&self, section: u32, start: u64, words: usize) -> Vec<Option<u32>> {
        let mut found = vec![None; words];
        let end = start + words as u64 * 4;
        let ranges = self.ranges.get(&section).map_or(&[][..], |ranges| ranges);
        for range in ranges.iter().filter(|it| it.from < end && it.to > start) {
            let word = |address: u64| (address.clamp(start, end) - start).div_ceil(4) as usize;
            // The inner ones come later and stay.
            found[word(range.from)..word(range.to)].fill(Some(range.call));
        }
        found
    }

    /// A call in line and those around it, the outermost first.
    fn chain(&self, innermost: Option<u32>) -> Vec<u32> {
        let parent = |call: &u32| self.calls[*call as usize].parent;
        let mut chain: Vec<u32> = std::iter::successors(innermost, parent).collect();
        chain.reverse();
        chain
    }
}

/// The files that an image names, each once.
#[derive(Default)]
struct Files(HashMap<String, u32>);

impl Files {
    fn index(&mut self, name: &str) -> u32 {
        if let Some(index) = self.0.get(name) {
            return *index;
        }
        let index = self.0.len() as u32;
        self.0.insert(name.to_owned(), index);
        index
    }

    fn names(self) -> Vec<String> {
        let mut names: Vec<_> = self.0.into_iter().collect();
        names.sort_unstable_by_key(|(_, index)| *index);
        names.into_iter().map(|(name, _)| name).collect()
    }
}

/// Fills in lines, files and calls in line.
pub fn fill(program: &Program<'_>, layout: &Layout<'_>, code: &Code, image: &mut Image) {
    let mut objects: HashMap<u32, Origins> = HashMap::new();
    let mut files = Files::default();
    for (start, output) in &code.placed {
        let function = &layout.functions[output.function as usize];
        let (object, section) = program.owner[function.section as usize];
        let origins = objects
            .entry(object)
            .or_insert_with(|| Origins::of(&program.objects[object as usize]));
        let words = Words {
            start: *start,
            section,
            first: u64::from(function.start),
            from: &output.from,
        };
        words.lines(origins, &mut files, &mut image.lines);
        words.inlined(origins, &mut files, &mut image.inlined);
    }
    image.files = files.names();
}

/// The words of a function.
struct Words<'a> {
    /// Region offset of the first one.
    start: u32,
    /// The section of the object that they were made of.
    section: u32,
    /// The first offset there.
    first: u64,
    /// For each the word there that it was made of.
    from: &'a [u32],
}

impl Words<'_> {
    fn lines(&self, origins: &Origins, files: &mut Files, lines: &mut Vec<Line>) {
        let table = &origins.lines;
        let rows = table.rows.get(&self.section).map_or(&[][..], |rows| rows);
        let mut last = None;
        for (word, &from) in self.from.iter().enumerate() {
            let row = lines::row_at(rows, self.first + u64::from(from) * 4);
            let place = row.map_or((u32::MAX, 0, 0), |row| (row.file, row.line, row.column));
            if last == Some(place) {
                continue;
            }
            last = Some(place);
            let name = table.files.get(place.0 as usize);
            lines.push(Line {
                at: self.start + word as u32 * 4,
                file: files.index(name.map_or("", |name| name)),
                line: place.1,
                column: place.2,
            });
        }
    }

    fn inlined(&self, origins: &Origins, files: &mut Files, inlined: &mut Vec<Inlined>) {
        let words = self.from.iter().max().map_or(0, |last| *last as usize + 1);
        let innermost = origins.innermost(self.section, self.first, words);
        // What is open: calls, the outermost first, and where each stands in the list.
        let mut open: Vec<(u32, usize)> = Vec::new();
        for (word, &from) in self.from.iter().enumerate() {
            let now = innermost[from as usize];
            if open.last().map(|(call, _)| *call) == now {
                continue;
            }
            let at = self.start + word as u32 * 4;
            let chain = origins.chain(now);
            let pairs = open.iter().zip(&chain);
            let same = pairs.take_while(|((a, _), b)| a == *b).count();
            for (_, index) in open.drain(same..) {
                inlined[index].end = at;
            }
            for call in &chain[same..] {
                open.push((*call, inlined.len()));
                let call = &origins.calls[*call as usize];
                inlined.push(Inlined {
                    at,
                    end: at,
                    function: call.function.clone(),
                    file: files.index(&call.file),
                    line: call.line,
                    column: call.column,
                });
            }
        }
        for (_, index) in open {
            inlined[index].end = self.start + self.from.len() as u32 * 4;
        }
    }
}
