// SPDX-License-Identifier: GPL-2.0
//! The plan of a window.
//!
//! ```text
//! 0        G                                                              4 GiB - G     4 GiB
//! | band   | data bss | gap | stacks, a gap before each | gap | heap ... | gap | ring | run buffers | band |
//! ```
//!
//! Data comes first, because `add xD, x15, #imm, lsl #12` reaches the first 16 MiB of a window. A
//! gap is one page that is never mapped, so that an overrun faults.

use lore_abi::contract::{BAND_LEN, WINDOW_LEN};
use lore_abi::{request::RUN_BUFFER_MAX, ring::RING_MAX};

/// Where data begins, in every window.
pub const DATA_AT: u32 = BAND_LEN;
/// Most bytes of data and bss together.
pub const DATA_MAX: u64 = 512 << 20;
/// Most bytes of one data stack.
pub const STACK_MAX: u64 = 8 << 20;
/// Most data stacks.
pub const STACKS_MAX: u64 = 3 * 4096;
/// Run buffers: slots of this size below the upper band.
pub const BUFFER_SLOT_LEN: u64 = RUN_BUFFER_MAX + (1 << 20);
/// Run buffers: how many runs of one extension can have one at a time.
pub const BUFFER_SLOTS: u64 = 8;
/// First byte of the run buffers.
pub const BUFFERS_AT: u64 = WINDOW_LEN - BAND_LEN as u64 - BUFFER_SLOTS * BUFFER_SLOT_LEN;

/// What the plan depends on. Lengths in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Demand {
    /// The kernel's page size.
    pub page_len: u64,
    /// Initialised data and bss.
    pub data_len: u64,
    /// One data stack.
    pub stack_len: u64,
    /// Data stacks: CPUs times levels.
    pub stacks: u64,
    /// Most bytes of heap.
    pub heap_max: u64,
    /// Ring of events; 0 for none.
    pub ring_len: u64,
}

/// What of a [`Demand`] does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// `page_len` is not 4, 16 or 64 KiB.
    Page,
    /// `data_len` above [`DATA_MAX`].
    Data,
    /// `stack_len` is zero or above [`STACK_MAX`].
    Stack,
    /// `stacks` is zero or above [`STACKS_MAX`], or they fill the window.
    Stacks,
    /// `heap_max` does not fit between the stacks and the run buffers.
    Heap,
    /// `ring_len` is above [`RING_MAX`], or does not fit between the heap and the run buffers.
    Ring,
}

/// Offsets in bytes from the start of the window; all are multiples of the page.
///
/// # Invariants
///
/// `[DATA_AT, data_end)`, each `[stack_at(i), stack_at(i) + stack_len)`, `[heap_at, heap_end)`, `[ring_at, ring_end)` and the run
/// buffers are disjoint, lie between the bands, and each stack, the heap and the ring has an unmapped page before it.
/// The ring is a page and a power of two of at least a page, or nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowLayout {
    /// Behind the data and bss.
    pub data_end: u64,
    /// First stack.
    pub stacks_at: u64,
    /// From one stack to the next.
    pub stack_stride: u64,
    /// Bytes of one stack.
    pub stack_len: u64,
    /// Stacks.
    pub stacks: u64,
    /// First byte of the heap.
    pub heap_at: u64,
    /// Behind the last byte that the heap may get.
    pub heap_end: u64,
    /// Header of the ring of events, a page.
    pub ring_at: u64,
    /// Behind its last record; `ring_at` without a ring.
    pub ring_end: u64,
}

impl WindowLayout {
    /// First byte of stack `index`, which must be below `stacks`.
    pub const fn stack_at(&self, index: u64) -> u64 {
        self.stacks_at + index * self.stack_stride
    }

    /// First byte of run buffer `slot`, which must be below [`BUFFER_SLOTS`].
    pub const fn buffer_at(slot: u64) -> u64 {
        BUFFERS_AT + slot * BUFFER_SLOT_LEN
    }
}

