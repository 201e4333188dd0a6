// SPDX-License-Identifier: GPL-2.0
//! `lore faults`: how activations of a loaded extension ended that did not return.

use super::extension::{device, failure, parse_who, who_text};
use super::memory::image_of;
use annotate_snippets::Renderer;
use clap::Args;
use lore::kernel::Who;
use lore::output::{thousands, Answer, Output, Status};
use lore::report;
use serde_json::json;
use std::path::PathBuf;

/// Show the faults of a loaded extension
#[derive(Args)]
pub struct Faults {
    /// Its name or number
    #[arg(value_parser = parse_who)]
    extension: Who,
    /// Its image file, to name places in it; `lore load` remembers it
    #[arg(long, value_name = "FILE")]
    image: Option<PathBuf>,
    /// Only the faults behind this number
    #[arg(long, default_value_t = 0, value_name = "N")]
    after: u64,
}

impl Faults {
    pub fn run(self, out: &Output) -> Answer {
        let name = who_text(&self.extension);
        let what = format!("cannot read the faults of {name}");
        let failed = |error| failure(&what, error, None);
        let (extension, _) = device()?.extension(&self.extension).map_err(failed)?;
        let file = image_of(self.image.as_deref(), &extension, out)?;
        let faults = extension.faults(self.after).map_err(failed)?;
        let unrecorded = extension.show().map_err(failed)?.faults_unrecorded;
        if unrecorded > 0 {
            let count = thousands(unrecorded);
            out.note(&format!(
                "{count} more have no record: they came before the fault before them was recorded"
            ));
        }
        out.show(
            || {
                json!(faults
                    .iter()
                    .map(|f| report::fault_json(file.as_ref(), f))
                    .collect::<Vec<_>>())
            },
            || {
                if faults.is_empty() {
                    return format!("{name} has no faults");
                }
                let one =
                    |fault| Renderer::styled().render(&report::fault(&name, file.as_ref(), fault));
                faults.iter().map(one).collect::<Vec<_>>().join("\n\n")
            },
        );
        Ok(Status::Done)
    }
}
