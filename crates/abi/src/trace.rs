// SPDX-License-Identifier: GPL-2.0
//! The trace: which gates an extension called, with what, and what they answered.
//!
//! It is chosen at load ([`crate::request::LoadRequest`], `trace`): the kernel then binds the image's gates to others that keep a
//! record of each call, so that who does not trace pays nothing. The kernel keeps as many records as were asked for;
//! calls that find no room are counted. Registers are as the extension has set them, cut to those that the gate's
//! signature (`lore_iface::Gate::signature`) speaks of: numbers, handles and addresses of the window, never the kernel's.

use crate::request::iowr;
use zerocopy_derive::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// Most records of a trace.
pub const TRACE_MAX: u32 = 64 << 10;
/// Most bytes of an excerpt; a record of any gate fits.
pub const EXCERPT_MAX: usize = 64;
/// Excerpts of one call.
pub const EXCERPTS: usize = 2;

/// The first bytes of memory that a gate was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Excerpt {
    /// Used bytes of `bytes`.
    pub len: u32,
    /// 1 if memory was read: 0 if there is none in the signature, or none is mapped there.
    pub read: u32,
    /// They were read before the call where the gate reads, and behind it where it writes.
    pub bytes: [u8; EXCERPT_MAX],
}

/// One call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct TraceRecord {
    /// Monotonic clock when it was called, nanoseconds.
    pub time_ns: u64,
    /// Number of the gate (`lore_iface::Gate`).
    pub gate: u32,
    /// [`crate::image::Hook`] of the entry that was running.
    pub hook: u32,
    /// CPU number.
    pub cpu: u32,
    /// [`crate::fault::FaultKind`] if the activation ended with the call, so that nobody saw its result; else 0.
    pub ended: u32,
    /// x0 to x6 at the call; 0 for those that the gate does not look at.
    pub args: [u64; 7],
    /// x0 behind it.
    pub result: u64,
    /// Memory that arguments name, in their order, and behind those what it wrote.
    pub excerpts: [Excerpt; EXCERPTS],
}
const _: () = assert!(size_of::<TraceRecord>() == 24 + 64 + EXCERPTS * 72);

/// Extension's file: takes the oldest records out of its trace. Those of calls that are under way, and all behind them, stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct TraceRequest {
    /// User address of an array of [`TraceRecord`].
    pub buffer: u64,
    /// Entries of the array.
    pub capacity: u32,
    /// Out: entries written.
    pub count: u32,
    /// Out: calls that found no room since the load.
    pub lost: u64,
}
const _: () = assert!(size_of::<TraceRequest>() == 24);
/// Request number of [`TraceRequest`].
pub const TRACE: u32 = iowr(21, size_of::<TraceRequest>());
