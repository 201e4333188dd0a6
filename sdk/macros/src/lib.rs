// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! The attributes that make a function an entry of an extension, by the crate `lore`.
//!
//! Each checks the function's shape here, where the message can say what the hook wants; its types are checked by the
//! compiler against `lore::hook`. What is written beside the function is the image's entry record and the function of C's
//! calling convention that it names. Both are made of the macro's own words, so that an author's `#![forbid(unsafe_code)]`
//! stands.

mod entry;
mod hook;

use hook::Hook;
use proc_macro::TokenStream;

macro_rules! attributes {
    ($( $(#[$doc:meta])* $name:ident = $hook:ident; )+) => { $(
        $(#[$doc])*
        #[proc_macro_attribute]
        pub fn $name(place: TokenStream, function: TokenStream) -> TokenStream {
            entry::expand(&Hook::$hook, place.into(), function.into())
                .unwrap_or_else(|error| error.into_compile_error())
                .into()
        }
    )+ };
}

attributes! {
    /// An entry of the hook `run`: `fn(&mut Run) -> i64`. The answer may also be nothing, or a `Result` of either with a
    /// `GateError`, whose number it then is, negative.
    run = RUN;
    /// An entry for a tracepoint: `fn(&Tracepoint)`. `#[lore::tracepoint("sched_switch")]` says which.
    tracepoint = TRACEPOINT;
    /// An entry for a timer: `fn(u64)`, with how many periods have passed. `#[lore::timer("10ms")]` says how long one is;
    /// `#[lore::timer(TICK)]` makes `TICK` the name by which the extension's own timers are told what to call, with a
    /// number of theirs.
    timer = TIMER;
    /// An entry for packets on their way through the network stack: `fn(&Packet) -> FilterVerdict`, or a `Result` of it:
    /// an error passes. `#[lore::netfilter("ipv4/local-in")]` says where.
    netfilter = NETFILTER;
    /// An entry for packets that come in by a device: `fn(&Packet) -> DeviceVerdict`, or a `Result` of it: an error passes.
    /// `#[lore::netdev("eth0")]` says which.
    netdev = NETDEV;
    /// An entry for a kernel function that is called: `fn(&Call)`. `#[lore::function("do_unlinkat")]` says which.
    function = FUNCTION;
    /// An entry for a kernel function that returns: `fn(u64)`, with its result. `#[lore::returns("do_unlinkat")]` says which.
    returns = RETURNS;
}
