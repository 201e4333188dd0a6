// SPDX-License-Identifier: GPL-2.0
//! A cargo package to an archive, with `core` and `alloc` rebuilt so that they leave the contract's
//! registers alone.

use super::{run, rust_sdk, write_if_changed, Place, Registers};
use crate::output::{Failure, Status};
use crate::rewrite::Wishes;
use serde::Deserialize;
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The target: bare AArch64 without FP, with the registers of the contract reserved. A target of our
/// own, because reserving registers by flags is warned of at every crate.
const TARGET: &str = include_str!("aarch64-lore.json");
/// Its name in messages and folders.
const TARGET_NAME: &str = "aarch64-lore";

/// Codegen flags beside the target's own.
const FLAGS: &[&str] = &[
    // rustc outlines cold code even at levels 1 to 3, and outlined code reads the link register.
    "-Cllvm-args=-enable-machine-outliner=never",
    "-Cjump-tables=no",
    "-Cforce-unwind-tables=no",
];

/// The target, with the registers of the contract reserved or not.
fn target(registers: Registers) -> String {
    if registers == Registers::Reserved {
        return TARGET.to_owned();
    }
    let mut target: Value = serde_json::from_str(TARGET).expect("a file of this crate");
    let features = target["features"].as_str().unwrap_or_default().split(',');
    let kept = features.filter(|it| *it == "+reserve-x18" || !it.starts_with("+reserve-"));
    target["features"] = kept.collect::<Vec<_>>().join(",").into();
    target.to_string()
}

/// A cargo whose rustc has the sources of `core`.
pub fn cargo() -> Result<Command, Box<Failure>> {
    let rustc = rustc()?;
    let name = std::env::var_os("CARGO").map(PathBuf::from);
    // A cargo beside the compiler fits it; rustup's own passes `RUSTC` on as well.
    let beside = rustc
        .parent()
        .map(|folder| folder.join("cargo"))
        .filter(|cargo| cargo.is_file());
    let mut command = Command::new(beside.or(name).unwrap_or_else(|| "cargo".into()));
    command
        .env("RUSTC", rustc)
        .env_remove("CARGO_ENCODED_RUSTFLAGS");
    command
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET");
    Ok(command)
}

/// The first of the usual compilers that has `library/` beside it.
fn rustc() -> Result<PathBuf, Box<Failure>> {
    let named = ["LORE_RUSTC", "RUSTC"]
        .into_iter()
        .filter_map(std::env::var_os)
        .map(PathBuf::from);
    let has_sources = |rustc: &PathBuf| {
        let done = Command::new(rustc).args(["--print", "sysroot"]).output();
        let Ok(done) = done else { return false };
        let sysroot = PathBuf::from(String::from_utf8_lossy(&done.stdout).trim());
        done.status.success() && sysroot.join("lib/rustlib/src/rust/library/core").is_dir()
    };
    let usual = ["rustc", "/usr/bin/rustc"].map(PathBuf::from);
    named.chain(usual).find(has_sources).ok_or_else(|| {
        let message = "no Rust compiler with the sources of its library";
        Failure::new(Status::Usage, "no-tool", message)
            .help("install them (Debian: rust-web-src; rustup: component rust-src), or set LORE_RUSTC")
            .into()
    })
}

/// The name of a package, and what it asks of the kernel, from its manifest. An SDK that it asks for is unpacked.
pub fn describe(folder: &Path) -> Result<(String, Wishes), Box<Failure>> {
    let path = folder.join("Cargo.toml");
    let text =
        std::fs::read_to_string(&path).map_err(|error| Failure::io("read", &path, &error))?;
    let manifest: toml::Table = toml::from_str(&text).map_err(|error| {
        let message = format!("{}: {}", path.display(), error.to_string().trim_end());
        Failure::new(Status::Usage, "manifest", message)
    })?;
    if rust_sdk::is_asked(&manifest) {
        rust_sdk::unpack(folder)?;
    }
    let wrong = |why: &str| {
        let message = format!("{}: {why}", path.display());
        Box::new(Failure::new(Status::Usage, "manifest", message))
    };
    let package = manifest.get("package");
    let name = package.and_then(|package| package.get("name")?.as_str());
    let name = name.ok_or_else(|| wrong("no package in it"))?.to_owned();
    let asked = package.and_then(|package| package.get("metadata")?.get("lore").cloned());
    let asked = asked.map(toml::Value::try_into::<Metadata>).transpose();
    let asked = asked.map_err(|error| wrong(error.to_string().trim_end()))?;
    let asked = asked.unwrap_or_default();
    let wishes = Wishes {
        stack_len: asked.stack,
        ring_len: asked.ring,
        heap_max: asked.heap,
    };
    Ok((name, wishes))
}

/// `[package.metadata.lore]`: what the image asks of the kernel, as in `lore.toml`.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Metadata {
    stack: u32,
    heap: u64,
    ring: u32,
}

/// Builds a package as a static library.
pub fn compile(package: &Path, place: &Place) -> Result<Vec<PathBuf>, Box<Failure>> {
    // Absolute, because cargo runs rustc elsewhere; one target folder, so that core is built once.
    let folder = std::path::absolute(&place.folder)
        .map_err(|error| Failure::io("find", &place.folder, &error))?;
    let target = folder.join(format!("{TARGET_NAME}{}.json", place.registers.suffix()));
    write_if_changed(&target, &self::target(place.registers))?;
    let mut cargo = cargo()?;
    cargo
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\x1f"))
        .env("CARGO_PROFILE_RELEASE_PANIC", "abort")
        .env("CARGO_PROFILE_RELEASE_DEBUG", "line-tables-only")
        .args(["rustc", "--lib", "--release", "--crate-type=staticlib"])
        .args(["-Zbuild-std=core,alloc,compiler_builtins"])
        .args([
            "-Zbuild-std-features=compiler-builtins-mem",
            "-Zjson-target-spec",
        ])
        // core itself is not ours to mend.
        .args(["--config", "future-incompat-report.frequency=\"never\""])
        .args([
            "--message-format=json-render-diagnostics",
            "--manifest-path",
        ])
        .arg(package.join("Cargo.toml"))
        .arg("--target")
        .arg(target)
        .arg("--target-dir")
        .arg(folder.join("cargo"));
    let messages = run(&mut cargo, place.quiet)?;
    archive(&messages).map(|path| vec![path]).ok_or_else(|| {
        let message = format!("cargo built no static library of {}", package.display());
        Failure::new(Status::Usage, "cargo", message).into()
    })
}

/// The archive that cargo's last message of its kind names.
fn archive(messages: &str) -> Option<PathBuf> {
    let values = messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let of_artifact = |value: Value| {
        let files = value["filenames"]
            .as_array()?
            .iter()
            .filter_map(Value::as_str);
        files
            .map(PathBuf::from)
            .find(|path| path.extension().is_some_and(|ending| ending == "a"))
    };
    values
        .filter(|value| value["reason"] == "compiler-artifact")
        .filter_map(of_artifact)
        .next_back()
}
