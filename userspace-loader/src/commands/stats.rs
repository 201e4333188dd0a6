// SPDX-License-Identifier: GPL-2.0
//! What the rewriter did to an image, in numbers; for `inspect --stats` and after a rewrite.

use comfy_table::{presets, CellAlignment, Table};
use lore::image::{Image, NoteKind};
use lore::output::thousands;
use serde_json::{json, Map, Value};

/// Words by what they are for.
pub struct Stats {
    words: u64,
    functions: u64,
    by_kind: Vec<(NoteKind, u64)>,
}

impl Stats {
    pub fn of(image: &Image) -> Stats {
        let count = |kind| image.notes.iter().filter(|note| note.kind == kind).count() as u64;
        let functions = image
            .symbols
            .iter()
            .filter(|s| s.kind == lore::image::SymbolKind::Function);
        Stats {
            words: image.code.len() as u64 / 4,
            functions: functions.count() as u64,
            by_kind: NoteKind::ALL
                .into_iter()
                .map(|kind| (kind, count(kind)))
                .collect(),
        }
    }

    /// Words that only keep accesses inside the window.
    pub fn guards(&self) -> u64 {
        let guard = |kind| matches!(kind, NoteKind::Guard | NoteKind::Sum | NoteKind::StackGuard);
        self.by_kind
            .iter()
            .filter(|(kind, _)| guard(*kind))
            .map(|(_, count)| count)
            .sum()
    }

    pub fn json(&self) -> Value {
        let kinds: Map<String, Value> = self
            .by_kind
            .iter()
            .map(|(kind, count)| (kind.id().to_owned(), json!(count)))
            .collect();
        json!({
            "words": self.words,
            "functions": self.functions,
            "guards": self.guards(),
            "words_by_kind": kinds,
        })
    }

    pub fn table(&self) -> String {
        let mut table = Table::new();
        table
            .load_style(presets::NOTHING)
            .set_header(["words of the rewriter", "count", "of all"]);
        let share = |count: u64| match self.words {
            0 => "-".to_owned(),
            words => format!("{:.2} %", count as f64 * 100.0 / words as f64),
        };
        for (kind, count) in &self.by_kind {
            table.add_row([kind.text().to_owned(), thousands(*count), share(*count)]);
        }
        let noted = self.by_kind.iter().map(|(_, count)| count).sum();
        table.add_row(["together".to_owned(), thousands(noted), share(noted)]);
        table.add_row([
            "words of code".to_owned(),
            thousands(self.words),
            share(self.words),
        ]);
        for column in [1, 2] {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table.trim_fmt()
    }
}
