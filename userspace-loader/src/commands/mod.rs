// SPDX-License-Identifier: GPL-2.0
//! The verbs, one file each: what they take, what they do, what they print.

mod attach;
mod build;
mod counts;
mod detach;
mod doctor;
mod events;
mod explain;
mod extension;
mod faults;
mod generate;
mod hottest;
mod inspect;
mod list;
mod load;
mod memory;
mod new;
mod place;
mod profile;
mod rewrite;
mod run;
mod sdk;
mod show;
mod stats;
mod symbols;
mod trace;
mod unload;
mod verify;

use clap::{Parser, Subcommand};
use lore::elf::{self, ImageFile};
use lore::output::{Answer, Failure, Output, Status};
use lore::report;
use std::io::Write;
use std::path::Path;

/// Rewrites, verifies, loads, runs and inspects extensions of the kernel.
#[derive(Parser)]
#[command(name = "lore", version, max_term_width = 100, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(subcommand)]
    pub verb: Verb,
    /// Answer with one JSON document on standard output, errors too
    #[arg(long, global = true)]
    pub json: bool,
    #[command(flatten)]
    pub color: colorchoice_clap::Color,
}

const AFTER_HELP: &str = "Exit status:
  0  done
  1  the activation faulted or was cancelled
  2  the command line, or a file it names, makes no sense
  3  the verifier refused the image
  4  an object, relocation or file that is not supported
  5  no device, or no permission
  6  the kernel refused
  7  kernel, loader and image have different ABI versions";

#[derive(Subcommand)]
pub enum Verb {
    New(new::New),
    Build(build::Build),
    Rewrite(rewrite::Rewrite),
    Sdk(sdk::Sdk),
    Verify(verify::Verify),
    Inspect(inspect::Inspect),
    Load(load::Load),
    Run(run::Run),
    Trace(trace::Trace),
    List(list::List),
    Show(show::Show),
    Faults(faults::Faults),
    Events(events::Events),
    Unload(unload::Unload),
    Attach(attach::Attach),
    Detach(detach::Detach),
    Stats(counts::Stats),
    Symbols(symbols::Symbols),
    Doctor(doctor::Doctor),
    Explain(explain::Explain),
    Completions(generate::Completions),
    #[command(hide = true)]
    Man(generate::Man),
}

impl Verb {
    pub fn run(self, out: &Output) -> Answer {
        match self {
            Verb::New(verb) => verb.run(out),
            Verb::Build(verb) => verb.run(out),
            Verb::Rewrite(verb) => verb.run(out),
            Verb::Sdk(verb) => verb.run(out),
            Verb::Verify(verb) => verb.run(out),
            Verb::Inspect(verb) => verb.run(out),
            Verb::Load(verb) => verb.run(out),
            Verb::Run(verb) => verb.run(out),
            Verb::Trace(verb) => verb.run(out),
            Verb::List(verb) => verb.run(out),
            Verb::Show(verb) => verb.run(out),
            Verb::Faults(verb) => verb.run(out),
            Verb::Events(verb) => verb.run(out),
            Verb::Unload(verb) => verb.run(out),
            Verb::Attach(verb) => verb.run(out),
            Verb::Detach(verb) => verb.run(out),
            Verb::Stats(verb) => verb.run(out),
            Verb::Symbols(verb) => verb.run(out),
            Verb::Doctor(verb) => verb.run(out),
            Verb::Explain(verb) => verb.run(out),
            Verb::Completions(verb) => verb.run(),
            Verb::Man(verb) => verb.run(),
        }
    }
}

/// Reads a file.
fn read(path: &Path) -> Result<Vec<u8>, Box<Failure>> {
    std::fs::read(path).map_err(|error| Failure::io("read", path, &error))
}

/// Reads an image file, and says on standard error what is odd about it.
fn read_image(path: &Path, out: &Output) -> Result<ImageFile, Box<Failure>> {
    let file = elf::read(&read(path)?).map_err(|error| report::file(path, &error))?;
    for warning in &file.warnings {
        out.note(&format!("warning: {}: {warning}", path.display()));
    }
    Ok(file)
}

/// Writes an image file. A file that is there is replaced as a whole or not at all.
fn write_image(path: &Path, file: &ImageFile) -> Result<u64, Box<Failure>> {
    let bytes = elf::write(file).map_err(|error| report::file(path, &error))?;
    let failed = |error: std::io::Error| Failure::io("write", path, &error);
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    std::fs::write(&part, &bytes).map_err(failed)?;
    std::fs::rename(&part, path).map_err(|error| {
        // The rename's error is the one to tell; a part that stays behind does no harm.
        let _ = std::fs::remove_file(&part);
        failed(error)
    })?;
    Ok(bytes.len() as u64)
}

/// A line of what goes on, seen at once.
fn line(text: &str) {
    let mut to = anstream::stdout().lock();
    // Nobody reads any more: there is nobody to tell, and what is waited for next ends by the reader's own signal.
    if writeln!(to, "{text}").and_then(|()| to.flush()).is_err() {
        std::process::exit(Status::Done as i32);
    }
}

/// The name of an image in messages.
fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}
