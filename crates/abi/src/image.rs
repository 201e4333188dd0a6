// SPDX-License-Identifier: GPL-2.0
//! The image: what the rewriter writes and the kernel verifies.
//!
//! In a file, an image is an ELF64 file (`EM_AARCH64`, `ET_EXEC`) whose sections are named below, so that `readelf`
//! and `objdump` open it. The kernel never sees the ELF: the loader hands it the bytes of each
//! section as a plain span ([`crate::request::LoadRequest`]), and every number in them is a claim.
//!
//! ```text
//! code region, a power of two of at least a page; offsets are counted from its start
//!   0          table of declared targets: 2^k slots of 8 bytes, written by the kernel
//!   gates_at   one word per import, written by the kernel
//!   code_at    .text of the image (a multiple of 64), verified
//!   code_end   trap words to the end of the region, at least one, written by the kernel
//! ```
//!
//! `lore_sandbox::code` computes that layout from the three counts.

use zerocopy_derive::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// Names of the ELF sections of an image file.
pub mod section {
    /// [`super::Header`].
    pub const HEADER: &str = ".lore.header";
    /// Verified code; `sh_addr` is `code_at`, so ELF addresses are region offsets.
    pub const CODE: &str = ".text";
    /// Initialised data, constants included; `sh_addr` is its window offset.
    pub const DATA: &str = ".data";
    /// Zeroed data behind [`DATA`]; only its size is used.
    pub const BSS: &str = ".bss";
    /// [`super::Label`]s, strictly ascending by `at`.
    pub const LABELS: &str = ".lore.labels";
    /// `u64` frame lists; entry 0 is the empty list.
    pub const LISTS: &str = ".lore.lists";
    /// `u32` region offsets of declared targets, strictly ascending; target i has table slot i + 1.
    pub const TARGETS: &str = ".lore.targets";
    /// [`super::Entry`]s.
    pub const ENTRIES: &str = ".lore.entries";
    /// `u32` gate numbers; import i has the word `gates_at + 4 * i`.
    pub const IMPORTS: &str = ".lore.imports";
    /// `u32` offsets in [`DATA`], strictly ascending, of 8-byte window offsets to which the
    /// window's base is added at load.
    pub const RELOCS: &str = ".lore.relocs";
    /// `u32` region offsets, strictly ascending, of the guards of the profile `movk`: of two words each, into which the
    /// upper half of the window's base is filled at load.
    pub const GUARDS: &str = ".lore.guards";
}

/// First bytes of [`section::HEADER`].
pub const MAGIC: u32 = u32::from_le_bytes(*b"LoRe");

codes! {
    /// How an image keeps its accesses inside the window. `docs/design.md` says what each one costs and gives up.
    pub enum Profile {
        Uxtw = 0, "uxtw", "a guard puts the upper half of a pointer right";
        Match = 1, "match", "as uxtw, and a pointer whose upper half is wrong traps before its guard";
        Stores = 2, "stores", "as uxtw, but loads have no guards: they may read anything in the kernel";
        Movk = 3, "movk", "the upper half is moved into the pointer in place, as constants that are filled in at load";
        Mask = 4, "mask", "a pointer is cut down to the size of its window, a power of two, and put inside by an addition";
        Low = 5, "low", "the window begins at address 0 while the code runs, so whatever has 32 bits is an address of it";
    }
}

impl Default for Profile {
    /// The one that images are of unless somebody asks for another.
    fn default() -> Profile {
        Profile::Uxtw
    }
}

impl Profile {
    /// The profiles under which the whole guarantee holds.
    pub const SOUND: u32 = Profile::Uxtw.bit()
        | Profile::Match.bit()
        | Profile::Movk.bit()
        | Profile::Mask.bit()
        | Profile::Low.bit();

    /// The profile's bit in a set of profiles.
    pub const fn bit(self) -> u32 {
        1 << self as u32 // Few numbers, all below 32.
    }
}

/// Image flag: metered code (x9 is fuel).
pub const FLAG_METERED: u32 = 1 << 0;
/// Image flag: x9 is the biased base, which accesses by half a register may go by. Not with [`FLAG_METERED`], nor in the profile
/// `mask`.
pub const FLAG_BIASED: u32 = 1 << 1;
/// All flags there are.
pub const FLAGS: u32 = FLAG_METERED | FLAG_BIASED;

/// What a file says beside its sections. All of it travels in the load request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Header {
    /// [`MAGIC`].
    pub magic: u32,
    /// [`crate::ABI_VERSION`] of the writer.
    pub abi_version: u32,
    /// [`Profile`] number.
    pub profile: u32,
    /// `FLAG_*`.
    pub flags: u32,
    /// [`crate::feature`] bits that the code needs; informs messages, the verifier looks at words.
    pub features: u64,
    /// Bytes of data stack that an activation needs; 0 leaves it to the kernel.
    pub stack_len: u32,
    /// Bytes of the ring of events ([`crate::ring`]); 0 for none.
    pub ring_len: u32,
    /// Most bytes of heap that it needs; 0 leaves it to the kernel.
    pub heap_max: u64,
    /// Bytes of the window, of the profile `mask`; 0 in all others.
    pub window_len: u64,
}
const _: () = assert!(size_of::<Header>() == 48);

/// A word that direct branches may go to, and what is known there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Label {
    /// Region offset of the word.
    pub at: u32,
    /// Bit n: xN holds a window address within the bound of `class`. Never 13, 14, 15, 18, 30, 31.
    pub registers: u32,
    /// Bound class of `registers` ([`crate::contract::bound_of_class`]).
    pub class: u8,
    /// Bound class of x14; [`crate::contract::BOUND_CLASS_STACK`] where control may come from afar.
    pub class14: u8,
    /// Index of the frame list in [`section::LISTS`].
    pub list: u16,
}
const _: () = assert!(size_of::<Label>() == 12);

/// A place where the kernel may start an activation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Entry {
    /// [`Hook`] number.
    pub hook: u32,
    /// Index of the declared target.
    pub target: u32,
}
const _: () = assert!(size_of::<Entry>() == 8);

codes! {
    /// Where an entry can be attached.
    pub enum Hook {
        Run = 1, "run", "called by the run request with a context buffer";
        Tracepoint = 2, "tracepoint", "called with the arguments of a tracepoint, kernel pointers left out";
        Timer = 3, "timer", "called again and again with the number of periods that have passed";
        Netfilter = 4, "netfilter", "called for each packet at a point of the network stack, to pass or drop it";
        Netdev = 5, "netdev", "called for each packet that comes in by a network device";
        Function = 6, "function", "called with the arguments of a kernel function, kernel pointers left out";
        Return = 7, "return", "called with the result of a kernel function, unless it is a kernel pointer";
    }
}

/// A frame list: the saved registers and links pushed since a function's entry, oldest first.
///
/// Four bits each from the least significant end: the register's number less 18, so 1 to 12; 0 ends the list.
pub mod frame_list {
    use crate::contract::{SAVED_FIRST, SAVED_LAST};

    /// The four-bit code of a register; `None` for one that cannot be pushed.
    pub const fn code_of(register: u8) -> Option<u8> {
        if register >= SAVED_FIRST && register <= SAVED_LAST {
            Some(register - SAVED_FIRST + 1)
        } else {
            None
        }
    }

    /// The register of a four-bit code; `None` for 0 and for codes above 12.
    pub const fn register_of(code: u8) -> Option<u8> {
        if code >= 1 && code <= SAVED_LAST - SAVED_FIRST + 1 {
            Some(code + SAVED_FIRST - 1)
        } else {
            None
        }
    }
}
