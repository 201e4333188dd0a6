// SPDX-License-Identifier: GPL-2.0
//! Tables of objects that are reached by handles: which slot, which generation, in which order they came.
//!
//! ```text
//!   handle   | 0 | 0 | lent | generation, 55 bits | slot, 6 bits |
//!
//!   slots    | handle, value | handle, value | ...       a free slot has no value
//! ```
//!
//! A generation is given out once, so a handle of the past names nothing, for good, and the higher one is the newer. Each
//! table counts from a number of its own that nobody can guess, so one of another table names nothing either. What a
//! made-up handle can hit at best is an object that its maker holds anyway: that, and not the secret, is what keeps
//! extensions apart.

use core::mem::ManuallyDrop;

/// Bits of a handle that say which slot.
pub(crate) const SLOT_BITS: u32 = 6;
/// Set in handles of objects that outlive activations, which have a table of their own ([`crate::lasting`]).
pub(crate) const LASTING: u64 = 1 << 62;
/// The bit of a handle that says that its object is only lent.
const LENT: u64 = 1 << 61;
/// Most objects in a table.
pub const SLOTS: usize = 1 << SLOT_BITS;
/// First generations are below this. As many again are left, which is one in each nanosecond for half a year, before a
/// handle would be taken for one that is lent, and for one of the other table after that.
const FIRST_END: u64 = 1 << (60 - SLOT_BITS);
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

/// Where the next object goes.
///
/// # Invariants
///
/// `free`, which is not 0, and `next` are what the table had when this was made. Of a table that was changed since, an
/// object would be lost, and another one be taken for it.
#[derive(Debug)]
pub struct Place {
    free: u64,
    next: u64,
}

/// The alignment makes a shift of finding one.
#[repr(align(32))]
struct Slot<T> {
    handle: u64,
    // By hand, so that a slot that is free is filled without a look at what is in it.
    value: ManuallyDrop<Option<T>>,
}

/// A table.
///
/// # Invariants
///
/// Bit n of `free` is set exactly when slot n has no value. No handle has a generation of `next` or above.
#[repr(C)]
pub struct Handles<T> {
    // First, where those who may not know the rest look whether there is an object.
    free: u64,
    next: u64,
    slots: [Slot<T>; SLOTS],
}

impl<T> Handles<T> {
    /// What the first word of an empty table is.
    pub const EMPTY: u64 = u64::MAX;

    /// An empty table whose generations begin at a number derived from `secret`.
    pub fn new(secret: u64) -> Handles<T> {
        // INVARIANT: Nothing is taken, no generation was given out.
        Handles {
            slots: core::array::from_fn(|_| Slot {
                handle: 0,
                value: ManuallyDrop::new(None),
            }),
            free: Self::EMPTY,
            // Not 0, so that no handle is.
            next: secret % (FIRST_END - 1) + 1,
        }
    }

    /// How many objects there are.
    pub fn len(&self) -> u32 {
        self.free.count_zeros()
    }

    /// How many of them are the holder's own.
    pub fn own(&self) -> u32 {
        let (mut own, mut left) = (0, !self.free);
        while left != 0 {
            let handle = self.slot(left.trailing_zeros().into()).handle;
            own += u32::from(handle & LENT == 0);
            left &= left - 1;
        }
        own
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.free == Self::EMPTY
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

    /// A place for one more object, which is good until the table is changed; `None` if there is none.
    #[inline(always)]
    pub fn place(&self) -> Option<Place> {
        let (free, next) = (self.free, self.next);
        // INVARIANT: The table's own numbers.
        (free != 0).then_some(Place { free, next })
    }

    /// Puts an object in a place that the table has just given out; its handle.
    #[inline(always)]
    pub fn put_at(&mut self, place: Place, value: T, hold: Hold) -> u64 {
        let Place { free, next } = place;
        let index = u64::from(free.trailing_zeros());
        let lent = if hold == Hold::Lent { LENT } else { 0 };
        let handle = next << SLOT_BITS | index | lent;
        // INVARIANT: The slot is free, and gets a generation that nobody had.
        self.free = free & free.wrapping_sub(1);
        self.next = next.wrapping_add(1);
        let slot = self.slot_mut(handle);
        slot.handle = handle;
        slot.value = ManuallyDrop::new(Some(value));
        handle
    }

    /// Puts an object in; its handle.
    #[inline(always)]
    pub fn put(&mut self, value: T, hold: Hold) -> Result<u64, Full<T>> {
        match self.place() {
            Some(place) => Ok(self.put_at(place, value, hold)),
            None => Err(Full(value)),
        }
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
        if handle & LENT != 0 {
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
            // The highest handle is of the highest generation, but for that bit: it goes to the low end.
            let handle = self.slot(left.trailing_zeros().into()).handle;
            newest = newest.max(handle.rotate_left(3));
            left &= left - 1;
        }
        let newest = newest.rotate_right(3);
        let hold = match newest & LENT {
            0 => Hold::Own,
            _ => Hold::Lent,
        };
        // Of an empty table slot 0 is empty too.
        self.remove(newest).map(|value| (value, hold))
    }

    /// Empties the slot that a handle points to.
    #[inline(always)]
    fn remove(&mut self, handle: u64) -> Option<T> {
        self.free |= 1 << (handle % SLOTS as u64);
        self.slot_mut(handle).value.take()
    }
}

impl<T> Drop for Handles<T> {
    fn drop(&mut self) {
        while self.pop().is_some() {}
    }
}

#[cfg(test)]
mod tests;
