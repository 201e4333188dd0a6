// SPDX-License-Identifier: GPL-2.0
//! Fuel: how many checks an activation of a metered image may pass, so that its time is bounded wherever it runs.
//!
//! Between two checks control only goes forward (`docs/proof.md`, section 7), so it meets each word of the image at most
//! once. Fuel times the image's words therefore bounds the words that are executed.

/// Most bytes of code of a metered image.
pub const METERED_CODE_MAX: u64 = 64 << 10;
/// Most words that an activation of a metered image executes: a few milliseconds.
pub const WORDS_MAX: u64 = 1 << 22;
/// What one call of a gate costs, in words. A gate does a bounded amount of work, of about as many instructions at most.
pub const GATE_WORDS: u64 = 1 << 12;

/// What x9 begins with, and what a gate takes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fuel {
    /// At the entry.
    pub at_entry: u64,
    /// Per call of a gate.
    pub per_gate: u32,
}

/// The fuel of a metered image of `code_len` bytes, which are at most [`METERED_CODE_MAX`].
pub const fn fuel(code_len: u64) -> Fuel {
    let words = if code_len < 4 { 1 } else { code_len / 4 };
    Fuel {
        // With `n` of fuel, `n + 1` stretches without a check can be run.
        at_entry: (WORDS_MAX / words).saturating_sub(1),
        per_gate: GATE_WORDS.div_ceil(words) as u32, // At most GATE_WORDS.
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn fuel_times_size_is_bounded_and_leaves_room_to_work(code_len in 0..=METERED_CODE_MAX) {
            let Fuel { at_entry, per_gate } = fuel(code_len);
            let words = (code_len / 4).max(1);
            prop_assert!((at_entry + 1) * words <= WORDS_MAX);
            prop_assert!(at_entry >= 255);
            prop_assert!(u64::from(per_gate) * words >= GATE_WORDS && per_gate >= 1);
        }
    }
}
