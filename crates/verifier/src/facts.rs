// SPDX-License-Identifier: GPL-2.0
//! Facts: how far outside the window a register may point.

use lore_abi::contract::{REACH_LEN, REG_BASE, REG_STACK, STACK_BOUND, TOUCH_LEN};

/// An access makes a fact only when its offset is at most this; see [`Interval::touched`].
pub const TOUCH_OFFSET: i32 = STACK_BOUND;
/// An access moves no bound farther inside than this; see [`Interval::touched`].
pub const TOUCH_INSIDE: i32 = 512;

/// A register lies between the window's start + `lo` and its end + `hi`; either may have either sign.
///
/// # Invariants
///
/// `-lo` and `hi` are at most [`REACH_LEN`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    lo: i32,
    hi: i32,
}

/// The larger of two; `Ord::max` is not const.
const fn max(a: i32, b: i32) -> i32 {
    if a > b {
        a
    } else {
        b
    }
}

/// The smaller of two.
const fn min(a: i32, b: i32) -> i32 {
    if a < b {
        a
    } else {
        b
    }
}

impl Interval {
    /// Inside the window: what a guard makes.
    pub const INSIDE: Interval = Interval { lo: 0, hi: 0 };
    /// What is known of x14 wherever control may come from afar.
    pub const STACK: Interval = Interval {
        lo: -STACK_BOUND,
        hi: STACK_BOUND,
    };

    /// At most `bound` bytes outside, as a label claims it; `None` for a bound beyond [`REACH_LEN`].
    pub const fn around(bound: i32) -> Option<Interval> {
        if bound < 0 || bound > REACH_LEN {
            return None;
        }
        // INVARIANT: Checked above; the negation of a positive number cannot wrap.
        Some(Interval {
            lo: bound.wrapping_neg(),
            hi: bound,
        })
    }

    /// Lower bound, from the window's start.
    pub const fn lo(self) -> i32 {
        self.lo
    }

    /// Upper bound, from the window's end.
    pub const fn hi(self) -> i32 {
        self.hi
    }

    /// How far outside the register can be: *d* of the design.
    #[inline(always)]
    pub const fn outside(self) -> i32 {
        max(max(self.lo.saturating_neg(), self.hi), 0)
    }

    /// Whether the register is at most `bound` bytes outside.
    #[inline(always)]
    pub const fn within(self, bound: i32) -> bool {
        // The negation of what is not negative cannot wrap.
        bound >= 0 && self.lo >= bound.wrapping_neg() && self.hi <= bound
    }

    /// The fact after adding `step`; `None` when that is too far outside to be one.
    #[inline(always)]
    pub const fn shifted(self, step: i32) -> Option<Interval> {
        match (self.lo.checked_add(step), self.hi.checked_add(step)) {
            // INVARIANT: `within` is the invariant.
            (Some(lo), Some(hi)) if (Interval { lo, hi }).within(REACH_LEN) => {
                Some(Interval { lo, hi })
            }
            _ => None,
        }
    }

    /// Whether an access of `size` bytes at `offset` stays within reach of the window.
    #[inline(always)]
    pub const fn covers(self, offset: i32, size: u8) -> bool {
        // Sums of numbers of 32 bits in 64 cannot wrap, here and below. (`as` since `From` is not const.)
        let reach = (offset as i64).wrapping_abs().wrapping_add(size as i64);
        let left = (REACH_LEN as i64).wrapping_sub(reach);
        left >= 0 && self.lo as i64 >= left.wrapping_neg() && self.hi as i64 <= left
    }

