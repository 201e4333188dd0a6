// SPDX-License-Identifier: GPL-2.0
//! The page: every table, each under the command that prints its figures again.

use crate::figures::{geometric_mean, Figures, Operation, JUDGED, NATIVE, SCHEMES};
use crate::goals;
use crate::input::{text, Input};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// What a factor is more than one.
pub fn percent(factor: f64) -> String {
    format!("{:+.1} %", (factor - 1.0) * 100.0)
}

fn cell(factor: Option<f64>) -> String {
    factor.map_or_else(String::new, percent)
}

/// A table of Markdown; the first column is text.
fn table(head: &[String], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let mut out = line(head);
    out += &format!("|---|{}\n", "---:|".repeat(head.len() - 1));
    out.extend(rows.into_iter().map(|row| line(&row)));
    out
}

/// The last row of a table whose second column has no mean.
fn mean(means: impl Iterator<Item = String>) -> Vec<String> {
    ["**geometric mean**".to_owned(), String::new()]
        .into_iter()
        .chain(means)
        .collect()
}

fn head(first: &str, rest: &[String]) -> Vec<String> {
    [first.to_owned()]
        .into_iter()
        .chain(rest.iter().cloned())
        .collect()
}

/// 12345678 as 12,345,678.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let parts: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .filter_map(|part| std::str::from_utf8(part).ok())
        .collect();
    parts.join(",")
}

fn programs(figures: &Figures) -> String {
    let peers = figures.peers();
    let mut rows: Vec<Vec<String>> = figures
        .programs()
        .iter()
        .map(|name| {
            let cells = peers.iter().map(|peer| cell(figures.program(name, peer)));
            [name.clone()].into_iter().chain(cells).collect()
        })
        .collect();
    let means = peers.iter().map(|peer| cell(figures.mean(peer)));
    rows.push(
        ["**geometric mean**".to_owned()]
            .into_iter()
            .chain(means)
            .collect(),
    );
    table(&head("program", &peers), rows)
}

fn operations(figures: &Figures) -> String {
    let peers = figures.peers();
    let mut columns = vec!["native, instructions".to_owned()];
    columns.extend(peers.iter().cloned());
    let rows = figures.rows.iter().map(|(operation, row)| {
        let aside = if figures.counts(operation) { "" } else { " *" };
        let native = row
            .get(NATIVE)
            .map_or_else(String::new, |count| grouped(*count));
        let cells = peers
            .iter()
            .map(|peer| cell(figures.factor(operation, peer, NATIVE)));
        [format!("{operation}{aside}"), native]
            .into_iter()
            .chain(cells)
            .collect()
    });
    table(&head("operation", &columns), rows)
}

fn against_ebpf(figures: &Figures) -> String {
    let all = JUDGED.map(|scheme| figures.against_ebpf(scheme));
    let rows = all[0].iter().map(|(operation, _)| {
        let of = |all: &Vec<(Operation, f64)>| {
            let found = all.iter().find(|(other, _)| other == operation);
            found.map_or_else(String::new, |(_, factor)| format!("{factor:.2}"))
        };
        let cells = all.iter().map(of);
        [operation.to_string()].into_iter().chain(cells).collect()
    });
    table(&head("operation", &JUDGED.map(str::to_owned)), rows)
}

/// By program, then by peer.
fn by_program(records: &[Value], figure: &str) -> BTreeMap<String, BTreeMap<String, Value>> {
    let mut all: BTreeMap<String, BTreeMap<String, Value>> = BTreeMap::new();
    for record in records.iter().filter(|record| !record[figure].is_null()) {
        let row = all.entry(text(&record["program"])).or_default();
        row.insert(text(&record["peer"]), record.clone());
    }
    all
}

