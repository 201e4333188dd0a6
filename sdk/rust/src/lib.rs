// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! What extensions in Rust build on: entries, the gates, a heap, and panics that end the activation.
//!
//! ```
//! #![no_std]
//! #![forbid(unsafe_code)]
//!
//! use lore::Run;
//!
//! #[lore::run]
//! fn answer(run: &mut Run) -> i64 {
//!     lore::info!("{} bytes came in", run.input().len());
//!     42
//! }
//! # fn main() {}
//! ```
//!
//! A package depends on it as `lore = { package = "lore-sdk", ... }`; the attributes write `::lore`. `lore new` makes such a
//! package, `lore build` an image of it.
//!
//! - **Entries**: an attribute for each hook ([`run`], [`tracepoint`], [`timer`], [`netfilter`], [`netdev`], [`function`],
//!   [`returns`]). What it says in brackets is where `lore attach IMAGE` attaches it.
//!   Entries are numbered by their lines.
//! - **Objects** of the kernel are values that give themselves back: [`Task`], [`Packet`], [`Socket`], [`Timer`], [`Guard`].
//! - **Statics** are shared by all CPUs at once, so Rust only takes what is `Sync`: atomics, [`SpinLock`],
//!   [`shared::Link`]. `static mut` wants `unsafe`, which no extension needs.
//! - **Memory** comes from [`Heap`], so all of `alloc` is there. No allocator of the registry would do: an activation can be
//!   cancelled at any instruction, in the middle of one too, and would leave its lists half changed or its lock held for
//!   ever. This one changes with one compare-and-swap at a time; what a cancelled activation had in its hands is lost,
//!   no more. The same holds for every data structure in a static: a [`SpinLock`] is let go of when its holder is
//!   cancelled, and the next one finds what it protects as it was left.
//! - **Panics** end the activation; the message and the place are in its fault record.
//! - **Tests** run on the host, by `cargo test`, against [`host`], a stand-in of the kernel.
#![cfg_attr(target_os = "none", no_std)]

extern crate alloc;
// The attributes write `::lore`, here too.
#[cfg(test)]
extern crate self as lore;

mod event;
mod handle;
#[cfg(target_os = "none")]
mod heap;
pub mod hook;
#[cfg(not(target_os = "none"))]
pub mod host;
#[rustfmt::skip]
mod interface;
mod lock;
#[macro_use]
mod log;
mod run;
mod text;
mod timer;

pub use event::Event;
pub use handle::{Kept, Lent};
#[cfg(target_os = "none")]
pub use heap::Heap;
pub use hook::{Call, DeviceVerdict, FilterVerdict, Tracepoint};
pub use interface::*;
pub use lock::{Guard, SpinLock};
pub use lore_macros::{function, netdev, netfilter, returns, run, timer, tracepoint};
pub use lore_shared as shared;
pub use run::{NoRoom, RawRun, Run};
pub use text::Text;
pub use timer::TimerEntry;

#[cfg(target_os = "none")]
#[global_allocator]
static HEAP: Heap = Heap;

/// A panic ends the activation with its message; nothing unwinds.
#[cfg(target_os = "none")]
#[panic_handler]
fn panic(info: &core::panic::PanicInfo<'_>) -> ! {
    let mut text = Text::new();
    // A message that is too long is cut.
    let _ = core::fmt::Write::write_fmt(&mut text, format_args!("{}", info.message()));
    if let Some(place) = info.location() {
        let _ = core::fmt::Write::write_fmt(&mut text, format_args!(" ({place})"));
    }
    abort(1, text.as_str())
}
