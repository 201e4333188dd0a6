// SPDX-License-Identifier: GPL-2.0
//! One library, or the package of all crates: what it is built of, what it is given, and what it answers natively.

use crate::levels::{Compiler, Level, Mode};
use crate::{crates, process, vendor};
use clap::ValueEnum;
use lore::build::{Place, Plan, Registers};
use lore::image::Image;
use lore::rewrite::{link, Options, Step, Without};
use lore_abi::image::Profile;
use lore_libraries::table;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The repository.
pub fn root() -> PathBuf {
    table::folder().join("../..")
}

/// Where everything is made.
pub fn made() -> PathBuf {
    root().join("build/libraries")
}

/// One input and the native answer, in files.
pub struct Case {
    pub name: String,
    pub input: PathBuf,
    pub expected: PathBuf,
}

/// What is compiled and linked at once.
pub struct Subject {
    pub name: String,
    gcc: bool,
    metered: bool,
    /// What the rewriter says where it refuses it, by column.
    pub refused: BTreeMap<String, String>,
    is_rust: bool,
    folder: PathBuf,
    pub cases: Vec<Case>,
}

/// Runs a command that must succeed, and gives its output.
pub fn run(command: &mut Command) -> Result<Vec<u8>, String> {
    let shown = format!("{command:?}");
    let done = command
        .output()
        .map_err(|error| format!("{shown}: {error}"))?;
    match done.status.success() {
        true => Ok(done.stdout),
        false => {
            let messages = String::from_utf8_lossy(&done.stderr);
            Err(format!("{shown}: {}\n{messages}", done.status))
        }
    }
}

/// Writes a file of what is made.
pub fn write(path: &Path, bytes: &[u8]) {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder in build/");
    std::fs::write(path, bytes).expect("a file in build/");
}

fn case(name: &str, input: &[u8]) -> Case {
    let folder = made().join("cases");
    let case = Case {
        name: name.to_owned(),
        input: folder.join(format!("{name}.in")),
        expected: folder.join(format!("{name}.out")),
    };
    write(&case.input, input);
    case
}

/// Keeps a native answer, which has to be right by itself: the driver has checked the vectors.
fn keep(case: &Case, answer: &[u8]) -> Result<(), String> {
    write(&case.expected, answer);
    match answer.ends_with(b"\n0 wrong\n") {
        true => Ok(()),
        false => Err(format!(
            "natively, the vectors fail: {}",
            case.expected.display()
        )),
    }
}

impl Subject {
    /// A C library, built natively.
    pub fn of_library(name: &str, library: &table::Library) -> Result<Subject, String> {
        let folder = made().join("plans").join(name);
        library.write_manifest(name, &folder);
        let place = Place {
            folder: made().join("native"),
            quiet: true,
            ..Place::default()
        };
        let plan = Plan::of(std::slice::from_ref(&folder), &place)
            .map_err(|failure| format!("{failure:?}"))?;
        let places = std::fs::read(place.folder.join(name).join("crates/places.json"));
        let places: BTreeMap<String, PathBuf> =
            serde_json::from_slice(&places.expect("the plan was made")).expect("JSON");
        let case = case(name, &library.input(&places));
        keep(&case, &natively(&plan, &case.input, &place.folder)?)?;
        Ok(Subject {
            name: name.to_owned(),
            gcc: library.clang.is_none(),
            metered: library.metered,
            refused: library.refused.clone(),
            is_rust: false,
            folder,
            cases: vec![case],
        })
    }

    /// The crates: one package with a driver for each.
    pub fn of_crates() -> Result<Subject, String> {
        let mut cases = Vec::new();
        for (name, input) in crates::inputs()? {
            // A crate and a library may have one name.
            let case = case(&format!("crate-{name}"), &input);
            keep(&case, &crates::answer(&case.input)?)?;
            cases.push(case);
        }
        Ok(Subject {
            name: "crates".to_owned(),
            gcc: false,
            metered: false,
            // Without optimisation memchr's search by NEON stays in, though nothing calls it.
            refused: BTreeMap::from([(
                "rustc-0 Plain".to_owned(),
                "packedpair.rs:174): 3dc04fe0 ldr q0, [sp, #0x130]: floating point and SIMD are not available"
                    .to_owned(),
            )]),
            is_rust: true,
            folder: table::folder().join("crates"),
            cases,
        })
    }

