// SPDX-License-Identifier: GPL-2.0
//! What extensions are compared with: the same sources by the same compilers with the same flags, but for the reserved
//! registers, linked to one object that has a single name of its own. A kernel module and a user process are made of it. And
//! the same sources as their users build them, a process of its own.

use lore::build::Plan;
use lore::rewrite::Input;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Code and data each in one section: modules and programs with thousands are slow to load.
const SCRIPT: &str = "SECTIONS {
    .text : { *(.text .text.*) }
    .rodata : { *(.rodata .rodata.*) }
    .data : { *(.data .data.* .sdata .sdata.*) }
    .bss : { *(.bss .bss.* COMMON) }
    /DISCARD/ : { *(.comment) *(.note.*) *(.eh_frame) *(.debug_*) *(.lore.*) *(.llvm*) *(.rustc) }
}
";

/// The one name that is left of an object: `long corpus_NAME(struct lore_run *)`.
pub fn entry(name: &str) -> String {
    format!("corpus_{name}")
}

/// Links a program's inputs to `into/NAME.o`.
pub fn object(name: &str, inputs: &[Input], into: &Path) -> PathBuf {
    std::fs::create_dir_all(into).expect("a folder in build/");
    let script = into.join("object.lds");
    std::fs::write(&script, SCRIPT).expect("a file in build/");
    let linked = into.join(format!("{name}.linked.o"));
    run(Command::new("ld.lld-19")
        .args([
            "-m",
            "aarch64elf",
            "-r",
            "--gc-sections",
            "-e",
            "corpus",
            "-T",
        ])
        .arg(&script)
        .arg("-o")
        .arg(&linked)
        .args(inputs.iter().map(|input| &input.name)));
    let object = into.join(format!("{name}.o"));
    run(Command::new("llvm-objcopy-19")
        .args(["--strip-debug", "--keep-global-symbol=corpus"])
        .arg(format!("--redefine-sym=corpus={}", entry(name)))
        .arg(&linked)
        .arg(&object));
    object
}

/// Builds a program as its users would, to the process `into/NAME`: by the same compiler with none of an extension's flags.
pub fn process(name: &str, plan: &Plan, into: &Path) {
    let list = into.join("list");
    std::fs::create_dir_all(&list).expect("a folder in build/");
    std::fs::write(list.join("programs.h"), format!("PROGRAM({name})\n"))
        .expect("a file in build/");
    let include = plan.include.iter().chain([&list]);
    run(Command::new("clang-19")
        // Sums are not contracted in extensions either, and checksums have to agree.
        .args([
            "--target=aarch64-linux-gnu",
            "-static",
            "-O2",
            "-ffp-contract=off",
        ])
        .args(&plan.cflags)
        .arg(format!("-Dcorpus={}", entry(name)))
        .args(plan.defines.iter().map(|define| format!("-D{define}")))
        .args(include.map(|folder| format!("-I{}", folder.display())))
        .args(["-idirafter", "sdk/c/include", "bench/native/user.c"])
        .args(&plan.sources)
        .args(["-lm", "-o"])
        .arg(into.join(name)));
}

/// Runs a tool that must succeed.
pub fn run(command: &mut Command) {
    let status = command.status();
    let status = status.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert!(status.success(), "{command:?}: {status}");
}
