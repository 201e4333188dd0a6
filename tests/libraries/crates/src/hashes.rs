// SPDX-License-Identifier: GPL-2.0
//! Hashes, against their published values.

use crate::Out;
use alloc::vec::Vec;
use sha2::Digest;

fn counting(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at % 251) as u8).collect()
}

/// FIPS 180-4's examples: a line has the function, how often the text stands, the text, the digest.
pub fn sha2(vectors: &str, out: &mut Out) {
    for line in vectors.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [function, times, text, digest] = fields[..] else {
            out.check(false, line);
            continue;
        };
        let bytes = text.repeat(times.parse().unwrap_or(0)).into_bytes();
        let got = match function {
            "sha224" => hex::encode(sha2::Sha224::digest(&bytes)),
            "sha256" => hex::encode(sha2::Sha256::digest(&bytes)),
            "sha384" => hex::encode(sha2::Sha384::digest(&bytes)),
            "sha512" => hex::encode(sha2::Sha512::digest(&bytes)),
            _ => continue,
        };
        out.line(format_args!("{function} of {} bytes: {got}", bytes.len()));
        out.check(got == digest, line);
    }
    for len in 0..300 {
        let bytes = counting(len);
        let mut parts = sha2::Sha512_256::new();
        parts.update(&bytes[..len / 3]);
        parts.update(&bytes[len / 3..]);
        out.line(format_args!("{len}: {}", hex::encode(parts.finalize())));
    }
}

/// The lengths of BLAKE3's published vectors; the C library's driver writes the same.
pub fn blake3(_: &str, out: &mut Out) {
    let bytes = counting(31744);
    for len in [0, 1, 63, 64, 65, 1023, 1024, 1025, 2048, 3073, 8193, 31744] {
        let hash = blake3::hash(&bytes[..len]);
        let keyed = blake3::keyed_hash(b"whats the Elvish word for friend", &bytes[..len]);
        let derived = blake3::derive_key(
            "BLAKE3 2019-12-27 16:29:52 test vectors context",
            &bytes[..len],
        );
        out.line(format_args!(
            "{len}: {hash} {keyed} {}",
            hex::encode(derived)
        ));
    }
    let nothing = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
    out.check(
        blake3::hash(b"").to_hex().as_str() == nothing,
        "hash of nothing",
    );
}

/// The check value of CRC-32/ISO-HDLC, and sums that are put together of parts.
pub fn crc32fast(_: &str, out: &mut Out) {
    out.check(
        crc32fast::hash(b"123456789") == 0xcbf4_3926,
        "the check value",
    );
    let bytes = counting(5000);
    for len in (0..5000).step_by(37) {
        let (a, b) = bytes.split_at(len);
        let (mut first, mut second) = (crc32fast::Hasher::new(), crc32fast::Hasher::new());
        first.update(a);
        second.update(b);
        out.line(format_args!("{len}: {:08x}", crc32fast::hash(a)));
        first.combine(&second);
        out.check(first.finalize() == crc32fast::hash(&bytes), "parts");
    }
}
