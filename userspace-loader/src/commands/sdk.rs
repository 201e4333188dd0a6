// SPDX-License-Identifier: GPL-2.0
//! `lore sdk`: what other build systems need to compile and link extensions in C.

use clap::Args;
use lore::build::{Registers, Sdk as Found};
use lore::output::{Answer, Output, Status};
use serde_json::json;

/// Say how to compile and link extensions in C without `lore build`: for makefiles, as pkg-config does
///
/// Everything is made first if it has not been. What is linked goes behind the objects:
/// lore rewrite -o prog.lore prog.o $(lore sdk --libs)
#[derive(Args)]
pub struct Sdk {
    /// The compiler's flags
    #[arg(long)]
    cflags: bool,
    /// The archives to link
    #[arg(long)]
    libs: bool,
}

impl Sdk {
    pub fn run(self, out: &Output) -> Answer {
        let sdk = Found::find(out.json, Registers::Reserved)?;
        // Asked for nothing is asked for all.
        let all = !self.cflags && !self.libs;
        let flags = match self.cflags || all {
            true => sdk.flags(),
            false => Vec::new(),
        };
        let libs = match self.libs || all {
            true => vec![sdk.own()?, sdk.library()?, sdk.floating_point()?],
            false => Vec::new(),
        };
        out.show(
            || json!({ "compiler": sdk.compiler.name, "cflags": flags, "libs": libs }),
            || {
                let libs = libs.iter().map(|path| path.display().to_string());
                flags
                    .iter()
                    .cloned()
                    .chain(libs)
                    .collect::<Vec<_>>()
                    .join(" ")
            },
        );
        Ok(Status::Done)
    }
}
