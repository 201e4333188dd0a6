// SPDX-License-Identifier: GPL-2.0
//! `lore stats`: what the attachments did.

use super::extension::{device, failure, name_of, time_text};
use clap::Args;
use comfy_table::{presets, CellAlignment, Table};
use lore::output::{thousands, Answer, Output, Status};
use lore_abi::attach::{AttachmentState, AttachmentStatus};
use serde_json::{json, Value};
use std::io::IsTerminal;
use std::time::Duration;

/// Show what the attachments did
#[derive(Args)]
pub struct Stats {
    /// Show it again every second, until interrupted; with --json a document per line
    #[arg(long)]
    watch: bool,
}

impl Stats {
    pub fn run(self, out: &Output) -> Answer {
        let device = device()?;
        loop {
            let all = device.attachments();
            let all = all.map_err(|error| failure("cannot read the attachments", error, None))?;
            if !self.watch {
                out.show(|| json(&all), || table(&all));
                return Ok(Status::Done);
            }
            if out.json {
                anstream::println!("{}", json(&all));
            } else {
                // From the upper left corner, and nothing below.
                let clear = if std::io::stdout().is_terminal() {
                    "\x1b[H\x1b[J"
                } else {
                    ""
                };
                anstream::println!("{clear}{}", table(&all));
            }
            std::thread::sleep(Duration::from_secs(1));
        }
    }
}

fn state_of(attachment: &AttachmentStatus) -> &'static str {
    AttachmentState::from_u32(attachment.state).map_or("unknown", AttachmentState::id)
}

fn json(all: &[AttachmentStatus]) -> Value {
    let one = |a: &AttachmentStatus| {
        json!({
            "attachment": a.id,
            "id": a.extension,
            "name": name_of(&a.name),
            "hook": name_of(&a.hook),
            "entry": a.entry,
            "state": state_of(a),
            "warnings": a.warnings,
            "runs": a.runs,
            "cancellations": a.cancellations,
            "skips": a.skips,
            "time_ns": a.time_ns,
            "objects": a.held,
        })
    };
    all.iter().map(one).collect()
}

fn table(all: &[AttachmentStatus]) -> String {
    if all.is_empty() {
        return "nothing is attached".to_owned();
    }
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_header([
        "name",
        "hook",
        "state",
        "runs",
        "cancelled",
        "skipped",
        "time",
        "per run",
        "objects",
    ]);
    for a in all {
        table.add_row([
            match name_of(&a.name) {
                name if name.is_empty() => format!("#{}", a.extension),
                name => name,
            },
            name_of(&a.hook),
            state_of(a).to_owned(),
            thousands(a.runs),
            thousands(a.cancellations),
            thousands(a.skips),
            time_text(a.time_ns),
            time_text(a.time_ns / (a.runs + a.cancellations).max(1)),
            thousands(a.held),
        ]);
    }
    for column in 3..9 {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table.trim_fmt()
}
