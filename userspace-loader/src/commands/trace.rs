// SPDX-License-Identifier: GPL-2.0
//! `lore trace`: one or more activations of an image, with the gates that it calls.

use super::extension::{device, failure};
use super::load::load;
use super::run::How;
use super::{line, name_of, read_image};
use clap::Args;
use lore::kernel::Extension;
use lore::output::{thousands, Answer, Failure, Output};
use lore::report::Calls;
use lore_abi::trace::TRACE_MAX;
use serde_json::json;
use std::path::PathBuf;
use std::thread;
use std::time::Duration;

/// How long to wait for more calls, when all were printed and the entry still runs.
const PAUSE: Duration = Duration::from_millis(5);

/// Run an image's entry of the hook `run`, and print the gates that it calls
///
/// The image is loaded for this run alone, bound to gates that keep a record of each call. One line per call, as they
/// come: the gate, its arguments by name, and its result. Of bytes the first 64 are shown, objects of the kernel by
/// their kind and a number, `task#1`. With --json, each call is a document on a line of its own, and so is the answer
/// of the run at the end.
#[derive(Args)]
pub struct Trace {
    /// Image file
    image: PathBuf,
    /// Calls that the kernel keeps until they are printed, of which more are lost, and counted
    #[arg(long, value_name = "N", default_value_t = 16 << 10, value_parser = clap::value_parser!(u32).range(1..=i64::from(TRACE_MAX)))]
    room: u32,
    #[command(flatten)]
    how: How,
}

impl Trace {
    pub fn run(mut self, out: &Output) -> Answer {
        self.how.limits.trace = self.room;
        let file = read_image(&self.image, out)?;
        let (extension, _) = load(&device()?, &self.image, &file, None, &self.how.limits)?;
        let name = name_of(&self.image);
        let mut calls = Calls::default();
        let ended = thread::scope(|scope| {
            let running = scope.spawn(|| self.how.activate(&extension, &name));
            while !running.is_finished() {
                if print(&extension, &mut calls, out)?.seen == 0 {
                    thread::park_timeout(PAUSE);
                }
            }
            // Nothing in there panics but for want of memory.
            running
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        })?;
        let mut last = print(&extension, &mut calls, out)?;
        while last.seen != 0 {
            last = print(&extension, &mut calls, out)?;
        }
        match last.lost {
            0 => {}
            lost if out.json => line(&json!({ "lost": lost }).to_string()),
            lost => out.note(&format!(
                "{} calls found no room and are not shown; --room has more of it",
                thousands(lost)
            )),
        }
        self.how.answer(&extension, &name, Some(&file), &ended, out)
    }
}

struct Printed {
    seen: usize,
    lost: u64,
}

/// Prints the calls that are there.
fn print(extension: &Extension, calls: &mut Calls, out: &Output) -> Result<Printed, Box<Failure>> {
    let (records, lost) = extension
        .calls()
        .map_err(|error| failure("cannot read the trace", error, None))?;
    for record in &records {
        let call = calls.next(record);
        match out.json {
            true => line(&call.json().to_string()),
            false => line(&call.line()),
        }
    }
    Ok(Printed {
        seen: records.len(),
        lost,
    })
}
