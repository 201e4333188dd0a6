// SPDX-License-Identifier: GPL-2.0
//! Counts what is in a JSON text, by the crate `serde_json`, unmodified.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

use alloc::format;
use lore::Run;
use serde_json::Value;

const NOT_JSON: i64 = -1;
const NO_ROOM: i64 = -2;

#[derive(Default)]
struct Counts {
    objects: u64,
    arrays: u64,
    strings: u64,
    numbers: u64,
    booleans: u64,
    nulls: u64,
    deepest: u64,
}

impl Counts {
    fn count(&mut self, value: &Value, depth: u64) {
        self.deepest = self.deepest.max(depth);
        match value {
            Value::Object(members) => {
                self.objects += 1;
                self.strings += members.len() as u64;
                members
                    .values()
                    .for_each(|member| self.count(member, depth + 1));
            }
            Value::Array(items) => {
                self.arrays += 1;
                items.iter().for_each(|item| self.count(item, depth + 1));
            }
            Value::String(_) => self.strings += 1,
            Value::Number(_) => self.numbers += 1,
            Value::Bool(_) => self.booleans += 1,
            Value::Null => self.nulls += 1,
        }
    }
}

#[lore::run]
fn json(run: &mut Run) -> i64 {
    let Ok(value) = serde_json::from_slice::<Value>(run.input()) else {
        return NOT_JSON;
    };
    let mut counts = Counts::default();
    counts.count(&value, 1);
    let Counts {
        objects,
        arrays,
        strings,
        numbers,
        booleans,
        nulls,
        deepest,
    } = counts;
    let text = format!(
        "objects {objects}\narrays {arrays}\nstrings {strings}\nnumbers {numbers}\nbooleans {booleans}\n\
         nulls {nulls}\ndeepest {deepest}\n"
    );
    match run.write(text.as_bytes()) {
        Ok(()) => 0,
        Err(_) => NO_ROOM,
    }
}

#[cfg(test)]
mod tests {
    use lore::host::Host;

    #[test]
    fn it_counts_and_refuses() {
        let host = Host::new();
        let ran = host.run(super::json, br#"{"a": [1, 2.5, null], "b": {"c": "d"}}"#, 0);
        let want = "objects 2\narrays 1\nstrings 4\nnumbers 2\nbooleans 0\nnulls 1\ndeepest 3\n";
        assert_eq!((ran.answer, &ran.output[..]), (0, want.as_bytes()));
        assert_eq!(host.run(super::json, b"{", 0).answer, -1);
    }
}
