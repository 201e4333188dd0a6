// SPDX-License-Identifier: GPL-2.0
//! The exception table: a data abort at an arena word resumes at the word's stub.

use crate::sys::bindings;
use kernel::prelude::*;

/// `EX_TYPE_KACCESS_ERR_ZERO` of asm/asm-extable.h.
const KACCESS_ERR_ZERO: i16 = 3;
/// Neither an error register nor a zero register: xzr for both.
const NO_REGISTERS: i16 = 31 | 31 << 5;

/// `struct exception_table_entry` of arm64: offsets are counted from their own field.
#[repr(C)]
struct Entry {
    insn: i32,
    fixup: i32,
    kind: i16,
    data: i16,
}

fn offset(from: usize, to: usize) -> Result<i32> {
    i32::try_from(to as i64 - from as i64).map_err(|_| ERANGE)
}

/// Fills the table, in ascending order as the kernel's search wants it, and makes it the module's.
///
/// Afterwards it never changes: every word is covered at all times, which also makes kprobes refuse the arena.
pub(super) fn adopt(arena: usize, stubs: usize, len: u64) -> Result {
    let table = (&raw mut bindings::lore_arena_extable).cast::<Entry>();
    // Lossless: the arena is at most 64 MiB.
    let count = (len / 4) as usize;
    for i in 0..count {
        // SAFETY: arena.S reserves 12 bytes per arena word, and nobody knows of the table yet.
        let entry = unsafe { table.add(i) };
        let at = entry as usize;
        let filled = Entry {
            insn: offset(at, arena + 4 * i)?,
            fixup: offset(at + 4, stubs + super::STUB_LEN as usize * i)?,
            kind: KACCESS_ERR_ZERO,
            data: NO_REGISTERS,
        };
        // SAFETY: As above.
        unsafe { entry.write(filled) };
    }
    // SAFETY: The table is complete and lives as long as the module.
    kernel::error::to_result(unsafe { bindings::lore_extable_adopt(table.cast(), count as u32) })
}

const _: () = assert!(size_of::<Entry>() == 12);
