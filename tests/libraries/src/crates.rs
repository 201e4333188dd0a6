// SPDX-License-Identifier: GPL-2.0
//! The package `crates/`: a driver for each crate, chosen by the first file of the input.

use crate::subject::{made, run};
use lore_libraries::table;
use std::path::Path;
use std::process::Command;

/// The input of each driver: a file that names it, and one with its vectors where it has some.
pub fn inputs() -> Result<Vec<(String, Vec<u8>)>, String> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    run(Command::new(cargo)
        .args(["build", "--quiet", "--release", "--manifest-path"])
        .arg(table::folder().join("crates/Cargo.toml"))
        .arg("--target-dir")
        .arg(made().join("native/cargo")))?;
    let names = run(&mut natively())?;
    let one = |name: &str| {
        let mut input = Vec::new();
        table::put(&mut input, name, b"");
        let vectors = table::folder().join(format!("vectors/{name}.txt"));
        if let Ok(bytes) = std::fs::read(vectors) {
            table::put(&mut input, "vectors", &bytes);
        }
        (name.to_owned(), input)
    };
    Ok(String::from_utf8_lossy(&names).lines().map(one).collect())
}

/// The drivers on this machine, in the SDK's stand-in of the kernel.
fn natively() -> Command {
    Command::new(made().join("native/cargo/release/lore_crates"))
}

/// What a driver answers on this machine.
pub fn answer(input: &Path) -> Result<Vec<u8>, String> {
    run(natively().arg(input))
}
