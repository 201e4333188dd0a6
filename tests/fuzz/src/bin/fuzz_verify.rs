// SPDX-License-Identifier: GPL-2.0
//! The libFuzzer target over the whole verifier. `tests/fuzz/libfuzzer` builds and runs it.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    lore_fuzz::one(bytes);
});
