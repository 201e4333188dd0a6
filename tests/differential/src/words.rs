// SPDX-License-Identifier: GPL-2.0
//! Instruction words at random, of the kinds over which the contract has something to say.
//!
//! Registers come from a small set so that instructions meet each other's results, with the reserved ones and
//! any other now and then; immediates come from the edges of what fields and bounds can hold.

use crate::grow::MASKED_LEN;
use crate::{one_in, pick, WINDOW};
use fastrand::Rng;

/// What a word may refer to.
pub struct Around<'a> {
    /// Index of the word to be made.
    pub index: u32,
    /// Indices of words with labels.
    pub labels: &'a [u32],
    /// Distance in words from the first word of code back to the first gate slot, and slots.
    pub gates: (u32, u32),
    /// Mask of the table sequence.
    pub table_mask: u32,
    /// Region offset of the word.
    pub at: u32,
    /// Registers pushed, if known.
    pub pushed: &'a [u8],
    /// The words before.
    pub before: &'a [u32],
}

const RET: u32 = 0xd65f_03c0;
const COMMON: [u32; 8] = [0, 1, 2, 3, 9, 16, 19, 20];

/// A register, mostly a common one.
fn register(rng: &mut Rng) -> u32 {
    match rng.u32(..16) {
        0 => rng.u32(..32),
        1 => pick(rng, &[13, 14, 14, 15, 18, 30, 31]),
        2 => 14,
        _ => pick(rng, &COMMON),
    }
}

/// A base of an access: often the data stack or the window.
fn base(rng: &mut Rng) -> u32 {
    // What x15 reaches by immediates is the band, so such an access ends the run.
    match rng.u32(..64) {
        0 => 15,
        1..=16 => 14,
        _ => register(rng),
    }
}

/// An unsigned field of `bits`, at its edges as often as inside.
fn field(rng: &mut Rng, bits: u32) -> u32 {
    let max = (1 << bits) - 1;
    match rng.u32(..6) {
        0 => 0,
        1 => max,
        2 => max / 2,
        3 => max / 2 + 1,
        4 => rng.u32(..8) & max,
        _ => rng.u32(..) & max,
    }
}

/// One to four words that belong together.
pub fn candidate(rng: &mut Rng, around: &Around<'_>) -> Vec<u32> {
    match rng.u32(..32) {
        0 if one_in(rng, 2) => pair_of_movk(rng),
        0 => mask(rng),
        1 if one_in(rng, 2) => vec![biased(rng)],
        1..=3 => vec![guard(rng)],
        4..=6 => vec![step(rng)],
        7 | 8 => vec![pick(rng, &[0xaa00_03e0, 0x2a00_03e0]) | register(rng) << 16 | register(rng)], // mov
        9..=11 => vec![load_store(rng)],
        12 | 13 => vec![pair(rng)],
        14 if one_in(rng, 2) => vec![sum(rng)],
        14 => vec![form_z(rng)],
        15 => vec![exclusive(rng)],
        16 => vec![atomic(rng)],
        17 | 18 => vec![data_processing(rng)],
        19 => vec![move_wide(rng)],
        20..=22 => vec![branch(rng, around)],
        23 => vec![call(rng, around)],
        24..=26 => vec![shadow(rng, around.pushed)],
        27 => vec![pick(
            rng,
            &[
                RET,
                RET,
                RET,
                0xf85f_81ff,
                0xd503_245f,
                0xd503_201f,
                0xd503_3bbf,
            ],
        )],
        28 => table_call(rng, around),
        29 => vec![rng.u32(..)],
        30 => vec![release_consistent(rng)],
        _ => match around.before {
            [] => vec![rng.u32(..)],
            before => vec![pick(rng, before) ^ 1 << rng.u32(..32)],
        },
    }
}

/// The biased base made, but for a bit now and then.
fn biased(rng: &mut Rng) -> u32 {
    let flip = if one_in(rng, 4) {
        1 << rng.u32(..32)
    } else {
        0
    };
    (0x9100_0000 | rng.u32(..2) << 30 | field(rng, 12) << 10 | 15 << 5 | 9) ^ flip
}

fn guard(rng: &mut Rng) -> u32 {
    0x8b20_4000 | register(rng) << 16 | 15 << 5 | register(rng)
}

