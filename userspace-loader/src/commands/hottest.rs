// SPDX-License-Identifier: GPL-2.0
//! What is left of guards, function by function, and why: the hottest first, by samples of the guest.

use super::symbols::one_word;
use comfy_table::{presets, CellAlignment, Table};
use lore::image::{NoteKind, SymbolKind};
use lore::output::{thousands, Failure, Status};
use lore::reason::{Reason, Reasons};
use lore::view::{pretty, View};
use serde_json::{json, Value};
use std::collections::HashMap;
use std::path::Path;

/// How many functions people see.
const SHOWN: usize = 25;

/// A function, and what is left in it.
struct Row {
    name: String,
    samples: u64,
    words: u64,
    kinds: [u64; KINDS.len()],
    reasons: [u64; Reason::ALL.len()],
}

/// What counts as a guard.
const KINDS: [NoteKind; 4] = [
    NoteKind::Guard,
    NoteKind::Sum,
    NoteKind::StackGuard,
    NoteKind::Biased,
];

/// The functions of an image, the hottest first.
pub struct Hottest {
    rows: Vec<Row>,
    samples: u64,
}

impl Hottest {
    /// Of an image, by the samples in a file: what `perf report --stdio -F sample,symbol` prints, other columns before the
    /// symbol or not.
    pub fn of(view: &View<'_>, profile: &Path) -> Result<Hottest, Box<Failure>> {
        let text = std::fs::read_to_string(profile)
            .map_err(|error| Failure::io("read", profile, &error))?;
        let samples = samples(&text);
        if samples.is_empty() {
            let message = format!("no samples in {}", profile.display());
            let failure = Failure::new(Status::Usage, "no-samples", message);
            return Err(failure
                .help("it is to be what `perf report --stdio -F sample,symbol` prints (docs/debugging.md)")
                .into());
        }
        let reasons = Reasons::of(view);
        let symbols = view.file.image.symbols.iter();
        let functions = symbols.filter(|symbol| symbol.kind == SymbolKind::Function);
        let mut rows: Vec<Row> = functions
            .map(|symbol| {
                let name = pretty(&symbol.name);
                let mut row = Row {
                    samples: samples.get(one_word(&name).as_str()).copied().unwrap_or(0),
                    name,
                    words: u64::from(symbol.len) / 4,
                    kinds: [0; KINDS.len()],
                    reasons: [0; Reason::ALL.len()],
                };
                for at in (symbol.at..symbol.at + symbol.len).step_by(4) {
                    let note = view.note(at);
                    if let Some(kind) = KINDS.iter().position(|kind| note == Some(*kind)) {
                        row.kinds[kind] += 1;
                    }
                    if let Some(reason) = reasons.why(at) {
                        row.reasons[reason as usize] += 1;
                    }
                }
                row
            })
            .collect();
        if rows.iter().all(|row| row.samples == 0) {
            let message = format!(
                "no sample in {} is of a function of the image",
                profile.display()
            );
            let failure = Failure::new(Status::Usage, "no-samples", message);
            return Err(failure
                .help("`perf report` needs the names that `lore symbols` tells (docs/debugging.md)")
                .into());
        }
        rows.sort_by(|a, b| b.samples.cmp(&a.samples).then_with(|| a.name.cmp(&b.name)));
        Ok(Hottest {
            rows,
            samples: samples.values().sum(),
        })
    }

    /// For programs: all functions.
    pub fn json(&self) -> Value {
        let one = |row: &Row| {
            let kinds = KINDS.iter().zip(row.kinds);
            let reasons = Reason::ALL.iter().zip(row.reasons);
            json!({
                "function": row.name,
                "samples": row.samples,
                "words": row.words,
                "by_kind": kinds.map(|(kind, count)| (kind.id(), count)).collect::<HashMap<_, _>>(),
                "by_reason": reasons.map(|(reason, count)| (reason.id(), count)).collect::<HashMap<_, _>>(),
            })
        };
        self.rows.iter().map(one).collect()
    }

    /// For people.
    pub fn table(&self) -> String {
        let mut table = Table::new();
        let mut head = vec!["samples", "", "words"];
        head.extend(KINDS.iter().map(|kind| kind.id()));
        head.extend(Reason::ALL.iter().map(|reason| reason.id()));
        head.push("function");
        let columns = head.len();
        table.load_style(presets::NOTHING).set_header(head);
        for row in self.rows.iter().take(SHOWN) {
            let share = 100.0 * row.samples as f64 / self.samples as f64;
            let mut cells = vec![
                thousands(row.samples),
                format!("{share:.1} %"),
                thousands(row.words),
            ];
            cells.extend(
                row.kinds
                    .iter()
                    .chain(&row.reasons)
                    .map(|&count| thousands(count)),
            );
            cells.push(row.name.clone());
            table.add_row(cells);
        }
        for column in 0..columns - 1 {
            if let Some(column) = table.column_mut(column) {
                column.set_cell_alignment(CellAlignment::Right);
            }
        }
        table.trim_fmt()
    }
}

/// Samples by function. A line is numbers, then the level in brackets, then the symbol; extensions' have the extension before a colon.
fn samples(text: &str) -> HashMap<&str, u64> {
    let mut samples = HashMap::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let Some((numbers, symbol)) = line.split_once("[k] ").or_else(|| line.split_once("[.] "))
        else {
            continue;
        };
        let count = numbers
            .split_whitespace()
            .find_map(|word| word.parse::<u64>().ok());
        let name = symbol.trim();
        // `a:b` of `lore symbols`; in `a::b` there are two.
        let name = match name.split_once(':') {
            Some((_, function)) if !function.starts_with(':') => function,
            _ => name,
        };
        if let Some(count) = count {
            *samples.entry(name).or_default() += count;
        }
    }
    samples
}

#[cfg(test)]
mod tests {
    use super::samples;

    #[test]
    fn samples_are_read_from_what_perf_prints() {
        let text = "# Samples: 15K of event 'cpu-clock'\n# Overhead  Samples  Symbol\n\n    26.25%   4093  [k] sqlite:sqlite3VdbeExec\n\
                    \x20       848  [k] my:core::fmt::write\n     1.00%     12  [.] main\n";
        let samples = samples(text);
        assert_eq!(samples.get("sqlite3VdbeExec"), Some(&4093));
        assert_eq!(samples.get("core::fmt::write"), Some(&848));
        assert_eq!(samples.get("main"), Some(&12));
        assert_eq!(samples.len(), 3);
    }
}
