// SPDX-License-Identifier: GPL-2.0
//! The plan of a window.
//!
//! ```text
//! 0        G                                                              4 GiB - G     4 GiB
//! | band   | data bss | gap | stacks, a gap before each | gap | heap ... | gap | ring | run buffers | band |
//!
//! and of the profile `mask`, whose windows are as large as the image says and have their bands outside:
//! 0      4 KiB                                                                            size
//! | null | data bss | gap | stacks, a gap before each | gap | heap ... | gap | ring | run buffers |
//! ```
//!
//! Data comes first, because `add xD, x15, #imm, lsl #12` reaches the first 16 MiB of a window. A
//! gap is one page that is never mapped, so that an overrun faults.

use lore_abi::contract::{BAND_LEN, NULL_LEN, WINDOW_LEN, WINDOW_LEN_MIN};
use lore_abi::image::Profile;
use lore_abi::{request::RUN_BUFFER_MAX, ring::RING_MAX};

/// Where data begins, in every window of 4 GiB with bands of its own.
pub const DATA_AT: u32 = BAND_LEN;
/// Most bytes of data and bss together.
pub const DATA_MAX: u64 = 512 << 20;
/// Most bytes of one data stack.
pub const STACK_MAX: u64 = 8 << 20;
/// Most data stacks.
pub const STACKS_MAX: u64 = 3 * 4096;
/// Most data stacks of a window that has fewer than there are CPUs and levels.
pub const STACKS_LENT_MAX: u64 = 64;
/// Run buffers: slots of this size below the upper band.
pub const BUFFER_SLOT_LEN: u64 = RUN_BUFFER_MAX + (1 << 20);
/// Run buffers: how many runs of one extension can have one at a time, where the window has room for so many.
pub const BUFFER_SLOTS: u64 = 8;
/// Data stack of an extension that asks for none, where the window has room for so much.
pub const STACK_DEFAULT: u64 = 64 << 10;

/// The kernel's smallest page.
pub const PAGE_MIN: u64 = 4 << 10;

/// How large a window is, and which part of it can ever be mapped.
///
/// # Invariants
///
/// `mask + 1`, the size, is a power of two from [`WINDOW_LEN_MIN`] to [`WINDOW_LEN`], `0 < first` and `first + room <= mask + 1`.
/// Windows are aligned to their size; what lies within a band of either end of the window or outside is never mapped, unless
/// it lies in the `room` bytes from `first` on. (In the form that gates look at.)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    mask: u64,
    first: u64,
    room: u64,
}

impl Extent {
    /// Of 4 GiB, with its bands inside.
    pub const WHOLE: Extent = Extent {
        mask: WINDOW_LEN - 1,
        first: BAND_LEN as u64,
        room: WINDOW_LEN - 2 * BAND_LEN as u64,
    };

    /// What an image of a profile says of its window, where `window_len` is its header's; `None` if that is nothing that
    /// there is.
    pub const fn of(profile: Profile, window_len: u64) -> Option<Extent> {
        match profile {
            Profile::Mask => Extent::masked(window_len),
            Profile::Uxtw | Profile::Match | Profile::Stores | Profile::Movk | Profile::Low => {
                match window_len {
                    0 => Some(Extent::WHOLE),
                    _ => None,
                }
            }
        }
    }

    const fn masked(len: u64) -> Option<Extent> {
        if !len.is_power_of_two() || len < WINDOW_LEN_MIN || len > WINDOW_LEN {
            return None;
        }
        // INVARIANT: Checked in the line above; the bands lie outside.
        Some(Extent {
            mask: len - 1,
            first: NULL_LEN as u64,
            room: len - NULL_LEN as u64,
        })
    }

    /// Bytes of the window; it is aligned to as many.
    pub const fn size(&self) -> u64 {
        self.mask.wrapping_add(1)
    }

    /// What an image says of such a window: 0 where the profile leaves no choice.
    pub const fn said(&self) -> u64 {
        if self.has_bands() {
            0
        } else {
            self.size()
        }
    }

    /// Offset of the first byte that may be mapped; data begins here.
    pub const fn first(&self) -> u64 {
        self.first
    }

    /// Offset behind the last byte that may be mapped.
    pub const fn end(&self) -> u64 {
        self.first.wrapping_add(self.room)
    }

    /// Bytes from the first to the last one that may be mapped.
    pub const fn room(&self) -> u64 {
        self.room
    }

    /// Whether its bands lie inside of it.
    pub const fn has_bands(&self) -> bool {
        self.end() != self.size()
    }

