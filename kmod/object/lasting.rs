// SPDX-License-Identifier: GPL-2.0
//! Objects that outlive activations: a table for each extension that keeps some.
//!
//! ```text
//!   gate `task_keep`   own handle -> Lasting::keep -> lasting handle, good in every activation of the extension
//!   any gate           lasting handle -> Lasting::pin -> Pinned, until the gate returns
//!   gate `task_drop`   lasting handle -> Lasting::give_back: nobody finds it any more; it goes with the last pin
//!   the extension ends -> dropped, newest first
//! ```
//!
//! Nobody waits here, so nothing can deadlock: not an interrupt in the middle of a gate, nor two CPUs. What each may do is
//! in the slot's word, whose changes are [`lore_sandbox::lasting`]'s.

use super::{Kind, Object, Objects};
use crate::sys;
use core::{cell::UnsafeCell, ops::Deref, ptr::NonNull};
use kernel::{
    alloc::flags::GFP_KERNEL_ACCOUNT,
    prelude::*,
    sync::atomic::{Atomic, Full, Relaxed},
};
use lore_iface::{Gate, GateError};
use lore_sandbox::lasting::{slot_of, Share, Unpinned, Unusable, Word, SLOTS};

/// Whether others may use it at the same time, and what it leaves behind when it is kept.
pub(crate) trait Lasts: Kind {
    const SHARE: Share;
    /// Gives up what is only good for the activation.
    fn make_last(&self) {}
}

/// # Invariants
///
/// `object` is read by who has a pin, and written by who has made `word` say that the slot is his alone.
struct Slot {
    word: Atomic<u64>,
    object: UnsafeCell<Option<Object>>,
}

/// The table; without slots for an extension that keeps nothing.
pub(crate) struct Lasting {
    slots: KVec<Slot>,
    /// The generation of the next object.
    next: Atomic<u64>,
}

// SAFETY: By the invariant of `Slot`; objects are used by any CPU.
unsafe impl Send for Lasting {}
// SAFETY: As above.
unsafe impl Sync for Lasting {}

/// An object that stays until this is dropped.
///
/// # Invariants
///
/// It has a pin of the slot, in which `object` lies.
pub(crate) struct Pinned<'a, K> {
    slot: &'a Slot,
    object: NonNull<K>,
}

impl Slot {
    fn word(&self) -> Word {
        Word::from_raw(self.word.load(Relaxed))
    }

    /// Changes the word, as often as somebody else was first: those got on meanwhile.
    fn change<E>(&self, to: impl Fn(Word) -> Result<Word, E>) -> Result<Word, E> {
        let mut old = self.word();
        loop {
            let new = to(old)?;
            match self.word.cmpxchg(old.raw(), new.raw(), Full) {
                Ok(_) => return Ok(new),
                Err(seen) => old = Word::from_raw(seen),
            }
        }
    }

    fn pin<K: Kind>(&self, handle: u64, share: Share) -> Result<Pinned<'_, K>, GateError> {
        self.change(|word| word.pin(handle, share))
            .map_err(refused)?;
        // SAFETY: It was pinned in the line above, so nobody writes it.
        let object = unsafe { &*self.object.get() };
        match object.as_ref().and_then(K::of) {
            // INVARIANT: As above.
            Some(object) => Ok(Pinned {
                slot: self,
                object: NonNull::from(object),
            }),
            None => {
                self.unpin();
                Err(GateError::WrongKind)
            }
        }
    }

    /// Gives up a pin, and the object if it was the last one of an object that was given back.
    fn unpin(&self) {
        let mut gone = false;
        loop {
            let old = self.word();
            let new = match old.unpin() {
                Unpinned::Stays(word) => word,
                Unpinned::Gone(word) => {
                    gone = true;
                    word
                }
            };
            if self.word.cmpxchg(old.raw(), new.raw(), Full).is_ok() {
                break;
            }
            gone = false;
        }
        if gone {
            drop(self.empty());
        }
    }

    /// Only for whose alone the slot is: its object; the slot is free afterwards.
    fn empty(&self) -> Option<Object> {
        // SAFETY: By this function's contract and the type's invariant.
        let object = unsafe { (*self.object.get()).take() };
        // Nobody changes the word of a slot that is another's.
        let _ = self.change(|word| Ok::<_, ()>(word.free()));
        object
    }
}

impl<K> Drop for Pinned<'_, K> {
    fn drop(&mut self) {
        self.slot.unpin();
    }
}

