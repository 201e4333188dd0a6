// SPDX-License-Identifier: GPL-2.0
//! `lore list`: what is loaded.

use super::extension::{bytes_text, device, failure, name_of, status_json, time_text};
use clap::Args;
use comfy_table::{presets, Table};
use lore::output::{thousands, Answer, Output, Status};
use serde_json::json;

/// List the loaded extensions
#[derive(Args)]
pub struct List {}

impl List {
    pub fn run(self, out: &Output) -> Answer {
        let all = device()?
            .list()
            .map_err(|error| failure("cannot list", error, None))?;
        out.show(
            || json!(all.iter().map(status_json).collect::<Vec<_>>()),
            || {
                if all.is_empty() {
                    return "no extension is loaded".to_owned();
                }
                let mut table = Table::new();
                table.load_style(presets::NOTHING);
                table.set_header([
                    "id", "name", "code", "window", "heap", "runs", "faults", "time", "state",
                ]);
                for s in &all {
                    table.add_row([
                        s.id.to_string(),
                        name_of(&s.name),
                        bytes_text(s.code_len),
                        bytes_text(s.window_len),
                        bytes_text(s.heap_len),
                        thousands(s.runs),
                        thousands(s.faults),
                        time_text(s.time_ns),
                        if s.detached != 0 { "detached" } else { "ready" }.to_owned(),
                    ]);
                }
                table.trim_fmt()
            },
        );
        Ok(Status::Done)
    }
}
