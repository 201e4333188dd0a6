// SPDX-License-Identifier: GPL-2.0
//! REG: which registers a word may name. Every way of writing counts, W forms, write-back and status registers included.

use crate::insn::SP;
use lore_abi::contract::{REG_BASE, REG_BIASED, REG_LINK, REG_PLATFORM, REG_SHADOW};
use lore_abi::image::FLAG_BIASED;
use lore_abi::rule::Rule;

const BASE: u32 = 1 << REG_BASE;
const SHADOW: u32 = 1 << REG_SHADOW;
const PLATFORM: u32 = 1 << REG_PLATFORM;
const LINK: u32 = 1 << REG_LINK;
/// The biased base, where there is one.
pub const BIASED: u32 = 1 << REG_BIASED;

/// What no word may name but pushes, pops, calls, returns and the table sequence.
pub const UNNAMEABLE: u32 = SHADOW | PLATFORM | LINK | SP;
/// What no such word may write either.
const UNWRITABLE: u32 = UNNAMEABLE | BASE;

/// What such words may not write in an image with these flags, but for the one kind that REG-7 names.
pub const fn unwritable(flags: u32) -> u32 {
    if flags & FLAG_BIASED == 0 {
        UNWRITABLE
    } else {
        UNWRITABLE | BIASED
    }
}

/// All rules about registers, for a word that is no push, pop, call, return or part of the table sequence. `kept` are those that it
/// may not write.
#[cold]
pub fn check(word: u32, reads: u32, writes: u32, kept: u32) -> Result<(), Rule> {
    base_is_not_written(writes)?;
    shadow_is_not_named(reads | writes)?;
    platform_is_not_named(reads | writes)?;
    stack_pointer_is_not_named(reads | writes)?;
    link_is_not_read(reads)?;
    link_is_not_written(writes)?;
    biased_stays_near(word, writes & kept)
}

/// REG-1. x15 stays the window's base.
///
/// Otherwise `mov x15, x0` makes the window whatever the extension likes, and every guard with it.
fn base_is_not_written(writes: u32) -> Result<(), Rule> {
    refuse_if(writes & BASE != 0, Rule::BaseWritten)
}

/// REG-2. x13 is only moved by pushes and pops.
///
/// Otherwise `add x13, x13, #8` makes `ret` take a saved register for the link.
fn shadow_is_not_named(named: u32) -> Result<(), Rule> {
    refuse_if(named & SHADOW != 0, Rule::ShadowUsed)
}

/// REG-3. x18 is the kernel's: its shadow call stack, or a task's state.
///
/// Otherwise `str x0, [x18]` forges a return address of the kernel, and a read learns a kernel address.
fn platform_is_not_named(named: u32) -> Result<(), Rule> {
    refuse_if(named & PLATFORM != 0, Rule::PlatformUsed)
}

/// REG-4. SP stays the kernel's stack, as it was.
///
/// Otherwise an interrupt pushes its registers where the extension points it to.
fn stack_pointer_is_not_named(named: u32) -> Result<(), Rule> {
    refuse_if(named & SP != 0, Rule::StackPointerUsed)
}

/// REG-5. The link is not read as a number.
///
/// Otherwise `mov x0, x30` learns where the kernel's code lies.
fn link_is_not_read(reads: u32) -> Result<(), Rule> {
    refuse_if(reads & LINK != 0, Rule::LinkRead)
}

/// REG-6. The link is only what a call, a pop or the table sequence made it.
///
/// Otherwise `mov x30, x0; ret` goes anywhere.
fn link_is_not_written(writes: u32) -> Result<(), Rule> {
    refuse_if(writes & LINK != 0, Rule::LinkWritten)
}

/// REG-7. In an image with a biased base, x9 is written by `add x9, x15, #imm` and `sub x9, x15, #imm` alone, without shift. So it
/// is always the window's base but for less than 4 KiB: the kernel gives it as the base at the start and behind every gate.
///
/// Otherwise `mov x9, x0; ldr x0, [x9, w1, uxtw]` reads the kernel.
fn biased_stays_near(word: u32, writes: u32) -> Result<(), Rule> {
    let biased = REG_BIASED as u32;
    let is_near = word & 0xbfc0_03ff == 0x9100_0000 | (REG_BASE as u32) << 5 | biased;
    refuse_if(writes & BIASED != 0 && !is_near, Rule::BiasedWritten)
}

/// The refusal `rule` if `bad`.
const fn refuse_if(bad: bool, rule: Rule) -> Result<(), Rule> {
    if bad {
        Err(rule)
    } else {
        Ok(())
    }
}
