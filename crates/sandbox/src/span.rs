// SPDX-License-Identifier: GPL-2.0
//! Spans of a window that an extension names in a gate call.

use lore_abi::contract::{BAND_LEN, WINDOW_LEN};

/// What an extension says: an address, of which only the low half is believed, and a length.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Address.
    pub addr: u64,
    /// Bytes.
    pub len: u64,
}

/// A range of window offsets between the bands.
///
/// # Invariants
///
/// `BAND_LEN <= start`, `start + len <= WINDOW_LEN - BAND_LEN`. What is mapped there may change at any time.
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

/// The claim is not a span between the bands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutsideWindow;

impl Claim {
    /// Makes a span of a claim; the only constructor of [`WindowSpan`].
    ///
    /// The upper half of the address is dropped, as a guard would.
    pub const fn check(self) -> Result<WindowSpan, OutsideWindow> {
        let start = self.addr & (WINDOW_LEN - 1);
        if self.len > WINDOW_LEN {
            return Err(OutsideWindow);
        }
        // Cannot wrap: both are at most 2^32.
        let end = start + self.len;
        if start < BAND_LEN as u64 || end > WINDOW_LEN - BAND_LEN as u64 {
            return Err(OutsideWindow);
        }
        // INVARIANT: Checked in the line above. Lossless: both are below 2^32.
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
    use proptest::prelude::*;

    const END: u64 = WINDOW_LEN - BAND_LEN as u64;

    proptest! {
        #[test]
        fn a_span_lies_between_the_bands(addr: u64, len: u64) {
            if let Ok(span) = (Claim { addr, len }).check() {
                prop_assert!(span.start() >= BAND_LEN);
                prop_assert!(u64::from(span.start()) + u64::from(span.len()) <= END);
                prop_assert_eq!(span.start(), addr as u32);
                prop_assert_eq!(u64::from(span.len()), len);
            }
        }
    }

    #[test]
    fn edges() {
        let first = u64::from(BAND_LEN);
        assert!((Claim {
            addr: first,
            len: END - first
        })
        .check()
        .is_ok());
        assert!((Claim { addr: END, len: 0 }).check().is_ok());
        assert_eq!(
            (Claim {
                addr: first - 1,
                len: 1
            })
            .check(),
            Err(OutsideWindow)
        );
        assert_eq!((Claim { addr: END, len: 1 }).check(), Err(OutsideWindow));
        assert_eq!(
            (Claim {
                addr: first,
                len: u64::MAX
            })
            .check(),
            Err(OutsideWindow)
        );
    }
}
