// SPDX-License-Identifier: GPL-2.0
//! What the rewriter did to an image, in numbers; for `inspect --stats` and after a rewrite.

use comfy_table::{presets, CellAlignment, Table};
use lore::elf::ImageFile;
use lore::image::{NoteKind, SymbolKind};
use lore::output::thousands;
use serde_json::{json, Map, Value};

/// Words by what they are for.
pub struct Stats {
    words: u64,
    functions: u64,
    bytes: u64,
    bytes_before: u64,
    by_kind: Vec<(NoteKind, u64)>,
}

impl Stats {
    pub fn of(file: &ImageFile) -> Stats {
        let image = &file.image;
        let count = |kind| image.notes.iter().filter(|note| note.kind == kind).count() as u64;
        let functions = image
            .symbols
            .iter()
            .filter(|s| s.kind == SymbolKind::Function);
        let by_kind = NoteKind::ALL
            .into_iter()
            .map(|kind| (kind, count(kind)))
            .collect();
        Stats {
            words: image.code.len() as u64 / 4,
            functions: functions.clone().count() as u64,
            bytes: functions.map(|f| u64::from(f.len)).sum(),
            bytes_before: file.bytes_before,
            by_kind,
        }
    }

    /// Per cent that the functions grew by; nothing if it is not known what they were.
    pub fn growth(&self) -> Option<f64> {
        let before = self.bytes_before as f64;
        (self.bytes_before > 0).then(|| (self.bytes as f64 - before) * 100.0 / before)
    }

    /// Words that only keep accesses inside the window.
    pub fn guards(&self) -> u64 {
        let guard = |kind| {
            matches!(
                kind,
                NoteKind::Guard | NoteKind::Sum | NoteKind::StackGuard | NoteKind::Compare
            )
        };
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
            "function_bytes": self.bytes,
            "function_bytes_before": (self.bytes_before > 0).then_some(self.bytes_before),
            "growth_percent": self.growth(),
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
        if let Some(growth) = self.growth() {
            let bytes = thousands(self.bytes_before / 4);
            table.add_row([
                "as compiled".to_owned(),
                bytes,
                format!("grew {growth:.2} %"),
            ]);
        }
        for column in [1, 2] {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table.trim_fmt()
    }
}
