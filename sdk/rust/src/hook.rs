// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! What the kernel calls an extension for, as types: what the function of each attribute takes and answers.
//!
//! The attributes ([`crate::run`] and its like) write calls of the functions here; nobody else does.

use crate::{GateError, Lent, Packet, RawRun, Run, Task};
use core::ops::Deref;
use core::ptr;

/// Longest name of a place in bytes, a zero behind it included.
const PLACE_MAX: usize = 128;

/// An entry as the kernel calls it, whatever the hook gives.
pub type Called = extern "C" fn(u64, u64, u64, u64, u64, u64, u64, u64) -> u64;

/// A record of the section `.lore.entry`; the attributes make them.
#[doc(hidden)]
#[repr(C)]
pub struct Record {
    function: Called,
    hook: u32,
    line: u32,
}

impl Record {
    /// A record for the hook of a number; the line is that of the function, by which entries are numbered.
    pub const fn new(hook: u32, function: Called, line: u32) -> Record {
        Record {
            function,
            hook,
            line,
        }
    }
}

/// A record of the section `.lore.place`: where an entry is to be attached unless somebody says otherwise.
#[doc(hidden)]
#[repr(C)]
pub struct Place {
    function: Called,
    name: [u8; PLACE_MAX],
}

impl Place {
    /// A record for the place of a name, which is shorter than the room for it.
    pub const fn new(function: Called, text: &str) -> Place {
        let mut name = [0; PLACE_MAX];
        let (bytes, mut at) = (text.as_bytes(), 0);
        while at < bytes.len() {
            name[at] = bytes[at];
            at += 1;
        }
        assert!(at < PLACE_MAX, "no room for the zero");
        Place { function, name }
    }
}

/// What becomes of a packet on its way through the network stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterVerdict {
    /// It goes its way.
    Pass,
    /// It is thrown away.
    Drop,
}

/// What becomes of a packet that came in by a device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeviceVerdict {
    /// It goes its way.
    Pass,
    /// It is thrown away.
    Drop,
    /// It is sent, as it is now, out of the device that it came in by.
    Reply,
    /// It is sent out of the device of this index, in the same namespace; dropped if there is none.
    Redirect(u32),
}

/// The arguments of a kernel function, or of a tracepoint. What might be an address of the kernel is 0, and so is what lies
/// behind the last one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Arguments<const N: usize>([u64; N]);

/// What a tracepoint was called with: the first seven arguments.
pub type Tracepoint = Arguments<7>;
/// What a kernel function was called with: the first eight arguments.
pub type Call = Arguments<8>;

impl<const N: usize> Arguments<N> {
    /// Arguments, for tests.
    pub const fn new(numbers: [u64; N]) -> Arguments<N> {
        Arguments(numbers)
    }

    /// The task that an argument is, where the kernel gives tasks: `docs/hooks.md` says for which tracepoints. Of any other
    /// argument it is a handle that names nothing: every call says so.
    pub fn task(&self, n: usize) -> Lent<'_, Task> {
        let number = self.0.get(n).copied().unwrap_or(0);
        // SAFETY: What is no task's handle is an error of each call, and a lent one is never dropped.
        unsafe { Lent::from_raw(number) }
    }
}

impl<const N: usize> Deref for Arguments<N> {
    type Target = [u64; N];

    fn deref(&self) -> &[u64; N] {
        &self.0
    }
}

/// What an entry of the hook `run` answers. An error is its number, negative.
#[diagnostic::on_unimplemented(
    message = "an entry of the hook `run` answers `i64`, nothing, or a `Result` of either with `GateError`",
    label = "this answers `{Self}`"
)]
pub trait RunAnswer {
    /// As the kernel gets it.
    #[doc(hidden)]
    fn number(self) -> u64;
}

impl RunAnswer for i64 {
    fn number(self) -> u64 {
        self as u64
    }
}

impl RunAnswer for () {
    fn number(self) -> u64 {
        0
    }
}

impl<T: RunAnswer> RunAnswer for Result<T, GateError> {
    fn number(self) -> u64 {
        match self {
            Ok(answer) => answer.number(),
            Err(error) => (-(error as i64)).number(),
        }
    }
}

/// What an entry of the hook `netfilter` answers. An error passes.
#[diagnostic::on_unimplemented(
    message = "an entry of the hook `netfilter` answers `FilterVerdict`, or a `Result` of it with `GateError`",
    label = "this answers `{Self}`"
)]
pub trait FilterAnswer {
    /// As the kernel gets it.
    #[doc(hidden)]
    fn number(self) -> u64;
}

