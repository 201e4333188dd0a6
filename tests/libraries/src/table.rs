// SPDX-License-Identifier: GPL-2.0
//! `libraries.toml`: which libraries there are, and what each is built of. From a row come a `lore.toml`, as an author
//! would write it, and the input of the library's driver.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A row of the table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Library {
    /// Why only clang compiles it for extensions.
    pub clang: Option<String>,
    /// It is small enough for metered images.
    #[serde(default)]
    pub metered: bool,
    /// Crates with their versions.
    pub crates: BTreeMap<String, String>,
    /// What is compiled; `{crate}` is where cargo put it, all else lies in the folder of the tests.
    pub sources: Vec<String>,
    /// Folders of headers.
    #[serde(default)]
    pub include: Vec<String>,
    /// Macros.
    #[serde(default)]
    pub defines: Vec<String>,
    /// The driver's input.
    #[serde(default)]
    pub vectors: Vec<String>,
}

/// The folder of these tests.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All rows, by name.
pub fn read() -> BTreeMap<String, Library> {
    let path = folder().join("libraries.toml");
    let text = std::fs::read_to_string(&path).expect("libraries.toml is there");
    toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

impl Library {
    /// Writes the `lore.toml` of the library and its driver into a folder, which may be built then.
    pub fn write_manifest(&self, name: &str, into: &Path) {
        let own = |text: &String| match text.starts_with('{') {
            true => text.clone(),
            false => folder().join(text).display().to_string(),
        };
        let mut sources = vec![format!("drivers/{name}.c"), "drivers/driver.c".to_owned()];
        sources.extend(self.sources.iter().cloned());
        let mut include = vec!["drivers".to_owned()];
        include.extend(self.include.iter().cloned());
        let all = |texts: &[String]| texts.iter().map(own).collect::<Vec<_>>();
        let mut manifest = toml::toml! {
            stack = 1048576
            heap = 536870912
        };
        manifest.insert("name".into(), name.into());
        manifest.insert("sources".into(), all(&sources).into());
        manifest.insert("include".into(), all(&include).into());
        manifest.insert("defines".into(), self.defines.clone().into());
        // The warnings are their authors'.
        manifest.insert("cflags".into(), vec!["-w".to_owned()].into());
        let crates = self
            .crates
            .iter()
            .map(|(name, version)| (name.clone(), version.clone().into()));
        manifest.insert("crates".into(), toml::Value::Table(crates.collect()));
        std::fs::create_dir_all(into).expect("a folder in build/");
        std::fs::write(into.join("lore.toml"), manifest.to_string()).expect("a file in build/");
    }

    /// The driver's input: the files of the vectors, one after the other.
    pub fn input(&self, crates: &BTreeMap<String, PathBuf>) -> Vec<u8> {
        let mut input = Vec::new();
        for pattern in &self.vectors {
            let found = found(&place(&folder(), pattern, crates));
            assert!(!found.is_empty(), "no vectors are {pattern}");
            for path in found {
                let bytes = std::fs::read(&path).expect("a file that was just found");
                let name = path
                    .file_name()
                    .unwrap_or_default()
                    .to_string_lossy()
                    .into_owned();
                put(&mut input, &name, &bytes);
            }
        }
        input
    }
}

/// Adds a file to an input; drivers.h has the other side.
pub fn put(input: &mut Vec<u8>, name: &str, bytes: &[u8]) {
    for len in [name.len(), bytes.len()] {
        input.extend_from_slice(&u32::try_from(len).expect("a small file").to_le_bytes());
    }
    input.extend_from_slice(name.as_bytes());
    input.extend_from_slice(bytes);
}

/// Where a file or a pattern of a table lies: in a crate, or in a folder.
pub fn place(folder: &Path, pattern: &str, crates: &BTreeMap<String, PathBuf>) -> PathBuf {
    match pattern
        .strip_prefix('{')
        .and_then(|rest| rest.split_once("}/"))
    {
        Some((name, rest)) => crates[name].join(rest),
        None => folder.join(pattern),
    }
}

/// The files that a pattern names, sorted; it may end in `*` and an ending.
fn found(pattern: &Path) -> Vec<PathBuf> {
    let name = pattern.file_name().unwrap_or_default().to_string_lossy();
    let Some(ending) = name.strip_prefix('*') else {
        return vec![pattern.to_owned()];
    };
    let folder = std::fs::read_dir(pattern.parent().expect("a folder"));
    let paths = folder
        .expect("the crate has it")
        .flatten()
        .map(|entry| entry.path());
    let mut paths: Vec<_> = paths
        .filter(|path| path.to_string_lossy().ends_with(ending))
        .collect();
    paths.sort();
    paths
}
