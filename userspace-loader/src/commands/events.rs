// SPDX-License-Identifier: GPL-2.0
//! `lore events`: the records that a loaded extension sends, as they come.

use super::extension::{device, failure, parse_who, who_text};
use super::line;
use clap::Args;
use lore::kernel::Who;
use lore::output::{thousands, Answer, Failure, Output, Status};
use lore_client::events::{Events as Ring, EventsError};
use lore_client::window::Access;
use serde_json::json;

/// Print the events of a loaded extension, as they come
///
/// One reader at a time: two take each other's events. Text is printed as it is, other bytes as a dump.
/// With --json, each event is a document on a line of its own.
#[derive(Args)]
pub struct Events {
    /// Its name or number
    #[arg(value_parser = parse_who)]
    extension: Who,
    /// End after so many events
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    count: Option<u64>,
    /// End when no event is there, instead of waiting for the next
    #[arg(long)]
    no_wait: bool,
}

impl Events {
    pub fn run(self, out: &Output) -> Answer {
        let name = who_text(&self.extension);
        let what = format!("cannot read the events of {name}");
        let failed = |error| failure(&what, error, None);
        let (extension, _) = device()?.extension(&self.extension).map_err(failed)?;
        let window = extension.map(Access::ReadWrite).map_err(failed)?;
        let mut ring = window.events().map_err(|error| refused(&what, &error))?;
        let mut printed = Printed {
            events: 0,
            lost: ring.lost(),
        };
        loop {
            printed
                .pass_on(&mut ring, self.count, out)
                .map_err(|error| refused(&what, &error))?;
            if self.no_wait || self.count.is_some_and(|count| printed.events >= count) {
                return Ok(Status::Done);
            }
            let ready = extension.wait(None).map_err(failed)?;
            if ready.over && !ready.event {
                out.note(&format!("{name} is detached: no more events come"));
                return Ok(Status::Done);
            }
        }
    }
}

/// What was printed so far.
struct Printed {
    events: u64,
    lost: u64,
}

impl Printed {
    /// Prints what is there. A reader that went away ends the stream like any other.
    fn pass_on(
        &mut self,
        ring: &mut Ring<'_>,
        count: Option<u64>,
        out: &Output,
    ) -> Result<(), EventsError> {
        while count.is_none_or(|count| self.events < count) {
            let Some(event) = ring.next_event()? else {
                break;
            };
            let bytes: Vec<u8> = event.bytes().collect();
            drop(event);
            self.events += 1;
            show(&bytes, out);
        }
        let lost = ring.lost();
        if lost != self.lost {
            let more = lost.wrapping_sub(self.lost);
            self.lost = lost;
            match out.json {
                true => line(&json!({ "lost": more }).to_string()),
                false => out.note(&format!(
                    "{} events found no room and are lost",
                    thousands(more)
                )),
            }
        }
        Ok(())
    }
}

fn show(bytes: &[u8], out: &Output) {
    let text = std::str::from_utf8(bytes)
        .ok()
        .map(|text| text.trim_end_matches('\n'));
    let text = text.filter(|text| !text.chars().any(char::is_control));
    if out.json {
        let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        line(&json!({ "len": bytes.len(), "hex": hex, "text": text }).to_string());
        return;
    }
    match text {
        Some(text) => line(text),
        None => bytes.chunks(16).for_each(|chunk| {
            let hex: String = chunk.iter().map(|byte| format!(" {byte:02x}")).collect();
            line(hex.trim_start());
        }),
    }
}

fn refused(what: &str, error: &EventsError) -> Box<Failure> {
    let failure = Failure::new(Status::Kernel, "events", format!("{what}: {error}"));
    Box::new(match error {
        EventsError::NoRing => failure.help(
            "an image asks for a ring by `ring` in lore.toml, by [package.metadata.lore] in Cargo.toml, or by \
             `lore build --ring BYTES`",
        ),
        EventsError::Garbage { .. } => failure.help(
            "another program, or the extension, wrote into the ring; loading the extension again begins anew",
        ),
        EventsError::Window(_) => failure,
    })
}
