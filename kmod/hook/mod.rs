// SPDX-License-Identifier: GPL-2.0
//! Where extensions are attached: one table of kinds, one file per kind.
//!
//! ```text
//!   ATTACH "timer/10ms" -> KINDS -> entry, gates, capability -> listed -> armed    (attach.rs)
//!   the kernel calls    -> ffi   -> Attachment::fire -> entry::Seats -> extension  (attachment.rs)
//!   detach, unload, a fault, device or namespace gone -> disarmed                  (list.rs)
//! ```
//!
//! Lock order: RTNL > `Attachments` > `Attachment::arms`; under the last only what the C side takes itself.

pub(crate) mod alarm;
mod attach;
mod attachment;
mod context;
mod function;
mod list;
mod netdev;
mod netfilter;
mod place;
pub(crate) mod run;
mod timer;
mod tracepoint;

pub(crate) use attach::attach;
pub(crate) use attachment::Attachment;
pub(crate) use list::Attachments;

use crate::{
    refused::Refused,
    sys::{self, hook as c},
};
use lore_abi::image::Hook;
use lore_iface::Context;

/// A kind of hook.
pub(crate) struct Kind {
    hook: Hook,
    /// Where it runs, which says what fits there.
    context: Context,
    /// Whether the caller may attach to it.
    may: fn() -> bool,
    /// Lets the place that is named behind the slash call the attachment.
    arm: fn(&Attachment, &[u8]) -> Result<(), Refused>,
}

/// Every kind that an attach request can name. `run` is called by a request of its own, `return` with `function`.
static KINDS: [Kind; 5] = [
    Kind {
        hook: Hook::Tracepoint,
        context: Context::Anywhere,
        may: sys::may_trace,
        arm: tracepoint::arm,
    },
    Kind {
        hook: Hook::Timer,
        context: Context::Softirq,
        may: sys::may_load,
        arm: timer::arm,
    },
    Kind {
        hook: Hook::Netfilter,
        context: Context::Network,
        may: sys::may_net,
        arm: netfilter::arm,
    },
    Kind {
        hook: Hook::Netdev,
        context: Context::Network,
        may: sys::may_net,
        arm: netdev::arm,
    },
    Kind {
        hook: Hook::Function,
        context: Context::Anywhere,
        may: sys::may_trace,
        arm: function::arm,
    },
];

/// What calls an attachment. When it is dropped, nobody does any more.
pub(crate) enum Armed {
    #[expect(dead_code, reason = "held for its drop")]
    Tracepoint(c::Tracepoint),
    #[expect(dead_code, reason = "held for its drop")]
    Timer(c::Timer),
    #[expect(dead_code, reason = "held for its drop")]
    Function(c::Function),
    Packets(c::Packets),
    #[expect(dead_code, reason = "held for its drop")]
    Alarms(sys::alarm::Firing),
}
