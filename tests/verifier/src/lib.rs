// SPDX-License-Identifier: GPL-2.0
//! The verifier's corpora as values: case files read, assembled, linked to images, ready to be verified.
//!
//! The tests of this package run them; fuzzers take them as seeds.

pub mod assemble;
pub mod case;
pub mod object;

use lore_abi::image::Profile;
use lore_sandbox::code::CodeLayout;
use lore_verifier::{bind, room_for, verify, Image, Note, Policy, Violation};
use std::path::{Path, PathBuf};

/// An image that owns its tables, and the policy that it is judged under.
#[derive(Clone, Debug, Default)]
pub struct Built {
    /// See [`Image`], all fields alike.
    pub code: Vec<u8>,
    /// Labels.
    pub labels: Vec<u8>,
    /// Frame lists.
    pub lists: Vec<u8>,
    /// Declared targets.
    pub targets: Vec<u8>,
    /// Entries.
    pub entries: Vec<u8>,
    /// Imports.
    pub imports: Vec<u8>,
    /// Relocations.
    pub relocs: Vec<u8>,
    /// Guards that are filled in.
    pub guards: Vec<u8>,
    /// Bytes of initialised data.
    pub data_len: u64,
    /// Guard profile.
    pub profile: u32,
    /// Bytes of the window.
    pub window_len: u64,
    /// Image flags.
    pub flags: u32,
    /// CPU features of the policy.
    pub features: u64,
    /// Mode of the policy.
    pub strict: bool,
    /// Profiles of the policy.
    pub profiles: u32,
    /// Start of the window that guards are filled in for.
    pub window: u64,
}

impl Built {
    /// The image, borrowed.
    pub fn image(&self) -> Image<'_> {
        Image {
            code: &self.code,
            labels: &self.labels,
            lists: &self.lists,
            targets: &self.targets,
            entries: &self.entries,
            imports: &self.imports,
            relocs: &self.relocs,
            guards: &self.guards,
            window_len: self.window_len,
            data_len: self.data_len,
            profile: self.profile,
            flags: self.flags,
        }
    }

    /// What the verifier says of it.
    pub fn verify(&self) -> Result<CodeLayout, Violation> {
        let bound = self.bound()?;
        let mut room = vec![Note::default(); room_for(bound.code.len())];
        verify(&bound.image(), &bound.policy(), &mut room)
    }

    /// The image with its guards filled in, as the kernel does before it verifies.
    pub fn bound(&self) -> Result<Built, Violation> {
        let mut bound = self.clone();
        if self.profile == Profile::Movk.number() {
            let (targets, imports) = (&self.targets, &self.imports);
            bind(&mut bound.code, targets, imports, &self.guards, self.window)?;
        }
        Ok(bound)
    }

    /// The image in a file that `lore` wrote. For benches and fuzzers: a file that is no image may panic.
    pub fn of_file(elf: &[u8]) -> Built {
        use lore_abi::image::section;
        let part = |name| object::section(elf, name);
        let header = part(section::HEADER);
        let field =
            |at: usize| u32::from_le_bytes(header[at..at + 4].try_into().expect("four bytes"));
        Built {
            code: part(section::CODE),
            labels: part(section::LABELS),
            lists: part(section::LISTS),
            targets: part(section::TARGETS),
            entries: part(section::ENTRIES),
            imports: part(section::IMPORTS),
            relocs: part(section::RELOCS),
            guards: part(section::GUARDS),
            data_len: part(section::DATA).len() as u64,
            profile: field(std::mem::offset_of!(lore_abi::image::Header, profile)),
            window_len: {
                let at = std::mem::offset_of!(lore_abi::image::Header, window_len);
                u64::from(field(at + 4)) << 32 | u64::from(field(at))
            },
            flags: field(std::mem::offset_of!(lore_abi::image::Header, flags)),
            features: u64::MAX,
            strict: false,
            profiles: u32::MAX,
            window: 0,
        }
    }

    /// The policy.
    pub fn policy(&self) -> Policy {
        Policy {
            features: self.features,
            strict: self.strict,
            profiles: self.profiles,
            window: self.window,
        }
    }
}

/// The folder of this package.
pub fn folder() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every `.s` file below a folder, sorted.
pub fn files(below: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![below.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap_or_else(|e| panic!("{folder:?}: {e}")) {
            let path = entry.expect("a folder's entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "s") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// Every case of both corpora, built.
pub fn all() -> Vec<(case::Case, Built)> {
    let mut cases: Vec<case::Case> = Vec::new();
    for corpus in ["accept", "reject"] {
        for path in files(&folder().join(corpus)) {
            cases.push(case::Case::read(&path));
        }
    }
    let objects = assemble::all(&cases);
    cases
        .into_iter()
        .zip(objects)
        .map(|(case, object)| {
            let built = case.build(&object::Object::read(&object));
            (case, built)
        })
        .collect()
}
