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

/// Most entries that the module is built with.
const OWN_MAX: usize = bindings::LORE_EXTABLE_OWN_MAX as usize;

/// What an offset leads to.
fn target(from: usize, offset: i32) -> usize {
    from.wrapping_add_signed(offset as isize)
}

fn offset(from: usize, to: usize) -> Result<i32> {
    i32::try_from(to as i64 - from as i64).map_err(|_| ERANGE)
}

/// Fills the table, in ascending order as the kernel's search wants it, and makes it the module's: an entry per arena word,
/// and those that the module was built with (sys/copy.rs), which all lie on one side of the arena or the other.
///
/// Afterwards it never changes: every word is covered at all times, which also makes kprobes refuse the arena.
pub(super) fn adopt(arena: usize, stubs: usize, len: u64) -> Result {
    let own = own()?;
    // Lossless: the arena is at most 64 MiB.
    let count = (len / 4) as usize;
    let address = |entry: &Entry| target(core::ptr::from_ref(entry) as usize, entry.insn);
    let below = own.iter().filter(|entry| address(entry) < arena).count();
    for (i, entry) in own.iter().enumerate() {
        let from = core::ptr::from_ref(entry) as usize;
        let to = if i < below { i } else { count + i };
        put(to, address(entry), target(from + 4, entry.fixup))?;
    }
    for i in 0..count {
        put(
            below + i,
            arena + 4 * i,
            stubs + super::STUB_LEN as usize * i,
        )?;
    }
    let table = (&raw mut bindings::lore_arena_extable).cast();
    // SAFETY: The table is complete and lives as long as the module. Lossless: see `count`.
    unsafe { bindings::lore_extable_adopt(table, (count + own.len()) as u32) };
    Ok(())
}

/// What the module was built with. All of it must be of the one kind that is put into the table.
fn own() -> Result<&'static [Entry]> {
    let mut count = 0;
    // SAFETY: The loader has made that array, and it stays as long as the module.
    let own = unsafe {
        let entries = bindings::lore_extable_own(&mut count).cast::<Entry>();
        match count {
            0 => &[],
            _ => core::slice::from_raw_parts(entries, count as usize),
        }
    };
    let known = |entry: &Entry| entry.kind == KACCESS_ERR_ZERO && entry.data == NO_REGISTERS;
    if own.len() > OWN_MAX || !own.iter().all(known) {
        pr_err!("the module has exception table entries that are not its own\n");
        return Err(ENOEXEC);
    }
    Ok(own)
}

/// Makes an entry: a fault at `insn` resumes at `fixup`.
fn put(index: usize, insn: usize, fixup: usize) -> Result {
    let table = (&raw mut bindings::lore_arena_extable).cast::<Entry>();
    // SAFETY: arena.S reserves 12 bytes per arena word and OWN_MAX more, and nobody knows of the table yet.
    let entry = unsafe { table.add(index) };
    let at = entry as usize;
    let filled = Entry {
        insn: offset(at, insn)?,
        fixup: offset(at + 4, fixup)?,
        kind: KACCESS_ERR_ZERO,
        data: NO_REGISTERS,
    };
    // SAFETY: As above.
    unsafe { entry.write(filled) };
    Ok(())
}

const _: () = assert!(size_of::<Entry>() == 12);
