// SPDX-License-Identifier: GPL-2.0
//! `lore attach`: an image into the kernel, called by hooks from then on.

use super::extension::{device, failure};
use super::load::{load, Limits};
use super::{memory, place, read_image};
use clap::Args;
use lore::kernel::{Attached, Device, Extension, Who};
use lore::output::{Answer, Failure, Output, Status};
use lore_abi::attach::WARN_MASKED;
use serde_json::json;
use std::path::PathBuf;

/// Load an image and attach it to hooks
#[derive(Args)]
#[command(after_help = place::HELP)]
pub struct Attach {
    /// Image file
    image: PathBuf,
    /// Hooks, like timer/10ms; the first entry that fits is called
    #[arg(required = true)]
    hook: Vec<String>,
    /// Name that holds it; the file's name without its ending is the default
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    limits: Limits,
}

impl Attach {
    pub fn run(self, out: &Output) -> Answer {
        let stem = self.image.file_stem().unwrap_or_default().to_string_lossy();
        let name = self.name.clone().unwrap_or_else(|| stem.into_owned());
        let file = read_image(&self.image, out)?;
        let device = device()?;
        // The name holds the extension, and so its attachments, when its file is closed at the end of this command.
        let (extension, loaded) = load(
            &device,
            &self.image,
            &file,
            Some(name.clone()),
            &self.limits,
        )?;
        memory::remember(loaded.id, &self.image);
        let attached = self.attach_all(&extension).inspect_err(|_| {
            forget(&device, loaded.id);
        })?;
        for (hook, _) in attached
            .iter()
            .filter(|(_, a)| a.warnings & WARN_MASKED != 0)
        {
            out.note(&format!(
                "warning: {hook} can be called with interrupts masked; {name} is not metered, so it is skipped there \
                 (`lore stats` counts how often)"
            ));
        }
        let json = |(hook, a): &(&str, Attached)| json!({ "hook": hook, "attachment": a.id, "warnings": a.warnings });
        out.show(
            || {
                let hooks: Vec<_> = attached.iter().map(json).collect();
                json!({ "id": loaded.id, "name": name, "attached": hooks })
            },
            || {
                let line = |(hook, a): &(&str, Attached)| {
                    format!("attached {name} to {hook} as #{}", a.id)
                };
                attached.iter().map(line).collect::<Vec<_>>().join("\n")
            },
        );
        Ok(Status::Done)
    }

    fn attach_all(&self, extension: &Extension) -> Result<Vec<(&str, Attached)>, Box<Failure>> {
        let one = |hook: &'_ String| {
            let attached = extension.attach(hook, None);
            attached.map_err(|error| {
                let what = format!("cannot attach to {hook}");
                place::explain(failure(&what, error, None), hook)
            })
        };
        self.hook
            .iter()
            .map(|hook| Ok((hook.as_str(), one(hook)?)))
            .collect()
    }
}

/// Nothing stays of an extension that could not be attached.
fn forget(device: &Device, id: u64) {
    // What was wrong is told already; an extension that is gone need not be unloaded.
    let _ = device.unload(&Who::Id(id));
    memory::forget(id);
}