/// The guard of the profile `mask`, for the windows that are grown for.
fn mask(rng: &mut Rng) -> Vec<u32> {
    let (d, n) = (register(rng), register(rng));
    let ones = MASKED_LEN.trailing_zeros();
    vec![
        0x9240_0000 | (ones - 1) << 10 | n << 5 | d,
        0x8b00_0000 | d << 16 | 15 << 5 | d,
    ]
}

/// The guard of the profile `movk`, for the emulator's window.
fn pair_of_movk(rng: &mut Rng) -> Vec<u32> {
    let register = register(rng);
    let half = |shift: u32| (WINDOW >> shift) as u32 & 0xffff; // 16 bits.
    vec![
        0xf2c0_0000 | half(32) << 5 | register,
        0xf2e0_0000 | half(48) << 5 | register,
    ]
}

/// `add`, `sub` of an immediate.
fn step(rng: &mut Rng) -> u32 {
    let source = base(rng);
    let result = if one_in(rng, 2) {
        source
    } else {
        register(rng)
    };
    0x9100_0000
        | rng.u32(..2) << 30
        | rng.u32(..8).saturating_sub(6) << 22
        | field(rng, 12) << 10
        | source << 5
        | result
}

/// Single registers with every kind of immediate.
fn load_store(rng: &mut Rng) -> u32 {
    let common = rng.u32(..4) << 30 | rng.u32(..4) << 22 | base(rng) << 5 | register(rng);
    match rng.u32(..3) {
        0 => 0x3900_0000 | common | field(rng, 12) << 10,
        1 => 0x3800_0000 | common | field(rng, 9) << 12,
        _ => 0x3800_0000 | common | field(rng, 9) << 12 | pick(rng, &[1, 3]) << 10,
    }
}

fn pair(rng: &mut Rng) -> u32 {
    let (size, mode) = (rng.u32(..3) << 30, rng.u32(..4) << 23);
    0x2800_0000
        | size
        | mode
        | rng.u32(..2) << 22
        | field(rng, 7) << 15
        | register(rng) << 10
        | base(rng) << 5
        | register(rng)
}

/// By the window's base, or the biased one.
fn form_z(rng: &mut Rng) -> u32 {
    0x3820_4800
        | rng.u32(..4) << 30
        | rng.u32(..4) << 22
        | register(rng) << 16
        | pick(rng, &[15, 15, 9]) << 5
        | register(rng)
}

/// By a whole register.
fn sum(rng: &mut Rng) -> u32 {
    0x3820_6800
        | rng.u32(..4) << 30
        | rng.u32(..4) << 22
        | rng.u32(..2) << 12
        | register(rng) << 16
        | base(rng) << 5
        | register(rng)
}

/// Exclusives, ordered accesses, compare-and-swap.
fn exclusive(rng: &mut Rng) -> u32 {
    let any = [31, register(rng)];
    let (status, second) = if one_in(rng, 2) {
        (31, 31)
    } else {
        (register(rng), pick(rng, &any))
    };
    0x0800_0000
        | rng.u32(..4) << 30
        | rng.u32(..8) << 21
        | status << 16
        | rng.u32(..2) << 15
        | second << 10
        | base(rng) << 5
        | register(rng)
}

fn atomic(rng: &mut Rng) -> u32 {
    0x3820_0000
        | rng.u32(..4) << 30
        | rng.u32(..4) << 22
        | register(rng) << 16
        | rng.u32(..16) << 12
        | base(rng) << 5
        | register(rng)
}

/// `ldapr`, `ldapur`, `stlur`.
fn release_consistent(rng: &mut Rng) -> u32 {
    let common = rng.u32(..4) << 30 | base(rng) << 5 | register(rng);
    match rng.u32(..2) {
        0 => 0x38bf_c000 | common,
        _ => 0x1900_0000 | common | rng.u32(..4) << 22 | field(rng, 9) << 12,
    }
}

/// Anything of the groups of data processing, with the registers in the usual fields.
fn data_processing(rng: &mut Rng) -> u32 {
    let group = pick(rng, &[0x1000_0000, 0x0a00_0000, 0x1a00_0000]);
    let fields = 31 << 16 | 31 << 5 | 31;
    group
        | rng.u32(..) & 0xe1ff_ffff & !fields
        | register(rng) << 16
        | register(rng) << 5
        | register(rng)
}

