// SPDX-License-Identifier: GPL-2.0
//! What went wrong, as a compiler would say it: the instruction between its neighbours, the source
//! line, and what to do. One file for each that can refuse or fault.

mod call;
mod fault;
mod frames;
mod object;
mod refusal;
mod snippet;
mod wild;

pub use call::{Call, Calls};
pub use fault::{fault, fault_json};
pub use object::object;
pub use refusal::{refusal, violation, violation_json};

use crate::elf::FileError;
use crate::output::{Failure, Status};
use std::path::Path;

/// A file that is no image.
pub fn file(path: &Path, error: &FileError) -> Box<Failure> {
    let message = format!("{}: {error}", path.display());
    let failure = match error {
        FileError::Version { found, expected } => Failure::new(Status::Abi, "abi", message)
            .detail("found", *found)
            .detail("expected", *expected)
            .help("build the extension again with this version of lore"),
        _ => Failure::new(Status::Unsupported, "file", message),
    };
    failure.detail("path", path.display().to_string()).into()
}
