// SPDX-License-Identifier: GPL-2.0
//! Excerpts: of the code around a word, and of the source around a line.

use crate::view::{Place, View};
use annotate_snippets::{Annotation, AnnotationKind, Element, Group, Level, Snippet};

/// Words shown before and after the one that matters.
const AROUND: u32 = 4;
/// Source lines shown before and after the one that matters.
const LINES_AROUND: u32 = 2;

/// The instruction between its neighbours; `label` is what is wrong with it.
pub fn code(view: &View<'_>, image_name: &str, at: u32, label: &str) -> Group<'static> {
    let first = at.saturating_sub(AROUND * 4).max(view.layout.code_at);
    let last = at
        .saturating_add(AROUND * 4)
        .min(view.layout.code_end.saturating_sub(4));
    let mut text = String::new();
    let mut span = 0..0;
    for offset in (first..=last).step_by(4) {
        let Some(word) = view.word(offset) else {
            continue;
        };
        // A function's name before its first word shows where another one begins.
        if let Some(symbol) = view
            .function(offset)
            .filter(|s| s.at == offset && offset != first)
        {
            text.push_str(&format!("{}:\n", crate::view::pretty(&symbol.name)));
        }
        text.push_str(&format!("{offset:>8x}:  {word:08x}  "));
        let start = text.len();
        text.push_str(&view.disassemble(offset, word));
        if offset == at {
            span = start..text.len();
        }
        if let Some(note) = view.note(offset) {
            text.push_str(&format!("    // {}", note.text()));
        }
        text.push('\n');
    }
    let title = format!("the instruction, in {image_name} at {}", view.name(at));
    let group = Group::with_title(Level::NOTE.secondary_title(title));
    if span.is_empty() {
        return group;
    }
    let mark: Annotation<'static> = AnnotationKind::Primary.span(span).label(label.to_owned());
    group.element(
        Snippet::source(text)
            .line_numbering(false)
            .fold(false)
            .annotation(mark),
    )
}

/// The source line between its neighbours; nothing if its text is not to be had.
pub fn source(
    view: &View<'_>,
    place: &Place<'_>,
    label: &str,
    kind: AnnotationKind,
) -> Option<Element<'static>> {
    let text = view.source(place.path)?;
    let first = place.line.saturating_sub(LINES_AROUND).max(1);
    let last = place.line.saturating_add(LINES_AROUND);
    let (mut excerpt, mut span) = (String::new(), None);
    for (number, line) in (1u32..).zip(text.lines()) {
        if number == place.line {
            span = Some(marked(line, place.column, excerpt.len()));
        }
        if (first..=last).contains(&number) {
            excerpt.push_str(line);
            excerpt.push('\n');
        }
    }
    let annotation: Annotation<'static> = kind.span(span?).label(label.to_owned());
    let snippet = Snippet::source(excerpt)
        .line_start(first as usize)
        .fold(false)
        .path(place.path.to_owned())
        .annotation(annotation);
    Some(snippet.into())
}

/// The word at a column, or the whole line where there is no column.
fn marked(line: &str, column: u32, base: usize) -> std::ops::Range<usize> {
    let indent = line.len() - line.trim_start().len();
    let whole = base + indent..base + line.trim_end().len().max(indent);
    let Some(from) = (column as usize)
        .checked_sub(1)
        .filter(|from| line.is_char_boundary(*from))
    else {
        return whole;
    };
    let rest = &line[from..];
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let len = rest
        .find(|c| !is_word(c))
        .unwrap_or(rest.len())
        .max(1)
        .min(rest.len());
    if len == 0 || !line.is_char_boundary(from + len) {
        return whole;
    }
    base + from..base + from + len
}

#[cfg(test)]
mod tests {
    use super::marked;

    #[test]
    fn a_column_marks_its_word_and_no_column_the_line() {
        assert_eq!(marked("  *target = 1;", 4, 10), 13..19);
        assert_eq!(marked("  *target = 1;", 3, 0), 2..3);
        assert_eq!(marked("  x();  ", 0, 0), 2..6);
        assert_eq!(marked("", 7, 0), 0..0);
        assert_eq!(
            marked("é = 1", 2, 0),
            0..6,
            "inside a character there is no column"
        );
    }
}
