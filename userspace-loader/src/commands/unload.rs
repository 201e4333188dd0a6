// SPDX-License-Identifier: GPL-2.0
//! `lore unload`: gives up the name that holds an extension.

use super::extension::{device, failure, parse_who, who_text};
use super::memory;
use clap::Args;
use lore::kernel::Who;
use lore::output::{Answer, Output, Status};
use serde_json::json;

/// Unload an extension; it ends when its last file is closed
#[derive(Args)]
pub struct Unload {
    /// Its name or number
    #[arg(value_parser = parse_who)]
    extension: Who,
}

impl Unload {
    pub fn run(self, out: &Output) -> Answer {
        let name = who_text(&self.extension);
        let id = device()?
            .unload(&self.extension)
            .map_err(|error| failure(&format!("cannot unload {name}"), error, None))?;
        memory::forget(id);
        out.show(
            || json!({ "id": id, "unloaded": true }),
            || format!("unloaded {name}"),
        );
        Ok(Status::Done)
    }
}
