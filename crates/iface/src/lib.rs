// SPDX-License-Identifier: GPL-2.0
//! The kernel interface: what an extension may call, as `wit/` describes it.
//!
//! [`generated`] holds the tables; this file what they are made of. The crate is compiled from one source by Kbuild into
//! `lore.ko` and by cargo into every host tool, so both sides mean the same by a number.
//!
//! Arguments are in x0 to x6, the result in x0; everything else that a call may change is zero afterwards. A negative
//! result is [`GateError`] as a negative number.
#![no_std]
#![forbid(unsafe_code)]

#[rustfmt::skip]
mod generated;

pub use generated::*;

/// Where an activation runs, and so what a gate may do: the worst place that the hook is called in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(u8)]
pub enum Context {
    /// In a task that holds nothing.
    Task = 0,
    /// In a softirq that holds nothing.
    Softirq = 1,
    /// In a task or a softirq, on the way of a packet.
    Network = 2,
    /// Any place: under locks of the allocator, the scheduler and the clock, with interrupts masked.
    Anywhere = 3,
}

/// A set of contexts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Contexts(u8);

impl Contexts {
    /// A set by its bits, bit n for context n.
    pub const fn from_bits(bits: u8) -> Contexts {
        Contexts(bits)
    }

    /// Whether a context is in the set.
    pub const fn has(self, context: Context) -> bool {
        self.0 & 1 << context as u8 != 0
    }
}

/// What an argument of a gate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number, at most the limit if there is one.
    Number(Option<u64>),
    /// 0 or 1.
    Bool,
    /// A case of an enumeration.
    Enum,
    /// Address and length of bytes to be read, at most as many as the limit.
    Span(Option<u64>),
    /// Address of a record to be read.
    Record,
    /// A handle of that kind, looked at.
    Borrow(Resource),
    /// A handle of that kind, taken.
    Own(Resource),
}

/// A gate as the description has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Where it may be called.
    pub fits: Contexts,
    /// Names and kinds of arguments.
    pub params: &'static [(&'static str, Kind)],
    /// The kind of object that it gives out.
    pub gives: Option<Resource>,
    /// Whether the activation ends with it.
    pub never_returns: bool,
    /// Whether it has an object outlive the activation.
    pub keeps: bool,
}

impl Gate {
    /// Whether it may be called there.
    pub const fn fits(self, context: Context) -> bool {
        self.signature().fits.has(context)
    }
}

// A fault record has room for the longest text that a gate puts there.
const _: () = assert!(ABORT_TEXT_MAX <= lore_abi::fault::TEXT_MAX as u64);
