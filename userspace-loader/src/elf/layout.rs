// SPDX-License-Identifier: GPL-2.0
//! What reader and writer share: the numbers of ELF, and what can be wrong with a file.

use lore_sandbox::code::{plan, CodeLayout, Demand, Oversize};

/// `ET_EXEC`.
pub const ET_EXEC: u16 = 2;
/// `EM_AARCH64`.
pub const EM_AARCH64: u16 = 183;
/// Bytes of an ELF64 header.
pub const HEADER_LEN: usize = 64;
/// Bytes of an ELF64 section header.
pub const SECTION_HEADER_LEN: usize = 64;
/// Bytes of an ELF64 symbol.
pub const SYMBOL_LEN: usize = 24;
/// Most sections that a reader looks at; an image has about 25.
pub const SECTIONS_MAX: usize = 256;
/// Most bytes of an image file.
pub const FILE_MAX: usize = 1 << 30;

/// `SHT_PROGBITS`, bytes in the file.
pub const PROGBITS: u32 = 1;
/// `SHT_SYMTAB`.
pub const SYMTAB: u32 = 2;
/// `SHT_STRTAB`.
pub const STRTAB: u32 = 3;
/// `SHT_NOBITS`, no bytes in the file.
pub const NOBITS: u32 = 8;
/// `SHF_WRITE`.
pub const WRITE: u64 = 1;
/// `SHF_ALLOC`.
pub const ALLOC: u64 = 2;
/// `SHF_EXECINSTR`.
pub const EXEC: u64 = 4;

/// Why a file is no image, or an image is no file: what, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// Not ELF at all.
    #[error("not an image: the file does not begin with the ELF magic")]
    NotElf,
    /// ELF, but of another kind.
    #[error("not an image: {what} is {found}, an image has {expected}")]
    WrongKind {
        /// Field of the ELF header.
        what: &'static str,
        /// What the file says.
        found: u64,
        /// What an image has.
        expected: u64,
    },
    /// The file ends too early.
    #[error(
        "the file is truncated: {what} needs bytes {at:#x} to {end:#x}, the file has {have:#x}"
    )]
    Truncated {
        /// The part that does not fit.
        what: String,
        /// First byte of it.
        at: u64,
        /// Behind its last byte.
        end: u64,
        /// Length of the file.
        have: u64,
    },
    /// A section is not there.
    #[error("not an image: it has no section `{name}`")]
    Missing {
        /// Name of the section.
        name: &'static str,
    },
    /// A section is there twice.
    #[error("the section `{name}` is there twice")]
    Twice {
        /// Name of the section.
        name: String,
    },
    /// Two sections share bytes of the file.
    #[error("the sections `{first}` and `{second}` overlap in the file, at byte {at:#x}")]
    Overlap {
        /// The one that begins first.
        first: String,
        /// The other.
        second: String,
        /// First shared byte.
        at: u64,
    },
    /// The size of a section is no multiple of its records.
    #[error("the section `{name}` has {len} bytes, which is no multiple of {unit}")]
    Ragged {
        /// Name of the section.
        name: String,
        /// Its size.
        len: u64,
        /// Size of a record.
        unit: u64,
    },
    /// A section is not where it has to be.
    #[error("the section `{name}` is at address {found:#x}, it has to be at {expected:#x}")]
    WrongAddress {
        /// Name of the section.
        name: &'static str,
        /// What the file says.
        found: u64,
        /// What the layout says.
        expected: u64,
    },
    /// A field of the image's header is wrong.
    #[error("the field `{field}` of `.lore.header` is {found:#x}, it has to be {expected:#x}")]
    BadHeader {
        /// Name of the field.
        field: &'static str,
        /// What the file says.
        found: u64,
        /// What it has to say.
        expected: u64,
    },
    /// Another version of the ABI.
    #[error("the image was written for ABI version {found}, this is version {expected}")]
    Version {
        /// Of the file.
        found: u32,
        /// Of this program.
        expected: u32,
    },
    /// A count or size is above every kernel's limit.
    #[error("too large: {what} is {found}, the most is {most}")]
    TooLarge {
        /// What is too large.
        what: &'static str,
        /// Its size.
        found: u64,
        /// The limit.
        most: u64,
    },
    /// A section that cannot be there twice, has a bad name, type, or a string without an end.
    #[error("the section header {index} is damaged: {why}")]
    BadSection {
        /// Index of the section header.
        index: usize,
        /// What is wrong.
        why: &'static str,
    },
}

/// The layout of the code region, with sizes that do not fit as errors.
pub fn layout(targets: usize, imports: usize, code_len: usize) -> Result<CodeLayout, FileError> {
    let demand = Demand {
        targets: targets as u64,
        imports: imports as u64,
        code_len: code_len as u64,
    };
    plan(demand).map_err(|oversize| {
        use lore_sandbox::code::{CODE_MAX, IMPORTS_MAX, TARGETS_MAX};
        let (what, found, most) = match oversize {
            Oversize::Targets => (
                "the number of declared targets",
                demand.targets,
                TARGETS_MAX,
            ),
            Oversize::Imports => ("the number of imports", demand.imports, IMPORTS_MAX),
            Oversize::Code => ("the code", demand.code_len, CODE_MAX),
        };
        FileError::TooLarge { what, found, most }
    })
}