fn texts(input: &Input) -> String {
    let all = by_program(&input.host, "text_bytes");
    let schemes: Vec<String> = SCHEMES
        .iter()
        .filter(|scheme| all.values().any(|row| row.contains_key(**scheme)))
        .map(|scheme| scheme.to_string())
        .collect();
    let bytes = |row: &BTreeMap<String, Value>, peer: &str| row.get(peer)?["text_bytes"].as_f64();
    let factor = |row, peer: &str| Some(bytes(row, peer)? / bytes(row, NATIVE)?);
    let mut rows: Vec<Vec<String>> = all
        .iter()
        .map(|(name, row)| {
            let before = bytes(row, NATIVE).map_or_else(String::new, grouped);
            let cells = schemes.iter().map(|scheme| cell(factor(row, scheme)));
            [name.clone(), before].into_iter().chain(cells).collect()
        })
        .collect();
    let means = schemes.iter().map(|scheme| {
        cell(geometric_mean(
            all.values().filter_map(|row| factor(row, scheme)),
        ))
    });
    rows.push(mean(means));
    let mut columns = vec!["native, bytes".to_owned()];
    columns.extend(schemes.clone());
    table(&head("program", &columns), rows)
}

/// What a scheme has put in, by kind, in parts of the native words.
fn kinds(input: &Input, scheme: &str) -> String {
    let all = by_program(&input.host, "text_bytes");
    let mut columns: Vec<String> = Vec::new();
    for row in all.values().filter_map(|row| row.get(scheme)) {
        let kinds = row["words_by_kind"]
            .as_object()
            .into_iter()
            .flat_map(|map| map.keys());
        columns.extend(kinds.cloned());
    }
    columns.sort();
    columns.dedup();
    let rows = all.iter().filter_map(|(name, row)| {
        let words = row.get(NATIVE)?["text_bytes"].as_f64()? / 4.0;
        let of_kind = |kind: &String| row[scheme]["words_by_kind"][kind].as_f64().unwrap_or(0.0);
        let cells = columns
            .iter()
            .map(|kind| format!("{:.1}", 100.0 * of_kind(kind) / words));
        Some([name.clone()].into_iter().chain(cells).collect())
    });
    table(&head(&format!("`{scheme}`"), &columns), rows)
}

fn modelled(input: &Input, scheme: &str) -> String {
    let cpus = ["neoverse-n1", "neoverse-n2", "neoverse-v1", "neoverse-v2"];
    let mut loops: BTreeMap<(String, String, u64), BTreeMap<String, Value>> = BTreeMap::new();
    let of_scheme = || input.host.iter().filter(|record| record["peer"] == scheme);
    for record in of_scheme().filter(|record| !record["cycles"].is_null()) {
        let name = (
            text(&record["program"]),
            text(&record["function"]),
            record["loop"].as_u64().unwrap_or(0),
        );
        loops
            .entry(name)
            .or_default()
            .insert(text(&record["cpu"]), record.clone());
    }
    let factor =
        |record: &Value| Some(record["cycles"].as_f64()? / record["cycles_native"].as_f64()?);
    let mut rows: Vec<Vec<String>> = loops
        .iter()
        .map(|((program, function, number), row)| {
            let words = row
                .values()
                .next()
                .map(|it| format!("{} to {}", it["words"][0], it["words"][1]));
            let cells = cpus.iter().map(|cpu| cell(row.get(*cpu).and_then(factor)));
            let name = format!("{program}: {function}, loop {number}");
            [name, words.unwrap_or_default()]
                .into_iter()
                .chain(cells)
                .collect()
        })
        .collect();
    let means = cpus
        .iter()
        .map(|cpu| cell(goals::cycles(input, scheme, cpu)));
    rows.push(mean(means));
    let mut columns = vec!["words".to_owned()];
    columns.extend(cpus.map(str::to_owned));
    let mut out = table(&head(&format!("`{scheme}`"), &columns), rows);
    let unlike = of_scheme().filter(|record| !record["loops_unlike"].is_null());
    let unlike: Vec<String> = unlike
        .map(|it| format!("{}: {}", text(&it["program"]), text(&it["function"])))
        .collect();
    if !unlike.is_empty() {
        let _ = write!(
            out,
            "\nNot compared, since the loops are not the same in both: {}.\n",
            unlike.join(", ")
        );
    }
    out
}

