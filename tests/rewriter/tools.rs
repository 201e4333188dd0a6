// SPDX-License-Identifier: GPL-2.0
//! The compilers and the emulator that the tests use, and the flat file that `run.c` reads.

use crate::process;
use lore::image::Image;
use lore::rewrite::Input;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// What an extension is compiled with (README of the SDK).
const FLAGS: &[&str] = &[
    "--target=aarch64-none-elf",
    "-g",
    "-ffreestanding",
    "-mgeneral-regs-only",
    "-fno-jump-tables",
    "-mno-outline-atomics",
    "-ffunction-sections",
    "-fdata-sections",
    "-fno-asynchronous-unwind-tables",
    "-mno-outline",
    "-ffixed-x9",
    "-ffixed-x10",
    "-ffixed-x11",
    "-ffixed-x13",
    "-ffixed-x14",
    "-ffixed-x15",
    "-ffixed-x18",
];

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folder of these tests.
pub fn folder() -> PathBuf {
    root().join("tests/rewriter")
}

/// A file for something that a test makes on the way. Tests run at once and make things of the same name, so each has
/// a folder of its own: its thread is called as the test. Threads that a test starts itself share one.
pub fn made(name: &str) -> PathBuf {
    let test = std::thread::current();
    let test = test.name().unwrap_or("threads").replace("::", ".");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("rewriter")
        .join(test);
    std::fs::create_dir_all(&folder).expect("a folder for what is made");
    folder.join(name)
}

/// Runs a command that must succeed, and gives its output.
pub fn run(command: &mut Command) -> Vec<u8> {
    let shown = format!("{command:?}");
    let out = command
        .output()
        .unwrap_or_else(|error| panic!("{shown}: {error}"));
    let messages = String::from_utf8_lossy(&out.stderr);
    assert!(out.status.success(), "{shown}: {}\n{messages}", out.status);
    out.stdout
}

/// Assembles one file, whatever instructions it has.
pub fn assemble(source: &Path) -> Input {
    let stem = source.file_stem().unwrap_or_default().to_string_lossy();
    let object = made(&format!("{stem}.o"));
    run(Command::new("clang-19")
        .args(["--target=aarch64-none-elf", "-march=armv8.1-a", "-g", "-c"])
        .arg(source)
        .arg("-o")
        .arg(&object));
    read(&object)
}

/// Compiles one file for extensions, by clang or, for a level like `gcc-O2`, by gcc.
pub fn compile(source: &Path, level: &str, more: &[&str]) -> Input {
    compile_by(FLAGS, source, level, more)
}

/// Compiles files to one object, optimised at link time.
pub fn compile_together(sources: &[(PathBuf, &[&str])], level: &str) -> Input {
    let parts = sources.iter().map(|(source, more)| {
        let more = [more, &["-flto"][..]].concat();
        compile(source, level, &more).name
    });
    let parts: Vec<String> = parts.collect();
    let stem = sources[0].0.file_stem().unwrap_or_default();
    let object = made(&format!("{}{level}.lto.o", stem.to_string_lossy()));
    let (mut command, flags) = compiler(FLAGS, level);
    let how = match level.starts_with("gcc") {
        true => "-flinker-output=nolto-rel",
        false => "-fuse-ld=lld",
    };
    run(command
        .args(flags)
        .args(["-flto", "-r", "-nostdlib", how])
        .args(parts)
        .arg("-o")
        .arg(&object));
    read(&object)
}

/// Compiles one file as somebody would who has not heard of the reserved registers.
pub fn compile_freely(source: &Path, level: &str, more: &[&str]) -> Input {
    let flags: Vec<&str> = FLAGS
        .iter()
        .copied()
        .filter(|flag| !flag.starts_with("-ffixed"))
        .collect();
    compile_by(&flags, source, level, &[more, &["-DFREELY"]].concat())
}

fn compile_by(flags: &[&str], source: &Path, level: &str, more: &[&str]) -> Input {
    let stem = source.file_stem().unwrap_or_default().to_string_lossy();
    let object = made(&format!(
        "{stem}{level}{}.o",
        more.concat().replace(['/', '='], "_")
    ));
    let (mut command, flags) = compiler(flags, level);
    run(command
        .args(flags)
        .args(more)
        .arg("-c")
        .arg(source)
        .arg("-o")
        .arg(&object));
    read(&object)
}

/// The compiler of a level with its flags.
fn compiler<'a>(flags: &[&'a str], level: &'a str) -> (Command, Vec<&'a str>) {
    let Some(level) = level.strip_prefix("gcc") else {
        return (Command::new("clang-19"), [flags, &[level]].concat());
    };
    let own = ["-fno-pic", "-fno-pie", "-fno-stack-protector", level];
    let known = |flag: &&&str| !flag.starts_with("--target") && **flag != "-mno-outline";
    let flags = own.iter().chain(flags.iter().filter(known));
    (
        Command::new("aarch64-linux-gnu-gcc"),
        flags.copied().collect(),
    )
}

/// An object that was just made.
fn read(object: &Path) -> Input {
    let bytes = std::fs::read(object).expect("the object that was just made");
    Input {
        name: object.display().to_string(),
        bytes,
    }
}

/// Runs an image on an input, in an AArch64 process that must succeed.
pub fn execute(name: &str, image: &Image, input: &Path) -> Vec<u8> {
    let done = try_execute(name, image, input);
    let messages = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{name}: {}\n{messages}", done.status);
    done.stdout
}

/// Runs an image on an input, in an AArch64 process. One that does not end is ended.
pub fn try_execute(name: &str, image: &Image, input: &Path) -> Output {
    let file = made(&format!("{name}.flat"));
    std::fs::write(&file, process::flat(image)).expect("a file in the target folder");
    let done = process::of(runner(), &file, input).output();
    done.expect("timeout, of coreutils")
}

/// The process that runs images; built once per test process.
fn runner() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let out = made("run");
        run(&mut process::builder(&root(), &out));
        out
    })
}

/// Builds a program for this machine.
pub fn built_natively(sources: &[PathBuf], more: &[&str], name: &str) -> PathBuf {
    let out = made(&format!("{name}.host"));
    run(Command::new("clang-19")
        .args(["-O1", "-w", "-o"])
        .arg(&out)
        .args(more)
        .args(sources)
        .arg(folder().join("programs/host.c")));
    out
}

/// Runs a program natively on an input.
pub fn natively(sources: &[PathBuf], more: &[&str], name: &str, input: &Path) -> Vec<u8> {
    run(Command::new(built_natively(sources, more, name)).arg(input))
}
