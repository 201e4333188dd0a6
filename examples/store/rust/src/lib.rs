// SPDX-License-Identifier: GPL-2.0
//! A store of keys and values that stays from run to run: the input is a command a line, the output an answer to each.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

use alloc::collections::BTreeMap;
use alloc::string::String;
use core::fmt::Write;
use lore::{GateError, Run, SpinLock};

/// All CPUs use it, one at a time.
static STORE: SpinLock<BTreeMap<String, String>> = SpinLock::new(BTreeMap::new());

/// Answers how many pairs there are.
#[lore::run]
fn store(run: &mut Run) -> Result<i64, GateError> {
    let input = core::str::from_utf8(run.input()).map_err(|_| GateError::BadValue)?;
    let mut store = STORE.lock()?;
    let mut answers = String::new();
    for line in input.lines() {
        let answer = command(&mut store, line);
        // Writing to a String does not fail.
        let _ = writeln!(answers, "{answer}");
    }
    run.write(answers.as_bytes())
        .map_err(|_| GateError::TooLong)?;
    Ok(store.len() as i64)
}

fn command(store: &mut BTreeMap<String, String>, line: &str) -> String {
    let mut words = line.splitn(3, ' ');
    let old = match (words.next(), words.next(), words.next()) {
        (Some("set"), Some(key), Some(value)) => {
            store.insert(key.into(), value.into());
            return "ok".into();
        }
        (Some("get"), Some(key), None) => store.get(key).cloned(),
        (Some("del"), Some(key), None) => store.remove(key),
        _ => return "what?".into(),
    };
    old.unwrap_or_else(|| "none".into())
}

#[cfg(test)]
mod tests {
    use lore::host::Host;

    #[test]
    fn commands_are_answered_and_pairs_stay() {
        let host = Host::new();
        let ran = host.run(super::store, include_bytes!("../../commands.txt"), 0);
        assert_eq!(
            (ran.answer, &ran.output[..]),
            (Ok(2), &include_bytes!("../../expected.txt")[..])
        );
        let ran = host.run(super::store, b"get color", 0);
        assert_eq!(ran.output, b"deep blue\n");
    }
}
