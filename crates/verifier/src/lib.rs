// SPDX-License-Identifier: GPL-2.0
//! May this code run? The verifier of the contract in `docs/design.md`, word by word.
#![no_std]
#![forbid(unsafe_code)]

use lore_abi::rule::Rule;
use lore_sandbox::code::CodeLayout;

/// An image as it lies in the one private copy. Every number in it is a claim.
#[derive(Clone, Copy, Debug)]
pub struct Image<'a> {
    /// `.text`: little-endian words.
    pub code: &'a [u8],
    /// `.lore.labels`: packed [`lore_abi::image::Label`]s.
    pub labels: &'a [u8],
    /// `.lore.lists`: `u64`s.
    pub lists: &'a [u8],
    /// `.lore.targets`: `u32`s.
    pub targets: &'a [u8],
    /// `.lore.entries`: packed [`lore_abi::image::Entry`]s.
    pub entries: &'a [u8],
    /// `.lore.imports`: `u32`s.
    pub imports: &'a [u8],
    /// `.lore.relocs`: `u32`s.
    pub relocs: &'a [u8],
    /// Bytes of initialised data, which `relocs` point into.
    pub data_len: u64,
    /// Guard profile.
    pub profile: u32,
    /// `FLAG_*`.
    pub flags: u32,
}

/// What the system allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// [`lore_abi::feature`] bits.
    pub features: u64,
    /// Facts do not outlive calls.
    pub strict: bool,
}

/// Why an image was refused, with the evidence.
#[must_use]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Violation {
    /// Region offset of the word, or of the word a table entry is about.
    pub at: u32,
    /// The word there; 0 where there is none.
    pub word: u32,
    /// The rule.
    pub rule: Rule,
}

/// Checks an image against the contract. On success the layout is the one that was verified.
pub fn verify(_image: &Image<'_>, _policy: &Policy) -> Result<CodeLayout, Violation> {
    Err(Violation { at: 0, word: 0, rule: Rule::UnknownInstruction })
}