impl FilterAnswer for FilterVerdict {
    fn number(self) -> u64 {
        match self {
            FilterVerdict::Pass => 0,
            FilterVerdict::Drop => 1,
        }
    }
}

impl FilterAnswer for Result<FilterVerdict, GateError> {
    fn number(self) -> u64 {
        self.unwrap_or(FilterVerdict::Pass).number()
    }
}

/// What an entry of the hook `netdev` answers. An error passes.
#[diagnostic::on_unimplemented(
    message = "an entry of the hook `netdev` answers `DeviceVerdict`, or a `Result` of it with `GateError`",
    label = "this answers `{Self}`"
)]
pub trait DeviceAnswer {
    /// As the kernel gets it.
    #[doc(hidden)]
    fn number(self) -> u64;
}

impl DeviceAnswer for DeviceVerdict {
    fn number(self) -> u64 {
        match self {
            DeviceVerdict::Pass => 0,
            DeviceVerdict::Drop => 1,
            DeviceVerdict::Reply => 2,
            DeviceVerdict::Redirect(device) => 3 | u64::from(device) << 32,
        }
    }
}

impl DeviceAnswer for Result<DeviceVerdict, GateError> {
    fn number(self) -> u64 {
        self.unwrap_or(DeviceVerdict::Pass).number()
    }
}

/// What an entry answers that nobody asks: nothing, or whether it went well, which nobody hears.
#[diagnostic::on_unimplemented(
    message = "an entry of this hook answers nothing, or `Result<(), GateError>`",
    label = "this answers `{Self}`"
)]
pub trait NoAnswer {}

impl NoAnswer for () {}

impl NoAnswer for Result<(), GateError> {}

/// Calls an entry of the hook `run`.
///
/// # Safety
///
/// The arguments are what the kernel called an entry of this hook with, in this activation; once. So it is for all of
/// these.
#[doc(hidden)]
pub unsafe fn run<A: RunAnswer>(
    [context, ..]: [u64; 8],
    entry: impl FnOnce(&mut Run<'_>) -> A,
) -> u64 {
    let context: *mut RawRun = ptr::with_exposed_provenance_mut(context as usize);
    // SAFETY: By this function's own contract.
    entry(&mut unsafe { Run::from_raw(context) }).number()
}

/// Calls an entry for a tracepoint.
///
/// # Safety
///
/// See [`run`].
#[doc(hidden)]
pub unsafe fn tracepoint<A: NoAnswer>(
    arguments: [u64; 8],
    entry: impl FnOnce(&Tracepoint) -> A,
) -> u64 {
    let [first @ .., _] = arguments;
    entry(&Arguments(first));
    0
}

/// Calls an entry for a timer.
///
/// # Safety
///
/// See [`run`].
#[doc(hidden)]
pub unsafe fn timer<A: NoAnswer>([number, ..]: [u64; 8], entry: impl FnOnce(u64) -> A) -> u64 {
    entry(number);
    0
}

/// Calls an entry of the hook `netfilter`.
///
/// # Safety
///
/// See [`run`].
#[doc(hidden)]
pub unsafe fn netfilter<A: FilterAnswer>(
    [packet, ..]: [u64; 8],
    entry: impl FnOnce(&Packet) -> A,
) -> u64 {
    // SAFETY: By this function's own contract; the reference does not outlive the call.
    let packet: Lent<'_, Packet> = unsafe { Lent::from_raw(packet) };
    entry(&packet).number()
}

/// Calls an entry of the hook `netdev`.
///
/// # Safety
///
/// See [`run`].
#[doc(hidden)]
pub unsafe fn netdev<A: DeviceAnswer>(
    [packet, ..]: [u64; 8],
    entry: impl FnOnce(&Packet) -> A,
) -> u64 {
    // SAFETY: By this function's own contract; the reference does not outlive the call.
    let packet: Lent<'_, Packet> = unsafe { Lent::from_raw(packet) };
    entry(&packet).number()
}

/// Calls an entry for a kernel function.
///
/// # Safety
///
/// See [`run`].
#[doc(hidden)]
pub unsafe fn function<A: NoAnswer>(arguments: [u64; 8], entry: impl FnOnce(&Call) -> A) -> u64 {
    entry(&Arguments(arguments));
    0
}

/// Calls an entry for a kernel function that returns.
///
/// # Safety
///
/// See [`run`].
#[doc(hidden)]
pub unsafe fn returns<A: NoAnswer>([result, ..]: [u64; 8], entry: impl FnOnce(u64) -> A) -> u64 {
    entry(result);
    0
}
