// SPDX-License-Identifier: GPL-2.0
//! Events of an extension, read where they lie in its window.
//!
//! `lore_abi::ring` is the agreement. One reader at a time: two take each other's events.

use crate::requests::{Error, Extension};
use crate::window::{PtrError, Window};
use lore_abi::ring::{RingHeader, RING_DONE, RING_HEADER_LEN, RING_LEN_MASK, RING_SKIP};
use lore_shared::Shared;
use rustix::event::{poll, PollFd, PollFlags, Timespec};
use rustix::io::Errno;
use std::mem::offset_of;
use std::sync::atomic::{AtomicU32, AtomicU64, AtomicU8, Ordering};
use std::time::Duration;

/// Why events cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EventsError {
    /// The image asked for no ring.
    #[error("the extension has no ring of events: its image asks for none")]
    NoRing,
    /// Somebody wrote into the ring what no kernel writes.
    #[error("the ring holds garbage at position {at}: {found:#x}")]
    Garbage {
        /// Position of the reader.
        at: u64,
        /// What stands where a record begins.
        found: u32,
    },
    /// The window cannot be used.
    #[error(transparent)]
    Window(#[from] PtrError),
}

/// What a wait for events found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ready {
    /// An event is there.
    pub event: bool,
    /// The extension was detached: what is there is all that comes.
    pub over: bool,
}

impl Extension {
    /// Waits until an event is there or none will come; `None` waits for ever.
    pub fn wait(&self, timeout: Option<Duration>) -> Result<Ready, Error> {
        let timeout = timeout.map(|time| Timespec {
            tv_sec: time.as_secs() as i64,
            tv_nsec: i64::from(time.subsec_nanos()),
        });
        let mut fds = [PollFd::new(self, PollFlags::IN)];
        match poll(&mut fds, timeout.as_ref()) {
            Ok(_) => {}
            Err(Errno::INTR) => {
                return Ok(Ready {
                    event: false,
                    over: false,
                })
            }
            Err(errno) => return Err(Error::Failed(errno)),
        }
        let found = fds[0].revents();
        Ok(Ready {
            event: found.contains(PollFlags::IN),
            over: found.contains(PollFlags::HUP),
        })
    }
}

/// The reader's side of a ring.
pub struct Events<'a> {
    window: &'a Window,
    consumer: &'a AtomicU64,
    lost: &'a AtomicU64,
    records_at: u64,
    len: u64,
}

/// An event, in the ring. It makes room when it is dropped.
pub struct Event<'a> {
    events: &'a Events<'a>,
    at: u64,
    len: u32,
}

impl Window {
    /// The events of the extension.
    pub fn events(&self) -> Result<Events<'_>, EventsError> {
        let plan = self.plan();
        if plan.ring_len == 0 {
            return Err(EventsError::NoRing);
        }
        let field = |at: usize| self.pointer_to::<AtomicU64>(plan.ring_at + at as u64);
        Ok(Events {
            window: self,
            consumer: self.get(field(offset_of!(RingHeader, consumer)))?,
            lost: self.get(field(offset_of!(RingHeader, lost)))?,
            records_at: plan.records_at,
            len: plan.ring_len,
        })
    }
}

impl Events<'_> {
    /// Events that found no room so far.
    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    /// The next event, if one is complete.
    pub fn next_event(&mut self) -> Result<Option<Event<'_>>, EventsError> {
        loop {
            let at = self.consumer.load(Ordering::Relaxed);
            let header = self.header(at)?.load(Ordering::Acquire);
            if header == 0 {
                return Ok(None);
            }
            let len = header & RING_LEN_MASK;
            let room = self.len - (at & (self.len - 1)) - RING_HEADER_LEN;
            if header & RING_DONE == 0 || at % RING_HEADER_LEN != 0 || u64::from(len) > room {
                return Err(EventsError::Garbage { at, found: header });
            }
            if header & RING_SKIP == 0 {
                return Ok(Some(Event {
                    events: self,
                    at,
                    len,
                }));
            }
            self.give_back(at, len);
        }
    }

    /// The place of a byte of the ring, as an offset in the window.
    fn offset(&self, at: u64) -> u64 {
        self.records_at + (at & (self.len - 1))
    }

    fn header(&self, at: u64) -> Result<&AtomicU32, PtrError> {
        self.window
            .get(self.window.pointer_to(self.offset(at) & !7))
    }

    /// Zeros over a record, its header last, then the position moves.
    fn give_back(&self, at: u64, len: u32) {
        let words = u64::from(len).div_ceil(8);
        for word in (0..=words).rev() {
            let place = self.offset(at) + 8 * word;
            if let Ok(word) = self.window.get(self.window.pointer_to::<AtomicU64>(place)) {
                word.store(0, Ordering::Relaxed);
            }
        }
        self.consumer
            .store(at + RING_HEADER_LEN + 8 * words, Ordering::Release);
    }
}

impl Event<'_> {
    /// Its bytes, which the extension should not change any more, but could.
    pub fn bytes(&self) -> impl ExactSizeIterator<Item = u8> + '_ {
        let first = self.events.offset(self.at) + RING_HEADER_LEN;
        let window = self.events.window;
        (0..self.len).map(move |at| {
            let byte = window.get(window.pointer_to::<AtomicU8>(first + u64::from(at)));
            byte.map_or(0, |byte| byte.load(Ordering::Relaxed))
        })
    }

    /// Its first bytes as a value, in place; `None` if it is too short.
    pub fn get<T: Shared>(&self) -> Option<&T> {
        let first = self.events.offset(self.at) + RING_HEADER_LEN;
        let fits = size_of::<T>() <= self.len as usize;
        let window = self.events.window;
        window.get(window.pointer_to(first)).ok().filter(|_| fits)
    }
}

impl Drop for Event<'_> {
    fn drop(&mut self) {
        self.events.give_back(self.at, self.len);
    }
}
