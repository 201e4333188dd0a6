// SPDX-License-Identifier: GPL-2.0
//! The window: where an extension's data lives, and the shadow stacks, which lie elsewhere.
//!
//! ```text
//! 0        G                                                              4 GiB - G     4 GiB
//! | band   | data bss | gap | stacks, a gap before each | gap | heap ... | gap | ring | run buffers | band |
//! ```
//!
//! Windows of the profile `mask` are smaller and have their bands outside.
//!
//! `lore_sandbox::window` is the plan; this folder executes it. Data is mapped at load, a seat's stack before its first
//! activation (a seat is one level of one CPU), the heap by `heap_grow`, a buffer for one run. Whatever lies there, the extension may change at any time,
//! so the kernel holds no reference into a window, and reads it by copies that may fail.

mod buffer;
mod grow;
mod ring;
mod shadow;
mod share;
mod stacks;
mod windows;
mod word;

pub(crate) use buffer::Buffer;
pub(crate) use ring::{Held, Ring};
pub(crate) use shadow::{len_of as shadow_len, ShadowStacks};
pub(crate) use stacks::Lend;
pub(crate) use windows::{Slot, Windows};
pub(crate) use word::Word;

use crate::sys::{area, low::Low, pages::Pages};
use kernel::{
    new_mutex,
    prelude::*,
    sync::{
        atomic::{Atomic, Relaxed},
        Arc, Mutex,
    },
};
use lore_abi::contract::BAND_LEN;
use lore_sandbox::{
    span::WindowSpan,
    window::{Extent, WindowLayout},
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
    /// Where its code sees it at address 0.
    low: Option<Low>,
    ring: Option<KBox<Ring>>,
    heap_len: Atomic<u64>,
    /// The extension imports the gate that grows the heap.
    grows: bool,
    stacks: KVec<Atomic<u64>>,
    #[pin]
    stacks_change: Mutex<()>,
    /// Of a window with fewer stacks than seats: those that activations run on.
    lent: Atomic<u64>,
    #[pin]
    buffers: Mutex<u32>,
}

impl Window {
    /// Takes a window's place, maps its data, and builds the page tables of the heap.
    pub(crate) fn new(
        place: Slot,
        layout: WindowLayout,
        low: Option<Low>,
        data: &[u8],
        grows: bool,
    ) -> Result<Pin<KBox<Window>>> {
        let mut stacks = KVec::new();
        for _ in 0..layout.stacks.div_ceil(64) {
            stacks.push(Atomic::new(0u64), GFP_KERNEL_ACCOUNT)?;
        }
        let pages = Pages::paid(low.as_ref())?;
        let shift = seen_from(&place, low.as_ref()).wrapping_sub(place.base());
        // SAFETY: Mapped below, before anybody knows of the window, until it is dropped.
        let ring = unsafe { Ring::new(place.base(), &layout, shift) }?;
        // INVARIANT: Nothing is mapped yet.
        let window = KBox::pin_init(
            pin_init!(Window {
                place,
                layout,
                pages,
                low,
                ring,
                heap_len: Atomic::new(0),
                grows,
                stacks,
                stacks_change <- new_mutex!(()),
                lent: Atomic::new(0),
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
        if let Some(low) = &window.low {
            // SAFETY: Windows of such images are whole. It is hidden in `drop`, before its tables go.
            unsafe { low.show(window.base()) }?;
        }
        Ok(window)
    }

    fn map_data(&self, data: &[u8]) -> Result {
        let layout = &self.layout;
        if data.len() as u64 > layout.data_end - layout.data_at {
            return Err(EINVAL);
        }
        if layout.data_end <= layout.data_at {
            return Ok(());
        }
        let (from, len) = (layout.data_from, layout.data_end - layout.data_from);
        self.place
            .area()
            .map(self.base() + from, len, &self.pages)?;
        let to = (self.base() + layout.data_at) as *mut u8;
        // SAFETY: Just mapped, at least `data.len()` bytes by the check above; no extension knows the window yet.
        unsafe { core::ptr::copy_nonoverlapping(data.as_ptr(), to, data.len()) };
        Ok(())
    }

    /// Address of the window's first byte.
    pub(crate) fn base(&self) -> u64 {
        self.place.base()
    }

    /// Address of its first byte as its code sees it.
    pub(crate) fn seen(&self) -> u64 {
        seen_from(&self.place, self.low.as_ref())
    }

    /// Where its code sees it at address 0, if it does.
    pub(crate) fn low(&self) -> Option<&Low> {
        self.low.as_ref()
    }

    /// How large it is.
    pub(crate) fn extent(&self) -> Extent {
        self.layout.extent
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
        // SAFETY: No more bytes than the span has, which was checked against this window.
        from.len() <= to.len() as usize
            && unsafe { area::copy_out(self.base() + u64::from(to.start()), from) }
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
        if let Some(low) = &self.low {
            // SAFETY: No activation is left.
            unsafe { low.hide() };
        }
        for stack in (0..layout.stacks).filter(|stack| self.is_made(*stack)) {
            // SAFETY: No activation is left that has its stack there.
            unsafe { self.unmap(base + layout.stack_at(stack), layout.stack_len) };
        }
        // SAFETY: No code of the extension runs any more, and the kernel has no reference into the window. User space
        // does not map it: a mapping holds a file.
        unsafe {
            self.unmap(base + layout.data_from, layout.data_end - layout.data_from);
            // All of it: user space may have touched any page.
            self.unmap(base + layout.heap_at, self.heap_max());
            self.unmap(base + layout.ring_at, layout.ring_end - layout.ring_at);
        }
        let len = layout.extent.size();
        // SAFETY: All that was mapped is unmapped by now, buffers by their runs, and nothing is ever mapped within a band
        // of a window that has none inside; the others are whole tables.
        unsafe { self.place.area().free_tables(base, len, BAND_LEN.into()) };
    }
}

/// The address at which code sees the first byte of its window.
pub(crate) fn seen_from(place: &Slot, low: Option<&Low>) -> u64 {
    match low {
        Some(_) => 0,
        None => place.base(),
    }
}

/// Windows come from here.
pub(crate) fn take(windows: &Arc<Windows>, extent: Extent) -> Option<Slot> {
    windows.take(extent)
}
