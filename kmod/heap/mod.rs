// SPDX-License-Identifier: GPL-2.0
//! The window: where an extension's data lives, and the shadow stacks, which lie elsewhere.
//!
//! ```text
//! 0        G                                                              4 GiB - G     4 GiB
//! | band   | data bss | gap | stacks, a gap before each | gap | heap ... | gap | ring | run buffers | band |
//! ```
//!
//! `lore_sandbox::window` is the plan; this folder executes it. Data is mapped at load, a seat's stack before its first
//! activation (a seat is one level of one CPU), the heap by `heap_grow`, a buffer for one run. Whatever lies there, the extension may change at any time,
//! so the kernel holds no reference into a window, and reads it by copies that may fail.

mod buffer;
mod grow;
mod ring;
mod shadow;
mod share;
mod windows;
mod word;

pub(crate) use buffer::Buffer;
pub(crate) use ring::{Held, Ring};
pub(crate) use shadow::{len_of as shadow_len, ShadowStacks};
pub(crate) use windows::{Slot, Windows};
pub(crate) use word::Word;

use crate::sys::{area, cpu, pages::Pages};
use kernel::{
    new_mutex,
    prelude::*,
    sync::{
        atomic::{Atomic, Relaxed},
        Arc, Mutex,
    },
};
use lore_abi::contract::WINDOW_LEN;
use lore_sandbox::{
    span::WindowSpan,
    window::{WindowLayout, DATA_AT},
};

/// An extension's window.
///
/// # Invariants
///
/// `place` is this window's alone. Mapped in it are: the data, the stacks whose bit in `stacks` is set, the heap below
/// `heap_len` and single pages of its rest, and what the bits of `buffers` stand for; all with `pages`.
#[pin_data(PinnedDrop)]
pub(crate) struct Window {
    place: Slot,
    layout: WindowLayout,
    pages: Pages,
    ring: Option<KBox<Ring>>,
    heap_len: Atomic<u64>,
    /// The extension imports the gate that grows the heap.
    grows: bool,
    stacks: KVec<Atomic<u64>>,
    #[pin]
    stacks_change: Mutex<()>,
    #[pin]
    buffers: Mutex<u32>,
}

impl Window {
    /// Reserves a window, maps its data, and builds the page tables of the heap.
    pub(crate) fn new(
        place: Slot,
        layout: WindowLayout,
        data: &[u8],
        grows: bool,
    ) -> Result<Pin<KBox<Window>>> {
        let mut stacks = KVec::new();
        for _ in 0..layout.stacks.div_ceil(64) {
            stacks.push(Atomic::new(0u64), GFP_KERNEL_ACCOUNT)?;
        }
        let pages = Pages::paid()?;
        // SAFETY: Mapped below, before anybody knows of the window, until it is dropped.
        let ring = unsafe { Ring::new(place.base(), &layout) }?;
        // INVARIANT: Nothing is mapped yet.
        let window = KBox::pin_init(
            pin_init!(Window {
                place,
                layout,
                pages,
                ring,
                heap_len: Atomic::new(0),
                grows,
                stacks,
                stacks_change <- new_mutex!(()),
                buffers <- new_mutex!(0),
            }),
            GFP_KERNEL_ACCOUNT,
        )?;
        window.map_data(data)?;
        window.place.area().map(
            window.base() + layout.ring_at,
            layout.ring_end - layout.ring_at,
            &window.pages,
        )?;
        let heap_max = layout.heap_end - layout.heap_at;
        window
            .place
            .area()
            .make_tables(window.base() + layout.heap_at, heap_max)?;
        Ok(window)
    }

    fn map_data(&self, data: &[u8]) -> Result {
        let (at, len) = (
            u64::from(DATA_AT),
            self.layout.data_end - u64::from(DATA_AT),
        );
        if data.len() as u64 > len {
            return Err(EINVAL);
        }
        if len == 0 {
            return Ok(());
        }
        self.place.area().map(self.base() + at, len, &self.pages)?;
        // SAFETY: Just mapped, at least `data.len()` bytes by the check above; no extension knows the window yet.
        unsafe {
            core::ptr::copy_nonoverlapping(data.as_ptr(), (self.base() + at) as *mut u8, data.len())
        };
        Ok(())
    }

    /// Address of the window's first byte, which is never mapped.
    pub(crate) fn base(&self) -> u64 {
        self.place.base()
    }

    pub(crate) fn layout(&self) -> &WindowLayout {
        &self.layout
    }

    /// Bytes of heap that are handed out.
    pub(crate) fn heap_len(&self) -> u64 {
        self.heap_len.load(Relaxed)
    }

    /// Most bytes of heap.
    pub(crate) fn heap_max(&self) -> u64 {
        self.layout.heap_end - self.layout.heap_at
    }

