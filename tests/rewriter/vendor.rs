// SPDX-License-Identifier: GPL-2.0
//! Objects as a vendor compiles them, without a word about registers. Shared with `tests/libraries`.

use lore::rewrite::Input;
use std::path::Path;
use std::process::Command;

/// What was compiled in `folder`, compiled by the same commands without `-ffixed`; `lore build` leaves them beside the
/// objects. The C library stays as it was: objects of both kinds go together.
pub fn without_flags(folder: &Path, inputs: Vec<Input>) -> Vec<Input> {
    inputs
        .into_iter()
        .map(|input| freely(folder, input))
        .collect()
}

fn freely(folder: &Path, input: Input) -> Input {
    let object = Path::new(&input.name);
    if !object.starts_with(folder) {
        return input;
    }
    let command = std::fs::read_to_string(object.with_extension("cmd")).expect("a command");
    let out = object.with_extension("free.o").display().to_string();
    let words: Vec<&str> = command
        .lines()
        .filter(|word| !word.starts_with("-ffixed"))
        .map(|word| if word == input.name { &out } else { word })
        .collect();
    let done = Command::new(words[0]).args(&words[1..]).output();
    let done = done.unwrap_or_else(|error| panic!("{words:?}: {error}"));
    let messages = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{words:?}: {messages}");
    let bytes = std::fs::read(&out).expect("the object that was just made");
    Input { bytes, ..input }
}
