// SPDX-License-Identifier: GPL-2.0
//! `lore detach`: what `lore attach` did, undone.

use super::extension::{device, failure, parse_who, who_text};
use super::memory;
use clap::Args;
use lore::kernel::Who;
use lore::output::{Answer, Output, Status};
use serde_json::json;

/// Detach an extension from all its hooks, and unload it
#[derive(Args)]
pub struct Detach {
    /// Its name or number
    #[arg(value_parser = parse_who)]
    extension: Who,
    /// Leave it loaded
    #[arg(long)]
    keep: bool,
}

impl Detach {
    pub fn run(self, out: &Output) -> Answer {
        let name = who_text(&self.extension);
        let failed = |error| failure(&format!("cannot detach {name}"), error, None);
        let device = device()?;
        let count = device.detach_all(&self.extension).map_err(failed)?;
        if !self.keep {
            memory::forget(device.unload(&self.extension).map_err(failed)?);
        }
        out.show(
            || json!({ "detached": count, "unloaded": !self.keep }),
            || {
                let hooks = if count == 1 { "hook" } else { "hooks" };
                format!("detached {name} from {count} {hooks}")
            },
        );
        Ok(Status::Done)
    }
}
