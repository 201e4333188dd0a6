// SPDX-License-Identifier: GPL-2.0
//! The constants of the contract of verified code. `docs/design.md` says why each is what it is.

/// Size of a window in bytes; windows are aligned to it.
pub const WINDOW_LEN: u64 = 1 << 32;
/// The smallest window of the profile `mask`; they are powers of two from here to [`WINDOW_LEN`], aligned to their size,
/// with G that is never mapped on either side of them.
pub const WINDOW_LEN_MIN: u64 = 64 << 10;
/// G: the first and last bytes of a window that are never mapped.
pub const BAND_LEN: u32 = 4 << 20;
/// The first bytes of a window of the profile `mask`, which are not used, so that a null pointer is found. A matter of
/// convenience: the contract does not rely on them.
pub const NULL_LEN: u32 = 4 << 10;
/// A: an access may start and end at most this far outside the window, measured by its fact.
pub const REACH_LEN: i32 = 1 << 20;
/// K: the bound of the data stack pointer wherever control may come from afar.
pub const STACK_BOUND: i32 = 1 << 10;
/// An access makes a fact only when it reaches at most this far.
pub const TOUCH_LEN: i32 = 4 << 10;

/// Fuel, in metered images only. Checks write it.
pub const REG_FUEL: u8 = 9;
/// The biased base, in images with [`FLAG_BIASED`](crate::image::FLAG_BIASED) only: at most [`BIAS_LEN`] from the window's base, on
/// either side. `add x9, x15, #imm` and `sub x9, x15, #imm` write it.
pub const REG_BIASED: u8 = 9;
/// How far the biased base is from the window's at most: what an immediate of twelve bits holds.
pub const BIAS_LEN: u32 = (1 << 12) - 1;
/// Base of the window. Nobody writes it.
pub const REG_BASE: u8 = 15;
/// Data stack pointer, in the place of SP.
pub const REG_STACK: u8 = 14;
/// Shadow stack pointer, outside the window.
pub const REG_SHADOW: u8 = 13;
/// Platform register, neither read nor written.
pub const REG_PLATFORM: u8 = 18;
/// Link register.
pub const REG_LINK: u8 = 30;

/// `ldur xzr, [x15, #-8]`: always faults, because the address lies in a band.
pub const TRAP_WORD: u32 = 0xf85f_81ff;
/// `bti c`: the first word of every entry and declared target.
pub const BTI_C: u32 = 0xd503_245f;

/// First and last register that a function gives back as it got it (the link among them).
pub const SAVED_FIRST: u8 = 19;
/// See [`SAVED_FIRST`].
pub const SAVED_LAST: u8 = 30;

/// Bound classes of labels: class 0 is the bound 0, class c is `8 << (c - 1)` bytes.
pub const BOUND_CLASS_MAX: u8 = 17;
/// The class whose bound is [`STACK_BOUND`].
pub const BOUND_CLASS_STACK: u8 = 8;

/// The bound of a class in bytes; `None` above [`BOUND_CLASS_MAX`].
pub const fn bound_of_class(class: u8) -> Option<i32> {
    match class {
        0 => Some(0),
        1..=BOUND_CLASS_MAX => Some(8 << (class - 1)),
        _ => None,
    }
}

const _: () = assert!(matches!(
    bound_of_class(BOUND_CLASS_STACK),
    Some(STACK_BOUND)
));
const _: () = assert!(matches!(bound_of_class(BOUND_CLASS_MAX), Some(b) if b <= REACH_LEN));
