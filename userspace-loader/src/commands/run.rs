// SPDX-License-Identifier: GPL-2.0
//! `lore run`: one or more activations, of a loaded extension or of an image file.

use super::extension::{device, failure, parse_bytes, parse_who, time_text, who_text};
use super::load::{load, Limits};
use super::memory::image_of;
use super::{name_of, read, read_image};
use clap::Args;
use lore::elf::ImageFile;
use lore::kernel::{Extension, Run as Activation};
use lore::output::{thousands, Answer, Failure, Output, Status};
use lore::report;
use lore_abi::fault::Fault;
use lore_abi::request::{RunRequest, RUN_BUFFER_MAX, RUN_RETURNED};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Room for output when none is asked for.
const OUTPUT_DEFAULT: u64 = 16 << 20;

/// Run an extension's entry of the hook `run`
#[derive(Args)]
pub struct Run {
    /// A loaded extension's name or number, or an image file, which is loaded for this run alone
    target: String,
    /// The image file of a loaded extension, to name places in it; `lore load` remembers it
    #[arg(long, value_name = "FILE")]
    image: Option<PathBuf>,
    #[command(flatten)]
    how: How,
}

/// What an entry gets, and what becomes of what it gives.
#[derive(Args)]
pub struct How {
    /// Index of the entry
    #[arg(long, default_value_t = 0)]
    entry: u32,
    /// File that the extension gets as input
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
    /// File for what the extension writes
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Room for output (64k, 16M)
    #[arg(long, value_name = "BYTES", value_parser = parse_bytes)]
    output_max: Option<u64>,
    /// Number that the extension gets
    #[arg(long, value_name = "N", value_parser = parse_number, default_value = "0")]
    arg: u64,
    /// Activations, one after the other
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    repeat: u32,
    #[command(flatten)]
    pub limits: Limits,
}

/// How an activation went, and what it wrote.
pub struct Ended {
    done: RunRequest,
    output: Vec<u8>,
}

impl Run {
    pub fn run(self, out: &Output) -> Answer {
        let (extension, name, file) = self.target(out)?;
        let ended = self.how.activate(&extension, &name)?;
        self.how
            .answer(&extension, &name, file.as_ref(), &ended, out)
    }

    /// The extension to run, how messages call it, and its image if that is at hand.
    fn target(&self, out: &Output) -> Result<(Extension, String, Option<ImageFile>), Box<Failure>> {
        let path = Path::new(&self.target);
        if path.is_file() {
            let file = read_image(path, out)?;
            let (extension, _) = load(&device()?, path, &file, None, &self.how.limits)?;
            return Ok((extension, name_of(path), Some(file)));
        }
        if self.target.contains(['/', '.'])
            && !path.exists()
            && path.extension().is_some_and(|e| e == "lore")
        {
            let error = std::io::Error::from(std::io::ErrorKind::NotFound);
            return Err(Failure::io("read", path, &error));
        }
        let who = parse_who(&self.target)
            .map_err(|text| Box::new(Failure::new(Status::Usage, "usage", text)))?;
        let name = who_text(&who);
        let (extension, _) = device()?
            .extension(&who)
            .map_err(|error| failure(&format!("cannot open {name}"), error, None))?;
        let file = image_of(self.image.as_deref(), &extension, out)?;
        Ok((extension, name, file))
    }
}

impl How {
    /// Runs the entry.
    pub fn activate(&self, extension: &Extension, name: &str) -> Result<Ended, Box<Failure>> {
        let input = self
            .input
            .as_deref()
            .map(read)
            .transpose()?
            .unwrap_or_default();
        let mut output = vec![0; self.output_room(input.len() as u64)? as usize];
        let mut run = Activation {
            entry: self.entry,
            repeat: self.repeat,
            arg: self.arg,
            input: &input,
            output: &mut output,
        };
        let done = extension
            .run(&mut run)
            .map_err(|error| failure(&format!("cannot run {name}"), error, None))?;
        output.truncate(done.output_len as usize);
        Ok(Ended { done, output })
    }

