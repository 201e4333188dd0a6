// SPDX-License-Identifier: GPL-2.0
//! The calls that were open when an activation was cancelled.
//!
//! The top of the shadow stack is copied before the CPU is given up, and walked afterwards, since a hostile label table
//! can make that long.
//!
//! The verified label table tells what each frame holds, so only link slots are looked at: a saved register shown as an
//! offset would confirm a guess of a kernel address.

use super::Activation;
use crate::sys::bindings;
use kernel::{prelude::*, sync::atomic::Relaxed};
use lore_abi::{contract::REG_SHADOW, fault::BACKTRACE_MAX};
use lore_verifier::frames::{list_at, FrameList};

const SLOT: u64 = 8;
/// Registers of a frame at most: x19 to x30, each once.
const FRAME_MAX: usize = 12;
/// Enough for every backtrace.
const COPY_MAX: usize = BACKTRACE_MAX * FRAME_MAX;

/// The words on top of the shadow stack, as the extension left them.
///
/// # Invariants
///
/// `words[..len]` are those that ended at address `end`.
pub(crate) struct ShadowCopy {
    end: u64,
    len: usize,
    words: [u64; COPY_MAX],
}

impl ShadowCopy {
    pub(crate) fn new() -> Result<KBox<ShadowCopy>> {
        // INVARIANT: No words yet.
        let copy = ShadowCopy {
            end: 0,
            len: 0,
            words: [0; COPY_MAX],
        };
        Ok(KBox::new(copy, GFP_KERNEL)?)
    }

    /// Copies the top of the shadow stack that begins at `start`, has `capacity` bytes, and is used up to `end`.
    fn fill(&mut self, start: u64, capacity: u64, end: u64) {
        (self.end, self.len) = (0, 0);
        let used = end.wrapping_sub(start);
        if used > capacity || used % SLOT != 0 {
            return;
        }
        // Lossless: at most COPY_MAX.
        let len = (used / SLOT).min(COPY_MAX as u64) as usize;
        let first = end - len as u64 * SLOT;
        for (i, word) in self.words.iter_mut().take(len).enumerate() {
            // SAFETY: Between `start` and `end`, so in the mapped part of this CPU's shadow stack, and aligned.
            *word = unsafe { ((first + i as u64 * SLOT) as *const u64).read_volatile() };
        }
        // INVARIANT: Just copied.
        (self.end, self.len) = (end, len);
    }

    /// The word at an address, if it was copied.
    fn word(&self, at: u64) -> Option<u64> {
        let back = usize::try_from(self.end.checked_sub(at)? / SLOT).ok()?;
        self.words
            .get(..self.len)?
            .get(self.len.checked_sub(back)?)
            .copied()
    }
}

/// Where the extension was: the word, its shadow stack pointer, its link register.
struct Place {
    at: u32,
    shadow: u64,
    link: u64,
}

fn shadow_of(activation: &Activation) -> u64 {
    if activation.ended == u64::from(bindings::LORE_ENDED_GATE) {
        activation.gate_shadow
    } else {
        activation.registers[REG_SHADOW as usize]
    }
}

/// Keeps what a backtrace needs. The CPU is still claimed, so the shadow stack is as the extension left it.
pub(crate) fn keep(activation: &Activation, copy: &mut ShadowCopy) {
    let (start, end) = (activation.shadow, shadow_of(activation));
    let capacity = crate::heap::shadow_len(activation.extension().lore.params.shadow_len);
    copy.fill(start, capacity, end);
}

/// The call words that were open, innermost first.
pub(super) struct Backtrace {
    pub(super) calls: [u32; BACKTRACE_MAX],
    pub(super) depth: u32,
    pub(super) cut: bool,
}

/// Walks the frames of a cancelled activation.
pub(super) fn walk(activation: &Activation, copy: &ShadowCopy) -> Backtrace {
    let mut trace = Backtrace {
        calls: [0; BACKTRACE_MAX],
        depth: 0,
        cut: false,
    };
    let extension = activation.extension();
    let image = extension
        .tables
        .image(extension.region.code(&extension.layout));
    let link = if activation.ended == u64::from(bindings::LORE_ENDED_GATE) {
        activation.link.load(Relaxed)
    } else {
        let [.., x30] = activation.registers;
        x30
    };
    let Some(at) = super::landing::word_at(activation) else {
        return trace;
    };
    let mut place = Place {
        at,
        shadow: shadow_of(activation),
        link,
    };
    // Each turn but the last writes an entry, so this ends.
    while let Some(list) = list_at(&image, &extension.layout, place.at) {
        // The outermost link leads out of the region, to lore_cross.
        let link = link_of(copy, &place, list).and_then(|link| activation.offset_of(link));
        let Some(call) = link.and_then(|at| at.checked_sub(4)) else {
            break;
        };
        match trace.calls.get_mut(trace.depth as usize) {
            Some(entry) => *entry = call,
            None => {
                trace.cut = true;
                break;
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
    trace
}

/// The link of the frame at `place`: a slot of it, or x30 while it is not pushed.
fn link_of(copy: &ShadowCopy, place: &Place, list: FrameList) -> Option<u64> {
    let Some(slot) = list.link_slot() else {
        return Some(place.link);
    };
    let bottom = place.shadow.checked_sub(u64::from(list.len()) * SLOT)?;
    copy.word(bottom + u64::from(slot) * SLOT)
}
