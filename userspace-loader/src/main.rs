// SPDX-License-Identifier: GPL-2.0
//! The `lore` command: rewrites, verifies, loads, runs and inspects extensions.

mod commands;

use clap::error::ErrorKind;
use clap::Parser;
use commands::Cli;
use lore::output::{Failure, Output, Status};
use std::process::ExitCode;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return ExitCode::from(usage(&error) as u8),
    };
    cli.color.write_global();
    let output = Output { json: cli.json };
    let status = match cli.verb.run(&output) {
        Ok(status) => status,
        Err(failure) => output.fail(*failure),
    };
    ExitCode::from(status as u8)
}

/// What clap has to say: help and versions are answers, the rest is status 2, in JSON if asked for.
fn usage(error: &clap::Error) -> Status {
    let json = std::env::args_os().any(|arg| arg == "--json");
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            anstream::print!("{}", error.render().ansi());
            Status::Done
        }
        _ if json => {
            let text = error.render().to_string();
            let text = text.trim_start_matches("error: ").trim_end();
            Output { json }.fail(Failure::new(Status::Usage, "usage", text))
        }
        _ => {
            anstream::eprint!("{}", error.render().ansi());
            Status::Usage
        }
    }
}
