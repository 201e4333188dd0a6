// SPDX-License-Identifier: GPL-2.0
//! Where windows come from: reservations of address space, carved into windows.
//!
//! ```text
//!   | ... G | window 0 | window 1 | ... | window n - 1 | G ... |     aligned to 4 GiB; G at both ends stays unmapped
//!   | ... G | window 0 | G ... | window 1 | G ... |                of the profile `mask`, aligned to their size
//! ```
//!
//! One reservation for many windows of one extent, because aligning each alone would double what it takes. The band of a
//! neighbour is as good as a gap: it is never mapped, and a slot keeps its bands while anyone lives in the reservation.

use crate::sys::area::Area;
use kernel::{
    new_mutex,
    prelude::*,
    sync::{Arc, Mutex},
};
use lore_abi::contract::BAND_LEN;
use lore_sandbox::window::Extent;

/// Windows per reservation: the first that can be had. Few bits of address leave room for few, and KASAN maps an eighth of
/// what is reserved.
const CUTS: [u32; 3] = if cfg!(CONFIG_KASAN) {
    [8, 4, 1]
} else {
    [32, 4, 1]
};
const BAND: u64 = BAND_LEN as u64;

/// # Invariants
///
/// `first..first + count * extent.stride()` and `BAND` bytes before and behind lie in `area`; `first` is aligned to the
/// extent's length, of which the stride is a multiple.
struct Reservation {
    area: Area,
    extent: Extent,
    first: u64,
    count: u32,
}

impl Reservation {
    fn new(extent: Extent) -> Option<Reservation> {
        CUTS.iter().find_map(|&count| {
            let windows = u64::from(count) * extent.stride();
            let area = Area::reserve(windows + extent.size() + 2 * BAND)?;
            let first = (area.start() + BAND).next_multiple_of(extent.size());
            // INVARIANT: Rounding up takes less than one window, which the reservation has beyond the bands.
            Some(Reservation {
                area,
                extent,
                first,
                count,
            })
        })
    }

    fn is_full(&self, taken: u32) -> bool {
        taken.trailing_ones() >= self.count
    }
}

struct Share {
    reservation: Arc<Reservation>,
    taken: u32,
}

/// All reservations.
#[pin_data]
pub(crate) struct Windows {
    #[pin]
    shares: Mutex<KVec<Share>>,
}

/// One window's place.
///
/// # Invariants
///
/// Bit `index` of the reservation's share is set for this slot alone.
pub(crate) struct Slot {
    windows: Arc<Windows>,
    reservation: Arc<Reservation>,
    index: u32,
}

impl Windows {
    pub(crate) fn new() -> impl PinInit<Self> {
        pin_init!(Windows { shares <- new_mutex!(KVec::new()) })
    }

    pub(super) fn take(self: &Arc<Self>, extent: Extent) -> Option<Slot> {
        let mut shares = self.shares.lock();
        let free = shares
            .iter_mut()
            .find(|s| s.reservation.extent == extent && !s.reservation.is_full(s.taken));
        let share = match free {
            Some(share) => share,
            None => {
                let reservation = Arc::new(Reservation::new(extent)?, GFP_KERNEL).ok()?;
                shares
                    .push(
                        Share {
                            reservation,
                            taken: 0,
                        },
                        GFP_KERNEL,
                    )
                    .ok()?;
                shares.last_mut()?
            }
        };
        let index = share.taken.trailing_ones();
        share.taken |= 1 << index;
        // INVARIANT: The bit was clear.
        Some(Slot {
            windows: self.clone(),
            reservation: share.reservation.clone(),
            index,
        })
    }

    fn give(&self, slot: &Slot) {
        let mut shares = self.shares.lock();
        for share in shares.iter_mut() {
            if share.reservation.first == slot.reservation.first {
                share.taken &= !(1 << slot.index);
            }
        }
        // One empty reservation stays, so that loading one extension again and again does not churn address space.
        let mut spare = true;
        shares.retain(|share| share.taken != 0 || core::mem::take(&mut spare));
    }
}

impl Slot {
    /// Address of the window.
    pub(crate) fn base(&self) -> u64 {
        self.reservation.first + u64::from(self.index) * self.reservation.extent.stride()
    }

    /// How large the window is.
    pub(crate) fn extent(&self) -> Extent {
        self.reservation.extent
    }

    pub(super) fn area(&self) -> &Area {
        &self.reservation.area
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.windows.clone().give(self);
    }
}