    /// Says how it ended.
    pub fn answer(
        &self,
        extension: &Extension,
        name: &str,
        file: Option<&ImageFile>,
        Ended { done, output }: &Ended,
        out: &Output,
    ) -> Answer {
        if done.ended != RUN_RETURNED {
            let faults = extension
                .faults(done.fault.saturating_sub(1))
                .map_err(|error| failure(&format!("cannot run {name}"), error, None))?;
            let fault = faults
                .iter()
                .find(|fault| fault.number == done.fault)
                .copied();
            return Ok(faulted(name, file, done, fault, out));
        }
        if let Some(path) = &self.output {
            std::fs::write(path, output).map_err(|error| Failure::io("write", path, &error))?;
        }
        self.returned(name, done, output, out);
        Ok(Status::Done)
    }

    /// Room for output, within what one run may have together with its input.
    fn output_room(&self, input: u64) -> Result<u64, Box<Failure>> {
        let left = RUN_BUFFER_MAX.saturating_sub(input);
        if left == 0 || self.output_max.is_some_and(|max| max > left) {
            let message = format!(
                "input and output of one run have at most {} bytes together",
                thousands(RUN_BUFFER_MAX)
            );
            return Err(Failure::new(Status::Usage, "too-large", message).into());
        }
        Ok(self.output_max.unwrap_or(OUTPUT_DEFAULT).min(left))
    }

    fn returned(&self, name: &str, done: &RunRequest, output: &[u8], out: &Output) {
        out.show(
            || {
                json!({
                    "ended": "returned",
                    "result": done.result,
                    "runs": done.runs,
                    "time_ns": done.time_ns,
                    "output_bytes": output.len(),
                    "output": self.output,
                })
            },
            || {
                let runs = match done.runs {
                    1 => time_text(done.time_ns),
                    runs => format!(
                        "{} runs in {}, {} each",
                        thousands(u64::from(runs)),
                        time_text(done.time_ns),
                        time_text(done.time_ns / u64::from(runs.max(1)))
                    ),
                };
                // Results are C's `long`: a small negative one is an error code of the extension.
                let result = done.result as i64;
                let mut text = format!("{name} returned {result} ({runs}");
                if !output.is_empty() {
                    text.push_str(&format!(
                        ", {} bytes of output",
                        thousands(output.len() as u64)
                    ));
                }
                text.push(')');
                match std::str::from_utf8(output) {
                    Ok(words)
                        if self.output.is_none() && output.len() <= 4096 && !words.is_empty() =>
                    {
                        format!("{text}\n{words}")
                    }
                    _ => text,
                }
            },
        );
    }
}

/// Reports a cancelled activation.
fn faulted(
    name: &str,
    file: Option<&ImageFile>,
    done: &RunRequest,
    fault: Option<Fault>,
    out: &Output,
) -> Status {
    let Some(fault) = fault else {
        let message = format!(
            "{name} was cancelled (fault {}, whose record is gone)",
            done.fault
        );
        return out.fail(Failure::new(Status::Faulted, "fault", message));
    };
    if out.json {
        let fault = report::fault_json(file, &fault);
        out.show(
            || json!({ "ended": "faulted", "runs": done.runs, "time_ns": done.time_ns, "fault": fault }),
            String::new,
        );
        return Status::Faulted;
    }
    let failure = Failure::new(Status::Faulted, "fault", "cancelled");
    out.fail(failure.report(report::fault(name, file, &fault)))
}

/// A number, decimal or with `0x`; a negative one is meant as C means it.
fn parse_number(text: &str) -> Result<u64, String> {
    let parsed = match (text.strip_prefix("0x"), text.strip_prefix('-')) {
        (Some(hex), _) => u64::from_str_radix(hex, 16).ok(),
        (_, Some(_)) => text.parse::<i64>().ok().map(|number| number as u64),
        _ => text.parse().ok(),
    };
    parsed.ok_or_else(|| "a number like 42, -1 or 0x2a".to_owned())
}
