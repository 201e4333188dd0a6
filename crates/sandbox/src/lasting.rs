// SPDX-License-Identifier: GPL-2.0
//! Slots that outlive activations: several CPUs, and interrupts of each, use them at once, and nobody waits.
//!
//! A slot has one word that says all about it, and is only changed by compare-and-swap. Here are the changes, as functions
//! from a word to the next; who makes them has the atomic and the object.
//!
//! ```text
//!   word     | generation, 52 bits | phase, 2 bits | pins, 10 bits |
//!   handle   | 0 | 1 | generation, 56 bits | slot, 6 bits |          bit 62 tells them from those of an activation
//!
//!   Free -claim-> Moving -publish-> Live <-pin, unpin-> Live, pinned -condemn-> Dying -last unpin-> Moving -free-> Free
//!                                    '--------------- seize (pinned by nobody else) ------------------^
//! ```
//!
//! Of two that give an object back one wins, by the word; the object goes with the last pin, wherever that is.

use crate::handles::{LASTING, SLOT_BITS};

/// Slots of a table.
pub const SLOTS: usize = 1 << SLOT_BITS;

const PIN_BITS: u32 = 10;
const PINS_MAX: u64 = (1 << PIN_BITS) - 1;
const PHASE_AT: u32 = PIN_BITS;
const GENERATION_AT: u32 = PHASE_AT + 2;
/// Generations are below this. One in each 100 nanoseconds for 14 years, and then nothing is taken any more.
pub const GENERATIONS: u64 = 1 << (64 - GENERATION_AT);

const FREE: u64 = 0;
const MOVING: u64 = 1;
const LIVE: u64 = 2;
const DYING: u64 = 3;

/// What a slot's word says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word(u64);

/// Why an object cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// The handle names nothing any more.
    Stale,
    /// Somebody else uses it.
    Busy,
}

/// Whether others may use an object at the same time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Share {
    /// They may.
    Shared,
    /// They are told that it is busy.
    Alone,
}

/// What giving up a pin leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unpinned {
    /// Nothing more.
    Stays(Word),
    /// It was the last one of an object that was given back: who put this word in has the object.
    Gone(Word),
}

/// Whether a handle is of a table that outlives activations.
#[inline(always)]
pub const fn is_lasting(handle: u64) -> bool {
    handle & LASTING != 0
}

/// The slot of a handle, whatever it is; below [`SLOTS`].
#[inline(always)]
pub const fn slot_of(handle: u64) -> usize {
    // Lossless: a few bits.
    (handle & (SLOTS as u64 - 1)) as usize
}

/// The generation of a lasting handle; `None` if none has it.
fn generation_of(handle: u64) -> Option<u64> {
    let generation = (handle ^ LASTING) >> SLOT_BITS;
    (generation < GENERATIONS).then_some(generation)
}

impl Word {
    /// Of a free slot that was never used.
    pub const NEW: Word = Word(0);

    /// As it stands in memory.
    pub const fn from_raw(raw: u64) -> Word {
        Word(raw)
    }

    /// As it stands in memory.
    pub const fn raw(self) -> u64 {
        self.0
    }

    const fn of(generation: u64, phase: u64, pins: u64) -> Word {
        Word(generation << GENERATION_AT | phase << PHASE_AT | pins)
    }

    const fn generation(self) -> u64 {
        self.0 >> GENERATION_AT
    }

    const fn phase(self) -> u64 {
        self.0 >> PHASE_AT & 3
    }

    const fn pins(self) -> u64 {
        self.0 & PINS_MAX
    }

    /// Whether a handle names what is in the slot.
    pub const fn is_live(self) -> bool {
        self.phase() == LIVE
    }

    /// The handle of what is in slot `slot`.
    pub const fn handle(self, slot: usize) -> u64 {
        LASTING | self.generation() << SLOT_BITS | slot as u64
    }

    /// Takes a free slot for an object of a generation that nobody had; the slot is the caller's alone.
    pub fn claim(self, generation: u64) -> Option<Word> {
        let fits = self.phase() == FREE && generation < GENERATIONS;
        fits.then(|| Word::of(generation, MOVING, 0))
    }

    /// Lets everybody use what the caller has put in.
    pub const fn publish(self) -> Word {
        Word::of(self.generation(), LIVE, 0)
    }

    /// Gives up a slot that is the caller's alone, and empty.
    pub const fn free(self) -> Word {
        Word::of(self.generation(), FREE, 0)
    }

    /// Keeps what a handle names from going away.
    pub fn pin(self, handle: u64, share: Share) -> Result<Word, Unusable> {
        if self.phase() != LIVE || generation_of(handle) != Some(self.generation()) {
            return Err(Unusable::Stale);
        }
        let pins = self.pins();
        match share {
            Share::Alone if pins != 0 => Err(Unusable::Busy),
            // As many gates run at once on no machine.
            _ if pins == PINS_MAX => Err(Unusable::Busy),
            Share::Alone | Share::Shared => Ok(Word(self.0 + 1)),
        }
    }

    /// Gives up a pin of the caller's.
    pub const fn unpin(self) -> Unpinned {
        match (self.phase(), self.pins()) {
            (DYING, 1) => Unpinned::Gone(Word::of(self.generation(), MOVING, 0)),
            (_, 0) => Unpinned::Stays(self),
            _ => Unpinned::Stays(Word(self.0 - 1)),
        }
    }

    /// Has it go away with the last pin, of which the caller has one; `None` if it does already.
    pub fn condemn(self) -> Option<Word> {
        self.is_live()
            .then(|| Word::of(self.generation(), DYING, self.pins()))
    }

    /// Makes the slot the caller's alone, whose pin must be the only one.
    pub fn seize(self) -> Result<Word, Unusable> {
        match (self.phase(), self.pins()) {
            (LIVE, 1) => Ok(Word::of(self.generation(), MOVING, 0)),
            (LIVE, _) => Err(Unusable::Busy),
            _ => Err(Unusable::Stale),
        }
    }
}

#[cfg(test)]
mod tests;
