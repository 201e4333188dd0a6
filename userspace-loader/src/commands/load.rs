// SPDX-License-Identifier: GPL-2.0
//! `lore load`: an image into the kernel, held by a name.

use super::extension::{device, failure, parse_bytes, parse_time, time_text};
use super::{memory, name_of, read_image};
use clap::Args;
use lore::elf::ImageFile;
use lore::kernel::{Device, Extension, LoadOptions, Loaded};
use lore::output::{Answer, Failure, Output, Status};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Load an image under a name
#[derive(Args)]
pub struct Load {
    /// Image file
    image: PathBuf,
    /// Name; the file's name without its ending is the default
    #[arg(long)]
    name: Option<String>,
    #[command(flatten)]
    limits: Limits,
}

/// What an extension may use. Without an option, the kernel's default.
#[derive(Args)]
pub struct Limits {
    /// Most bytes of heap (64k, 16M, 1G)
    #[arg(long, value_parser = parse_bytes, default_value = "0", hide_default_value = true)]
    heap: u64,
    /// Bytes of data stack per activation
    #[arg(long, value_parser = parse_bytes, default_value = "0", hide_default_value = true)]
    stack: u64,
    /// Time budget of an activation (500us, 20ms, 1s)
    #[arg(long, value_parser = parse_time, default_value = "0us", hide_default_value = true)]
    budget: u64,
    /// Faults after which it is detached
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    faults: u64,
    /// Calls that its trace has room for, which `lore trace` says.
    #[arg(skip)]
    pub trace: u32,
}

impl Limits {
    fn options(&self, name: Option<String>) -> LoadOptions {
        LoadOptions {
            name,
            heap_max: self.heap,
            budget_us: self.budget,
            stack_len: self.stack,
            faults_max: self.faults,
            trace: self.trace,
            ..LoadOptions::default()
        }
    }
}

impl Load {
    pub fn run(self, out: &Output) -> Answer {
        let stem = self.image.file_stem().unwrap_or_default().to_string_lossy();
        let name = self.name.clone().unwrap_or_else(|| stem.into_owned());
        let file = read_image(&self.image, out)?;
        let device = device()?;
        // The name holds the extension when its file is closed at the end of this command.
        let (_, loaded) = load(
            &device,
            &self.image,
            &file,
            Some(name.clone()),
            &self.limits,
        )?;
        memory::remember(loaded.id, &self.image);
        let [copy, verify, map] = loaded.times_ns;
        out.show(
            || json!({ "id": loaded.id, "name": name, "copy_ns": copy, "verify_ns": verify, "map_ns": map }),
            || {
                format!(
                    "loaded {name} as #{}: copied in {}, verified in {}, mapped in {}",
                    loaded.id,
                    time_text(copy),
                    time_text(verify),
                    time_text(map)
                )
            },
        );
        Ok(Status::Done)
    }
}

/// Loads an image; without a name it lives as long as its file is open.
pub fn load(
    device: &Device,
    path: &Path,
    file: &ImageFile,
    name: Option<String>,
    limits: &Limits,
) -> Result<(Extension, Loaded), Box<Failure>> {
    let image_name = name_of(path);
    device
        .load(&file.image, &limits.options(name))
        .map_err(|error| {
            failure(
                &format!("cannot load {image_name}"),
                error,
                Some((&image_name, file)),
            )
        })
}
