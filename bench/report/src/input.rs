// SPDX-License-Identifier: GPL-2.0
//! What the parts have left: lines of JSON, and single objects.

use serde_json::Value;
use std::path::Path;

/// All of it.
pub struct Input {
    /// What operations cost, and what loading did, as the guest counted.
    pub guest: Vec<Value>,
    /// Text and modelled cycles, as the build of the corpus found them.
    pub host: Vec<Value>,
    /// Cost against the size of heaps and the number of extensions.
    pub curves: Vec<Value>,
    /// SQLite's text, the verifier's throughput; what authors wait for; single costs in the guest; the tools.
    pub single: Vec<(&'static str, Value)>,
    /// Programs' operations that count for no mean.
    pub aside: Vec<(String, String)>,
}

/// Files with one object each.
const SINGLE: &[&str] = &["host", "builds", "guest", "versions"];

fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_default();
    text.lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}

impl Input {
    /// Reads what is in a folder.
    pub fn read(folder: &Path) -> Input {
        let read = |name: &&'static str| {
            let text = std::fs::read_to_string(folder.join(format!("{name}.json"))).ok()?;
            let value = serde_json::from_str(&text);
            Some((*name, value.unwrap_or_else(|e| panic!("{name}.json: {e}"))))
        };
        let plan = lines(&folder.join("corpus/plan.json"));
        let programs = plan.iter().flat_map(|plan| plan["programs"].as_array());
        let aside = programs.flatten().flat_map(|program| {
            let name = text(&program["name"]);
            let aside = program["aside"].as_array().cloned().unwrap_or_default();
            aside.into_iter().map(move |it| (name.clone(), text(&it)))
        });
        Input {
            guest: lines(&folder.join("corpus/guest.jsonl")),
            host: lines(&folder.join("corpus/host.jsonl")),
            curves: lines(&folder.join("curves.jsonl")),
            single: SINGLE.iter().filter_map(read).collect(),
            aside: aside.collect(),
        }
    }

    /// A number of a part that has one object.
    pub fn number(&self, part: &str, name: &str) -> Option<f64> {
        let (_, object) = self.single.iter().find(|(it, _)| *it == part)?;
        object[name].as_f64()
    }

    /// Every record.
    pub fn all(&self) -> impl Iterator<Item = &Value> {
        let lists = self.guest.iter().chain(&self.host).chain(&self.curves);
        lists.chain(self.single.iter().map(|(_, object)| object))
    }
}

/// A text of a record, or nothing.
pub fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