/// Computes the layout of a window.
pub const fn plan(demand: Demand) -> Result<WindowLayout, Misfit> {
    let page = demand.page_len;
    if page != 4 << 10 && page != 16 << 10 && page != 64 << 10 {
        return Err(Misfit::Page);
    }
    if demand.data_len > DATA_MAX {
        return Err(Misfit::Data);
    }
    if demand.stack_len == 0 || demand.stack_len > STACK_MAX {
        return Err(Misfit::Stack);
    }
    if demand.stacks == 0 || demand.stacks > STACKS_MAX {
        return Err(Misfit::Stacks);
    }
    if demand.heap_max > WINDOW_LEN {
        return Err(Misfit::Heap);
    }
    // None of these sums can wrap: each term was bounded above, and 12,288 stacks of 8 MiB are below 2^37 bytes.
    let data_end = DATA_AT as u64 + demand.data_len.next_multiple_of(page);
    let stack_len = demand.stack_len.next_multiple_of(page);
    let stack_stride = stack_len + page;
    let stacks_at = data_end + page;
    let heap_at = stacks_at + demand.stacks * stack_stride;
    if heap_at > BUFFERS_AT {
        return Err(Misfit::Stacks);
    }
    let heap_end = heap_at + demand.heap_max.next_multiple_of(page);
    if heap_end > BUFFERS_AT {
        return Err(Misfit::Heap);
    }
    if demand.ring_len > RING_MAX {
        return Err(Misfit::Ring);
    }
    let records_len = demand.ring_len.next_multiple_of(page).next_power_of_two();
    let (ring_at, ring_end) = match demand.ring_len {
        0 => (heap_end, heap_end),
        _ => (heap_end + page, heap_end + 2 * page + records_len),
    };
    if ring_end > BUFFERS_AT {
        return Err(Misfit::Ring);
    }
    // INVARIANT: Each part begins at or behind the end of the one before; a stride is a stack and one page, and a
    // page lies between data and the first stack, so every stack and the heap have an unmapped page before them.
    Ok(WindowLayout {
        data_end,
        stacks_at,
        stack_stride,
        stack_len,
        stacks: demand.stacks,
        heap_at,
        heap_end,
        ring_at,
        ring_end,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_are_disjoint_between_the_bands_and_apart_by_a_page(
            shift in 0u32..3, data_len in 0..=DATA_MAX, stack_len in 1..=STACK_MAX,
            stacks in 1..=STACKS_MAX, heap_max in 0..=WINDOW_LEN, ring_len in 0..=RING_MAX,
        ) {
            let page_len = 4096u64 << (2 * shift);
            if let Ok(l) = plan(Demand { page_len, data_len, stack_len, stacks, heap_max, ring_len }) {
                prop_assert!(l.data_end >= u64::from(DATA_AT) + data_len);
                prop_assert!(l.stacks_at >= l.data_end + page_len);
                prop_assert!(l.stack_len >= stack_len && l.stack_stride == l.stack_len + page_len);
                prop_assert!(l.heap_at >= l.stack_at(stacks - 1) + l.stack_len + page_len);
                prop_assert!(l.heap_end - l.heap_at >= heap_max && l.heap_end <= BUFFERS_AT);
                if ring_len == 0 {
                    prop_assert_eq!((l.ring_at, l.ring_end), (l.heap_end, l.heap_end));
                } else {
                    let records = l.ring_end - l.ring_at - page_len;
                    prop_assert!(l.ring_at >= l.heap_end + page_len && l.ring_end <= BUFFERS_AT);
                    prop_assert!(records.is_power_of_two() && records >= ring_len.max(page_len));
                    prop_assert!(records < 2 * ring_len.max(page_len));
                }
                for at in [l.data_end, l.stacks_at, l.stack_stride, l.heap_at, l.heap_end, l.ring_at] {
                    prop_assert_eq!(at % page_len, 0);
                }
            }
        }

        #[test]
        fn any_demand_is_planned_or_refused(
            page_len: u64, data_len: u64, stack_len: u64, stacks: u64, heap_max: u64, ring_len: u64,
        ) {
            let _ = plan(Demand { page_len, data_len, stack_len, stacks, heap_max, ring_len });
        }
    }

    #[test]
    fn the_run_buffers_end_at_the_upper_band() {
        assert_eq!(
            WindowLayout::buffer_at(BUFFER_SLOTS),
            WINDOW_LEN - u64::from(BAND_LEN)
        );
        assert_eq!(BUFFERS_AT % (64 << 10), 0);
    }
}
