// SPDX-License-Identifier: GPL-2.0
//! Facts: how far outside the window a register may point.

use lore_abi::contract::{
    bound_of_class, BOUND_CLASS_MAX, REACH_LEN, REG_BASE, REG_STACK, STACK_BOUND, TOUCH_LEN,
};

/// An access makes a fact only when its offset is at most this; see [`Interval::touched`].
pub const TOUCH_OFFSET: i32 = STACK_BOUND;
/// An access moves no bound farther inside than this; see [`Interval::touched`].
pub const TOUCH_INSIDE: i32 = 512;

/// A register lies between the window's start + `lo` and its end + `hi`; either may have either sign.
///
/// # Invariants
///
/// `lo` and `hi` are at most [`REACH_LEN`] in either direction, so sums with offsets cannot wrap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    lo: i32,
    hi: i32,
}

/// [`bound_of_class`] as intervals, by class.
#[expect(
    clippy::indexing_slicing,
    reason = "builds a table at compile time, where a panic is a compile error"
)]
static OF_CLASS: [Interval; BOUND_CLASS_MAX as usize + 1] = {
    let mut out = [Interval::INSIDE; BOUND_CLASS_MAX as usize + 1];
    let mut class = 0;
    while class <= BOUND_CLASS_MAX {
        if let Some(bound) = bound_of_class(class) {
            if let Some(interval) = Interval::around(bound) {
                out[class as usize] = interval;
            }
        }
        class = class.saturating_add(1);
    }
    out
};

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

    /// At most `bound` bytes outside; `None` for a bound beyond [`REACH_LEN`].
    pub const fn around(bound: i32) -> Option<Interval> {
        if bound < 0 || bound > REACH_LEN {
            return None;
        }
        // INVARIANT: Checked above; the negation of what is not negative cannot wrap.
        Some(Interval {
            lo: bound.wrapping_neg(),
            hi: bound,
        })
    }

    /// At most as far outside as a label of bound class `class` claims; `None` above [`BOUND_CLASS_MAX`].
    #[inline(always)]
    pub fn of_class(class: u8) -> Option<Interval> {
        OF_CLASS.get(usize::from(class)).copied()
    }

    /// Lower bound, from the window's start.
    pub const fn lo(self) -> i32 {
        self.lo
    }

    /// Upper bound, from the window's end.
    pub const fn hi(self) -> i32 {
        self.hi
    }

    /// Whether the register is nowhere that `bound` does not allow.
    #[inline(always)]
    pub const fn within(self, bound: Interval) -> bool {
        self.lo >= bound.lo && self.hi <= bound.hi
    }

    /// The fact after adding `step`; `None` when that is too far outside to be one.
    #[inline(always)]
    pub const fn shifted(self, step: i32) -> Option<Interval> {
        let (lo, hi) = (self.lo.saturating_add(step), self.hi.saturating_add(step));
        if lo < REACH_LEN.wrapping_neg() || hi > REACH_LEN {
            return None;
        }
        // INVARIANT: Checked above; a bound that is even farther inside says less when it is brought back.
        Some(Interval {
            lo: min(lo, REACH_LEN),
            hi: max(hi, REACH_LEN.wrapping_neg()),
        })
    }

    /// Whether the register does not lie before the window's start, in the shadow of a misprediction either. So it is where facts
    /// are made by [`Interval::shifted_firmly`] and [`Interval::touched_firmly`] alone.
    #[inline(always)]
    pub const fn is_firm(self) -> bool {
        self.lo >= 0
    }

    /// The fact after adding `step`, where a lower bound below 0 may lean on an access: no step lifts it to 0.
    #[inline(always)]
    pub const fn shifted_firmly(self, step: i32) -> Option<Interval> {
        match self.shifted(step) {
            Some(new) if !self.is_firm() => Some(new.leaning()),
            new => new,
        }
    }

    /// The fact after an access of `size` bytes at `offset` that did not fault, where that must not be taken for firm.
    #[inline(always)]
    pub const fn touched_firmly(self, offset: i32, size: u8) -> Interval {
        let new = self.touched(offset, size);
        if self.is_firm() {
            // INVARIANT: A bound that was there before.
            Interval { lo: self.lo, ..new }
        } else {
            new.leaning()
        }
    }

    /// With a lower bound that is not firm.
    #[inline(always)]
    const fn leaning(self) -> Interval {
        // INVARIANT: -1 is a bound.
        Interval {
            lo: min(self.lo, -1),
            ..self
        }
    }

    /// Whether an access of `size` bytes at `offset` stays within reach of the window.
    #[inline(always)]
    pub const fn covers(self, offset: i32, size: u8) -> bool {
        // An offset far from every encoding saturates, and is not covered.
        let reach = offset.saturating_abs().saturating_add(size as i32);
        let left = REACH_LEN.saturating_sub(reach);
        left >= 0 && self.lo >= left.wrapping_neg() && self.hi <= left
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
        let is_far = offset.saturating_abs() > TOUCH_OFFSET;
        // Where it is far, these may wrap; they are not looked at.
        let below = self.lo.wrapping_add(offset).wrapping_neg();
        let above = self.hi.wrapping_add(offset).wrapping_add(size as i32);
        if is_far || below > TOUCH_LEN || above > TOUCH_LEN {
            return self;
        }
        let at = offset.wrapping_neg();
        // INVARIANT: Each bound moves inwards or stays, and inwards at most to `TOUCH_INSIDE`.
        Interval {
            lo: max(self.lo, min(at, TOUCH_INSIDE)),
            hi: min(self.hi, max(at, TOUCH_INSIDE.wrapping_neg())),
        }
    }
}

