// SPDX-License-Identifier: GPL-2.0
//! Where the decoders are wrong, or see less than the table: a short list, each with its reason.
//!
//! The list is `exceptions.txt`. An entry that no word of a full sweep needs is as wrong as a missing one.

use crate::compare::Difference;
use std::sync::OnceLock;

/// One line of the list.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Fixed bits.
    pub mask: u32,
    /// What they are.
    pub value: u32,
    /// The difference that it excuses.
    pub difference: Difference,
    /// Why it is no fault of the table.
    pub reason: String,
}

/// The list: `MASK VALUE DIFFERENCE reason`, `#` for comments.
pub fn list() -> &'static [Exception] {
    static LIST: OnceLock<Vec<Exception>> = OnceLock::new();
    LIST.get_or_init(|| {
        include_str!("../exceptions.txt")
            .lines()
            .filter_map(parse)
            .collect()
    })
}

/// The reason why a word may differ in this way.
pub fn reason(word: u32, difference: Difference) -> Option<&'static str> {
    list()
        .iter()
        .find(|e| word & e.mask == e.value && e.difference == difference)
        .map(|e| e.reason.as_str())
}

fn parse(line: &str) -> Option<Exception> {
    let line = line.split('#').next()?.trim();
    let mut parts = line.splitn(4, ' ');
    let mut hex = || u32::from_str_radix(parts.next()?, 16).ok();
    let (mask, value) = (hex()?, hex()?);
    let difference = match parts.next()? {
        "llvm" => Difference::Llvm,
        "bad64" => Difference::Bad64,
        "names" => Difference::Names,
        other => panic!("exceptions.txt: {other} cannot be excused"),
    };
    let reason = parts
        .next()
        .expect("exceptions.txt: an exception has a reason")
        .to_string();
    Some(Exception {
        mask,
        value,
        difference,
        reason,
    })
}
