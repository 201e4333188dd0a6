// SPDX-License-Identifier: GPL-2.0
//! CoreMark's algorithms as modules of this package. The crate is for programs with std, and names it only where it reads
//! the clock and prints; its other modules want no more than `Vec`, so each is taken as it is with a line behind it.

use std::path::{Path, PathBuf};
use std::process::Command;

const MODULES: &[&str] = &["list", "matrix", "state", "types", "util"];

/// Where cargo has put the crate.
fn sources() -> PathBuf {
    let done = Command::new(std::env::var_os("CARGO").expect("cargo runs this"))
        .args(["metadata", "--format-version", "1", "--offline"])
        .output()
        .expect("cargo answers");
    let text = String::from_utf8(done.stdout).expect("JSON");
    let end = text
        .split('"')
        .find(|part| part.ends_with("Cargo.toml") && part.contains("coremark-"))
        .expect("the crate is in the lock file");
    Path::new(end).with_file_name("src")
}

fn main() {
    let out = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo runs this"));
    let sources = sources();
    let mut modules = String::new();
    for name in MODULES {
        let file = format!("{name}.rs");
        let text = std::fs::read_to_string(sources.join(&file)).expect("the crate has it");
        let text = format!("{text}\n#[allow(unused_imports)]\nuse alloc::{{vec, vec::Vec}};\n");
        std::fs::write(out.join(&file), text).expect("a file of the build");
        let path = out.join(&file).display().to_string();
        modules += &format!("#[allow(warnings)]\n#[path = {path:?}]\nmod {name};\n");
    }
    std::fs::write(out.join("coremark.rs"), modules).expect("a file of the build");
    println!("cargo:rerun-if-changed=build.rs");
}