fn loads(input: &Input) -> String {
    let columns = [
        "code",
        "region",
        "data",
        "pages at load",
        "pages after",
        "copy ns",
        "verify ns",
        "map ns",
    ];
    let names = [
        "code_bytes",
        "region_bytes",
        "data_bytes",
        "pages_loaded",
        "pages_used",
        "copy_ns",
        "verify_ns",
        "map_ns",
    ];
    let all = by_program(&input.guest, "verify_ns");
    let rows = all.iter().filter_map(|(name, row)| {
        let record = row.get(SCHEMES[0])?;
        let cells = names
            .iter()
            .map(|name| record[*name].as_f64().map_or_else(String::new, grouped));
        Some([name.clone()].into_iter().chain(cells).collect())
    });
    table(&head("program", &columns.map(str::to_owned)), rows)
}

fn curves(input: &Input) -> String {
    let rows = input.curves.iter().map(|record| {
        let cell = |name: &str| {
            record[name]
                .as_f64()
                .map_or_else(|| text(&record[name]), grouped)
        };
        ["curve", "figure", "at", "value"].map(cell).to_vec()
    });
    table(
        &["against", "figure", "at", "value"].map(str::to_owned),
        rows,
    )
}

fn single(input: &Input) -> String {
    let mut rows = Vec::new();
    for (part, object) in &input.single {
        for (name, value) in object.as_object().into_iter().flatten() {
            let shown = match value {
                Value::Object(map) => map
                    .iter()
                    .map(|(k, v)| format!("{k} {v}"))
                    .collect::<Vec<_>>()
                    .join(", "),
                other => other.to_string().trim_matches('"').to_owned(),
            };
            rows.push(vec![format!("{part}: {name}"), shown]);
        }
    }
    table(&["figure".into(), "value".into()], rows)
}

/// All sections.
pub fn page(figures: &Figures, input: &Input, plots: &[(&str, String)]) -> String {
    let mut page = "# What isolation costs\n\n`make bench` prints all of this again, `make bench-quick` a part of it.\n".to_owned();
    let mut section = |title: &str, command: &str, says: &str, body: String| {
        // A part that was not run has a head only.
        if body.lines().count() > 2 {
            let _ = write!(page, "\n## {title}\n\n`{command}`. {says}\n\n{body}");
            for (_, file) in plots.iter().filter(|(under, _)| *under == title) {
                let _ = write!(page, "\n![{title}]({file})\n");
            }
        }
    };
    let corpus = "bench/run corpus";
    section(
        "Numbers to reach",
        "make bench",
        "Of the default scheme, and of `low`, which gives the same guarantee where the CPU has PAN.",
        goals::table(figures, input),
    );
    section(
        "What the numbers are made of, and what was tried",
        "lore inspect --stats --profile",
        "tells it of an image, function by function.",
        include_str!("tried.md").to_owned(),
    );
    section("Programs", corpus, "Instructions more than the unguarded kernel module's, counted exactly in the guest, its interrupts included; for each program the geometric mean of its operations.", programs(figures));
    section("Operations", corpus, "Those with a star fill or check, and count for no mean: filling asks the kernel for pages, which the module got before.", operations(figures));
    section(
        "Against eBPF",
        corpus,
        "Parts of the best eBPF program's instructions: below 1, the extension takes fewer.",
        against_ebpf(figures),
    );
    section("Text", corpus, "Bytes of the functions that ended up in the image, more than the same functions from the same compiler without reserved registers.", texts(input));
    section("What was put in", corpus, "Words of the images by kind, per hundred native words; `form-z` and `address` stand in the place of one of the compiler's own. `lore inspect --stats` says in which functions.", JUDGED.map(|scheme| kinds(input, scheme)).join("\n"));
    section("Modelled cycles", corpus, "By llvm-mca, not measured: a hot loop's words in a row, again and again, without branches and caches.", JUDGED.map(|scheme| modelled(input, scheme)).join("\n"));
    section(
        "Loading",
        corpus,
        "Of the default scheme's images; a nanosecond is an instruction there. Pages are of 4 KiB.",
        loads(input),
    );
    section(
        "Scaling",
        "bench/run curves",
        "Cost against the size of the heap, and against the number of extensions.",
        curves(input),
    );
    section(
        "Single figures",
        "bench/run host; bench/run builds; bench/run guest",
        "And the tools that made them.",
        single(input),
    );
    page
}
