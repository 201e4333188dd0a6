// SPDX-License-Identifier: GPL-2.0
//! The Rust SDK, which the command carries inside: a package that asks for it by [`FOLDER`] has it unpacked there.
//!
//! It lies in the package and not in a cache, so that `cargo test` and editors find it by a path that is the same on all
//! machines, and so that it is always that of the command that builds: `lore build` writes it anew where it differs. No
//! network is needed for it, and nobody commits it.

use super::{write_if_changed, File};
use crate::output::Failure;
use std::path::Path;

/// Where it is unpacked, in a package.
pub const FOLDER: &str = ".lore/sdk";

/// Its files.
const FILES: &[File] = carried! { "":
    "macros/Cargo.toml",
    "macros/src/entry.rs",
    "macros/src/hook.rs",
    "macros/src/lib.rs",
    "rust/Cargo.toml",
    "rust/src/event.rs",
    "rust/src/handle.rs",
    "rust/src/heap.rs",
    "rust/src/hook.rs",
    "rust/src/host/gates.rs",
    "rust/src/host/kernel.rs",
    "rust/src/host/mod.rs",
    "rust/src/host/packets.rs",
    "rust/src/host/reply.rs",
    "rust/src/interface.rs",
    "rust/src/lib.rs",
    "rust/src/lock.rs",
    "rust/src/log.rs",
    "rust/src/run.rs",
    "rust/src/text.rs",
    "rust/src/timer.rs",
    "shared/Cargo.toml",
    "shared/src/lib.rs",
};

/// Writes it into a package.
pub fn unpack(package: &Path) -> Result<(), Box<Failure>> {
    let folder = package.join(FOLDER);
    FILES
        .iter()
        .try_for_each(|(name, text)| write_if_changed(&folder.join(name), text))
}

/// Whether a manifest depends on it there.
pub fn is_asked(manifest: &toml::Table) -> bool {
    let dependencies = manifest.get("dependencies").and_then(toml::Value::as_table);
    let path = |value: &toml::Value| {
        value
            .get("path")?
            .as_str()
            .map(Path::new)
            .map(Path::to_owned)
    };
    dependencies.is_some_and(|dependencies| {
        let mut paths = dependencies.values().filter_map(path);
        paths.any(|path| path == Path::new(FOLDER).join("rust"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn sources(folder: &Path, below: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.ends_with("target") {
                sources(&path, below, found);
            } else if path
                .extension()
                .is_some_and(|it| it == "rs" || it == "toml")
            {
                found.insert(path.strip_prefix(below).unwrap().display().to_string());
            }
        }
    }

    #[test]
    fn every_source_is_carried() {
        let sdk = Path::new(env!("CARGO_MANIFEST_DIR")).join("../sdk");
        let mut found = BTreeSet::new();
        for part in ["macros", "rust", "shared"] {
            sources(&sdk.join(part), &sdk, &mut found);
        }
        let carried = FILES.iter().map(|(name, _)| (*name).to_owned());
        assert_eq!(carried.collect::<BTreeSet<_>>(), found);
    }

    #[test]
    fn a_manifest_asks_by_its_path() {
        let asks = |text: &str| is_asked(&toml::from_str(text).unwrap());
        assert!(asks("[dependencies]\nlore = { path = '.lore/sdk/rust' }"));
        assert!(!asks(
            "[dependencies]\nlore = { path = '../sdk/rust' }\nx = '1'"
        ));
        assert!(!asks("[package]\nname = 'x'"));
    }
}
