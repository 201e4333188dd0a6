// SPDX-License-Identifier: GPL-2.0
//! `lore attach`: an image into the kernel, called by hooks from then on.

use super::extension::{device, failure};
use super::load::{load, Limits};
use super::{memory, place, read_image};
use clap::Args;
use lore::elf::ImageFile;
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
    /// Hooks, like timer/10ms, and of each the first entry that fits; by default where the entries say that they belong
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
        let hooks = self.hooks(&file)?;
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
        let attached = attach_all(&extension, &hooks).inspect_err(|_| {
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

    /// What to attach to, and which entry if that is said.
    fn hooks(&self, file: &ImageFile) -> Result<Vec<(String, Option<u32>)>, Box<Failure>> {
        if !self.hook.is_empty() {
            return Ok(self.hook.iter().map(|hook| (hook.clone(), None)).collect());
        }
        let places = file.image.places.iter();
        let hooks: Vec<_> = places
            .map(|place| (place.hook.clone(), Some(place.entry)))
            .collect();
        if hooks.is_empty() {
            let message = format!("{} does not say where it belongs", self.image.display());
            return Err(Failure::new(Status::Usage, "no-hook", message)
                .help("name a hook: lore attach IMAGE HOOK")
                .help("or have the entry say it: #[lore::timer(\"10ms\")], LORE_PLACE(function, \"timer/10ms\")")
                .into());
        }
        Ok(hooks)
    }
}

fn attach_all<'a>(
    extension: &Extension,
    hooks: &'a [(String, Option<u32>)],
) -> Result<Vec<(&'a str, Attached)>, Box<Failure>> {
    let one = |hook: &str, entry| {
        let attached = extension.attach(hook, entry);
        attached.map_err(|error| {
            let what = format!("cannot attach to {hook}");
            place::explain(failure(&what, error, None), hook)
        })
    };
    hooks
        .iter()
        .map(|(hook, entry)| Ok((hook.as_str(), one(hook, *entry)?)))
        .collect()
}

/// Nothing stays of an extension that could not be attached.
fn forget(device: &Device, id: u64) {
    // What was wrong is told already; an extension that is gone need not be unloaded.
    let _ = device.unload(&Who::Id(id));
    memory::forget(id);
}
