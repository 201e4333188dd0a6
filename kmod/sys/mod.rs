// SPDX-License-Identifier: GPL-2.0
//! The only folder that names C. Safe wrappers of what shim.h declares; differences between kernels end here.

pub(crate) mod alarm;
pub(crate) mod area;
pub(crate) mod atomic;
mod copy;
pub(crate) mod cpu;
mod ffi;
pub(crate) mod file;
pub(crate) mod hook;
pub(crate) mod low;
pub(crate) mod packet;
pub(crate) mod pages;
pub(crate) mod poll;
pub(crate) mod socket;
pub(crate) mod task;
pub(crate) mod user;
pub(crate) mod work;

pub(crate) use file::{Device, ModuleHold, PendingFd};

use kernel::{error::to_result, prelude::*};
use lore_abi::feature;

/// What bindgen makes of shim.h, and what lies in our assembly.
#[allow(
    dead_code,
    missing_docs,
    non_camel_case_types,
    non_snake_case,
    non_upper_case_globals,
    unreachable_pub,
    unsafe_op_in_unsafe_fn,
    clippy::all,
    reason = "generated"
)]
pub(crate) mod bindings {
    include!(env!("LORE_BINDINGS"));

    extern "C" {
        pub(crate) static lore_arena: u8;
        pub(crate) static lore_arena_stubs: u8;
        pub(crate) static mut lore_arena_extable: u8;
        pub(crate) fn lore_abort_stub();
        fn lore_gate_left();
        fn lore_gates_begin();
        fn lore_gates_end();
    }

    /// Where a gate goes to that must not return.
    pub(crate) fn gate_left() -> u64 {
        lore_gate_left as *const () as u64
    }

    /// Whether an address is in a trampoline.
    pub(crate) fn in_trampolines(at: u64) -> bool {
        let (begin, end) = (lore_gates_begin as *const (), lore_gates_end as *const ());
        (begin as u64..end as u64).contains(&at)
    }

    macro_rules! trampolines {
        ($($variant:ident $id:ident $trampoline:ident $function:ident $traced:ident;)+) => {
            extern "C" {
                $( fn $trampoline(); )+
            }

            /// What crossing.S has for a gate.
            pub(crate) fn trampoline(gate: lore_iface::Gate) -> unsafe extern "C" fn() {
                match gate {
                    $( lore_iface::Gate::$variant => $trampoline, )+
                }
            }
        };
    }
    lore_iface::for_each_gate!(trampolines);
}

/// Parameters of the module, fixed once it is loaded.
pub(crate) type Params = bindings::lore_params;

impl Params {
    pub(crate) fn get() -> Params {
        let mut params = core::mem::MaybeUninit::uninit();
        // SAFETY: The function fills the whole struct.
        unsafe {
            bindings::lore_params_get(params.as_mut_ptr());
            params.assume_init()
        }
    }
}

/// An error by its number; 7.2's kernel crate does not name all that we answer.
pub(crate) fn errno(number: u32) -> Error {
    // Lossless: errnos are below 4096.
    Error::from_errno(-(number as i32))
}

/// Finds what the kernel does not export; a missing symbol is named in the log.
pub(crate) fn find_symbols() -> Result {
    // SAFETY: Called once, at module init, where sleeping is fine.
    to_result(unsafe { bindings::lore_symbols_find() })
}

/// Makes written text visible to the fetches of every CPU.
pub(crate) fn text_sync(start: usize, len: usize) {
    // SAFETY: The callers pass ranges of the arena, which are mapped.
    unsafe { bindings::lore_text_sync(start, len) };
}

/// The system's feature bits, as [`lore_abi::feature`] numbers them.
pub(crate) fn features() -> u64 {
    let known: [(unsafe extern "C" fn() -> bool, u64); 7] = [
        (bindings::lore_has_lse, feature::LSE),
        (bindings::lore_has_lrcpc, feature::LRCPC),
        (bindings::lore_has_lrcpc2, feature::LRCPC2),
        (bindings::lore_has_flagm, feature::FLAGM),
        (bindings::lore_has_crc32, feature::CRC32),
        (bindings::lore_has_cssc, feature::CSSC),
        (bindings::lore_has_sb, feature::SB),
    ];
    // SAFETY: These only read the kernel's capability bits.
    known
        .iter()
        .filter(|(has, _)| unsafe { has() })
        .fold(0, |bits, (_, bit)| bits | bit)
}

/// Whether the caller may load, name and unload extensions.
pub(crate) fn may_load() -> bool {
    // SAFETY: Looks at the current task's credentials only.
    unsafe { bindings::lore_may_load() }
}

/// Whether the caller may look at what the kernel does.
pub(crate) fn may_trace() -> bool {
    // SAFETY: Looks at the current task's credentials only.
    unsafe { bindings::lore_may_trace() }
}

/// Whether the caller may change what becomes of packets.
pub(crate) fn may_net() -> bool {
    // SAFETY: Looks at the current task's credentials only.
    unsafe { bindings::lore_may_net() }
}

/// The kernel's page size.
pub(crate) fn page_len() -> u64 {
    // SAFETY: Returns a constant.
    unsafe { bindings::lore_page_len() as u64 }
}

/// Bytes of memory that can be had without hurting others, as far as anyone can tell.
pub(crate) fn memory_available() -> u64 {
    // SAFETY: Reads counters.
    unsafe { bindings::lore_memory_available() }
}

/// Nanoseconds of the monotonic clock, in any context but NMI.
pub(crate) fn time_ns() -> u64 {
    // SAFETY: Reads the clock; nothing of ours runs in NMI context.
    unsafe { bindings::lore_time_ns() }
}

/// Nanoseconds of the wall clock.
pub(crate) fn time_wall_ns() -> u64 {
    // SAFETY: As above.
    unsafe { bindings::lore_time_wall_ns() }
}

/// A number that nobody can guess.
pub(crate) fn random() -> u64 {
    // SAFETY: May be called in any context.
    unsafe { bindings::lore_random() }
}

/// The free-running counter that activations are stamped with.
pub(crate) fn counter() -> u64 {
    // SAFETY: Reads a register.
    unsafe { bindings::lore_counter() }
}

/// Ticks of [`counter`] per second.
pub(crate) fn counter_hz() -> u64 {
    // SAFETY: Reads a variable.
    unsafe { bindings::lore_counter_hz() }
}

/// Whether a signal waits for the current task.
pub(crate) fn signal_wanted() -> bool {
    // SAFETY: Looks at the current task only.
    unsafe { bindings::lore_signal_wanted() }
}

/// Lets other tasks run, where preemption does not see to it.
pub(crate) fn cond_resched() {
    // SAFETY: Called in task context, holding nothing.
    unsafe { bindings::lore_yield() };
}

/// Whether the current task is being killed.
pub(crate) fn kill_wanted() -> bool {
    // SAFETY: Looks at the current task only.
    unsafe { bindings::lore_kill_wanted() }
}

/// One line of an extension in the kernel's log.
pub(crate) fn log(level: u32, name: &[u8], text: &[u8]) {
    // SAFETY: Both slices are valid for their lengths, and short.
    unsafe {
        bindings::lore_log(
            level,
            name.as_ptr(),
            name.len() as u32,
            text.as_ptr(),
            text.len() as u32,
        )
    };
}
