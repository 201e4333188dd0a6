// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! What extensions in Rust build on: an entry, the gates, a heap, and panics that end the activation.
//!
//! ```ignore
//! #![no_std]
//! use lore_sdk::{log, Run};
//!
//! lore_sdk::entry_run!(main);
//!
//! fn main(run: &mut Run) -> i64 {
//!     log!(Info, "{} bytes came in", run.input().len());
//!     0
//! }
//! ```
#![no_std]

extern crate alloc;

mod event;
mod handle;
mod heap;
pub mod hook;
#[rustfmt::skip]
mod interface;
mod lock;
mod run;
mod text;
mod timer;

pub use event::Event;
pub use handle::{Kept, Lent};
pub use heap::Heap;
pub use hook::{DeviceVerdict, FilterVerdict};
pub use interface::*;
pub use lock::{Guard, SpinLock};
pub use lore_shared as shared;
pub use run::{NoRoom, RawRun, Run};
pub use text::Text;
pub use timer::TimerEntry;

#[global_allocator]
static HEAP: Heap = Heap;

/// A panic ends the activation with its message; nothing unwinds.
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

/// Writes a formatted line to the kernel's log: `log!(Info, "{n} packets")`. Cut at 256 bytes.
#[macro_export]
macro_rules! log {
    ($level:ident, $($arg:tt)+) => {{
        let mut text = $crate::Text::new();
        let _ = core::fmt::Write::write_fmt(&mut text, core::format_args!($($arg)+));
        let _ = $crate::log($crate::LogLevel::$level, text.as_str());
    }};
}

/// Makes a `fn(&mut Run) -> i64` an entry of the hook `run`. The first entry is entry 0.
#[macro_export]
macro_rules! entry_run {
    ($function:path) => {
        $crate::entry!(ByRequest, $function);
    };
}

/// Makes a function an entry of a hook of [`hook`]: `entry!(Netfilter, drop_telnet)`.
#[macro_export]
macro_rules! entry {
    ($hook:ident, $function:path) => {
        const _: () = {
            // Names of items are not hygienic: one that the function might have would be called instead of it.
            #[allow(clippy::too_many_arguments, reason = "as the kernel calls it")]
            extern "C" fn __lore_entry(a: u64, b: u64, c: u64, d: u64, e: u64, f: u64, g: u64, h: u64) -> u64 {
                let arguments = [a, b, c, d, e, f, g, h];
                // SAFETY: Only the kernel calls entries, each with what its hook gives.
                unsafe { <$crate::hook::$hook as $crate::hook::Hook>::call($function, arguments) }
            }
            #[used]
            #[unsafe(link_section = ".lore.entry")]
            static __LORE_ENTRY: $crate::hook::Record =
                $crate::hook::Record::new(<$crate::hook::$hook as $crate::hook::Hook>::NUMBER, __lore_entry);
        };
    };
}
