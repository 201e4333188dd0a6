// SPDX-License-Identifier: GPL-2.0
//! `corpus.toml`: which programs there are. From a row comes a `lore.toml`, as an author would write it.

use lore_libraries::table::{self as libraries, own, prepended, Library, Manifest};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A row.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Program {
    /// Names of its operations.
    pub operations: Vec<String>,
    /// Those that only fill or check.
    #[serde(default)]
    pub aside: Vec<String>,
    /// Functions whose loops are where the time goes.
    #[serde(default)]
    pub hot: Vec<String>,
    /// It works on keys.
    #[serde(default)]
    pub keys: bool,
    /// It is in the quick run.
    #[serde(default)]
    pub quick: bool,
    /// The memories in which it is made of eBPF programs, too.
    #[serde(default)]
    pub ebpf: Vec<String>,
    /// It computes with doubles, so it is a process of its own too, built as users build it: with the processor's floating point
    /// and the system's C library.
    #[serde(default)]
    pub float: bool,
    /// A row of the libraries' table.
    library: Option<String>,
    /// A folder of examples/, whose `lore.toml` says the rest.
    example: Option<String>,
    /// A cargo package, from the corpus's folder.
    package: Option<String>,
    #[serde(default)]
    crates: BTreeMap<String, String>,
    #[serde(default)]
    sources: Vec<String>,
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    defines: Vec<String>,
    /// Its input, where it is files.
    #[serde(default)]
    files: Vec<String>,
}

/// The corpus's folder.
pub fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// All rows, by name.
pub fn read() -> BTreeMap<String, Program> {
    let path = folder().join("corpus.toml");
    let text = std::fs::read_to_string(&path).expect("corpus.toml is there");
    let mut rows: BTreeMap<String, Program> =
        toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let libraries = libraries::read();
    for row in rows.values_mut() {
        if let Some(name) = &row.library {
            let library = libraries
                .get(name)
                .unwrap_or_else(|| panic!("no library is {name}"));
            row.take_over(&libraries::folder(), library.into());
        }
        if let Some(name) = &row.example {
            let folder = folder().join("../../examples").join(name);
            let text = std::fs::read_to_string(folder.join("lore.toml"));
            let text = text.unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
            let example: Known = toml::from_str(&text).expect("an example's lore.toml");
            row.take_over(&folder, example);
        }
    }
    rows
}

/// What is known elsewhere of a program's sources: by a `lore.toml`, or by a row of libraries.
#[derive(Deserialize)]
struct Known {
    sources: Vec<String>,
    #[serde(default)]
    crates: BTreeMap<String, String>,
    #[serde(default)]
    include: Vec<String>,
    #[serde(default)]
    defines: Vec<String>,
}

impl From<&Library> for Known {
    fn from(library: &Library) -> Known {
        Known {
            sources: library.sources.clone(),
            crates: library.crates.clone(),
            include: library.include.clone(),
            defines: library.defines.clone(),
        }
    }
}

impl Program {
    /// Adds what is known elsewhere, whose paths start from a folder.
    fn take_over(&mut self, from: &Path, known: Known) {
        let all = |texts: &[String]| texts.iter().map(|it| own(from, it)).collect::<Vec<_>>();
        self.sources.extend(all(&known.sources));
        self.include.extend(all(&known.include));
        self.defines.extend(known.defines);
        self.crates.extend(known.crates);
    }

    /// Its input: the files one after the other.
    pub fn input(&self, crates: &BTreeMap<String, PathBuf>) -> Vec<u8> {
        let read = |file: &String| {
            let path = libraries::place(&folder().join("../.."), file, crates);
            std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        };
        self.files.iter().flat_map(read).collect()
    }

    /// Writes its `lore.toml` into a folder, which may be built then.
    pub fn write_manifest(&self, name: &str, into: &Path) {
        let mut sources = vec![format!("{name}.c"), "corpus.c".to_owned()];
        if self.keys {
            sources.push("keys.c".to_owned());
        }
        sources.extend(self.sources.iter().cloned());
        let package = self.package.as_ref();
        let manifest = Manifest {
            name,
            folder: &folder().join("drivers"),
            stack: 256 << 10,
            sources,
            include: prepended(".", &self.include),
            defines: &self.defines,
            crates: &self.crates,
            package: package.map(|package| own(&folder(), package)),
        };
        manifest.write(into);
    }
}
