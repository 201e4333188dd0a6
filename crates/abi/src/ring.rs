// SPDX-License-Identifier: GPL-2.0
//! The ring of events: records from an extension to a program, written and read where they lie in the window.
//!
//! ```text
//!   ring_at     RingHeader, a page of its own
//!   records_at  | header | bytes ... | header | bytes ... |         `ring_len` bytes, a power of two
//! ```
//!
//! A position counts bytes since the beginning; the byte lies at the position modulo `ring_len`. A record begins at a
//! multiple of 8 with its header, `[u32; 2]` of which the first says all and the second is zero, and does not wrap.
//!
//! The reader (one at a time) starts at `consumer`. A header of 0: nothing is there yet, so it waits with `poll`. Else
//! the record's length is in [`RING_LEN_MASK`]; it is an event unless [`RING_SKIP`] is set. When it is done with a record, the
//! reader writes zeros over all of it, header last, and then moves `consumer` behind it, to the next multiple of 8.
//!
//! Both sides can write anything at any time. The kernel keeps its own position, uses `consumer` only to tell how much
//! room there is, and reads nothing else: garbage costs its writer events, nobody else anything.

use zerocopy_derive::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// What stands before the records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct RingHeader {
    /// Position of the reader, which alone writes it.
    pub consumer: u64,
    /// So that each side writes to cache lines of its own.
    pub apart: [u64; 15],
    /// Events that found no room, as the kernel counts them.
    pub lost: u64,
}
const _: () = assert!(size_of::<RingHeader>() == 136);

/// Bytes of a record's header.
pub const RING_HEADER_LEN: u64 = 8;
/// Header: bytes of the record behind it.
pub const RING_LEN_MASK: u32 = 0x3fff_ffff;
/// Header: no event; filling at the end of the ring, or given up by the extension.
pub const RING_SKIP: u32 = 0x4000_0000;
/// Header: the record is complete.
pub const RING_DONE: u32 = 0x8000_0000;
/// Most bytes of one record, and at most a quarter of the ring.
pub const RING_RECORD_MAX: u64 = 64 << 10;
/// Most bytes of a ring.
pub const RING_MAX: u64 = 64 << 20;
