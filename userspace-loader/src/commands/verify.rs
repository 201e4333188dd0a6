// SPDX-License-Identifier: GPL-2.0
//! `lore verify`: what the kernel would say, without a kernel.

use super::{name_of, read_image};
use clap::Args;
use lore::output::{count, thousands, Answer, Output, Status};
use lore::report;
use lore::verify::{all_features, parse_features, verify};
use lore_abi::image::Profile;
use lore_verifier::Policy;
use serde_json::json;
use std::path::PathBuf;
use std::time::Instant;

/// Check an image with the kernel's own verifier
#[derive(Args)]
pub struct Verify {
    /// Image file
    image: PathBuf,
    /// CPU features that open instructions: all, none, or names like LSE,LRCPC
    #[arg(long, value_parser = parse_features, default_value = "all")]
    features: u64,
    /// As a kernel with the `strict` policy: facts do not outlive calls
    #[arg(long)]
    strict: bool,
    /// As a kernel with the module parameter `stores`: images whose loads are not guarded may run
    #[arg(long)]
    stores: bool,
}

impl Verify {
    pub fn run(self, out: &Output) -> Answer {
        let file = read_image(&self.image, out)?;
        let image = &file.image;
        let policy = Policy {
            features: self.features & all_features(),
            strict: self.strict,
            window: 0,
            profiles: Profile::SOUND
                | if self.stores {
                    Profile::Stores.bit()
                } else {
                    0
                },
        };
        let start = Instant::now();
        let layout = verify(image, &policy)
            .map_err(|v| report::violation(&name_of(&self.image), &file, &v))?;
        let time = start.elapsed();
        out.show(
            || {
                json!({
                    "verified": true,
                    "image": self.image,
                    "words": image.code.len() / 4,
                    "labels": image.labels.len(),
                    "targets": image.targets.len(),
                    "region_bytes": layout.region_len,
                    "time_ns": time.as_nanos() as u64,
                })
            },
            || {
                format!(
                    "{}: verified: {}, {}, {}; a region of {} KiB",
                    self.image.display(),
                    count(image.code.len() / 4, "word"),
                    count(image.labels.len(), "label"),
                    count(image.targets.len(), "declared target"),
                    thousands(u64::from(layout.region_len) >> 10),
                )
            },
        );
        Ok(Status::Done)
    }
}
