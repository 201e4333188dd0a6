// SPDX-License-Identifier: GPL-2.0
//! The libFuzzer target over the whole verifier. See README.md for the command.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    lore_fuzz::one(bytes);
});
