// SPDX-License-Identifier: GPL-2.0
//! The ring of events: where the next record goes, and who is woken when one is complete.
//!
//! `lore_abi::ring` is the agreement with the reader. Several CPUs and levels reserve at once, by a compare-and-swap of
//! the one position that counts, which lies here; a record is complete when its header is written, in any order. The
//! reader's position is anybody's to write: it is read once per reservation, and only decides whether there is room.
//! Records may overlap when it lies; they are memory of the window, and nothing is read from them.
//!
//! The words that user space shares are accessed by the language's atomics, since the other side's are those too.

use crate::sys::{
    atomic, page_len,
    poll::{Poll, Readers},
};
use core::{
    cell::Cell,
    num::NonZeroU64,
    sync::atomic::{fence, AtomicU32, AtomicU64, Ordering},
};
use kernel::prelude::*;
use lore_abi::ring::{RingHeader, RING_DONE, RING_HEADER_LEN, RING_RECORD_MAX, RING_SKIP};
use lore_iface::GateError;
use lore_sandbox::window::WindowLayout;

/// Compare-and-swaps that may fail because others reserve, before an event counts as lost.
const TRIES: u32 = 64;

/// # Invariants
///
/// `header` and the `mask + 1` bytes from `records` on are mapped, for as long as this lives. `mask + 1` is a power of
/// two of at least a page.
#[repr(C)]
pub(crate) struct Ring {
    produced: AtomicU64,
    mask: u64,
    header: u64,
    records: u64,
    /// From a record's header to its bytes as code sees them.
    to_bytes: u64,
    len_max: u64,
    /// Somebody waits for a record.
    waiting: AtomicU32,
    lost: AtomicU64,
    readers: Readers,
}

/// A record that is not complete.
///
/// # Invariants
///
/// `header` is the address of a header in the records of the ring that made this.
#[derive(Clone, Copy)]
pub(crate) struct Reservation {
    header: NonZeroU64,
    len: u32,
}

/// Room for a reservation. The first word is 0 when there is none, which sys/shim_tracepoint.c looks at.
///
/// # Invariants
///
/// `header` and `len` are of a reservation that was put in, if `header` is not `None`.
#[repr(C)]
pub(crate) struct Held {
    header: Cell<Option<NonZeroU64>>,
    len: Cell<u32>,
}

impl Held {
    pub(crate) const fn none() -> Held {
        // INVARIANT: There is none.
        Held {
            header: Cell::new(None),
            len: Cell::new(0),
        }
    }

    #[inline(always)]
    pub(crate) fn is_some(&self) -> bool {
        self.header.get().is_some()
    }

    #[inline(always)]
    pub(crate) fn set(&self, record: Reservation) {
        // INVARIANT: Both are of the same reservation.
        self.header.set(Some(record.header));
        self.len.set(record.len);
    }

    #[inline(always)]
    pub(crate) fn take(&self) -> Option<Reservation> {
        let header = self.header.take()?;
        // INVARIANT: They were taken from one.
        Some(Reservation {
            header,
            len: self.len.get(),
        })
    }
}

/// Bytes of a record with its header.
#[inline(always)]
fn total(len: u64) -> u64 {
    len.wrapping_add(RING_HEADER_LEN + 7) & !7
}

impl Ring {
    /// The ring of a window whose first byte is at `base`, and for its code `shift` behind that; `None` if it has none.
    ///
    /// # Safety
    ///
    /// The layout's ring is mapped there, zeroed, before anything else is called, and stays mapped while the value lives.
    pub(super) unsafe fn new(
        base: u64,
        layout: &WindowLayout,
        shift: u64,
    ) -> Result<Option<KBox<Ring>>> {
        if layout.ring_at == layout.ring_end {
            return Ok(None);
        }
        let records_at = layout.ring_at + page_len();
        let len = layout.ring_end - records_at;
        // INVARIANT: By this function's contract and the layout's invariants.
        let ring = Ring {
            produced: AtomicU64::new(0),
            mask: len - 1,
            header: base + layout.ring_at,
            records: base + records_at,
            to_bytes: RING_HEADER_LEN.wrapping_add(shift),
            len_max: RING_RECORD_MAX.min(len / 4),
            waiting: AtomicU32::new(0),
            lost: AtomicU64::new(0),
            readers: Readers::new()?,
        };
        Ok(Some(KBox::new(ring, GFP_KERNEL_ACCOUNT)?))
    }

    /// Events that found no room.
    pub(crate) fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    fn consumer(&self) -> &AtomicU64 {
        let header = self.header as *mut RingHeader;
        // SAFETY: Mapped and aligned, by the type's invariant. User space accesses it as an atomic, too.
        unsafe { AtomicU64::from_ptr(&raw mut (*header).consumer) }
    }

    /// Address of the header of the record at a position. Wraps like all sums here: nothing of it is checked twice.
    #[inline(always)]
    fn header_at(&self, at: u64) -> u64 {
        self.records.wrapping_add(at & self.mask & !7)
    }