/// The facts at one word, for every register.
///
/// # Invariants
///
/// x15 always has [`Interval::INSIDE`]. If it has a fact at all, a register of `inside` has an interval within 0, and one of
/// `near` an interval within `bound`.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    known: u32,
    inside: u32,
    /// The last label's, which the next one mostly has too: what has stayed in `near` since need not be looked at again.
    bound: Interval,
    near: u32,
    intervals: [Interval; 32],
}

const BASE: u32 = 1 << REG_BASE;
const STACK: u32 = 1 << REG_STACK;

impl Facts {
    /// Nothing but the bound of x14.
    pub const fn afar() -> Facts {
        let mut facts = Facts {
            known: 0,
            inside: 0,
            bound: Interval::INSIDE,
            near: 0,
            intervals: [Interval::INSIDE; 32],
        };
        facts.claim(0, Interval::INSIDE, Interval::STACK);
        facts
    }

    /// Takes what a label claims: `registers` within `bound`, x14 within `stack`, nothing else.
    #[inline(always)]
    #[expect(
        clippy::indexing_slicing,
        reason = "a constant in bounds: the compiler checks it"
    )]
    pub const fn claim(&mut self, registers: u32, bound: Interval, stack: Interval) {
        let all = if bound.within(Interval::INSIDE) {
            registers
        } else {
            0
        };
        let one = if stack.within(Interval::INSIDE) {
            STACK
        } else {
            0
        };
        // INVARIANT: x15 has its interval, and only what the two bounds say is in the masks: x14 has its own.
        self.known = registers | STACK | BASE;
        self.inside = (all & !STACK) | one | BASE;
        self.bound = bound;
        self.near = registers & !STACK;
        // All places get the bound, which is quicker than picking some: `known` says which of them count.
        self.intervals = [bound; 32];
        self.intervals[REG_STACK as usize] = stack;
        self.intervals[REG_BASE as usize] = Interval::INSIDE;
    }

    /// Forgets all but x15, keeps the facts of `mask`, and gives x14 its constant bound.
    #[expect(
        clippy::indexing_slicing,
        reason = "a constant in bounds: the compiler checks it"
    )]
    pub fn keep(&mut self, mask: u32) {
        self.known = (self.known & mask) | BASE | STACK;
        self.inside &= !STACK;
        self.near &= !STACK;
        self.intervals[REG_STACK as usize] = Interval::STACK;
    }

    /// What is known of a register.
    #[inline(always)]
    pub fn of(&self, register: u8) -> Option<Interval> {
        if self.known & 1u32.wrapping_shl(u32::from(register)) == 0 {
            return None;
        }
        self.intervals.get(usize::from(register)).copied()
    }

    /// Forgets the facts of `written`, a mask, and learns `fact` about `register` if that is one of them, but never about
    /// x15: there is nothing to learn.
    #[inline(always)]
    pub fn replace(&mut self, written: u32, register: u8, fact: Option<Interval>) {
        let written = written & !BASE;
        let bit = 1u32.wrapping_shl(u32::from(register)) & written;
        let (learnt, interval) = match fact {
            Some(interval) => (bit, interval),
            None => (0, Interval::INSIDE),
        };
        let inside = if interval.within(Interval::INSIDE) {
            learnt
        } else {
            0
        };
        // INVARIANT: x15 is in no mask, so it keeps its interval; `inside` is what the interval says.
        self.known = (self.known & !written) | learnt;
        self.inside = (self.inside & !written) | inside;
        self.near &= !written;
        if let Some(place) = self.intervals.get_mut(usize::from(register)) {
            *place = if learnt != 0 { interval } else { *place };
        }
    }

    /// Learns of the registers of a mask that they are inside the window.
    #[inline(always)]
    pub fn learn_inside(&mut self, registers: u32) {
        let mut left = registers;
        while left != 0 {
            let register = left.trailing_zeros() as u8; // Lossless: below 32.
            let written = 1u32.wrapping_shl(u32::from(register));
            self.replace(written, register, Some(Interval::INSIDE));
            left &= left.wrapping_sub(1);
        }
    }

    /// Learns more about a register that has a fact, from one that is as narrow or narrower. About x15 there is nothing
    /// to learn.
    #[inline(always)]
    pub fn narrow(&mut self, register: u8, interval: Interval) {
        if register == REG_BASE {
            return;
        }
        let inside = u32::from(interval.within(Interval::INSIDE)).wrapping_shl(u32::from(register));
        // INVARIANT: What was inside still is.
        self.inside |= inside;
        if let Some(place) = self.intervals.get_mut(usize::from(register)) {
            *place = interval;
        }
    }

    /// Forgets the facts of `registers`, a mask.
    #[inline(always)]
    pub fn forget(&mut self, registers: u32) {
        self.known &= !registers | BASE;
    }

    /// Whether a register is known to be within `bound`, which allows the window itself.
    #[inline(always)]
    pub fn is_within(&self, register: u8, bound: Interval) -> bool {
        self.of(register)
            .is_some_and(|interval| interval.within(bound))
    }

    /// Whether every register of the mask is known to be within `bound`, which allows the window itself.
    #[inline(always)]
    pub fn establish(&self, registers: u32, bound: Interval) -> bool {
        // What is inside is within every bound.
        let near = if bound == self.bound { self.near } else { 0 };
        let mut left = registers & !(self.known & (self.inside | near));
        while left != 0 {
            let register = left.trailing_zeros() as u8; // Lossless: below 32.
            if !self.is_within(register, bound) {
                return false;
            }
            left &= left.wrapping_sub(1);
        }
        true
    }
}
