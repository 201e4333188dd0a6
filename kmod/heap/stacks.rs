// SPDX-License-Identifier: GPL-2.0
//! The data stacks of a window: one for each seat (a level of a CPU), mapped before its first activation.
//!
//! A small window has fewer, all mapped before the first activation. Each then takes a free one for as long as it runs, and
//! is skipped if there is none.

use super::Window;
use crate::sys::{cpu, page_len};
use kernel::{
    prelude::*,
    sync::atomic::{Acquire, Relaxed, Release},
};

/// A data stack, for one activation at a time.
///
/// # Invariants
///
/// Nobody else runs on it: it is the seat's whose holder has this, or its bit in `lent` is set for this value alone.
pub(crate) struct Lent<'a> {
    window: &'a Window,
    index: u32,
}

/// What there is of a data stack.
pub(crate) enum Lend<'a> {
    /// One.
    Stack(Lent<'a>),
    /// Others run on all that there are.
    Taken,
    /// It is to be made.
    Missing,
}

impl Lent<'_> {
    /// Where it begins, growing down.
    pub(crate) fn top(&self) -> u64 {
        self.window.stack_top(self.index)
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        if self.window.lends() {
            self.window.take_back(self.index);
        }
    }
}

impl Window {
    /// Whether it has fewer stacks than there are seats.
    pub(crate) fn lends(&self) -> bool {
        self.layout.stacks < u64::from(cpu::seats())
    }

    /// Whether a stack is mapped.
    pub(super) fn is_made(&self, index: u64) -> bool {
        let word = usize::try_from(index / 64)
            .ok()
            .and_then(|at| self.stacks.get(at));
        word.is_some_and(|word| word.load(Acquire) & 1 << (index % 64) != 0)
    }

    fn stack_top(&self, index: u32) -> u64 {
        self.seen() + self.layout.stack_at(index.into()) + self.layout.stack_len
    }

    /// The address where the data stack of a seat begins, growing down; `None` before [`Window::make_stack`], and where seats
    /// have none of their own.
    pub(crate) fn stack_of(&self, seat: u32) -> Option<u64> {
        (!self.lends() && self.is_made(seat.into())).then(|| self.stack_top(seat))
    }

    /// A stack for the activation of a seat that the caller holds. In any context.
    pub(crate) fn lend(&self, seat: u32) -> Lend<'_> {
        let index = match self.lends() {
            false if !self.is_made(seat.into()) => return Lend::Missing,
            false => seat,
            true if !self.is_made(self.layout.stacks - 1) => return Lend::Missing,
            true => match self.take_free() {
                Some(index) => index,
                None => return Lend::Taken,
            },
        };
        // INVARIANT: The seat's own, or just taken.
        Lend::Stack(Lent {
            window: self,
            index,
        })
    }

    fn take_free(&self) -> Option<u32> {
        let mut lent = self.lent.load(Relaxed);
        loop {
            let index = lent.trailing_ones();
            if u64::from(index) >= self.layout.stacks {
                return None;
            }
            match self.lent.cmpxchg(lent, lent | 1 << index, Acquire) {
                Ok(_) => return Some(index),
                Err(now) => lent = now,
            }
        }
    }

    fn take_back(&self, index: u32) {
        let mut lent = self.lent.load(Relaxed);
        while let Err(now) = self.lent.cmpxchg(lent, lent & !(1 << index), Release) {
            lent = now;
        }
    }

    /// Maps the data stack of a seat, or all where seats have none of their own. Sleeps.
    pub(crate) fn make_stack(&self, seat: u32) -> Result {
        if seat >= cpu::seats() {
            return Ok(());
        }
        let _change = self.stacks_change.lock();
        let seat = u64::from(seat);
        let (first, end) = match self.lends() {
            true => (0, self.layout.stacks),
            false => (seat, seat + 1),
        };
        for index in (first..end).filter(|index| !self.is_made(*index)) {
            let word = self.stacks.get(index as usize / 64).ok_or(EINVAL)?;
            let at = self.base() + self.layout.stack_at(index);
            self.place
                .area()
                .map(at, self.layout.stack_len, &self.pages)?;
            // INVARIANT: Mapped in the line above. Other CPUs go through the page tables, which the mapping has ordered.
            word.store(word.load(Relaxed) | 1 << (index % 64), Release);
        }
        Ok(())
    }

    /// Whether an access touches the gap below one of the data stacks.
    pub(crate) fn gap_below_stack(&self, address: u64, len: u64) -> bool {
        let layout = &self.layout;
        let first_gap = layout.stacks_at - page_len();
        let end = address + len.saturating_sub(1);
        // Gap and stack by turns; the last page before the heap is a gap too, but below no stack.
        let in_stacks = |at: u64| at >= first_gap && at < layout.stack_at(layout.stacks - 1);
        let in_gap = |at: u64| in_stacks(at) && (at - first_gap) % layout.stack_stride < page_len();
        in_gap(address) || in_gap(end)
    }
}
