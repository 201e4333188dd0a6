// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! What the kernel calls an extension for, as types: what each hook's function takes and answers.
//!
//! [`crate::entry`] makes a function an entry. One that does not fit its hook does not compile.

use crate::{Lent, Packet, RawRun, Run};
use core::ptr;

/// A record of the section `.lore.entry`; [`crate::entry`] makes them.
#[repr(C)]
pub struct Record {
    function: Address,
    hook: u32,
    zero: u32,
}

/// The address of an entry's function. All of these are the same pointer to the kernel.
#[repr(C)]
#[derive(Clone, Copy)]
union Address {
    any: Called,
    timer: extern "C" fn(u64) -> u64,
}

/// An entry as the kernel calls it, whatever the hook gives.
pub type Called = extern "C" fn(u64, u64, u64, u64, u64, u64, u64, u64) -> u64;

impl Record {
    /// A record for the hook of a number.
    pub const fn new(hook: u32, any: Called) -> Record {
        Record {
            function: Address { any },
            hook,
            zero: 0,
        }
    }

    /// A record for the hook `timer`, of an entry that gets no more than a number.
    pub const fn timer(timer: extern "C" fn(u64) -> u64) -> Record {
        Record {
            function: Address { timer },
            hook: Timer::NUMBER,
            zero: 0,
        }
    }
}

/// A hook, by what its function takes and answers.
pub trait Hook {
    /// The image's number of it.
    const NUMBER: u32;
    /// What an entry is.
    type Function;

    /// Calls the function.
    ///
    /// # Safety
    ///
    /// The arguments are what the kernel called an entry of this hook with, in this activation; once.
    unsafe fn call(function: Self::Function, arguments: [u64; 8]) -> u64;
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

impl FilterVerdict {
    const fn number(self) -> u64 {
        match self {
            FilterVerdict::Pass => 0,
            FilterVerdict::Drop => 1,
        }
    }
}

impl DeviceVerdict {
    const fn number(self) -> u64 {
        match self {
            DeviceVerdict::Pass => 0,
            DeviceVerdict::Drop => 1,
            DeviceVerdict::Reply => 2,
            DeviceVerdict::Redirect(device) => 3 | (device as u64) << 32,
        }
    }
}

/// A run request.
pub struct ByRequest;

impl Hook for ByRequest {
    const NUMBER: u32 = 1;
    type Function = fn(&mut Run<'_>) -> i64;

    unsafe fn call(function: Self::Function, [raw, ..]: [u64; 8]) -> u64 {
        let raw: *mut RawRun = ptr::with_exposed_provenance_mut(raw as usize);
        // SAFETY: By this function's own contract: the context is this activation's alone.
        function(&mut unsafe { Run::from_raw(raw) }) as u64
    }
}

macro_rules! hooks {
    ($( $(#[$doc:meta])* $name:ident = $number:literal: fn($($argument:ty)?) $(-> $verdict:ty)?,
        |$function:ident, $arguments:ident| $call:expr; )+) => { $(
        $(#[$doc])*
        pub struct $name;

        impl Hook for $name {
            const NUMBER: u32 = $number;
            type Function = fn($($argument)?) $(-> $verdict)?;

            unsafe fn call($function: Self::Function, $arguments: [u64; 8]) -> u64 {
                $call
            }
        }
    )+ };
}

hooks! {
    /// A tracepoint of the kernel, with its arguments, the first seven. What might be an address of the kernel is 0, and so
    /// is what lies behind the last one.
    Tracepoint = 2: fn(&[u64; 7]), |function, arguments| {
        let [first @ .., _] = arguments;
        function(&first);
        0
    };
    /// A period that is over, with how many have passed since the last call.
    Timer = 3: fn(u64), |function, arguments| {
        let [periods, ..] = arguments;
        function(periods);
        0
    };
    /// A packet at a point of the network stack, from its network header on.
    Netfilter = 4: fn(&Packet) -> FilterVerdict, |function, arguments| {
        let [packet, ..] = arguments;
        // SAFETY: By this function's own contract; the reference does not outlive the call.
        let packet: Lent<'_, Packet> = unsafe { Lent::from_raw(packet) };
        function(&packet).number()
    };
    /// A packet that came in by a device, from its link header on.
    Netdev = 5: fn(&Packet) -> DeviceVerdict, |function, arguments| {
        let [packet, ..] = arguments;
        // SAFETY: As above.
        let packet: Lent<'_, Packet> = unsafe { Lent::from_raw(packet) };
        function(&packet).number()
    };
    /// A kernel function that is entered, with its arguments, the first eight, as for a tracepoint.
    Function = 6: fn(&[u64; 8]), |function, arguments| {
        function(&arguments);
        0
    };
    /// A kernel function that returns, with its result.
    Return = 7: fn(u64), |function, arguments| {
        let [result, ..] = arguments;
        function(result);
        0
    };
}
