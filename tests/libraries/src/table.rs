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
    /// Columns in which the rewriter refuses it, with what it says.
    #[serde(default)]
    pub refused: BTreeMap<String, String>,
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
        let mut sources = vec![format!("drivers/{name}.c"), "drivers/driver.c".to_owned()];
        sources.extend(self.sources.iter().cloned());
        let manifest = Manifest {
            name,
            folder: &folder(),
            stack: 1 << 20,
            sources,
            include: prepended("drivers", &self.include),
            defines: &self.defines,
            crates: &self.crates,
            package: None,
        };
        manifest.write(into);
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

/// What comes of a row of a table: a `lore.toml`, as an author would write it.
pub struct Manifest<'a> {
    /// Of the image.
    pub name: &'a str,
    /// Where paths start from.
    pub folder: &'a Path,
    /// Bytes of data stack.
    pub stack: i64,
    /// What is compiled.
    pub sources: Vec<String>,
    /// Folders of headers.
    pub include: Vec<String>,
    /// Macros.
    pub defines: &'a [String],
    /// Crates with their versions.
    pub crates: &'a BTreeMap<String, String>,
    /// A cargo package that is linked with it.
    pub package: Option<String>,
}

impl Manifest<'_> {
    /// Writes it into a folder, if it is not there as it is.
    pub fn write(self, into: &Path) {
        let all = |texts: &[String]| {
            let own = texts.iter().map(|text| own(self.folder, text));
            own.collect::<Vec<_>>()
        };
        let mut manifest = toml::toml! {
            heap = 536870912
        };
        manifest.insert("stack".into(), self.stack.into());
        manifest.insert("name".into(), self.name.into());
        manifest.insert("sources".into(), all(&self.sources).into());
        manifest.insert("include".into(), all(&self.include).into());
        manifest.insert("defines".into(), self.defines.to_vec().into());
        // The warnings are their authors'.
        manifest.insert("cflags".into(), vec!["-w".to_owned()].into());
        if let Some(package) = self.package {
            manifest.insert("package".into(), package.into());
        }
        let crates = self
            .crates
            .iter()
            .map(|(name, version)| (name.clone(), version.clone().into()));
        manifest.insert("crates".into(), toml::Value::Table(crates.collect()));
        std::fs::create_dir_all(into).expect("a folder in build/");
        let file = into.join("lore.toml");
        let text = manifest.to_string();
        if std::fs::read_to_string(&file).ok().as_ref() != Some(&text) {
            std::fs::write(file, text).expect("a file in build/");
        }
    }
}

/// A path of a table: of a crate, or of a folder.
pub fn own(folder: &Path, text: &str) -> String {
    match text.starts_with('{') {
        true => text.to_owned(),
        false => folder.join(text).display().to_string(),
    }
}

/// One text and others.
pub fn prepended(first: &str, others: &[String]) -> Vec<String> {
    let first = [first.to_owned()].into_iter();
    first.chain(others.iter().cloned()).collect()
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