    /// From one window to the next, where several lie in a row. The band behind one is the band before the next.
    pub const fn stride(&self) -> u64 {
        if self.has_bands() {
            return self.size();
        }
        (self.size() + BAND_LEN as u64).next_multiple_of(self.size())
    }

    /// The offset of an address, of which only so much is believed as a guard would.
    pub const fn offset(&self, address: u64) -> u64 {
        address & self.mask
    }
}

/// Where data begins in windows of a profile.
pub const fn data_at(profile: Profile) -> u32 {
    match profile {
        Profile::Mask => NULL_LEN,
        Profile::Uxtw | Profile::Match | Profile::Stores | Profile::Movk | Profile::Low => DATA_AT,
    }
}

/// What the plan depends on. Lengths in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    /// The window.
    pub extent: Extent,
    /// The kernel's page size.
    pub page_len: u64,
    /// Initialised data and bss.
    pub data_len: u64,
    /// One data stack; 0 for [`STACK_DEFAULT`], or less in a small window.
    pub stack_len: u64,
    /// Data stacks: CPUs times levels. A small window has fewer, which activations lend each other.
    pub stacks: u64,
    /// Most bytes of heap.
    pub heap_max: u64,
    /// Less heap will do, if the window has no room for `heap_max`.
    pub heap_may_shrink: bool,
    /// Ring of events; 0 for none.
    pub ring_len: u64,
}

impl Demand {
    /// Bytes that its parts take at least, with the gaps between them; saturating, for messages.
    pub const fn least(&self) -> u64 {
        let page = self.page_len;
        let (stack_len, stacks) = match (self.stack_len, self.extent.has_bands()) {
            (0, true) => (STACK_DEFAULT, self.stacks),
            (len, true) => (len, self.stacks),
            (0, false) => (page, 1),
            (len, false) => (len, 1),
        };
        let heap = if self.heap_may_shrink {
            0
        } else {
            self.heap_max
        };
        let ring = match self.ring_len {
            0 => 0,
            len => len.saturating_add(2 * page),
        };
        stacks
            .saturating_mul(stack_len.saturating_add(page))
            .saturating_add(self.data_len)
            .saturating_add(page)
            .saturating_add(heap)
            .saturating_add(ring)
    }

    /// Bytes that there are for them.
    pub const fn room(&self) -> u64 {
        Buffers::of(self.extent, self.page_len)
            .at
            .saturating_sub(self.extent.first)
    }
}

/// What of a [`Demand`] does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// `page_len` is not 4, 16 or 64 KiB.
    Page,
    /// `data_len` above [`DATA_MAX`], or more than fits in the window.
    Data,
    /// `stack_len` is above [`STACK_MAX`].
    Stack,
    /// `stacks` is zero or above [`STACKS_MAX`], or they fill the window.
    Stacks,
    /// `heap_max` does not fit between the stacks and the run buffers.
    Heap,
    /// `ring_len` is above [`RING_MAX`], or does not fit between the heap and the run buffers.
    Ring,
}

/// Offsets in bytes from the start of the window; all but `data_at` are multiples of the page.
///
/// # Invariants
///
/// `[data_from, data_end)`, each `[stack_at(i), stack_at(i) + stack_len)`, `[heap_at, heap_end)`, `[ring_at, ring_end)` and the run
/// buffers are disjoint, lie in the window between its bands, and each stack, the heap and the ring has an unmapped page before it.
/// The ring is a page and a power of two of at least a page, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowLayout {
    /// The window.
    pub extent: Extent,
    /// First byte of data.
    pub data_at: u64,
    /// Page that it lies in.
    pub data_from: u64,
    /// Behind the data and bss.
    pub data_end: u64,
    /// First stack.
    pub stacks_at: u64,
    /// From one stack to the next.
    pub stack_stride: u64,
    /// Bytes of one stack.
    pub stack_len: u64,
    /// Stacks: one for each CPU and level, or fewer.
    pub stacks: u64,
    /// First byte of the heap.
    pub heap_at: u64,
    /// Behind the last byte that the heap may get.
    pub heap_end: u64,
    /// Header of the ring of events, a page.
    pub ring_at: u64,
    /// Behind its last record; `ring_at` without a ring.
    pub ring_end: u64,
    /// Run buffers.
    pub buffers: Buffers,
}

/// The run buffers of a window: `slots` of `slot_len` bytes from `at` on, to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Buffers {
    /// First byte.
    pub at: u64,
    /// Bytes of one.
    pub slot_len: u64,
    /// How many.
    pub slots: u64,
}