impl<K: Kind> Deref for Pinned<'_, K> {
    type Target = K;

    fn deref(&self) -> &K {
        // SAFETY: By the type's invariant it was of the kind when it was looked at, and is what it was while it is pinned.
        unsafe { self.object.as_ref() }
    }
}

fn refused(why: Unusable) -> GateError {
    match why {
        Unusable::Stale => GateError::BadHandle,
        Unusable::Busy => GateError::Busy,
    }
}

impl Lasting {
    /// What an extension needs that imports these gates. Sleeps.
    pub(crate) fn new(gates: &[Gate]) -> Result<Lasting> {
        let count = match gates.iter().any(|gate| gate.signature().keeps) {
            true => SLOTS,
            false => 0,
        };
        let mut slots = KVec::with_capacity(count, GFP_KERNEL_ACCOUNT)?;
        for _ in 0..count {
            let slot = Slot {
                word: Atomic::new(Word::NEW.raw()),
                object: UnsafeCell::new(None),
            };
            slots.push(slot, GFP_KERNEL_ACCOUNT)?;
        }
        Ok(Lasting {
            slots,
            // Handles of different extensions differ, as far as anybody can tell.
            next: Atomic::new(sys::random() >> 24),
        })
    }

    fn slot(&self, handle: u64) -> Result<&Slot, GateError> {
        // Bounded under speculation too: the mask is in `slot_of`.
        self.slots.get(slot_of(handle)).ok_or(GateError::BadHandle)
    }

    /// The object of a handle, which stays until the result is dropped.
    pub(crate) fn pin<K: Lasts>(&self, handle: u64) -> Result<Pinned<'_, K>, GateError> {
        self.slot(handle)?.pin(handle, K::SHARE)
    }

    /// Moves an activation's own object here; its new handle. If it cannot be had the activation still has it.
    pub(crate) fn keep<K: Lasts>(
        &self,
        objects: &mut Objects,
        handle: u64,
    ) -> Result<u64, GateError> {
        objects.may_take::<K>(handle)?;
        let generation = self.next.fetch_add(1, Relaxed);
        let claim = |slot: &&Slot| {
            let claimed = slot.change(|word| word.claim(generation).ok_or(()));
            claimed.is_ok()
        };
        let claimed = self.slots.iter().enumerate().find(|(_, slot)| claim(slot));
        let (index, slot) = claimed.ok_or(GateError::TableFull)?;
        let object = match objects.take::<K>(handle) {
            Ok(object) => object,
            Err(error) => {
                // It was looked at above, so this does not come.
                slot.change(|word| Ok::<_, GateError>(word.free()))?;
                return Err(error);
            }
        };
        object.make_last();
        // SAFETY: The slot was claimed above, so it is ours alone.
        unsafe { *slot.object.get() = Some(object.into_object()) };
        let published = slot.change(|word| Ok::<_, GateError>(word.publish()))?;
        Ok(published.handle(index))
    }

    /// Has nobody find an object any more; it goes now, or when who uses it is done.
    pub(crate) fn give_back<K: Lasts>(&self, handle: u64) -> Result<(), GateError> {
        let slot = self.slot(handle)?;
        let pinned = slot.pin::<K>(handle, Share::Shared)?;
        let condemned = slot.change(|word| word.condemn().ok_or(GateError::BadHandle));
        drop(pinned);
        condemned.map(|_| ())
    }

    /// Takes an object out that nobody else uses.
    pub(crate) fn take<K: Lasts>(&self, handle: u64) -> Result<K, GateError> {
        let slot = self.slot(handle)?;
        let pinned = slot.pin::<K>(handle, Share::Shared)?;
        slot.change(Word::seize).map_err(refused)?;
        // The pin went with the change.
        core::mem::forget(pinned);
        let object = slot.empty().ok_or(GateError::BadHandle)?;
        K::from_object(object).map_err(|_| GateError::WrongKind)
    }

    /// Objects that are kept now.
    pub(crate) fn count(&self) -> u64 {
        self.slots
            .iter()
            .filter(|slot| slot.word().is_live())
            .count() as u64
    }
}

impl Drop for Lasting {
    fn drop(&mut self) {
        let handle = |index: usize, slot: &Slot| slot.word().handle(index);
        for _ in 0..self.slots.len() {
            // Newest first: nobody uses the table any more, so what is left is live.
            let live = self
                .slots
                .iter()
                .enumerate()
                .filter(|(_, slot)| slot.word().is_live());
            let newest = live.max_by_key(|(index, slot)| handle(*index, slot));
            let Some((_, slot)) = newest else { return };
            drop(slot.empty());
        }
    }
}
