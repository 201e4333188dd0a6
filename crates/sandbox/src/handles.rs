// SPDX-License-Identifier: GPL-2.0
//! Tables of objects that are reached by handles: which slot, which generation, in which order they came.
//!
//! ```text
//!   handle   | 0 | generation, 57 bits | slot, 6 bits |
//!
//!   slots    | handle, value, own or lent | ...        a free slot has no value
//!   newest ->  a list through the slots in use, newest first
//! ```
//!
//! A generation is given out once, so a handle of the past names nothing, for good. Each table counts from a number of
//! its own that nobody can guess, so one of another table names nothing either. What a made-up handle can hit at best
//! is an object that its maker holds anyway: that, and not the secret, is what keeps extensions apart.

/// Bits of a handle that say which slot.
const SLOT_BITS: u32 = 6;
/// Most objects in a table.
pub const SLOTS: usize = 1 << SLOT_BITS;
/// Handles are below this, so that none is a negative number.
const GENERATION_END: u64 = 1 << (63 - SLOT_BITS);
/// First generations are below this, so that a table lasts for ever: 2^56 objects.
const FIRST_END: u64 = GENERATION_END / 2;
/// No slot.
const NONE: u8 = u8::MAX;
const _: () = assert!(SLOTS == u64::BITS as usize && SLOTS < NONE as usize);

/// Whose an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// The holder's, who may give it back or away.
    Own,
    /// Somebody else's; it stays until the table is emptied.
    Lent,
}

/// Why a handle was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HandleError {
    /// It names nothing.
    Stale,
    /// It names something that is only lent.
    OnlyLent,
}

/// No slot is free.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full<T>(pub T);

struct Slot<T> {
    handle: u64,
    held: Option<(T, Hold)>,
    older: u8,
    newer: u8,
}

/// A table.
///
/// # Invariants
///
/// Bit n of `taken` is set exactly when slot n has a value; those slots are a list from `newest` by `older`, back by
/// `newer`, by descending handle generations. No slot's handle has a generation of `next` or above.
pub struct Handles<T> {
    slots: [Slot<T>; SLOTS],
    taken: u64,
    next: u64,
    newest: u8,
}

impl<T> Handles<T> {
    /// An empty table whose generations begin at a number derived from `secret`.
    pub fn new(secret: u64) -> Handles<T> {
        // INVARIANT: Nothing is taken, no generation was given out.
        Handles {
            slots: core::array::from_fn(|_| Slot {
                handle: 0,
                held: None,
                older: NONE,
                newer: NONE,
            }),
            taken: 0,
            // Not 0, so that no handle is.
            next: secret % (FIRST_END - 1) + 1,
            newest: NONE,
        }
    }

    /// How many objects there are.
    pub fn len(&self) -> u32 {
        self.taken.count_ones()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.taken == 0
    }

    /// The slot of a handle, whatever it is. The mask bounds the index under speculation, too.
    fn slot(&self, handle: u64) -> &Slot<T> {
        &self.slots[(handle % SLOTS as u64) as usize]
    }

    fn slot_mut(&mut self, handle: u64) -> &mut Slot<T> {
        &mut self.slots[(handle % SLOTS as u64) as usize]
    }

    /// Puts an object in; its handle.
    pub fn put(&mut self, value: T, hold: Hold) -> Result<u64, Full<T>> {
        let index = self.taken.trailing_ones();
        let generation = self.next;
        if index >= u64::BITS || generation >= GENERATION_END {
            return Err(Full(value));
        }
        let handle = generation << SLOT_BITS | u64::from(index);
        let older = self.newest;
        // Lossless: below 64.
        let this = index as u8;
        // INVARIANT: The slot was free, becomes the newest, and has a generation that nobody had.
        *self.slot_mut(handle) = Slot {
            handle,
            held: Some((value, hold)),
            older,
            newer: NONE,
        };
        if older != NONE {
            self.slot_mut(u64::from(older)).newer = this;
        }
        self.newest = this;
        self.taken |= 1 << index;
        self.next = generation + 1;
        Ok(handle)
    }

    /// The object of a handle.
    pub fn get(&self, handle: u64) -> Option<&T> {
        let slot = self.slot(handle);
        match &slot.held {
            Some((value, _)) if slot.handle == handle => Some(value),
            _ => None,
        }
    }

    /// The object of a handle, to be changed.
    pub fn get_mut(&mut self, handle: u64) -> Option<&mut T> {
        let slot = self.slot_mut(handle);
        match &mut slot.held {
            Some((value, _)) if slot.handle == handle => Some(value),
            _ => None,
        }
    }

    /// Takes one's own object out.
    pub fn take(&mut self, handle: u64) -> Result<T, HandleError> {
        let slot = self.slot(handle);
        match slot.held {
            Some((_, Hold::Own)) if slot.handle == handle => {}
            Some((_, Hold::Lent)) if slot.handle == handle => return Err(HandleError::OnlyLent),
            _ => return Err(HandleError::Stale),
        }
        // Own, by the match above.
        self.remove(handle)
            .map(|(value, _)| value)
            .ok_or(HandleError::Stale)
    }

    /// Takes the newest object out, whoever's it is.
    pub fn pop(&mut self) -> Option<(T, Hold)> {
        match self.newest {
            NONE => None,
            newest => self.remove(u64::from(newest)),
        }
    }

    /// Empties the slot that a handle points to.
    fn remove(&mut self, handle: u64) -> Option<(T, Hold)> {
        let slot = self.slot_mut(handle);
        let (older, newer) = (slot.older, slot.newer);
        let held = slot.held.take()?;
        // INVARIANT: The neighbours close the gap.
        match newer {
            NONE => self.newest = older,
            newer => self.slot_mut(u64::from(newer)).older = older,
        }
        if older != NONE {
            self.slot_mut(u64::from(older)).newer = newer;
        }
        self.taken &= !(1 << (handle % SLOTS as u64));
        Some(held)
    }
}

#[cfg(test)]
mod tests;
