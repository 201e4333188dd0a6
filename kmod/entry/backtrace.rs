// SPDX-License-Identifier: GPL-2.0
//! The calls that were open when an activation was cancelled, read from the shadow stack before it is used again.
//!
//! The verified label table tells what each frame holds, so only link slots are looked at: a saved register shown as an
//! offset would confirm a guess of a kernel address.

use super::{activation::Backtrace, Activation};
use crate::{extension::Extension, sys::bindings};
use kernel::sync::atomic::Relaxed;
use lore_abi::{
    contract::{REG_LINK, REG_SHADOW},
    fault::BACKTRACE_MAX,
};
use lore_verifier::frames::{list_at, FrameList};

const SLOT: u64 = 8;

/// Where the extension was: the word, its shadow stack pointer, its link register.
struct Place {
    at: u32,
    shadow: u64,
    link: u64,
}

/// The place of a cancelled activation; `None` if its word is not in the region.
fn place(activation: &Activation) -> Option<Place> {
    let link = activation.link.load(Relaxed);
    let [.., x30] = activation.registers;
    let x13 = activation.registers[REG_SHADOW as usize];
    let at = super::landing::word_at(activation)?;
    Some(
        if activation.ended == u64::from(bindings::LORE_ENDED_GATE) {
            Place {
                at,
                shadow: activation.gate_shadow,
                link,
            }
        } else {
            Place {
                at,
                shadow: x13,
                link: x30,
            }
        },
    )
}

/// Fills the activation's backtrace. Preemption is still off, so the shadow stack is as the extension left it.
pub(super) fn take(activation: &mut Activation) {
    activation.backtrace = Backtrace::EMPTY;
    let Some(place) = place(activation) else {
        return;
    };
    let mut trace = Backtrace::EMPTY;
    walk(activation.extension(), activation, place, &mut trace);
    activation.backtrace = trace;
}

fn walk(extension: &Extension, activation: &Activation, mut place: Place, trace: &mut Backtrace) {
    let image = extension
        .tables
        .image(extension.region.code(&extension.layout));
    loop {
        let Some(list) = list_at(&image, &extension.layout, place.at) else {
            return;
        };
        let Some(link) = link_of(activation, &place, list) else {
            return;
        };
        // The outermost link leads out of the region, to lore_cross.
        let Some(call) = activation.offset_of(link).and_then(|at| at.checked_sub(4)) else {
            return;
        };
        match trace.calls.get_mut(trace.depth as usize) {
            Some(slot) => *slot = call,
            None => {
                trace.cut = true;
                return;
            }
        }
        trace.depth += 1;
        let shadow = place.shadow.wrapping_sub(u64::from(list.len()) * SLOT);
        // At a call word the link is always pushed, so x30 does not matter any more.
        place = Place {
            at: call,
            shadow,
            link: 0,
        };
    }
}

/// The link of the frame at `place`: a slot of it, or x30 while it is not pushed.
fn link_of(activation: &Activation, place: &Place, list: FrameList) -> Option<u64> {
    let Some(slot) = list.link_slot() else {
        return Some(place.link);
    };
    let bottom = place.shadow.checked_sub(u64::from(list.len()) * SLOT)?;
    let at = bottom + u64::from(slot) * SLOT;
    let end =
        activation.shadow + crate::heap::shadow_len(activation.extension().lore.params.shadow_len);
    if bottom < activation.shadow || place.shadow > end || at % SLOT != 0 {
        return None;
    }
    // SAFETY: In the mapped part of this CPU's shadow stack, by the line above.
    Some(unsafe { (at as *const u64).read_volatile() })
}

const _: () = assert!(REG_LINK == 30 && BACKTRACE_MAX > 0);
