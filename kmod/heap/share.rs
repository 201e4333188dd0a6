// SPDX-License-Identifier: GPL-2.0
//! The window in user space: which page a user mapping finds at an offset.
//!
//! Data, stacks and the ring are mapped as the kernel has them. A page of the heap that nobody has touched comes to be on the
//! first touch from either side, up to the heap's limit. Run buffers belong to one run each, which copies: they come and
//! go while a mapping stays, so no mapping has them. Shadow stacks are no part of a window.

use super::Window;
use crate::sys::{area::PageRef, page_len};
use lore_abi::request::WindowPlan;
use zerocopy::FromZeros;

impl Window {
    /// The page that holds an offset, for a user mapping. Sleeps.
    ///
    /// Only while a file of the extension is open, so that nothing of these ranges is unmapped meanwhile.
    pub(crate) fn share(&self, at: u64) -> Option<PageRef> {
        let layout = &self.layout;
        let in_heap = (layout.heap_at..layout.heap_end).contains(&at);
        let in_data = (layout.data_from..layout.data_end).contains(&at);
        let in_ring = (layout.ring_at..layout.ring_end).contains(&at);
        if !in_heap && !in_data && !in_ring && !self.in_stack(at) {
            return None;
        }
        let address = (self.base() + at) & !(page_len() - 1);
        self.place.area().page_at(address, &self.pages, in_heap)
    }

    /// The low half of the address at which it begins. A user mapping has the same, so that pointers mean the same.
    pub(crate) fn low_half(&self) -> u64 {
        self.base() & u64::from(u32::MAX)
    }

    fn ring_plan(&self) -> WindowPlan {
        let layout = &self.layout;
        let mut plan = WindowPlan::new_zeroed();
        if self.ring.is_some() {
            plan.ring_at = layout.ring_at;
            plan.records_at = layout.ring_at + page_len();
            plan.ring_len = layout.ring_end - plan.records_at;
        }
        plan
    }

    /// Whether an offset lies in a stack that is mapped.
    fn in_stack(&self, at: u64) -> bool {
        let layout = &self.layout;
        let Some(from) = at.checked_sub(layout.stacks_at) else {
            return false;
        };
        let (index, within) = (from / layout.stack_stride, from % layout.stack_stride);
        within < layout.stack_len && self.is_made(index)
    }

    /// Where the parts are that user space can map.
    pub(crate) fn plan(&self) -> WindowPlan {
        let layout = &self.layout;
        WindowPlan {
            data_at: layout.data_at,
            data_end: layout.data_end,
            heap_at: layout.heap_at,
            heap_end: layout.heap_end,
            heap_len: self.heap_len(),
            window_len: layout.extent.size(),
            low: self.low_half(),
            ..self.ring_plan()
        }
    }
}
