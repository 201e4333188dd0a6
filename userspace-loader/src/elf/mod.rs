// SPDX-License-Identifier: GPL-2.0
//! The image file: an ELF that every ELF tool opens, and that holds an [`Image`] without loss.
//!
//! ```text
//! .lore.head      table and gate slots, no bytes: gives the gates an address and a name
//! .text .data .bss            as `lore_abi::image` says
//! .lore.header .labels ...    as `lore_abi::image` says: what the kernel gets
//! .lore.notes .lore.sources   for people: what the rewriter did, the text of source files
//! .debug_* .symtab            for people and their tools
//! ```

mod dwarf;
mod layout;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use layout::FileError;
pub use read::read;
pub use write::write;

use crate::image::{Image, NoteKind};

/// Sections beside those of [`lore_abi::image::section`].
pub mod extra {
    /// Table and gate slots: an address range without bytes.
    pub const HEAD: &str = ".lore.head";
    /// [`crate::image::Note`]s as `{u32 at, u32 kind}`.
    pub const NOTES: &str = ".lore.notes";
    /// [`crate::image::Place`]s as lines of an entry's number and a hook's name.
    pub const PLACES: &str = ".lore.places";
    /// Bytes of the functions before they were rewritten, as one `u64`.
    pub const BEFORE: &str = ".lore.before";
    /// Source texts as `{u32 path_len, u32 text_len, path, text}`.
    pub const SOURCES: &str = ".lore.sources";
}

/// An image and what its file says beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImageFile {
    /// What was rewritten.
    pub image: Image,
    /// Bytes of the functions as the compiler made them; 0 if that is not known.
    pub bytes_before: u64,
    /// Texts of source files, so that a fault can be shown where the sources are not at hand.
    pub sources: Vec<Source>,
    /// What is wrong with the parts that are only for people; never a reason to refuse a file.
    pub warnings: Vec<String>,
}

/// The text of a source file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// As in [`Image::files`].
    pub path: String,
    /// What was in it when the image was built.
    pub text: String,
}

impl NoteKind {
    /// Every kind, in the order of their numbers.
    pub const ALL: [NoteKind; 15] = [
        NoteKind::Guard,
        NoteKind::Sum,
        NoteKind::FormZ,
        NoteKind::StackGuard,
        NoteKind::Shadow,
        NoteKind::Table,
        NoteKind::Bti,
        NoteKind::Trap,
        NoteKind::Address,
        NoteKind::Link,
        NoteKind::Other,
        NoteKind::Fuel,
        NoteKind::Compare,
        NoteKind::Wild,
        NoteKind::Biased,
    ];

    /// The kind of a number in a file.
    pub fn from_number(number: u32) -> Option<NoteKind> {
        NoteKind::ALL
            .into_iter()
            .find(|kind| *kind as u32 == number)
    }

    /// What the word is for, in a few words.
    pub fn text(self) -> &'static str {
        match self {
            NoteKind::Guard => "guard",
            NoteKind::Sum => "address sum",
            NoteKind::FormZ => "access in form Z",
            NoteKind::StackGuard => "stack guard",
            NoteKind::Shadow => "shadow stack",
            NoteKind::Table => "indirect call",
            NoteKind::Bti => "landing pad",
            NoteKind::Trap => "trap",
            NoteKind::Address => "address",
            NoteKind::Link => "moved link",
            NoteKind::Other => "other",
            NoteKind::Fuel => "fuel check",
            NoteKind::Compare => "compare of a pointer",
            NoteKind::Wild => "trap of a compare",
            NoteKind::Biased => "biased base",
        }
    }

    /// The kind in JSON.
    pub fn id(self) -> &'static str {
        match self {
            NoteKind::Guard => "guard",
            NoteKind::Sum => "sum",
            NoteKind::FormZ => "form-z",
            NoteKind::StackGuard => "stack-guard",
            NoteKind::Shadow => "shadow",
            NoteKind::Table => "table",
            NoteKind::Bti => "bti",
            NoteKind::Trap => "trap",
            NoteKind::Address => "address",
            NoteKind::Link => "link",
            NoteKind::Other => "other",
            NoteKind::Fuel => "fuel",
            NoteKind::Compare => "compare",
            NoteKind::Wild => "wild",
            NoteKind::Biased => "biased",
        }
    }
}