    /// Copies from the window; `false` if a byte of it is not mapped.
    pub(crate) fn copy_in(&self, to: &mut [u8], span: WindowSpan) -> bool {
        to.len() == span.len() as usize && area::copy_in(to, self.base() + u64::from(span.start()))
    }

    /// Copies to the head of a span; `false` if a byte of it is not mapped, and then nobody knows which were.
    pub(crate) fn copy_out(&self, to: WindowSpan, from: &[u8]) -> bool {
        // SAFETY: No more bytes than the span has, which lies between the window's bands.
        from.len() <= to.len() as usize
            && unsafe { area::copy_out(self.base() + u64::from(to.start()), from) }
    }

    /// The address where the data stack of a seat begins, growing down; `None` before [`Window::make_stack`].
    pub(crate) fn stack_of(&self, seat: u32) -> Option<u64> {
        let bits = self.stacks.get(seat as usize / 64)?.load(Relaxed);
        if bits & 1 << (seat % 64) == 0 {
            return None;
        }
        Some(self.base() + self.layout.stack_at(u64::from(seat)) + self.layout.stack_len)
    }

    /// Maps the data stack of a seat. Sleeps.
    pub(crate) fn make_stack(&self, seat: u32) -> Result {
        let word = self.stacks.get(seat as usize / 64).ok_or(EINVAL)?;
        let _change = self.stacks_change.lock();
        if self.stack_of(seat).is_some() || seat >= cpu::seats() {
            return Ok(());
        }
        let at = self.base() + self.layout.stack_at(u64::from(seat));
        self.place
            .area()
            .map(at, self.layout.stack_len, &self.pages)?;
        // INVARIANT: Mapped in the line above. Other CPUs go through the page tables, which the mapping has ordered.
        word.store(word.load(Relaxed) | 1 << (seat % 64), Relaxed);
        Ok(())
    }

    /// Whether an access touches the gap below one of the data stacks.
    pub(crate) fn gap_below_stack(&self, address: u64, len: u64) -> bool {
        let layout = &self.layout;
        let first_gap = layout.stacks_at - crate::sys::page_len();
        let end = address + len.saturating_sub(1);
        // Gap and stack by turns; the last page before the heap is a gap too, but below no stack.
        let in_stacks = |at: u64| at >= first_gap && at < layout.stack_at(layout.stacks - 1);
        let in_gap = |at: u64| {
            in_stacks(at) && (at - first_gap) % layout.stack_stride < crate::sys::page_len()
        };
        in_gap(address) || in_gap(end)
    }

    /// A run buffer of `len` bytes; `None` if all are taken.
    pub(crate) fn buffer(&self, len: u64) -> Result<Option<Buffer<'_>>> {
        Buffer::new(self, len)
    }

    /// The ring of events, if the extension has one.
    pub(crate) fn ring(&self) -> Option<&Ring> {
        self.ring.as_deref()
    }

    /// Pages that it holds, those at hand for growth among them.
    pub(crate) fn pages_held(&self) -> u64 {
        self.pages.held()
    }

    /// Unmaps and frees a part of the window.
    ///
    /// # Safety
    ///
    /// Nothing may use it any more, other than code whose accesses may fault.
    unsafe fn unmap(&self, start: u64, len: u64) {
        // SAFETY: All that is mapped here was mapped with `pages`, by the type's invariant; the caller vouches for users.
        unsafe { self.place.area().unmap(start, len, &self.pages) };
    }
}

#[pinned_drop]
impl PinnedDrop for Window {
    /// The extension is gone: no activation and no run uses the window.
    fn drop(self: Pin<&mut Self>) {
        let (base, layout) = (self.base(), &self.layout);
        for seat in 0..layout.stacks as u32 {
            if self.stack_of(seat).is_some() {
                // SAFETY: No activation is left that has its stack there.
                unsafe { self.unmap(base + layout.stack_at(u64::from(seat)), layout.stack_len) };
            }
        }
        // SAFETY: No code of the extension runs any more, and the kernel has no reference into the window. User space
        // does not map it: a mapping holds a file.
        unsafe {
            self.unmap(
                base + u64::from(DATA_AT),
                layout.data_end - u64::from(DATA_AT),
            );
            // All of it: user space may have touched any page.
            self.unmap(base + layout.heap_at, self.heap_max());
            self.unmap(base + layout.ring_at, layout.ring_end - layout.ring_at);
        }
        // SAFETY: All that was mapped is unmapped by now, buffers by their runs; 4 GiB are whole tables.
        unsafe { self.place.area().free_tables(base, WINDOW_LEN) };
    }
}

/// Windows come from here.
pub(crate) fn take(windows: &Arc<Windows>) -> Option<Slot> {
    windows.take()
}
