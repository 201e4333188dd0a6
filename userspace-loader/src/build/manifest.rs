// SPDX-License-Identifier: GPL-2.0
//! `lore.toml`: how a folder of C sources becomes an image.
//!
//! ```toml
//! name = "lz4"
//! sources = ["run.c", "{lz4-sys}/liblz4/lz4.c"]   # globs; {crate} is where cargo put it
//! include = ["{lz4-sys}/liblz4"]
//! defines = ["NDEBUG"]
//! cflags = ["-O3", "-flto"]                       # behind the contract's own
//! stack = 65536                                   # bytes of data stack of an activation
//! heap = 33554432                                 # most bytes of heap
//! ring = 65536                                    # bytes of the ring of events
//! package = "float"                               # a cargo package that is linked too
//! [crates]
//! lz4-sys = "=1.11.1"
//! ```
//!
//! A cargo package says `stack`, `heap` and `ring` in `[package.metadata.lore]` of its `Cargo.toml`.

use super::{crates, Place, Plan};
use crate::output::{Failure, Status};
use crate::rewrite::Wishes;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Name of the file.
pub const FILE: &str = "lore.toml";

/// The file's content.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    name: String,
    sources: Vec<String>,
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    defines: Vec<String>,
    #[serde(default)]
    cflags: Vec<String>,
    #[serde(default)]
    stack: u32,
    package: Option<String>,
    #[serde(default)]
    heap: u64,
    #[serde(default)]
    ring: u32,
    #[serde(default)]
    crates: BTreeMap<String, String>,
}

impl Manifest {
    /// Reads the file.
    pub fn read(path: &Path) -> Result<Manifest, Box<Failure>> {
        let text =
            std::fs::read_to_string(path).map_err(|error| Failure::io("read", path, &error))?;
        toml::from_str(&text).map_err(|error| wrong(path, error.to_string().trim_end()))
    }

    /// Finds the crates and the files.
    pub fn plan(self, folder: &Path, place: &Place) -> Result<Plan, Box<Failure>> {
        let file = folder.join(FILE);
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
        if self.name.is_empty() || !self.name.chars().all(is_name) {
            return Err(wrong(&file, "`name` has letters, digits, `_`, `-` and `.`"));
        }
        let crates = crates::locate(&self.name, &self.crates, place)?;
        let path_of = |text: &str| {
            locate(text, folder, &crates).ok_or_else(|| {
                wrong(
                    &file,
                    &format!("`{text}` names a crate that [crates] does not have"),
                )
            })
        };
        let mut sources = Vec::new();
        for pattern in &self.sources {
            let found = glob(&path_of(pattern)?);
            if found.is_empty() {
                return Err(wrong(&file, &format!("no file is `{pattern}`")));
            }
            sources.extend(found);
        }
        let include = self
            .include
            .iter()
            .map(|text| path_of(text))
            .collect::<Result<_, _>>()?;
        Ok(Plan {
            name: self.name,
            sources,
            include,
            defines: self.defines,
            cflags: self.cflags,
            package: self.package.map(|name| folder.join(name)),
            wishes: Wishes {
                stack_len: self.stack,
                ring_len: self.ring,
                heap_max: self.heap,
            },
        })
    }
}

fn wrong(path: &Path, why: &str) -> Box<Failure> {
    let message = format!("{}: {why}", path.display());
    Failure::new(Status::Usage, "manifest", message).into()
}

/// A path of the file: `{crate}/...` in a crate, all else from the folder of the file.
fn locate(text: &str, folder: &Path, crates: &BTreeMap<String, PathBuf>) -> Option<PathBuf> {
    let Some(rest) = text.strip_prefix('{') else {
        return Some(folder.join(text));
    };
    let (name, rest) = rest.split_once('}')?;
    Some(crates.get(name)?.join(rest.trim_start_matches('/')))
}

/// The files of a pattern, sorted; `*` stands for any part of the last name.
fn glob(pattern: &Path) -> Vec<PathBuf> {
    let name = pattern
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned();
    let Some((before, after)) = name.split_once('*') else {
        return if pattern.is_file() {
            vec![pattern.to_owned()]
        } else {
            Vec::new()
        };
    };
    let folder = pattern.parent().unwrap_or(Path::new("."));
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let fits = |name: &str| {
        name.len() >= before.len() + after.len()
            && name.starts_with(before)
            && name.ends_with(after)
    };
    let mut found: Vec<_> = entries
        .flatten()
        .filter(|entry| fits(&entry.file_name().to_string_lossy()))
        .map(|entry| entry.path())
        .collect();
    found.sort();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_in_the_folder_or_in_a_crate() {
        let crates = BTreeMap::from([("lz4-sys".to_owned(), PathBuf::from("/r/lz4-sys"))]);
        let at = |text| locate(text, Path::new("x"), &crates);
        assert_eq!(at("a.c"), Some("x/a.c".into()));
        assert_eq!(at("{lz4-sys}/lib/a.c"), Some("/r/lz4-sys/lib/a.c".into()));
        assert_eq!(at("{other}/a.c"), None);
    }

    #[test]
    fn an_unknown_key_is_an_error() {
        assert!(toml::from_str::<Manifest>("name='a'\nsources=[]\nsauces=[]").is_err());
        assert!(toml::from_str::<Manifest>("name='a'\nsources=['a.c']").is_ok());
    }
}
