// SPDX-License-Identifier: GPL-2.0
//! May this code run? The verifier of the contract in `docs/design.md`, word by word.
//!
//! ```text
//!   code, places of guards --> bind   in images of the profile `movk`, before all else
//!   Image, Policy --> rules::image    counts, tables, profile --> CodeLayout
//!                     rules::labels   the claims are well formed
//!                     rules::targets  what the kernel enters begins with bti c and claims nothing
//!                     pass            one pass over the words: class, effects, rules, state (by the image's profile)
//!                     rules::metered  in metered images: no way round without a check of fuel
//! ```
//!
//! The verifier finds nothing out: labels claim, the pass checks that every edge into a label establishes the claim.
//! Why that is enough stands in `docs/proof.md`. No memory is allocated, nothing panics, all arithmetic on numbers of
//! the image is checked.
#![no_std]
#![forbid(unsafe_code)]
#![deny(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable
)]

#[expect(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::large_const_arrays,
    reason = "builds tables at compile time, where a panic is a compile error"
)]
mod index;

mod bind;
pub mod classes;
pub mod facts;
pub mod frames;
pub mod insn;
mod pass;
pub mod places;
mod profile;
mod rules;
mod shape;
pub mod tables;

pub use bind::bind;
pub use places::{room_for, Note};

use lore_abi::image::Profile;
use lore_abi::rule::Rule;
use lore_sandbox::code::CodeLayout;
use places::Places;
use tables::Labels;

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
    /// `.lore.guards`: `u32`s.
    pub guards: &'a [u8],
    /// Bytes of initialised data, which `relocs` point into.
    pub data_len: u64,
    /// Bytes of the window, of the profile `mask`.
    pub window_len: u64,
    /// Guard profile: [`Profile`] number.
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
    /// Guard profiles that may be loaded, [`Profile::bit`] each.
    pub profiles: u32,
    /// Start of the window that an image of the profile `movk` was bound to; 0 for one that is still to be bound.
    pub window: u64,
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

impl core::fmt::Display for Violation {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(
            f,
            "+{:#x}: {:08x}: [{}] {}",
            self.at,
            self.word,
            self.rule,
            self.rule.text()
        )
    }
}

/// Checks an image against the contract. On success the layout is the one that was verified.
///
/// `room` is what the verifier takes notes in: [`room_for`] the code's length, whatever is in it. With less, branches to
/// where it does not reach are refused.
pub fn verify(
    image: &Image<'_>,
    policy: &Policy,
    room: &mut [Note],
) -> Result<CodeLayout, Violation> {
    let (layout, profile) = rules::image::check(image, policy)?;
    rules::labels::check(image, &layout)?;
    rules::targets::check(image, &layout)?;
    let places = Places::new(Labels::new(image.labels), layout.code_at, room);
    match profile {
        Profile::Uxtw | Profile::Match => {
            pass::run::<profile::Guarded>(image, policy, &layout, places)?
        }
        Profile::Stores => pass::run::<profile::Stores>(image, policy, &layout, places)?,
        Profile::Movk => pass::run::<profile::Movk>(image, policy, &layout, places)?,
        Profile::Mask => pass::run::<profile::Mask>(image, policy, &layout, places)?,
        Profile::Low => pass::run::<profile::Low>(image, policy, &layout, places)?,
    }
    rules::metered::check(image, policy, &layout)?;
    Ok(layout)
}
