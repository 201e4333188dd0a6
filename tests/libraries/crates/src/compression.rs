// SPDX-License-Identifier: GPL-2.0
//! Compressors: what they pack they unpack, and damage is told.

use crate::{Numbers, Out};
use alloc::string::String;
use alloc::vec::Vec;

/// Text with repetitions at all distances.
fn text() -> Vec<u8> {
    let mut numbers = Numbers(42);
    let words = [
        "window", "guard", "verifier", "arena", "gate", "hook", "landing", "image",
    ];
    let mut text = String::new();
    while text.len() < 60_000 {
        text.push_str(words[numbers.below(8) as usize]);
        text.push(if numbers.below(7) == 0 { '\n' } else { ' ' });
    }
    text.into_bytes()
}

/// Deflate at every level.
pub fn miniz_oxide(_: &str, out: &mut Out) {
    let text = text();
    for level in 0..=10 {
        let mut packed = miniz_oxide::deflate::compress_to_vec_zlib(&text, level);
        out.line(format_args!(
            "level {level}: {} {:08x}",
            packed.len(),
            crc32fast::hash(&packed)
        ));
        let back = miniz_oxide::inflate::decompress_to_vec_zlib(&packed);
        out.check(back.is_ok_and(|back| back == text), "content");
        let middle = packed.len() / 2;
        packed[middle] ^= 0x10;
        let error = miniz_oxide::inflate::decompress_to_vec_zlib(&packed).err();
        out.line(format_args!(
            "changed: {:?}",
            error.map(|error| (error.status, error.output.len()))
        ));
    }
}