    /// Whether a column of the matrix is for it.
    pub fn fits(&self, level: &Level) -> bool {
        if level.mode == Mode::Metered && !self.metered {
            return false;
        }
        match level.compiler {
            Compiler::Clang => !self.is_rust,
            Compiler::Gcc => !self.is_rust && self.gcc,
            Compiler::Rustc => self.is_rust,
        }
    }

    /// Its image, which the verifier accepts.
    pub fn image(&self, level: &Level) -> Result<Image, String> {
        // Of a package core and alloc are the vendor's, too.
        let is_vendors = self.is_rust && level.mode == Mode::Compat;
        let place = Place {
            folder: made().join(level.folder()),
            quiet: true,
            registers: if is_vendors {
                Registers::Free
            } else {
                Registers::Reserved
            },
        };
        let mut plan = Plan::of(std::slice::from_ref(&self.folder), &place)
            .map_err(|failure| format!("{failure:?}"))?;
        let options = Options {
            strict: level.mode == Mode::Strict,
            metered: level.mode == Mode::Metered,
            compat: level.mode == Mode::Compat,
            guard: match level.mode {
                Mode::Guard(profile) => profile,
                _ => Profile::default(),
            },
            without: match level.mode {
                Mode::Bare => Step::value_variants().iter().copied().collect(),
                _ => Without::default(),
            },
            wishes: plan.wishes,
            ..Options::default()
        };
        if level.compiler != Compiler::Rustc {
            plan.cflags
                .extend(level.how.iter().map(|flag| (*flag).to_owned()));
        }
        if level.compiler == Compiler::Gcc {
            // Debian's takes all code to be for Linux, where libraries would ask the C library for the machine.
            plan.cflags.push("-U__linux__".to_owned());
        }
        let mut inputs = plan
            .compile(&place, &options)
            .map_err(|failure| format!("{failure:?}"))?;
        if options.compat && !self.is_rust {
            inputs = vendor::without_flags(&place.folder, inputs);
        }
        let image = link(&inputs, &options).map_err(|error| error.to_string())?;
        // Only the features that the header names: it must not name too few.
        let policy = lore_verifier::Policy {
            features: image.header.features,
            strict: options.strict,
            profiles: options.guard.bit(),
            window: 0,
        };
        lore::verify::verify(&image, &policy)
            .map_err(|violation| format!("refused: {violation:x?}"))?;
        Ok(image)
    }
}

/// What a C library answers on this machine, by the host's own C library.
fn natively(plan: &Plan, input: &Path, folder: &Path) -> Result<Vec<u8>, String> {
    let out = folder.join(format!("{}.host", plan.name));
    let mut command = Command::new("clang-19");
    command.args(["-O1", "-ffp-contract=off", "-o"]).arg(&out);
    command.args(&plan.cflags);
    command.args(
        plan.include
            .iter()
            .map(|folder| format!("-I{}", folder.display())),
    );
    command.args(plan.defines.iter().map(|define| format!("-D{define}")));
    command.arg("-idirafter").arg(root().join("sdk/c/include"));
    command.args(&plan.sources);
    command
        .arg(root().join("tests/rewriter/programs/host.c"))
        .arg("-lm");
    run(&mut command)?;
    run(Command::new(out).arg(input))
}

/// What an image answers in a process.
pub fn in_a_process(runner: &Path, image: &Image, case: &Case, label: &str) -> Result<(), String> {
    let flat = made().join("flat").join(format!("{label}.flat"));
    write(&flat, &process::flat(image));
    let got = run(&mut process::of(runner, &flat, &case.input))?;
    let expected = std::fs::read(&case.expected).expect("it was made before");
    let same = got
        .iter()
        .zip(&expected)
        .take_while(|(a, b)| a == b)
        .count();
    match got == expected {
        true => {
            // They are large, and of no use any more.
            let _ = std::fs::remove_file(&flat);
            Ok(())
        }
        false => {
            let kept = flat.with_extension("got");
            write(&kept, &got);
            let (got, expected) = (got.len(), expected.len());
            Err(format!(
                "differs at byte {same} of {expected} ({got}): see {}",
                kept.display()
            ))
        }
    }
}