    /// The fact after an access of `size` bytes at `offset` that did not fault.
    ///
    /// Had the address been outside the window, the access would have faulted. In the shadow of a mispredicted branch
    /// the fault has not been taken yet; what the fact then claims too much must stay small. So an access makes a fact
    /// only when it reaches at most [`TOUCH_LEN`] and at an offset of at most [`TOUCH_OFFSET`], and it moves no bound
    /// farther inside than [`TOUCH_INSIDE`]: whatever the order of accesses and additions, the error grows by at most
    /// 2 KiB a word, and 1,536 words stay in the band (`docs/proof.md`, the transient window).
    #[inline(always)]
    pub const fn touched(self, offset: i32, size: u8) -> Interval {
        let below = (self.lo as i64).wrapping_add(offset as i64).wrapping_neg();
        let above = (self.hi as i64)
            .wrapping_add(offset as i64)
            .wrapping_add(size as i64);
        let is_far = (offset as i64).wrapping_abs() > TOUCH_OFFSET as i64;
        if is_far || below > TOUCH_LEN as i64 || above > TOUCH_LEN as i64 {
            return self;
        }
        // Not far, so it cannot wrap.
        let at = offset.wrapping_neg();
        // INVARIANT: Each bound moves inwards or stays.
        Interval {
            lo: max(self.lo, min(at, TOUCH_INSIDE)),
            hi: min(self.hi, max(at, TOUCH_INSIDE.saturating_neg())),
        }
    }
}

/// The facts at one word, for every register.
///
/// # Invariants
///
/// x15 always has [`Interval::INSIDE`].
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    known: u32,
    intervals: [Interval; 32],
}

const BASE: u32 = 1 << REG_BASE;

impl Facts {
    /// Nothing but the bound of x14.
    pub fn afar() -> Facts {
        let mut facts = Facts {
            known: BASE,
            intervals: [Interval::INSIDE; 32],
        };
        facts.set(REG_STACK, Interval::STACK);
        facts
    }

    /// Forgets all but x15, keeps the facts of `mask`, and gives x14 its constant bound.
    pub fn keep(&mut self, mask: u32) {
        self.known &= mask | BASE;
        self.set(REG_STACK, Interval::STACK);
    }

    /// What is known of a register.
    #[inline(always)]
    pub fn of(&self, register: u8) -> Option<Interval> {
        if self.known & 1u32.wrapping_shl(u32::from(register)) == 0 {
            return None;
        }
        self.intervals.get(usize::from(register)).copied()
    }

    /// Learns a fact. About x15 there is nothing to learn.
    #[inline(always)]
    pub fn set(&mut self, register: u8, interval: Interval) {
        if register == REG_BASE {
            return;
        }
        if let Some(place) = self.intervals.get_mut(usize::from(register)) {
            *place = interval;
            self.known |= 1u32.wrapping_shl(u32::from(register));
        }
    }

    /// Forgets the facts of `registers`, a mask.
    #[inline(always)]
    pub fn forget(&mut self, registers: u32) {
        self.known &= !registers | BASE;
    }

    /// Takes what a label claims: `registers` within `bound`, x14 within `stack`, nothing else.
    pub fn claim(&mut self, registers: u32, bound: Interval, stack: Interval) {
        self.known = BASE;
        self.set(REG_STACK, stack);
        for register in each(registers) {
            self.set(register, bound);
        }
    }

    /// Whether a register is known to be within `bound`.
    #[inline(always)]
    pub fn is_within(&self, register: u8, bound: i32) -> bool {
        self.of(register)
            .is_some_and(|interval| interval.within(bound))
    }

    /// Whether every register of the mask is known to be within `bound`.
    pub fn establish(&self, registers: u32, bound: i32) -> bool {
        registers & !self.known == 0
            && each(registers).all(|register| {
                self.intervals
                    .get(usize::from(register))
                    .is_some_and(|interval| interval.within(bound))
            })
    }
}

/// The numbers of the registers in a mask.
fn each(mut mask: u32) -> impl Iterator<Item = u8> {
    core::iter::from_fn(move || {
        if mask == 0 {
            return None;
        }
        let register = mask.trailing_zeros() as u8; // Lossless: below 32.
        mask &= mask.wrapping_sub(1);
        Some(register)
    })
}
