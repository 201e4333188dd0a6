// SPDX-License-Identifier: GPL-2.0
//! lore.ko: loads verified extensions, runs them, and takes them away again.
//!
//! ```text
//!   device -> load:  Image -verify-> Verified -map-> Mapped -publish-> Extension <- hook fires
//!                                     |                                   |
//!                               lore_verifier    arena + heap             v
//!                                                          entry: Seat, Activation -> extension code
//!                                                              ^   | gate call             |
//!                                     Returned(v)|Cancelled    |   v                       | fault, time
//!                                                              |  gate, object             |
//!                                                              +-------- landing <---------+
//! ```
//!
//! Lock order: RTNL > `Registry` > `Attachments` > `Attachment::arms` > `Extension::faults`; `Windows`, `Arena` and `Window`'s locks are leaves.
#![deny(unsafe_code)]

use kernel::prelude::*;
use kernel::sync::Arc;

#[expect(unsafe_code, reason = "writes and synchronises the module's own text")]
mod arena;
mod counters;
mod device;
#[expect(
    unsafe_code,
    reason = "runs extension code and reads what it left behind"
)]
mod entry;
mod extension;
mod gate;
#[expect(
    unsafe_code,
    reason = "writes to pages that the kernel and extensions share"
)]
mod heap;
mod hook;
mod load;
mod lore;
mod object;
mod refused;
mod report;
#[expect(unsafe_code, reason = "calls C and is called by it")]
mod sys;
mod trace;

module! {
    type: Module,
    name: "lore",
    authors: ["The LoRe developers"],
    description: "LoRe: verified native extensions",
    license: "GPL v2",
}

/// What the module holds while it is loaded. Dropped in this order: no work, no request, no tick, then nothing.
struct Module {
    _watch: sys::work::Watch,
    _device: sys::Device,
    _ticks: entry::Ticks,
}

impl kernel::Module for Module {
    fn init(_module: &'static ThisModule) -> Result<Self> {
        // The ladder: each rung needs those before it, and an error undoes them in reverse.
        sys::find_symbols()?;
        let params = sys::Params::get();
        let arena = arena::Arena::new(&params)?;
        let ticks = entry::Ticks::new(&params)?;
        let lore = Arc::pin_init(lore::Lore::new(params, arena), GFP_KERNEL)?;
        let watch = sys::work::Watch::new(lore.clone())?;
        let device = sys::Device::register(lore)?;
        pr_info!("ready: {} KiB of code arena\n", params.arena_len >> 10);
        Ok(Module {
            _watch: watch,
            _device: device,
            _ticks: ticks,
        })
    }
}
