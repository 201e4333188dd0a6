// SPDX-License-Identifier: GPL-2.0
//! The numbers to reach, each with what was measured.

use crate::figures::{geometric_mean, Figures, Operation, JUDGED, NATIVE};
use crate::input::{text, Input};
use crate::tables::percent;
use serde_json::Value;
use std::collections::BTreeMap;

/// A figure, and how it is shown.
type Got = Option<(f64, String)>;

/// One number.
struct Goal {
    what: &'static str,
    limit: f64,
    /// More is better.
    at_least: bool,
    /// In each scheme that is judged; one figure where that makes no difference.
    got: Vec<Got>,
}

impl Goal {
    fn at_most(what: &'static str, limit: f64, got: Vec<Got>) -> Goal {
        Goal {
            what,
            limit,
            at_least: false,
            got,
        }
    }

    /// The figure of each scheme that is judged.
    fn in_each(what: &'static str, limit: f64, got: impl Fn(&str) -> Got) -> Goal {
        Goal::at_most(what, limit, JUDGED.map(got).into())
    }

    fn line(&self) -> String {
        let limit = match self.at_least {
            true => format!("at least {}", self.limit),
            false if self.limit == 1.0 => "below 1.0".to_owned(),
            false => format!("at most {}", percent(self.limit)),
        };
        let cells = self.got.iter().map(|got| self.cell(got.as_ref()));
        let cells: Vec<String> = cells.collect();
        format!("| {} | {limit} | {} |\n", self.what, cells.join(" | "))
    }

    fn cell(&self, got: Option<&(f64, String)>) -> String {
        let Some((figure, shown)) = got else {
            return "not measured".to_owned();
        };
        let reached = match self.at_least {
            true => *figure >= self.limit,
            false if self.limit == 1.0 => *figure < 1.0,
            false => *figure <= self.limit,
        };
        let reached = if reached {
            "reached"
        } else {
            "**not reached**"
        };
        format!("{shown}, {reached}")
    }
}

/// A factor with its percentage.
fn factor(value: f64) -> (f64, String) {
    (value, percent(value))
}

/// The mean of the modelled cycles' factors of a scheme on a CPU, each program counting as much.
pub fn cycles(input: &Input, scheme: &str, cpu: &str) -> Option<f64> {
    let mut programs: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    let is_it = |record: &&Value| record["cpu"] == cpu && record["peer"] == scheme;
    for record in input.host.iter().filter(is_it) {
        let (after, before) = (&record["cycles"], &record["cycles_native"]);
        let (Some(after), Some(before)) = (after.as_f64(), before.as_f64()) else {
            continue;
        };
        let factors = programs.entry(text(&record["program"])).or_default();
        factors.push(after / before);
    }
    geometric_mean(programs.into_values().filter_map(geometric_mean))
}

/// What a program's text grows to in a scheme.
fn text_of(input: &Input, program: &str, scheme: &str) -> Option<f64> {
    let bytes = |peer: &str| {
        let records = input.host.iter();
        let mut records = records.filter(|it| it["program"] == program && it["peer"] == peer);
        records.find_map(|record| record["text_bytes"].as_f64())
    };
    Some(bytes(scheme)? / bytes(NATIVE)?)
}

/// As a table of Markdown.
pub fn table(figures: &Figures, input: &Input) -> String {
    let named = |(name, value): (String, f64)| (value, format!("{} ({name})", percent(value)));
    let sql = Operation {
        program: "sqlite".to_owned(),
        keys: String::new(),
        name: "sql".to_owned(),
    };
    let goals = [
        Goal::in_each(
            "SQLite's text, against the same compiler without reserved registers",
            1.09,
            |scheme| text_of(input, "sqlite", scheme).map(factor),
        ),
        Goal::in_each(
            "instructions, geometric mean over the corpus, against the unguarded module",
            1.06,
            |scheme| figures.mean(scheme).map(factor),
        ),
        Goal::in_each("the worst program", 1.15, |scheme| {
            figures.worst(scheme).map(named)
        }),
        Goal::in_each(
            "the SQL workload, against the same SQLite as a static user program in the same guest",
            1.15,
            |scheme| figures.factor(&sql, scheme, "user").map(factor),
        ),
        Goal::in_each(
            "the same against SQLite as users build it: the processor's floating point, the system's C library",
            1.15,
            |scheme| figures.factor(&sql, scheme, "user-float").map(factor),
        ),
        Goal::in_each(
            "modelled cycles of hot loops, geometric mean, neoverse-n1",
            1.03,
            |scheme| cycles(input, scheme, "neoverse-n1").map(factor),
        ),
        Goal::in_each(
            "modelled cycles of hot loops, geometric mean, neoverse-v2",
            1.03,
            |scheme| cycles(input, scheme, "neoverse-v2").map(factor),
        ),
        Goal::in_each("KFlex's structures, the worst operation", 1.05, |scheme| {
            let worst = figures.worst_of_structures(scheme);
            worst.map(|(operation, value)| named((operation.to_string(), value)))
        }),
        Goal::in_each(
            "against the best eBPF program that does the same, the worst operation",
            1.0,
            |scheme| {
                let all = figures.against_ebpf(scheme).into_iter();
                let worst = all.max_by(|a, b| a.1.total_cmp(&b.1));
                worst.map(|(operation, value)| (value, format!("{value:.2} ({operation})")))
            },
        ),
        Goal::at_most(
            "the scheme `stores`, geometric mean over the corpus",
            1.02,
            vec![figures.mean("stores").map(factor)],
        ),
        Goal {
            what: "MiB a second that the verifier checks on one core",
            limit: 300.0,
            at_least: true,
            got: vec![input
                .number("host", "verify_mib_per_second")
                .map(|speed| (speed, format!("{speed:.0}")))],
        },
    ];
    let mut table = format!(
        "| | wanted | `{}` |\n|---|---|---|---|\n",
        JUDGED.join("` | `")
    );
    table.extend(goals.iter().map(Goal::line));
    table
}
