// SPDX-License-Identifier: GPL-2.0
//! Spans of a window that an extension names in a gate call.

use crate::window::Extent;

/// What an extension says: an address, of which only the offset in a window is believed, and a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Address.
    pub addr: u64,
    /// Bytes.
    pub len: u64,
}

/// A range of offsets in the part of a window that may be mapped.
///
/// # Invariants
///
/// Of the extent that it was checked against, `first <= start` and `start + len <= end`. What is mapped there may change at
/// any time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WindowSpan {
    start: u32,
    len: u32,
}

impl WindowSpan {
    /// First byte, as an offset in the window.
    pub const fn start(&self) -> u32 {
        self.start
    }

    /// Bytes.
    pub const fn len(&self) -> u32 {
        self.len
    }

    /// Whether the span has no byte.
    pub const fn is_empty(&self) -> bool {
        self.len == 0
    }
}

/// The claim is not a span of what may be mapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutsideWindow;

impl Claim {
    /// Makes a span of a claim about a window; the only constructor of [`WindowSpan`].
    ///
    /// Of the address only the offset counts, as a guard would have it.
    #[inline(always)]
    pub const fn check(self, window: &Extent) -> Result<WindowSpan, OutsideWindow> {
        let start = window.offset(self.addr);
        // Far too much if the start lies before the first byte.
        let before = start.wrapping_sub(window.first());
        if self.len > window.room() || before > window.room().wrapping_sub(self.len) {
            return Err(OutsideWindow);
        }
        // INVARIANT: `first <= start`, or `before` were more than any room; and `start + len <= first + room`, which is the
        // end. Lossless: `start` is below 2^32, and so is `len`, since `first` is not 0.
        Ok(WindowSpan {
            start: start as u32,
            len: self.len as u32,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use lore_abi::contract::{BAND_LEN, NULL_LEN, WINDOW_LEN, WINDOW_LEN_MIN};
    use lore_abi::image::Profile;
    use proptest::prelude::*;
    use std::vec::Vec;

    const END: u64 = WINDOW_LEN - BAND_LEN as u64;

    fn masked(len: u64) -> Extent {
        Extent::of(Profile::Mask, len).expect("a size that there is")
    }

    fn extents() -> Vec<Extent> {
        let shifts = WINDOW_LEN_MIN.ilog2()..=WINDOW_LEN.ilog2();
        let masked = shifts.map(|shift| masked(1 << shift));
        masked.chain([Extent::WHOLE]).collect()
    }

    proptest! {
        #[test]
        fn a_span_lies_in_what_may_be_mapped(addr: u64, len: u64, small in 0u64..1 << 18) {
            for window in extents() {
                for len in [len, small] {
                    if let Ok(span) = (Claim { addr, len }).check(&window) {
                        let (start, found) = (u64::from(span.start()), u64::from(span.len()));
                        prop_assert!(start >= window.first() && start + found <= window.end());
                        prop_assert_eq!(start, addr & (window.size() - 1));
                        prop_assert_eq!(found, len);
                    }
                }
            }
        }
    }

    #[test]
    fn edges() {
        let null = u64::from(NULL_LEN);
        let edges = [
            (Extent::WHOLE, u64::from(BAND_LEN), END),
            (masked(64 << 10), null, 64 << 10),
            (masked(4 << 30), null, 4 << 30),
        ];
        for (window, first, end) in edges {
            let is_span = |addr: u64, len: u64| (Claim { addr, len }).check(&window).is_ok();
            assert!(is_span(first, end - first));
            assert!(is_span(end - 1, 1));
            assert!(!is_span(first, end - first + 1));
            assert!(!is_span(first - 1, 1));
            assert!(!is_span(end - 1, 2), "it straddles the end");
            assert!(!is_span(end, 1));
            assert!(!is_span(first, u64::MAX) && !is_span(first, u64::MAX - first + 1));
        }
        // Behind the end of a small window an address means its beginning, as it does to a guard.
        let small = masked(64 << 10);
        let span = (Claim {
            addr: 0x1_0000 + null,
            len: 8,
        })
        .check(&small);
        assert_eq!(span.map(|span| span.start()), Ok(NULL_LEN));
        // Of a whole one, the end of what may be mapped is an empty span.
        assert!((Claim { addr: END, len: 0 }).check(&Extent::WHOLE).is_ok());
    }
}
