// SPDX-License-Identifier: GPL-2.0
//! `lore build`: C sources or a cargo package to an image.

use super::rewrite::{finish, LinkArgs};
use clap::Args;
use lore::build::{Place, Plan};
use lore::output::{Answer, Output};
use std::path::PathBuf;

/// Compile C sources, a folder with lore.toml, or a cargo package, to an image
#[derive(Args)]
pub struct Build {
    /// C sources, or one folder
    #[arg(default_value = ".")]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    link: LinkArgs,
    /// A macro for C, NAME or NAME=VALUE
    #[arg(short = 'D', value_name = "MACRO")]
    defines: Vec<String>,
    /// A folder with C headers
    #[arg(short = 'I', value_name = "FOLDER")]
    include: Vec<PathBuf>,
    /// A flag for the C compiler
    #[arg(long, value_name = "FLAG", allow_hyphen_values = true)]
    cflag: Vec<String>,
    /// Folder for what is made on the way, and for the image unless -o says otherwise
    #[arg(long, value_name = "FOLDER", default_value = "target/lore")]
    target_dir: PathBuf,
}

impl Build {
    pub fn run(mut self, out: &Output) -> Answer {
        let place = Place {
            folder: self.target_dir.clone(),
            quiet: out.json,
            ..Place::default()
        };
        let mut plan = Plan::of(&self.paths, &place)?;
        plan.defines.extend(std::mem::take(&mut self.defines));
        plan.include.extend(std::mem::take(&mut self.include));
        plan.cflags.extend(std::mem::take(&mut self.cflag));
        let options = self.link.options(plan.wishes)?;
        let inputs = plan.compile(&place, &options)?;
        let output = self.link.output.clone();
        let output = output.unwrap_or_else(|| place.folder.join(format!("{}.lore", plan.name)));
        finish(&inputs, &self.link, &options, &output, out)
    }
}
