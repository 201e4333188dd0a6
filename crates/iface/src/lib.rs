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

/// An integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Int {
    /// 8, 16, 32 or 64.
    pub bits: u8,
    /// Whether it has a sign.
    pub signed: bool,
}

/// A record of integers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its name.
    pub name: &'static str,
    /// Bytes.
    pub size: usize,
    /// Names and types, as C lays them out.
    pub fields: &'static [(&'static str, Int)],
}

/// What an argument of a gate is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number, at most the limit if there is one.
    Number(Int, Option<u64>),
    /// 0 or 1.
    Bool,
    /// A case of an enumeration, counted from 1.
    Enum(&'static [&'static str]),
    /// Address and length of bytes to be read, at most as many as the limit.
    Bytes(Option<u64>),
    /// The same, of text.
    Text(Option<u64>),
    /// Address of a record to be read.
    Record(Record),
    /// A handle of that kind, looked at.
    Borrow(Resource),
    /// A handle of that kind, taken.
    Own(Resource),
}

/// What a gate answers when it does not refuse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// 0.
    Nothing,
    /// A number.
    Number(Int),
    /// 0 or 1.
    Bool,
    /// Address and room come behind the arguments; the answer is how many bytes were put there.
    Bytes,
    /// The same, of text.
    Text,
    /// The address of a record comes behind the arguments; the answer is 0.
    Record(Record),
    /// A new handle of that kind.
    Own(Resource),
}

/// A gate as the description has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Signature {
    /// Where it may be called.
    pub fits: Contexts,
    /// Names and kinds of arguments.
    pub params: &'static [(&'static str, Kind)],
    /// What comes back.
    pub answer: Answer,
    /// Whether it can refuse.
    pub fallible: bool,
    /// Whether the activation ends with it.
    pub never_returns: bool,
    /// Whether it has an object outlive the activation.
    pub keeps: bool,
}

impl Signature {
    /// How many registers a call passes, from x0 on.
    pub fn registers(&self) -> u32 {
        let params = self.params.iter().map(|(_, kind)| match kind {
            Kind::Bytes(_) | Kind::Text(_) => 2,
            Kind::Number(..) | Kind::Bool | Kind::Enum(_) => 1,
            Kind::Record(_) | Kind::Borrow(_) | Kind::Own(_) => 1,
        });
        let answer = match self.answer {
            Answer::Bytes | Answer::Text => 2,
            Answer::Record(_) => 1,
            Answer::Nothing | Answer::Number(_) | Answer::Bool | Answer::Own(_) => 0,
        };
        params.sum::<u32>() + answer
    }
}

impl Gate {
    /// Whether it may be called there.
    pub const fn fits(self, context: Context) -> bool {
        self.signature().fits.has(context)
    }
}

// A fault record has room for the longest text that a gate puts there.
const _: () = assert!(ABORT_TEXT_MAX <= lore_abi::fault::TEXT_MAX as u64);
