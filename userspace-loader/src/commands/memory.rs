// SPDX-License-Identifier: GPL-2.0
//! Where the image file of a loaded extension is, so that its faults can name functions and lines.
//!
//! The kernel keeps no file names. A link in `/run/lore` does, as a hint: it is only followed to a file
//! that agrees with what the kernel says of the extension, and all goes on without it.

use super::read_image;
use lore::elf::{self, ImageFile};
use lore::kernel::Extension;
use lore::output::{Failure, Output};
use lore_abi::request::Status;
use std::path::{Path, PathBuf};

const FOLDER: &str = "/run/lore";

fn link_of(id: u64) -> PathBuf {
    Path::new(FOLDER).join(id.to_string())
}

/// Notes where an extension's image is.
pub fn remember(id: u64, image: &Path) {
    let Ok(image) = image.canonicalize() else {
        return;
    };
    let link = link_of(id);
    // Numbers begin anew with each insmod, so an old link may be in the way. It is a hint: errors
    // change nothing but what a later report can say.
    let _ = std::fs::create_dir_all(FOLDER);
    let _ = std::fs::remove_file(&link);
    let _ = std::os::unix::fs::symlink(image, link);
}

/// Forgets an extension.
pub fn forget(id: u64) {
    let _ = std::fs::remove_file(link_of(id));
}

/// The image of an extension for its faults: the one that was named, or the one that is remembered.
pub fn image_of(
    named: Option<&Path>,
    extension: &Extension,
    out: &Output,
) -> Result<Option<ImageFile>, Box<Failure>> {
    match named {
        Some(path) => read_image(path, out).map(Some),
        // Without a status there is nothing to compare a file with.
        None => Ok(extension.show().ok().as_ref().and_then(recall)),
    }
}

/// The image of an extension, if it is still there and seems to be the one that was loaded.
pub fn recall(status: &Status) -> Option<ImageFile> {
    let file = elf::read(&std::fs::read(link_of(status.id)).ok()?).ok()?;
    let image = &file.image;
    let same = image.code.len() as u64 == status.code_len
        && image.targets.len() as u64 == u64::from(status.targets)
        && image.entries.len() as u64 == u64::from(status.entries);
    same.then_some(file)
}
