// SPDX-License-Identifier: GPL-2.0
//! How an activation ended when it did not return.

use zerocopy_derive::{FromBytes, Immutable, IntoBytes, KnownLayout};

codes! {
    /// What ended the activation.
    pub enum FaultKind {
        Memory = 1, "memory", "an access to an address of the window that is not mapped";
        Trap = 2, "trap", "a trap word was reached (an unreachable place, or the end of the code)";
        ShadowStack = 3, "shadow-stack", "the shadow stack ended (recursion too deep)";
        WildCall = 4, "wild-call", "an indirect call through a value that is no function of the extension";
        Time = 5, "time", "the time budget was used up";
        Abort = 6, "abort", "the extension called abort";
        Request = 7, "request", "the extension was unloaded or the caller was killed";
        DataStack = 8, "data-stack", "the data stack ended (recursion too deep, or frames too large)";
    }
}

/// Longest message of `abort` that a record keeps, in bytes.
pub const TEXT_MAX: usize = 256;
/// Most call sites that a record's backtrace holds.
pub const BACKTRACE_MAX: usize = 32;

/// `flags`: `address` holds a window offset.
pub const HAS_ADDRESS: u32 = 1 << 0;
/// `flags`: `registers` holds the general registers (none are given for a fault in a gate).
pub const HAS_REGISTERS: u32 = 1 << 1;
/// `flags`: the access was a store.
pub const IS_STORE: u32 = 1 << 2;
/// `flags`: it happened in gate number `gate`.
pub const IN_GATE: u32 = 1 << 3;
/// `flags`: the backtrace was longer than [`BACKTRACE_MAX`].
pub const CUT: u32 = 1 << 4;

/// One fault, as it is kept per extension and read with [`crate::request::FaultsRequest`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct Fault {
    /// Counts the faults of the extension from 1.
    pub number: u64,
    /// Monotonic clock, nanoseconds.
    pub time_ns: u64,
    /// [`FaultKind`] number.
    pub kind: u32,
    /// `HAS_*`, `IS_*`, `IN_GATE`, `CUT`.
    pub flags: u32,
    /// Region offset of the word; for a fault in a gate, of the `bl` that called it.
    pub at: u32,
    /// The word there.
    pub word: u32,
    /// Window offset of the access, if `HAS_ADDRESS`.
    pub address: u64,
    /// Number of the gate (`lore_iface::Gate`), if `IN_GATE`.
    pub gate: u32,
    /// Index of the entry that was running.
    pub entry: u32,
    /// Code of `abort`.
    pub code: u64,
    /// x0 to x30, with x13, x15, x18 and x30 zero, if `HAS_REGISTERS`.
    pub registers: [u64; 31],
    /// CPU number.
    pub cpu: u32,
    /// Used entries of `backtrace`.
    pub depth: u32,
    /// Region offsets of the call words that were open, innermost first.
    pub backtrace: [u32; BACKTRACE_MAX],
    /// Used bytes of `text`.
    pub text_len: u32,
    /// Zero.
    pub reserved: u32,
    /// Message of `abort`.
    pub text: [u8; TEXT_MAX],
}
const _: () = assert!(size_of::<Fault>() == 56 + 31 * 8 + 8 + BACKTRACE_MAX * 4 + 8 + TEXT_MAX);
