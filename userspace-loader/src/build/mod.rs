// SPDX-License-Identifier: GPL-2.0
//! From sources to objects: the compilers with the flags that the contract wants.
//!
//! Everything that is made on the way lies in one folder (`target/lore` by default); what is up to
//! date there is not made again.

/// Files of `sdk/` that the command carries inside: a folder's, each with its name and text.
macro_rules! carried {
    ($folder:literal: $($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../../sdk/", $folder, $name)))),*]
    };
}

mod c;
mod crates;
mod manifest;
mod rust;
pub mod rust_sdk;
mod sdk;

pub use manifest::Manifest;
pub use sdk::Sdk;

use crate::output::{Failure, Status};
use crate::rewrite::{undefined, Input, Options, Wishes};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A file's name and text.
type File = (&'static str, &'static str);

/// What to build, and how.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// Name of the image.
    pub name: String,
    /// C sources.
    pub sources: Vec<PathBuf>,
    /// Folders with headers.
    pub include: Vec<PathBuf>,
    /// Macros, `NAME` or `NAME=VALUE`.
    pub defines: Vec<String>,
    /// More flags for the C compiler.
    pub cflags: Vec<String>,
    /// A cargo package.
    pub package: Option<PathBuf>,
    /// What the image asks of the kernel.
    pub wishes: Wishes,
}

/// Which registers compilers may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Registers {
    /// All but the contract's: what extensions are made of.
    #[default]
    Reserved,
    /// All but the platform's x18: what extensions are compared with, in everything else the same. An image comes of it in
    /// compat mode alone.
    Free,
}

impl Registers {
    /// What a folder or a file that is made so is called.
    fn suffix(self) -> &'static str {
        match self {
            Registers::Reserved => "",
            Registers::Free => "-free",
        }
    }
}

/// Where things are made, and how much to say.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The folder for everything that is made.
    pub folder: PathBuf,
    /// Compilers' messages are kept for the failure instead of passed through.
    pub quiet: bool,
    /// What compilers are told of registers.
    pub registers: Registers,
}

impl Plan {
    /// The plan of the paths on a command line: one folder, or C sources.
    pub fn of(paths: &[PathBuf], place: &Place) -> Result<Plan, Box<Failure>> {
        match paths {
            [folder] if folder.is_dir() => Plan::of_folder(folder, place),
            _ => Plan::of_sources(paths),
        }
    }

    fn of_folder(folder: &Path, place: &Place) -> Result<Plan, Box<Failure>> {
        let manifest = folder.join(manifest::FILE);
        if manifest.is_file() {
            return Manifest::read(&manifest)?.plan(folder, place);
        }
        if folder.join("Cargo.toml").is_file() {
            let (name, wishes) = rust::describe(folder)?;
            return Ok(Plan {
                name,
                wishes,
                package: Some(folder.to_owned()),
                ..Plan::default()
            });
        }
        let message = format!("{} has neither lore.toml nor Cargo.toml", folder.display());
        Err(Failure::new(Status::Usage, "nothing-to-build", message).into())
    }

    fn of_sources(paths: &[PathBuf]) -> Result<Plan, Box<Failure>> {
        for path in paths {
            let failure = |why: &str| {
                let message = format!("{}: {why}", path.display());
                Err(Failure::new(Status::Usage, "nothing-to-build", message).into())
            };
            if path.is_dir() {
                return failure("a folder is built alone, not beside others");
            }
            if !c::is_source(path) {
                return failure("only C and C++ sources are compiled from the command line");
            }
            if !path.is_file() {
                return failure("there is no such file");
            }
        }
        let stem = paths.first().and_then(|path| path.file_stem());
        let name = stem.unwrap_or_default().to_string_lossy().into_owned();
        Ok(Plan {
            name,
            sources: paths.to_vec(),
            ..Plan::default()
        })
    }

    /// Compiles what is not up to date, and gives the objects and archives to link, with as much of the C library as
    /// they need.
    pub fn compile(&self, place: &Place, options: &Options) -> Result<Vec<Input>, Box<Failure>> {
        let mut inputs = Vec::new();
        let sdk = match self.sources.is_empty() {
            true => None,
            false => Some(Sdk::find(place.quiet, place.registers)?),
        };
        if let Some(sdk) = &sdk {
            inputs.extend(read_all(&c::compile(self, sdk, place)?)?);
        }
        // Behind the objects: an archive only gives what they lack.
        if let Some(package) = &self.package {
            inputs.extend(read_all(&rust::compile(package, place)?)?);
        }
        if let Some(sdk) = &sdk {
            inputs.extend(read_all(&[sdk.own()?])?);
            // These are made when something asks for them, the first time on a machine.
            if !undefined(&inputs, options).is_empty() {
                inputs.extend(read_all(&[sdk.library()?])?);
            }
            // What compilers call by themselves has such names.
            let helper = |name: &String| name.starts_with("__");
            if undefined(&inputs, options).iter().any(helper) {
                inputs.extend(read_all(&[sdk.floating_point()?])?);
            }
        }
        Ok(inputs)
    }
}

fn read_all(paths: &[PathBuf]) -> Result<Vec<Input>, Box<Failure>> {
    let read = |path: &PathBuf| {
        let bytes = std::fs::read(path).map_err(|error| Failure::io("read", path, &error))?;
        Ok(Input {
            name: path.display().to_string(),
            bytes,
        })
    };
    paths.iter().map(read).collect()
}

/// Runs a tool. Its messages go where they belong, or into the failure.
fn run(command: &mut Command, quiet: bool) -> Result<String, Box<Failure>> {
    use std::process::Stdio;
    let tool = command.get_program().to_string_lossy().into_owned();
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command.stderr(if quiet {
        Stdio::piped()
    } else {
        Stdio::inherit()
    });
    let done = command
        .spawn()
        .and_then(|child| child.wait_with_output())
        .map_err(|error| {
            let message = format!("cannot run {tool}: {error}");
            Failure::new(Status::Usage, "no-tool", message)
        })?;
    if !done.status.success() {
        let failure = Failure::new(
            Status::Usage,
            "compiler",
            format!("{tool}: {}", done.status),
        );
        let messages = String::from_utf8_lossy(&done.stderr).into_owned();
        return Err(failure.detail("messages", messages).into());
    }
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}

/// Writes a file unless it holds just that already, so that nothing is made again for its sake.
fn write_if_changed(path: &Path, text: &str) -> Result<(), Box<Failure>> {
    if std::fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(path, text))
        .map_err(|error| Failure::io("write", path, &error))
}

/// A bar for more work than a moment's, on a terminal only.
fn progress(steps: usize, place: &Place) -> indicatif::ProgressBar {
    use std::io::IsTerminal;
    if steps < 4 || place.quiet || !std::io::stderr().is_terminal() {
        return indicatif::ProgressBar::hidden();
    }
    indicatif::ProgressBar::new(steps as u64)
}
