// SPDX-License-Identifier: GPL-2.0
//! REG: which registers a word may name. Every way of writing counts, W forms, write-back and status registers included.

use crate::insn::{Effects, SP};
use lore_abi::contract::{REG_BASE, REG_LINK, REG_PLATFORM, REG_SHADOW};
use lore_abi::rule::Rule;

const BASE: u32 = 1 << REG_BASE;
const SHADOW: u32 = 1 << REG_SHADOW;
const PLATFORM: u32 = 1 << REG_PLATFORM;
const LINK: u32 = 1 << REG_LINK;

/// All rules about registers, for a word that is no push, pop, call, return or part of the table sequence.
#[inline]
pub fn check(effects: &Effects) -> Result<(), Rule> {
    let named = effects.reads | effects.writes;
    if named & (SHADOW | PLATFORM | LINK | SP) == 0 && effects.writes & BASE == 0 {
        return Ok(());
    }
    base_is_not_written(effects)?;
    shadow_is_not_named(effects)?;
    platform_is_not_named(effects)?;
    stack_pointer_is_not_named(effects)?;
    link_is_not_read(effects)?;
    link_is_not_written(effects)?;
    // Not reached, since one of the six is the case; refused should that ever change.
    Err(Rule::UnknownInstruction)
}

/// REG-1. x15 stays the window's base.
///
/// Otherwise `mov x15, x0` makes the window whatever the extension likes, and every guard with it.
fn base_is_not_written(effects: &Effects) -> Result<(), Rule> {
    refuse_if(effects.writes & BASE != 0, Rule::BaseWritten)
}

/// REG-2. x13 is only moved by pushes and pops.
///
/// Otherwise `add x13, x13, #8` makes `ret` take a saved register for the link.
fn shadow_is_not_named(effects: &Effects) -> Result<(), Rule> {
    refuse_if(
        (effects.reads | effects.writes) & SHADOW != 0,
        Rule::ShadowUsed,
    )
}

/// REG-3. x18 is the kernel's: its shadow call stack, or a task's state.
///
/// Otherwise `str x0, [x18]` forges a return address of the kernel, and a read learns a kernel address.
fn platform_is_not_named(effects: &Effects) -> Result<(), Rule> {
    refuse_if(
        (effects.reads | effects.writes) & PLATFORM != 0,
        Rule::PlatformUsed,
    )
}

/// REG-4. SP stays the kernel's stack, as it was.
///
/// Otherwise an interrupt pushes its registers where the extension points it to.
fn stack_pointer_is_not_named(effects: &Effects) -> Result<(), Rule> {
    refuse_if(
        (effects.reads | effects.writes) & SP != 0,
        Rule::StackPointerUsed,
    )
}

/// REG-5. The link is not read as a number.
///
/// Otherwise `mov x0, x30` learns where the kernel's code lies.
fn link_is_not_read(effects: &Effects) -> Result<(), Rule> {
    refuse_if(effects.reads & LINK != 0, Rule::LinkRead)
}

/// REG-6. The link is only what a call, a pop or the table sequence made it.
///
/// Otherwise `mov x30, x0; ret` goes anywhere.
fn link_is_not_written(effects: &Effects) -> Result<(), Rule> {
    refuse_if(effects.writes & LINK != 0, Rule::LinkWritten)
}

/// The refusal `rule` if `bad`.
const fn refuse_if(bad: bool, rule: Rule) -> Result<(), Rule> {
    if bad {
        Err(rule)
    } else {
        Ok(())
    }
}
