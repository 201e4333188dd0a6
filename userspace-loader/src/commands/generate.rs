// SPDX-License-Identifier: GPL-2.0
//! What is generated from the command line's own description: shell completions and man pages.

use super::Cli;
use clap::{Args, CommandFactory};
use lore::output::{Answer, Failure, Status};
use std::path::PathBuf;

/// Print completions for a shell
#[derive(Args)]
pub struct Completions {
    /// Shell
    shell: clap_complete::Shell,
}

impl Completions {
    pub fn run(self) -> Answer {
        clap_complete::generate(
            self.shell,
            &mut Cli::command(),
            "lore",
            &mut std::io::stdout(),
        );
        Ok(Status::Done)
    }
}

/// Write the man pages
#[derive(Args)]
pub struct Man {
    /// Folder to write them to
    folder: PathBuf,
}

impl Man {
    pub fn run(self) -> Answer {
        std::fs::create_dir_all(&self.folder)
            .and_then(|()| clap_mangen::generate_to(Cli::command(), &self.folder))
            .map_err(|error| Failure::io("write to", &self.folder, &error))?;
        Ok(Status::Done)
    }
}
