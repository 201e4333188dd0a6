// SPDX-License-Identifier: GPL-2.0
//! Plans of windows of every size: their parts are disjoint, lie where something may be mapped, and have their gaps.

use super::*;
extern crate std;
use proptest::prelude::*;
use std::vec::Vec;

/// Whole windows as often as those of `mask`, of every size that there is.
fn extents() -> impl Strategy<Value = Extent> {
    let shifts = WINDOW_LEN_MIN.ilog2()..=WINDOW_LEN.ilog2();
    let masked = shifts.prop_map(|shift| Extent::masked(1 << shift).expect("a size that there is"));
    prop_oneof![Just(Extent::WHOLE), masked]
}

/// Parts of at most a window, small ones as often as large ones.
fn lengths(max: u64) -> impl Strategy<Value = u64> {
    (0..=max.ilog2() + 1, any::<u64>()).prop_map(move |(bits, n)| (n & ((1 << bits) - 1)).min(max))
}

proptest! {
    #[test]
    fn parts_are_disjoint_between_the_bands_and_apart_by_a_page(
        extent in extents(), shift in 0u32..3, data_len in lengths(DATA_MAX), stack_len in lengths(STACK_MAX),
        stacks in 1..=STACKS_MAX.min(256), heap_max in lengths(WINDOW_LEN), heap_may_shrink: bool,
        ring_len in lengths(RING_MAX),
    ) {
        let page_len = 4096u64 << (2 * shift);
        let demand = Demand {
            extent, page_len, data_len, stack_len, stacks, heap_max, heap_may_shrink, ring_len,
        };
        if let Ok(l) = plan(demand) {
            prop_assert_eq!(l.data_at, extent.first());
            prop_assert!(l.data_from <= l.data_at && l.data_at - l.data_from < page_len);
            prop_assert!(l.data_end >= l.data_at + data_len);
            prop_assert!(l.stacks_at >= l.data_end + page_len);
            prop_assert!(l.stack_len >= stack_len && l.stack_stride == l.stack_len + page_len);
            prop_assert!(l.stack_len >= page_len);
            prop_assert!(l.heap_at >= l.stack_at(l.stacks - 1) + l.stack_len + page_len);
            prop_assert!(l.stacks == stacks || l.stacks >= 1 && l.stacks <= STACKS_LENT_MAX.min(stacks));
            prop_assert!(l.stacks == stacks || !extent.has_bands());
            prop_assert!(heap_may_shrink || l.heap_end - l.heap_at >= heap_max);
            prop_assert!(l.heap_end >= l.heap_at && l.heap_end <= l.buffers.at);
            if ring_len == 0 {
                prop_assert_eq!((l.ring_at, l.ring_end), (l.heap_end, l.heap_end));
            } else {
                let records = l.ring_end - l.ring_at - page_len;
                prop_assert!(l.ring_at >= l.heap_end + page_len && l.ring_end <= l.buffers.at);
                prop_assert!(records.is_power_of_two() && records >= ring_len.max(page_len));
                prop_assert!(records < 2 * ring_len.max(page_len));
            }
            prop_assert!(l.buffers.slots >= 1 && l.buffers.slots <= BUFFER_SLOTS && l.buffers.slot_len >= page_len);
            prop_assert_eq!(l.buffers.slot_at(l.buffers.slots), extent.end());
            for at in [
                l.data_from, l.data_end, l.stacks_at, l.stack_stride, l.heap_at, l.heap_end, l.ring_at,
                l.buffers.at, l.buffers.slot_len,
            ] {
                prop_assert_eq!(at % page_len, 0);
            }
        }
    }

    #[test]
    fn any_demand_is_planned_or_refused(
        extent in extents(), page_len: u64, data_len: u64, stack_len: u64, stacks: u64, heap_max: u64,
        heap_may_shrink: bool, ring_len: u64,
    ) {
        let _ = plan(Demand {
            extent, page_len, data_len, stack_len, stacks, heap_max, heap_may_shrink, ring_len,
        });
    }

    #[test]
    fn a_window_in_a_row_has_a_band_on_either_side(extent in extents()) {
        let (len, band) = (extent.size(), u64::from(BAND_LEN));
        prop_assert_eq!(extent.stride() % len, 0, "so that all are aligned");
        // From the last byte of one that may be mapped to the window that follows, and from the end to its first byte.
        prop_assert!(extent.stride() - extent.end() >= band);
        prop_assert!(extent.stride() + extent.first() - len >= band);
    }

    #[test]
    fn a_profile_has_the_windows_that_the_verifier_proves(len: u64, shift in 0u32..64, power: bool) {
        let len = if power { 1 << shift } else { len };
        for &profile in Profile::ALL {
            let expected = match profile {
                Profile::Mask => len.is_power_of_two() && (64 << 10..=4 << 30).contains(&len),
                _ => len == 0,
            };
            let extent = Extent::of(profile, len);
            prop_assert_eq!(extent.is_some(), expected, "{} {:#x}", profile, len);
            if let Some(extent) = extent {
                prop_assert_eq!(extent.said(), len);
                prop_assert_eq!(extent.first(), u64::from(data_at(profile)));
            }
        }
    }
}

#[test]
fn the_run_buffers_end_at_the_upper_band() {
    let buffers = Buffers::of(Extent::WHOLE, 4096);
    assert_eq!(
        (buffers.slots, buffers.slot_len),
        (BUFFER_SLOTS, BUFFER_SLOT_LEN)
    );
    assert_eq!(
        buffers.slot_at(BUFFER_SLOTS),
        WINDOW_LEN - u64::from(BAND_LEN)
    );
    assert_eq!(buffers.at % (64 << 10), 0);
}

/// What is left in small windows of a machine with four CPUs, of three levels each.
#[test]
fn small_windows_are_shared_out() {
    let parts = |len: u64| {
        let demand = Demand {
            extent: Extent::masked(len).expect("a size that there is"),
            page_len: 4096,
            data_len: 100,
            stack_len: 0,
            stacks: 12,
            heap_max: 16 << 20,
            heap_may_shrink: true,
            ring_len: 0,
        };
        let plan = plan(demand).expect("fits");
        let heap = plan.heap_end - plan.heap_at;
        (
            plan.stacks,
            plan.stack_len >> 10,
            heap >> 10,
            plan.buffers.slots,
        )
    };
    let found: Vec<_> = (16..=22).map(|shift| parts(1 << shift)).collect();
    let expected = [
        (4, 4, 12, 2),
        (8, 4, 36, 4),
        (12, 4, 116, 8),
        (12, 16, 196, 8),
        (12, 32, 452, 8),
        (12, 64, 964, 8),
        (12, 64, 2756, 8),
    ];
    assert_eq!(found, expected);
}
