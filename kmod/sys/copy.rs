// SPDX-License-Identifier: GPL-2.0
//! Copies from and to memory that may be unmapped at any time: a window's.
//!
//! In line and by 64 bytes, since a gate that copies does little else. Each access has an entry in the module's exception
//! table (arena/table.rs puts these beside the arena's), so that a fault goes on behind the copy, with bytes left.

use core::arch::asm;

/// An entry of the exception table: `EX_TYPE_KACCESS_ERR_ZERO` without registers, which resumes at label 9.
macro_rules! recovers {
    ($label:literal) => {
        concat!(
            ".pushsection __ex_table, \"a\"\n.balign 4\n.long (",
            $label,
            "b - .)\n.long (9f - .)\n.short 3\n.short 0x3ff\n.popsection"
        )
    };
}

/// Copies `len` bytes; `false` if one of them was not mapped, and then nobody knows which were copied.
///
/// # Safety
///
/// Whatever is mapped of `from..from + len` may be read, and of `to..to + len` written.
#[inline(always)]
pub(crate) unsafe fn copy(to: u64, from: u64, len: u64) -> bool {
    let left: u64;
    // SAFETY: By this function's contract; what is not mapped faults, and has an entry.
    unsafe {
        asm!(
            "cmp {left}, #64",
            "b.lo 3f",
            "22: ldp {a}, {b}, [{from}]",
            recovers!("22"),
            "2: ldp {c}, {d}, [{from}, #16]",
            recovers!("2"),
            "2: ldp {e}, {f}, [{from}, #32]",
            recovers!("2"),
            "2: ldp {g}, {h}, [{from}, #48]",
            recovers!("2"),
            "2: stp {a}, {b}, [{to}]",
            recovers!("2"),
            "2: stp {c}, {d}, [{to}, #16]",
            recovers!("2"),
            "2: stp {e}, {f}, [{to}, #32]",
            recovers!("2"),
            "2: stp {g}, {h}, [{to}, #48]",
            recovers!("2"),
            "sub {left}, {left}, #64",
            "cbz {left}, 9f",
            "add {from}, {from}, #64",
            "add {to}, {to}, #64",
            "cmp {left}, #64",
            "b.hs 22b",
            "3: cmp {left}, #8",
            "b.lo 4f",
            "2: ldr {a}, [{from}], #8",
            recovers!("2"),
            "2: str {a}, [{to}], #8",
            recovers!("2"),
            "sub {left}, {left}, #8",
            "b 3b",
            "4: cbz {left}, 9f",
            "2: ldrb {a:w}, [{from}], #1",
            recovers!("2"),
            "2: strb {a:w}, [{to}], #1",
            recovers!("2"),
            "sub {left}, {left}, #1",
            "b 4b",
            "9:",
            to = inout(reg) to => _,
            from = inout(reg) from => _,
            left = inout(reg) len => left,
            a = out(reg) _, b = out(reg) _, c = out(reg) _, d = out(reg) _,
            e = out(reg) _, f = out(reg) _, g = out(reg) _, h = out(reg) _,
            options(nostack)
        )
    };
    left == 0
}
