// SPDX-License-Identifier: GPL-2.0
//! The numbers to reach, each with what was measured.

use crate::figures::{geometric_mean, Figures, Operation};
use crate::input::{text, Input};
use crate::tables::percent;
use std::collections::BTreeMap;

/// One number.
struct Goal {
    what: &'static str,
    limit: f64,
    /// More is better.
    at_least: bool,
    /// The figure, and how it is shown.
    got: Option<(f64, String)>,
}

impl Goal {
    fn at_most(what: &'static str, limit: f64, got: Option<(f64, String)>) -> Goal {
        Goal {
            what,
            limit,
            at_least: false,
            got,
        }
    }

    fn line(&self) -> String {
        let limit = match self.at_least {
            true => format!("at least {}", self.limit),
            false if self.limit == 1.0 => "below 1.0".to_owned(),
            false => format!("at most {}", percent(self.limit)),
        };
        let (shown, reached) = match &self.got {
            None => ("not measured".to_owned(), ""),
            Some((figure, shown)) => {
                let reached = match self.at_least {
                    true => *figure >= self.limit,
                    false if self.limit == 1.0 => *figure < 1.0,
                    false => *figure <= self.limit,
                };
                (
                    shown.clone(),
                    if reached {
                        "reached"
                    } else {
                        "**not reached**"
                    },
                )
            }
        };
        format!("| {} | {limit} | {shown} | {reached} |\n", self.what)
    }
}

/// A factor with its percentage.
fn factor(value: f64) -> (f64, String) {
    (value, percent(value))
}

/// The mean of the modelled cycles' factors on a CPU, each program counting as much.
pub fn cycles(input: &Input, cpu: &str) -> Option<f64> {
    let mut programs: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for record in input.host.iter().filter(|record| record["cpu"] == cpu) {
        let (after, before) = (&record["cycles"], &record["cycles_native"]);
        let (Some(after), Some(before)) = (after.as_f64(), before.as_f64()) else {
            continue;
        };
        let factors = programs.entry(text(&record["program"])).or_default();
        factors.push(after / before);
    }
    geometric_mean(programs.into_values().filter_map(geometric_mean))
}

/// As a table of Markdown.
pub fn table(figures: &Figures, input: &Input) -> String {
    let growth = input.number("host", "text_growth_percent");
    let named = |(name, value): (String, f64)| (value, format!("{} ({name})", percent(value)));
    let ebpf = figures.against_ebpf("uxtw").into_iter();
    let ebpf = ebpf.max_by(|a, b| a.1.total_cmp(&b.1));
    let structures = figures.worst_of_structures("uxtw");
    let structures = structures.map(|(operation, value)| named((operation.to_string(), value)));
    let sql = Operation {
        program: "sqlite".to_owned(),
        keys: String::new(),
        name: "sql".to_owned(),
    };
    let goals = [
        Goal::at_most(
            "SQLite's text, against the same compiler without reserved registers",
            1.09,
            growth.map(|growth| factor(1.0 + growth / 100.0)),
        ),
        Goal::at_most(
            "instructions, geometric mean over the corpus, against the unguarded module",
            1.06,
            figures.mean("uxtw").map(factor),
        ),
        Goal::at_most("the worst program", 1.15, figures.worst("uxtw").map(named)),
        Goal::at_most(
            "the SQL workload, against the same SQLite as a static user program in the same guest",
            1.15,
            figures.factor(&sql, "uxtw", "user").map(factor),
        ),
        Goal::at_most(
            "the same against SQLite as users build it: the processor's floating point, the system's C library",
            1.15,
            figures.factor(&sql, "uxtw", "user-float").map(factor),
        ),
        Goal::at_most(
            "modelled cycles of hot loops, geometric mean, neoverse-n1",
            1.03,
            cycles(input, "neoverse-n1").map(factor),
        ),
        Goal::at_most(
            "modelled cycles of hot loops, geometric mean, neoverse-v2",
            1.03,
            cycles(input, "neoverse-v2").map(factor),
        ),
        Goal::at_most("KFlex's structures, the worst operation", 1.05, structures),
        Goal::at_most(
            "against the best eBPF program that does the same, the worst operation",
            1.0,
            ebpf.map(|(operation, value)| (value, format!("{value:.2} ({operation})"))),
        ),
        Goal::at_most(
            "the scheme `stores`, geometric mean over the corpus",
            1.02,
            figures.mean("stores").map(factor),
        ),
        Goal {
            what: "MiB a second that the verifier checks on one core",
            limit: 300.0,
            at_least: true,
            got: input
                .number("host", "verify_mib_per_second")
                .map(|speed| (speed, format!("{speed:.0}"))),
        },
    ];
    let mut table = "| | wanted | measured | |\n|---|---|---|---|\n".to_owned();
    table.extend(goals.iter().map(Goal::line));
    table
}
