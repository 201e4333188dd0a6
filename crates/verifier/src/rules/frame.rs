// SPDX-License-Identifier: GPL-2.0
//! FRM: the frame discipline, which makes returns exact and saved registers survive calls.

use crate::frames::{FrameList, ShadowMove};
use crate::tables;
use lore_abi::contract::{REG_LINK, SAVED_FIRST, SAVED_LAST};
use lore_abi::image::Label;
use lore_abi::rule::Rule;

/// x19 to x29. The link has rules of its own.
pub const SAVED: u32 = (1 << SAVED_LAST) - (1 << SAVED_FIRST);

/// FRM-1. An access with base x13 is one of the four pushes and pops, of x19 to x30.
///
/// Otherwise `str x0, [x13], #8` puts a number of the extension's choice where a link is popped from, and
/// `ldr x0, [x13, #-8]!` reads a link.
pub fn shadow_access_is_a_move(word: u32) -> Result<ShadowMove, Rule> {
    let may_move = |register: u8| (SAVED_FIRST..=SAVED_LAST).contains(&register);
    let moved = ShadowMove::of(word).ok_or(Rule::ShadowForm)?;
    let fits = match moved {
        ShadowMove::Push(a) | ShadowMove::Pop(a) => may_move(a),
        ShadowMove::PushPair(a, b) | ShadowMove::PopPair(a, b) => may_move(a) && may_move(b),
    };
    if fits {
        Ok(moved)
    } else {
        Err(Rule::ShadowForm)
    }
}

/// FRM-2. x19 to x29 are written only while they are on the list.
///
/// What is not on the list holds the caller's value, and a caller relies on facts about it after the call. Otherwise a
/// callee that does `mov x19, x0` gives its caller a wild pointer that counts as checked.
pub fn saved_is_pushed(writes: u32, list: FrameList) -> Result<(), Rule> {
    if writes & SAVED & !list.mask() == 0 {
        Ok(())
    } else {
        Err(Rule::SavedWritten)
    }
}

/// FRM-3 and FRM-4. A push takes a register that is not on the list, a pop takes the top into itself.
///
/// Otherwise two pushes of x19 with a write between them lose the caller's value, and a pop of x30's slot into x19
/// reads a link; a pop of x19's slot into x30 returns to a number.
pub fn move_fits_list(moved: ShadowMove, list: FrameList) -> Result<FrameList, Rule> {
    let rule = match moved {
        ShadowMove::Push(_) | ShadowMove::PushPair(..) => Rule::PushedTwice,
        ShadowMove::Pop(_) | ShadowMove::PopPair(..) => Rule::PopOrder,
    };
    moved.apply(list).ok_or(rule)
}

/// FRM-5. `ret` stands where nothing is pushed, so that x30 is the link and x13 as at the entry.
///
/// Otherwise a return goes to the last callee's return address again, with the caller's frame one slot off.
pub fn return_has_no_frame(list: FrameList) -> Result<(), Rule> {
    if list.is_empty() {
        Ok(())
    } else {
        Err(Rule::ReturnWithFrame)
    }
}

/// FRM-6. A call, which writes x30, stands where x30 is pushed.
///
/// Otherwise the function's own link is lost, and its `ret` runs in a circle within the function.
pub fn call_has_link_pushed(list: FrameList) -> Result<(), Rule> {
    if list.has(REG_LINK) {
        Ok(())
    } else {
        Err(Rule::CallWithoutLink)
    }
}

/// FRM-8. The callee of a `bl` begins with the empty list: what it pushes is its own.
///
/// Otherwise it pops its caller's frame.
pub fn callee_has_no_frame(label: &Label, lists: &[u8]) -> Result<(), Rule> {
    // The first list is the empty one (LST-2), and another may be.
    if label.list == 0 || tables::list(lists, label.list) == Some(FrameList::EMPTY.bits()) {
        Ok(())
    } else {
        Err(Rule::CalleeWithFrame)
    }
}
