// SPDX-License-Identifier: GPL-2.0
//! Attempts to break out, as values: for the test of their verdicts, and for the emulator.

use lore_corpus::case::Case;
use lore_corpus::{assemble, files, object::Object, Built};
use std::path::Path;

/// Every attempt, built.
pub fn all() -> Vec<(Case, Built)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("attempts");
    let cases: Vec<Case> = files(&folder).iter().map(|path| Case::read(path)).collect();
    let objects = assemble::all(&cases);
    cases
        .into_iter()
        .zip(objects)
        .map(|(case, object)| {
            let built = case.build(&Object::read(&object));
            (case, built)
        })
        .collect()
}