fn move_wide(rng: &mut Rng) -> u32 {
    0x1280_0000
        | rng.u32(..2) << 31
        | rng.u32(..4) << 29
        | rng.u32(..4) << 21
        | field(rng, 16) << 5
        | register(rng)
}

/// To a label, mostly.
fn branch(rng: &mut Rng, around: &Around<'_>) -> u32 {
    let mut to = match around.labels {
        [] => rng.u32(..64),
        _ if one_in(rng, 32) => rng.u32(..64),
        labels => pick(rng, labels),
    };
    // Mostly forwards: most loops of such programs never end.
    if to <= around.index && !one_in(rng, 4) {
        to = around
            .labels
            .iter()
            .copied()
            .find(|&label| label > around.index)
            .unwrap_or(to);
    }
    let by = to.wrapping_sub(around.index);
    match rng.u32(..6) {
        0 => 0x1400_0000 | by & 0x03ff_ffff,
        1 | 2 => 0x5400_0000 | (by & 0x7_ffff) << 5 | rng.u32(..16),
        3 | 4 => {
            0x3400_0000
                | rng.u32(..2) << 31
                | rng.u32(..2) << 24
                | (by & 0x7_ffff) << 5
                | register(rng)
        }
        _ => {
            0x3600_0000
                | rng.u32(..2) << 31
                | rng.u32(..2) << 24
                | rng.u32(..32) << 19
                | (by & 0x3fff) << 5
                | register(rng)
        }
    }
}

fn call(rng: &mut Rng, around: &Around<'_>) -> u32 {
    let (back, slots) = around.gates;
    let by = if slots > 0 && one_in(rng, 2) {
        let beyond = u32::from(one_in(rng, 8));
        rng.u32(..(slots + beyond))
            .wrapping_sub(back + around.index)
    } else {
        match around.labels {
            [] => rng.u32(..64).wrapping_sub(around.index),
            labels => pick(rng, labels).wrapping_sub(around.index),
        }
    };
    0x9400_0000 | by & 0x03ff_ffff
}

/// A push of what is not on the list or a pop of what is on top, mostly.
fn shadow(rng: &mut Rng, pushed: &[u8]) -> u32 {
    let saved = |rng: &mut Rng| pick(rng, &[19, 20, 21, 29, 30]);
    let (push, double) = (one_in(rng, 2), one_in(rng, 2));
    let top = |back: usize| {
        pushed
            .len()
            .checked_sub(back)
            .map(|at| u32::from(pushed[at]))
    };
    match (push, double) {
        (true, false) => 0xf800_85a0 | saved(rng),
        (true, true) => 0xa881_01a0 | saved(rng) << 10 | saved(rng),
        (false, false) => 0xf85f_8da0 | top(1).unwrap_or_else(|| saved(rng)),
        (false, true) => {
            let second = top(1).unwrap_or_else(|| saved(rng));
            0xa9ff_01a0 | second << 10 | top(2).unwrap_or_else(|| saved(rng))
        }
    }
}

/// `and wT, wN, #mask; adrp x30, table; ldr x30, [x30, wT, uxtw]; blr x30`.
fn table_call(rng: &mut Rng, around: &Around<'_>) -> Vec<u32> {
    let (t, n) = (register(rng), register(rng));
    let ones = (around.table_mask / 8).trailing_ones();
    // (2^k - 1) << 3 as a logical immediate of 32 bits: k ones rotated right by 29.
    let and = 0x1200_0000 | 29 << 16 | (ones.max(1) - 1) << 10 | n << 5 | t;
    let pages = 0u32.wrapping_sub((around.at + 4) >> 12);
    let adrp = 0x9000_0000 | (pages & 3) << 29 | (pages >> 2 & 0x7_ffff) << 5 | 30;
    let mut words = vec![and, adrp, 0xf860_4bde | t << 16, 0xd63f_03c0];
    if !around.pushed.contains(&30) {
        words.insert(0, 0xf800_85be);
    }
    if one_in(rng, 8) {
        let at = rng.u32(..(words.len() as u32)) as usize;
        words[at] ^= 1 << rng.u32(..32);
    }
    words
}