impl Buffers {
    /// An eighth of the window, in 8 slots or in as many as it has pages; in windows of 4 GiB each takes the longest run.
    pub const fn of(extent: Extent, page: u64) -> Buffers {
        let share = extent.size() / (8 * BUFFER_SLOTS);
        let slot_len = if share >= RUN_BUFFER_MAX {
            BUFFER_SLOT_LEN
        } else if share < page {
            page
        } else {
            share / page * page
        };
        let mut slots = extent.size() / 8 / slot_len;
        if slots == 0 {
            slots = 1;
        }
        if slots > BUFFER_SLOTS || slot_len == BUFFER_SLOT_LEN {
            slots = BUFFER_SLOTS;
        }
        Buffers {
            // A window has more pages than that: its smallest size is that of the largest page.
            at: extent.end().saturating_sub(slots * slot_len),
            slot_len,
            slots,
        }
    }

    /// First byte of a slot, which must be below `slots`.
    pub const fn slot_at(&self, slot: u64) -> u64 {
        self.at + slot * self.slot_len
    }
}

impl WindowLayout {
    /// First byte of stack `index`, which must be below `stacks`.
    pub const fn stack_at(&self, index: u64) -> u64 {
        self.stacks_at + index * self.stack_stride
    }
}

/// Bytes of one stack: what is asked for, or as much as leaves half of the window.
const fn stack_len(demand: &Demand) -> u64 {
    let page = demand.page_len;
    if demand.stack_len != 0 {
        return demand.stack_len.next_multiple_of(page);
    }
    let mut len = STACK_DEFAULT;
    while len > page && demand.stacks * (len + page) > demand.extent.size() / 2 {
        len /= 2;
    }
    len
}

/// How many stacks of `stride` bytes: as many as are asked for, or, in a window that has its bands outside, as many as half
/// of it holds.
const fn stack_count(demand: &Demand, stride: u64) -> u64 {
    let fit = demand.extent.size() / 2 / stride;
    if demand.extent.has_bands() || demand.stacks <= fit {
        demand.stacks
    } else if fit > STACKS_LENT_MAX {
        STACKS_LENT_MAX
    } else {
        fit
    }
}

/// Computes the layout of a window.
pub const fn plan(demand: Demand) -> Result<WindowLayout, Misfit> {
    let (page, extent) = (demand.page_len, demand.extent);
    if page != 4 << 10 && page != 16 << 10 && page != 64 << 10 {
        return Err(Misfit::Page);
    }
    if demand.data_len > DATA_MAX {
        return Err(Misfit::Data);
    }
    if demand.stack_len > STACK_MAX {
        return Err(Misfit::Stack);
    }
    if demand.stacks == 0 || demand.stacks > STACKS_MAX {
        return Err(Misfit::Stacks);
    }
    if demand.heap_max > WINDOW_LEN {
        return Err(Misfit::Heap);
    }
    if demand.ring_len > RING_MAX {
        return Err(Misfit::Ring);
    }
    // None of these sums can wrap: each term was bounded above, and 12,288 stacks of 8 MiB are below 2^37 bytes.
    let buffers = Buffers::of(extent, page);
    let data_from = extent.first / page * page;
    let data_end = (extent.first + demand.data_len).next_multiple_of(page);
    if data_end > buffers.at {
        return Err(Misfit::Data);
    }
    let stack_len = stack_len(&demand);
    let stack_stride = stack_len + page;
    let stacks_at = data_end + page;
    let stacks = stack_count(&demand, stack_stride);
    let heap_at = stacks_at + stacks * stack_stride;
    if stacks == 0 || heap_at > buffers.at {
        return Err(Misfit::Stacks);
    }
    let ring = match demand.ring_len {
        0 => 0,
        len => 2 * page + len.next_multiple_of(page).next_power_of_two(),
    };
    let room = buffers.at - heap_at;
    if ring > room {
        return Err(Misfit::Ring);
    }
    let mut heap_len = demand.heap_max.next_multiple_of(page);
    if heap_len > room - ring {
        if !demand.heap_may_shrink {
            return Err(Misfit::Heap);
        }
        heap_len = room - ring;
    }
    let heap_end = heap_at + heap_len;
    let (ring_at, ring_end) = match ring {
        0 => (heap_end, heap_end),
        _ => (heap_end + page, heap_end + ring),
    };
    // INVARIANT: Each part begins at or behind the end of the one before; a stride is a stack and one page, and a
    // page lies between data and the first stack, so every stack and the heap have an unmapped page before them.
    Ok(WindowLayout {
        extent,
        data_at: extent.first,
        data_from,
        data_end,
        stacks_at,
        stack_stride,
        stack_len,
        stacks,
        heap_at,
        heap_end,
        ring_at,
        ring_end,
        buffers,
    })
}

#[cfg(test)]
mod tests;
