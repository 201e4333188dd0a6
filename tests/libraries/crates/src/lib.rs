// SPDX-License-Identifier: GPL-2.0
//! Crates of the registry, none of them changed, each with a driver: vectors in, text out. The same package is an
//! extension, and natively runs in the SDK's stand-in of the kernel (`main.rs`); both have to write the same.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

mod collections;
mod compression;
mod hashes;
mod numbers;
mod parsing;
mod text;

use alloc::string::String;
use core::fmt::Write;
use lore::Run;

/// Every driver, by the name of its crate.
pub const DRIVERS: &[(&str, fn(&str, &mut Out))] = &[
    ("base64", text::base64),
    ("blake3", hashes::blake3),
    ("crc32fast", hashes::crc32fast),
    ("fixedbitset", collections::fixedbitset),
    ("hashbrown", collections::hashbrown),
    ("heapless", collections::heapless),
    ("hex", text::hex),
    ("indexmap", collections::indexmap),
    ("itoa", numbers::itoa),
    ("memchr", text::memchr),
    ("miniz_oxide", compression::miniz_oxide),
    ("nom", parsing::nom),
    ("num-bigint", numbers::num_bigint),
    ("postcard", parsing::postcard),
    ("regex-automata", text::regex),
    ("ryu", numbers::ryu),
    ("serde_json", parsing::serde_json),
    ("sha2", hashes::sha2),
    ("smallvec", collections::smallvec),
];

/// What a driver writes to, and counts in.
#[derive(Default)]
pub struct Out {
    text: String,
    wrong: u32,
}

impl Out {
    /// Writes a line.
    pub fn line(&mut self, line: core::fmt::Arguments<'_>) {
        // A string takes everything.
        let _ = writeln!(self.text, "{line}");
    }

    /// Counts a result that is not what a vector says.
    pub fn check(&mut self, is_right: bool, what: &str) {
        if !is_right {
            self.wrong += 1;
            self.line(format_args!("WRONG: {what}"));
        }
    }
}

/// Numbers of a seed, the same everywhere.
pub struct Numbers(pub u64);

impl Numbers {
    /// The next one (xorshift64*).
    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// The next one below `bound`.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound
    }
}

/// One file of the input: `tests/libraries/drivers/driver.c` has the form.
fn file(input: &[u8]) -> Option<(&str, &str, &[u8])> {
    let (lens, rest) = input.split_first_chunk::<8>()?;
    let len = |at: usize| u32::from_le_bytes([0, 1, 2, 3].map(|n| lens[at + n])) as usize;
    let (name, rest) = rest.split_at_checked(len(0))?;
    let (bytes, rest) = rest.split_at_checked(len(4))?;
    Some((
        core::str::from_utf8(name).ok()?,
        core::str::from_utf8(bytes).ok()?,
        rest,
    ))
}

/// The driver that the input's first file names, on the text of its second.
#[lore::run]
pub fn drive(run: &mut Run) -> i64 {
    let Some((name, _, rest)) = file(run.input()) else {
        return -1;
    };
    let Some((_, driver)) = DRIVERS.iter().find(|(it, _)| *it == name) else {
        return -2;
    };
    let vectors = file(rest).map_or("", |(_, text, _)| text);
    let mut out = Out::default();
    driver(vectors, &mut out);
    let wrong = out.wrong;
    out.line(format_args!("\n{wrong} wrong"));
    match run.write(out.text.as_bytes()) {
        Ok(_) => i64::from(wrong),
        Err(_) => -3,
    }
}
