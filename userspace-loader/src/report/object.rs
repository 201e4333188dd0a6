// SPDX-License-Identifier: GPL-2.0
//! Objects that cannot become an image.

use crate::output::{Failure, Status};
use crate::rewrite::{disassemble, Error};
use annotate_snippets::{AnnotationKind, Level, Origin, Snippet};

/// The rewriter refused an object.
pub fn object(error: &Error) -> Box<Failure> {
    let mut failure = Failure::new(Status::Unsupported, "object", error.to_string());
    if let Error::Place { place, problem } = error {
        failure = failure
            .detail("object", place.object.as_str())
            .detail("section", place.section.as_str())
            .detail("offset", place.offset)
            .detail("function", place.function.as_deref())
            .detail("word", place.word)
            .detail("problem", problem.text());
        let title = match &place.function {
            Some(function) => format!(
                "{} (in `{}`)",
                problem.text(),
                crate::view::pretty(function)
            ),
            None => problem.text(),
        };
        let mut group = Level::ERROR
            .primary_title(title)
            .id("object")
            .element(Origin::path(format!(
                "{}: {}+{:#x}",
                place.object, place.section, place.offset
            )));
        if let Some(word) = place.word {
            let text = format!("{:>8x}:  {word:08x}  {}", place.offset, disassemble(word));
            // The instruction stands behind offset, colon and word.
            let mark =
                AnnotationKind::Primary.span(text.len() - disassemble(word).len()..text.len());
            group = group.element(Snippet::source(text).line_numbering(false).annotation(mark));
        }
        if let Some(line) = &place.line {
            failure = failure
                .detail("file", line.file.as_str())
                .detail("line", line.line);
            group = group.elements(source_of(line));
        }
        failure = failure.report(vec![group]);
    }
    match error.advice() {
        Some(advice) => failure.help(advice),
        None => failure,
    }
    .into()
}

fn source_of(line: &crate::rewrite::SourceLine) -> Vec<annotate_snippets::Element<'static>> {
    let text = std::fs::read_to_string(&line.file).ok();
    let index = (line.line as usize).saturating_sub(1);
    match text.as_deref().and_then(|text| text.lines().nth(index)) {
        Some(text) => {
            let from = text.len() - text.trim_start().len();
            let mark = AnnotationKind::Context
                .span(from..text.len())
                .label("compiled from here");
            let snippet = Snippet::source(text.to_owned())
                .line_start(line.line as usize)
                .path(line.file.clone())
                .annotation(mark);
            vec![snippet.into()]
        }
        None => vec![Origin::path(line.file.clone())
            .line(line.line as usize)
            .into()],
    }
}