    /// Room for a record, with the address of its bytes, where nothing is in the way; see [`Ring::reserve`].
    #[inline(always)]
    pub(crate) fn reserve_at_once(&self, len: u64) -> Option<(Reservation, u64)> {
        if len > self.len_max {
            return None;
        }
        let (at, total) = (self.produced.load(Ordering::Relaxed), total(len));
        let consumed = self.consumer().load(Ordering::Acquire);
        if self.to_end(at) < total || !self.has_room(at, total, consumed) {
            return None;
        }
        atomic::replace(&self.produced, at, at.wrapping_add(total)).then(|| self.reserved(at, len))
    }

    /// Room for a record, with the address of its bytes. In any context.
    #[cold]
    pub(crate) fn reserve(&self, len: u64) -> Result<(Reservation, u64), GateError> {
        if len > self.len_max {
            return Err(GateError::TooLong);
        }
        let total = total(len);
        // What the reader has given back is zeroed before.
        let consumed = self.consumer().load(Ordering::Acquire);
        let mut seen = self.produced.load(Ordering::Relaxed);
        for _ in 0..TRIES {
            let to_end = self.to_end(seen);
            let skipped = if to_end < total { to_end } else { 0 };
            let at = seen.wrapping_add(skipped);
            if !self.has_room(at, total, consumed) {
                break;
            }
            match self.advance(seen, at.wrapping_add(total)) {
                Err(now) => seen = now,
                Ok(_) => {
                    if skipped != 0 {
                        // Lossless: less than a record.
                        let len = skipped.wrapping_sub(RING_HEADER_LEN) as u32;
                        self.complete(self.header_at(seen), len | RING_SKIP);
                    }
                    return Ok(self.reserved(at, len));
                }
            }
        }
        let lost = self.lost.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        let header = self.header as *mut RingHeader;
        // SAFETY: As for `consumer`.
        let shown = unsafe { AtomicU64::from_ptr(&raw mut (*header).lost) };
        shown.store(lost, Ordering::Relaxed);
        Err(GateError::RingFull)
    }

    /// The record of `len` bytes at a position that was reserved for it.
    #[inline(always)]
    fn reserved(&self, at: u64, len: u64) -> (Reservation, u64) {
        let header = self.records.wrapping_add(at & self.mask);
        // INVARIANT: In the records, by the mask; a multiple of 8, as all positions that are reserved.
        // SAFETY: A kernel address is not zero.
        let place = unsafe { NonZeroU64::new_unchecked(header) };
        // Lossless: at most RING_RECORD_MAX.
        let len = len as u32;
        let record = Reservation { header: place, len };
        (record, header.wrapping_add(self.to_bytes))
    }

    /// Bytes from a position to the end of the ring: a record does not wrap.
    #[inline(always)]
    fn to_end(&self, at: u64) -> u64 {
        self.mask.wrapping_add(1).wrapping_sub(at & self.mask)
    }

    #[inline(always)]
    fn has_room(&self, at: u64, total: u64, consumed: u64) -> bool {
        at.wrapping_add(total).wrapping_sub(consumed) <= self.mask.wrapping_add(1)
    }

    #[inline(always)]
    fn advance(&self, from: u64, to: u64) -> Result<u64, u64> {
        let relaxed = Ordering::Relaxed;
        self.produced.compare_exchange(from, to, relaxed, relaxed)
    }

    /// Lets the reader have a record. In any context.
    #[inline(always)]
    pub(crate) fn submit(&self, record: Reservation) {
        self.complete(record.header.get(), record.len);
    }

    /// Has the reader pass over a record. In any context.
    pub(crate) fn discard(&self, record: Reservation) {
        self.complete(record.header.get(), record.len | RING_SKIP);
    }

    #[inline(always)]
    fn complete(&self, header: u64, value: u32) {
        // SAFETY: A header in the records, which are mapped, by the invariants; records are aligned to 8.
        let header = unsafe { AtomicU32::from_ptr(header as *mut u32) };
        header.store(value | RING_DONE, Ordering::Release);
        // Against `wait`: who waits sees the record, or is seen here.
        fence(Ordering::SeqCst);
        if self.waiting.load(Ordering::Relaxed) != 0 {
            self.wake();
        }
    }

    /// Wakes who waits; each says anew that it does.
    #[cold]
    #[inline(never)]
    pub(crate) fn wake(&self) {
        self.waiting.store(0, Ordering::Relaxed);
        self.readers.wake();
    }

    /// Has the caller of a poll woken by the next record; whether one is there already.
    pub(crate) fn wait(&self, poll: &Poll) -> bool {
        self.readers.wait(poll);
        self.waiting.store(1, Ordering::Relaxed);
        fence(Ordering::SeqCst);
        let header = self.header_at(self.consumer().load(Ordering::Relaxed));
        // SAFETY: In the records, by the mask.
        unsafe { AtomicU32::from_ptr(header as *mut u32) }.load(Ordering::Relaxed) != 0
    }
}
