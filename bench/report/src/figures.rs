// SPDX-License-Identifier: GPL-2.0
//! Instructions of every operation in every peer, and means over them.

use crate::input::{text, Input};
use std::collections::{BTreeMap, BTreeSet};

/// What is counted against.
pub const NATIVE: &str = "native";
/// Guard schemes, in the order of the columns, the default first.
pub const SCHEMES: &[&str] = &["uxtw", "low", "movk", "mask", "match", "stores"];
/// Those under which the whole guarantee holds that are held to the numbers to reach.
pub const JUDGED: [&str; 2] = ["uxtw", "low"];
/// KFlex's.
pub const STRUCTURES: &[&str] = &[
    "list",
    "rbtree",
    "hashmap",
    "skiplist",
    "countmin",
    "countsketch",
];

/// One row: an operation of a program.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Operation {
    /// Of the table of the corpus.
    pub program: String,
    /// How keys are distributed; empty without keys.
    pub keys: String,
    /// Its name.
    pub name: String,
}

/// All figures of the corpus.
pub struct Figures {
    /// Instructions by peer.
    pub rows: BTreeMap<Operation, BTreeMap<String, f64>>,
    /// Those that count for no mean.
    aside: BTreeSet<(String, String)>,
    /// Where two peers did not compute the same.
    pub differences: Vec<String>,
}

/// The mean of factors; none without any.
pub fn geometric_mean(factors: impl IntoIterator<Item = f64>) -> Option<f64> {
    let logs: Vec<f64> = factors.into_iter().map(f64::ln).collect();
    (!logs.is_empty()).then(|| (logs.iter().sum::<f64>() / logs.len() as f64).exp())
}

impl Figures {
    /// Sorts the guest's records.
    pub fn of(input: &Input) -> Figures {
        let mut rows: BTreeMap<Operation, BTreeMap<String, f64>> = BTreeMap::new();
        let mut sums: BTreeMap<Operation, (String, String)> = BTreeMap::new();
        let mut differences = Vec::new();
        for record in &input.guest {
            let Some(instructions) = record["instructions"].as_f64() else {
                continue;
            };
            let operation = Operation {
                program: text(&record["program"]),
                keys: text(&record["keys"]),
                name: text(&record["operation"]),
            };
            let (peer, sum) = (text(&record["peer"]), text(&record["checksum"]));
            let (first, expected) = sums
                .entry(operation.clone())
                .or_insert_with(|| (peer.clone(), sum.clone()));
            if *expected != sum {
                differences.push(format!("{operation:?}: {first} {expected}, {peer} {sum}"));
            }
            rows.entry(operation)
                .or_default()
                .insert(peer, instructions);
        }
        Figures {
            rows,
            aside: input.aside.iter().cloned().collect(),
            differences,
        }
    }

    /// Programs that were run, the structures first.
    pub fn programs(&self) -> Vec<String> {
        let all: BTreeSet<&String> = self.rows.keys().map(|row| &row.program).collect();
        let is_structure = |name: &&String| STRUCTURES.contains(&name.as_str());
        let first = STRUCTURES
            .iter()
            .filter(|name| all.iter().any(|it| it == *name));
        let rest = all.iter().filter(|name| !is_structure(name));
        first
            .map(|name| name.to_string())
            .chain(rest.map(|name| name.to_string()))
            .collect()
    }

    /// Peers beside the native module, in the order of the columns.
    pub fn peers(&self) -> Vec<String> {
        let all: BTreeSet<&String> = self.rows.values().flat_map(BTreeMap::keys).collect();
        let known = ["user", "user-float"]
            .into_iter()
            .chain(SCHEMES.iter().copied());
        let first = known.filter(|name| all.iter().any(|it| it == name));
        let first: Vec<String> = first.map(str::to_owned).collect();
        let rest = all
            .iter()
            .filter(|name| *name != &NATIVE && !first.contains(name));
        first
            .iter()
            .cloned()
            .chain(rest.map(|name| name.to_string()))
            .collect()
    }

    /// Whether an operation counts for means.
    pub fn counts(&self, operation: &Operation) -> bool {
        !self
            .aside
            .contains(&(operation.program.clone(), operation.name.clone()))
    }

    /// A peer's instructions as a factor of another's, for an operation.
    pub fn factor(&self, operation: &Operation, peer: &str, of: &str) -> Option<f64> {
        let row = self.rows.get(operation)?;
        Some(row.get(peer)? / row.get(of)?)
    }

    /// The same for a program: the mean over its operations and keys.
    pub fn program(&self, program: &str, peer: &str) -> Option<f64> {
        let rows = self
            .rows
            .keys()
            .filter(|row| row.program == program && self.counts(row));
        geometric_mean(rows.filter_map(|row| self.factor(row, peer, NATIVE)))
    }

    /// The mean over all programs, each counting as much.
    pub fn mean(&self, peer: &str) -> Option<f64> {
        let programs = self.programs();
        geometric_mean(programs.iter().filter_map(|name| self.program(name, peer)))
    }

    /// The program that a peer is worst at.
    pub fn worst(&self, peer: &str) -> Option<(String, f64)> {
        let all = self.programs().into_iter();
        let all = all.filter_map(|name| Some((name.clone(), self.program(&name, peer)?)));
        all.max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// The structures' operation that a peer is worst at.
    pub fn worst_of_structures(&self, peer: &str) -> Option<(Operation, f64)> {
        let rows = self
            .rows
            .keys()
            .filter(|row| STRUCTURES.contains(&row.program.as_str()));
        let rows = rows.filter(|row| self.counts(row));
        let all = rows.filter_map(|row| Some((row.clone(), self.factor(row, peer, NATIVE)?)));
        all.max_by(|a, b| a.1.total_cmp(&b.1))
    }

    /// For each operation that an eBPF program does too: a peer's instructions as a factor of the best one's.
    pub fn against_ebpf(&self, peer: &str) -> Vec<(Operation, f64)> {
        let best = |row: &BTreeMap<String, f64>| {
            let others = row.iter().filter(|(name, _)| name.starts_with("ebpf"));
            others.map(|(_, count)| *count).min_by(f64::total_cmp)
        };
        let rows = self
            .rows
            .iter()
            .filter(|(operation, _)| self.counts(operation));
        rows.filter_map(|(operation, row)| Some((operation.clone(), row.get(peer)? / best(row)?)))
            .collect()
    }
}

impl std::fmt::Display for Operation {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        match self.keys.as_str() {
            "" => write!(f, "{} {}", self.program, self.name),
            keys => write!(f, "{} {} ({keys})", self.program, self.name),
        }
    }
}
