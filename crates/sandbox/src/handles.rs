// SPDX-License-Identifier: GPL-2.0
//! Tables of objects that are reached by handles: which slot, which generation, in which order they came.
//!
//! ```text
//!   handle   | 0 | 0 | generation, 56 bits | slot, 6 bits |
//!
//!   slots    | handle, value | handle, value | ...       a free slot has no value
//! ```
//!
//! A generation is given out once, so a handle of the past names nothing, for good, and the higher one is the newer. Each
//! table counts from a number of its own that nobody can guess, so one of another table names nothing either. What a
//! made-up handle can hit at best is an object that its maker holds anyway: that, and not the secret, is what keeps
//! extensions apart.

/// Bits of a handle that say which slot.
pub(crate) const SLOT_BITS: u32 = 6;
/// Set in handles of objects that outlive activations, which have a table of their own ([`crate::lasting`]).
pub(crate) const LASTING: u64 = 1 << 62;
/// Most objects in a table.
pub const SLOTS: usize = 1 << SLOT_BITS;
/// First generations are below this. As many again are left, which is one in each nanosecond for a year, before a handle
/// would be taken for one of the other table, and an error to its holder.
const FIRST_END: u64 = 1 << (61 - SLOT_BITS);
const _: () = assert!(SLOTS == u64::BITS as usize);

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

/// The alignment makes a shift of finding one.
#[repr(align(32))]
struct Slot<T> {
    handle: u64,
    value: Option<T>,
}

/// A table.
///
/// # Invariants
///
/// Bit n of `free` is set exactly when slot n has no value, and of `lent` only when it has one. No handle has a generation of
/// `next` or above.
pub struct Handles<T> {
    slots: [Slot<T>; SLOTS],
    free: u64,
    lent: u64,
    next: u64,
}

impl<T> Handles<T> {
    /// An empty table whose generations begin at a number derived from `secret`.
    pub fn new(secret: u64) -> Handles<T> {
        // INVARIANT: Nothing is taken, no generation was given out.
        Handles {
            slots: core::array::from_fn(|_| Slot {
                handle: 0,
                value: None,
            }),
            free: u64::MAX,
            lent: 0,
            // Not 0, so that no handle is.
            next: secret % (FIRST_END - 1) + 1,
        }
    }

    /// How many objects there are.
    pub fn len(&self) -> u32 {
        self.free.count_zeros()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.free == u64::MAX
    }

    /// The slot of a handle, whatever it is. The mask bounds the index under speculation, too.
    #[inline(always)]
    fn slot(&self, handle: u64) -> &Slot<T> {
        &self.slots[(handle % SLOTS as u64) as usize]
    }

    #[inline(always)]
    fn slot_mut(&mut self, handle: u64) -> &mut Slot<T> {
        &mut self.slots[(handle % SLOTS as u64) as usize]
    }

    /// Puts an object in; its handle.
    #[inline(always)]
    pub fn put(&mut self, value: T, hold: Hold) -> Result<u64, Full<T>> {
        // Of a full table it is slot 0 by the mask, which is not free.
        let index = u64::from(self.free.trailing_zeros()) % SLOTS as u64;
        let handle = self.next << SLOT_BITS | index;
        let slot = self.slot_mut(handle);
        if slot.value.is_some() {
            return Err(Full(value));
        }
        // INVARIANT: The slot was free, and gets a generation that nobody had.
        slot.handle = handle;
        slot.value = Some(value);
        self.free &= !(1 << index);
        self.lent |= u64::from(hold == Hold::Lent) << index;
        self.next = self.next.wrapping_add(1);
        Ok(handle)
    }

    /// The object of a handle.
    #[inline(always)]
    pub fn get(&self, handle: u64) -> Option<&T> {
        let slot = self.slot(handle);
        if slot.handle != handle {
            return None;
        }
        slot.value.as_ref()
    }

    /// The object of a handle, to be changed.
    #[inline(always)]
    pub fn get_mut(&mut self, handle: u64) -> Option<&mut T> {
        let slot = self.slot_mut(handle);
        if slot.handle != handle {
            return None;
        }
        slot.value.as_mut()
    }

    /// Whether an object is one's own.
    #[inline(always)]
    pub fn may_take(&self, handle: u64) -> Result<(), HandleError> {
        if self.get(handle).is_none() {
            return Err(HandleError::Stale);
        }
        if self.lent & 1 << (handle % SLOTS as u64) != 0 {
            return Err(HandleError::OnlyLent);
        }
        Ok(())
    }

    /// Takes one's own object out.
    #[inline(always)]
    pub fn take(&mut self, handle: u64) -> Result<T, HandleError> {
        self.may_take(handle)?;
        self.remove(handle).ok_or(HandleError::Stale)
    }

    /// Takes the newest object out, whoever's it is.
    pub fn pop(&mut self) -> Option<(T, Hold)> {
        let mut newest = 0;
        let mut left = !self.free;
        while left != 0 {
            newest = newest.max(self.slot(left.trailing_zeros().into()).handle);
            left &= left - 1;
        }
        let lent = self.lent & 1 << (newest % SLOTS as u64) != 0;
        let hold = if lent { Hold::Lent } else { Hold::Own };
        // The highest handle is of the highest generation. Of an empty table slot 0 is empty too.
        self.remove(newest).map(|value| (value, hold))
    }

    /// Empties the slot that a handle points to.
    #[inline(always)]
    fn remove(&mut self, handle: u64) -> Option<T> {
        let bit = 1 << (handle % SLOTS as u64);
        self.free |= bit;
        self.lent &= !bit;
        self.slot_mut(handle).value.take()
    }
}

#[cfg(test)]
mod tests;
