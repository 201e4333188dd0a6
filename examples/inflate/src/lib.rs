// SPDX-License-Identifier: GPL-2.0
//! Inflates a gzip member, as the tool `gzip` writes it: input to output, length and CRC checked.
#![no_std]
#![forbid(unsafe_code)]

use lore::Run;
use miniz_oxide::inflate::core::{decompress, inflate_flags, DecompressorOxide};
use miniz_oxide::inflate::TINFLStatus;

extern crate alloc;
use alloc::boxed::Box;

/// What can be wrong with the input.
#[derive(Clone, Copy, Debug)]
#[expect(dead_code, reason = "the status is read by the log")]
enum Bad {
    Header,
    Stream(TINFLStatus),
    Checksum,
    Length,
}

#[lore::run]
fn inflate(run: &mut Run) -> i64 {
    match gunzip(run.input(), run.output()) {
        Ok(len) => {
            run.set_output_len(len);
            0
        }
        Err(bad) => {
            lore::error!("no gzip member that can be inflated: {bad:?}");
            -1
        }
    }
}

/// Inflates one member (RFC 1952).
fn gunzip(input: &[u8], output: &mut [u8]) -> Result<usize, Bad> {
    let body = body(input).ok_or(Bad::Header)?;
    let (stream, trailer) = body.split_last_chunk::<8>().ok_or(Bad::Header)?;
    // All of the output is at hand, so it need not be used as a ring.
    let flags = inflate_flags::TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut state = Box::<DecompressorOxide>::default();
    let (status, _, len) = decompress(&mut state, stream, output, 0, flags);
    if status != TINFLStatus::Done {
        return Err(Bad::Stream(status));
    }
    let word = |at: usize| u32::from_le_bytes([0, 1, 2, 3].map(|n| trailer[at + n]));
    if crc32(&output[..len]) != word(0) {
        return Err(Bad::Checksum);
    }
    // The length is modulo 2^32 by definition.
    if len as u32 != word(4) {
        return Err(Bad::Length);
    }
    Ok(len)
}

/// What follows the header of a member.
fn body(input: &[u8]) -> Option<&[u8]> {
    let (head, mut rest) = input.split_first_chunk::<10>()?;
    let [0x1f, 0x8b, 8, flags, ..] = *head else {
        return None;
    };
    if flags & 4 != 0 {
        let (len, after) = rest.split_first_chunk::<2>()?;
        rest = after.get(usize::from(u16::from_le_bytes(*len))..)?;
    }
    // A name and a comment, each up to its zero byte.
    for flag in [8, 16] {
        if flags & flag != 0 {
            rest = &rest[rest.iter().position(|byte| *byte == 0)? + 1..];
        }
    }
    rest.get(if flags & 2 != 0 { 2 } else { 0 }..)
}

/// The CRC of gzip, a byte at a time by a table.
fn crc32(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = {
        let mut table = [0; 256];
        let mut index = 0;
        while index < 256 {
            let (mut value, mut bit) = (index as u32, 0);
            while bit < 8 {
                value = value >> 1 ^ if value & 1 == 1 { 0xedb8_8320 } else { 0 };
                bit += 1;
            }
            table[index] = value;
            index += 1;
        }
        table
    };
    !bytes.iter().fold(!0, |crc, byte| {
        TABLE[(crc as u8 ^ byte) as usize] ^ crc >> 8
    })
}

#[cfg(test)]
mod tests {
    use lore::host::Host;

    /// "hello\n", as `gzip -n` writes it.
    const HELLO: &[u8] =
        b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xcb\x48\xcd\xc9\xc9\xe7\x02\0\x20\x30\x3a\x36\x06\0\0\0";

    #[test]
    fn a_member_is_inflated() {
        let ran = Host::new().run(super::inflate, HELLO, 0);
        assert_eq!((ran.answer, &ran.output[..]), (0, &b"hello\n"[..]));
    }

    #[test]
    fn a_wrong_checksum_is_told() {
        let host = Host::new();
        let mut wrong = HELLO.to_vec();
        wrong[20] ^= 1;
        assert_eq!(host.run(super::inflate, &wrong, 0).answer, -1);
        assert_eq!(
            host.logged(),
            ["no gzip member that can be inflated: Checksum"]
        );
    }
}
