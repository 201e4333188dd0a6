// SPDX-License-Identifier: GPL-2.0
//! The structures as eBPF programs: the drivers' own sources, with what `bench/ebpf` has for them to include.

use crate::native::run;
use lore::build::{Plan, Registers, Sdk};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Headers of others, which take more than macros to become an arena's: what they are called then.
const CHANGED: &[(&str, &str)] = &[
    ("sys/tree.h", "tree_arena.h"),
    ("uthash.h", "uthash_arena.h"),
];

/// Where sources of BPF programs lie.
fn folder() -> PathBuf {
    super::table::folder().join("../ebpf")
}

/// Compiles `NAME.ebpf-MEMORY.o` into a folder: of the driver, unless `bench/ebpf` has another source for that memory.
pub fn object(name: &str, memory: &str, plan: &Plan, into: &Path) {
    std::fs::create_dir_all(into).expect("a folder in build/");
    let headers = folders(plan);
    for (header, changed) in CHANGED {
        let mut places = headers.iter().map(|folder| folder.join(header));
        if let Some(found) = places.find(|path| path.exists()) {
            change(&found, &into.join(changed));
        }
    }
    let own = folder().join(format!("{memory}/{name}.c"));
    let source = if own.exists() { &own } else { &plan.sources[0] };
    compile(source, memory, &headers, into, name);
}

/// Where a plan's headers are: its own folders, and the C library's.
fn folders(plan: &Plan) -> Vec<PathBuf> {
    let sdk = Sdk::find(true, Registers::Free).unwrap_or_else(|failure| panic!("{failure:?}"));
    let flags = sdk.flags();
    let library = flags
        .iter()
        .filter_map(|flag| flag.strip_prefix("-isystem"));
    let own = plan.include.iter().cloned();
    own.chain(library.map(PathBuf::from)).collect()
}

fn change(header: &Path, into: &Path) {
    let script = folder().join("arena/headers.sed");
    let output = Command::new("sed")
        .arg("-Ef")
        .arg(script)
        .arg(header)
        .output();
    let output = output.expect("sed starts");
    assert!(output.status.success(), "sed: {output:?}");
    std::fs::write(into, output.stdout).expect("a file in build/");
}

fn compile(source: &Path, memory: &str, headers: &[PathBuf], into: &Path, name: &str) {
    let include = |folder: &Path| format!("-I{}", folder.display());
    let mut command = Command::new("clang-19");
    command
        .args(["--target=bpf", "-mcpu=v4", "-O2", "-g", "-ffreestanding"])
        .args(["-Wall", "-Wextra", "-Werror"])
        // An entry's context is not looked at, and no program uses everything.
        .args(["-Wno-unused-parameter", "-Wno-unused-function", "-DBPF"])
        .arg(include(&folder()))
        .arg(include(&folder().join(memory)))
        .arg(include(&super::table::folder().join("drivers")))
        .arg(include(into));
    // What bench/ebpf has goes first.
    for folder in headers {
        command.arg("-idirafter").arg(folder);
    }
    let object = into.join(format!("{name}.ebpf-{memory}.o"));
    run(command.arg("-c").arg(source).arg("-o").arg(object));
}
