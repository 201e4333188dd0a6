// SPDX-License-Identifier: GPL-2.0
//! Decompresses an LZ4 frame, as the tool `lz4` writes it, by the crate `lz4_flex`, unmodified: input to output.
//!
//! The crate has blocks; the frame around them, which it only reads with std, is taken apart here. Checksums are not
//! looked at.
#![no_std]
#![forbid(unsafe_code)]

use lore::Run;
use lz4_flex::block::decompress_into;

const MAGIC: &[u8] = &[0x04, 0x22, 0x4d, 0x18];
/// The block is not compressed.
const PLAIN: u32 = 1 << 31;

/// What is wrong with a frame.
#[derive(Clone, Copy)]
enum Error {
    BadFrame = -1,
    Truncated = -2,
    NoRoom = -3,
}

/// The first bytes of what is left.
fn take<'a>(from: &mut &'a [u8], len: usize) -> Result<&'a [u8], Error> {
    let (head, rest) = from.split_at_checked(len).ok_or(Error::Truncated)?;
    *from = rest;
    Ok(head)
}

/// Decompresses a frame whose blocks stand alone; how many bytes.
fn decompress(mut input: &[u8], output: &mut [u8]) -> Result<usize, Error> {
    if take(&mut input, 4)? != MAGIC {
        return Err(Error::BadFrame);
    }
    let flags = take(&mut input, 2)?[0];
    let has = |bit: u32| usize::from(flags >> bit & 1);
    // Version 1, blocks that do not refer to others, no dictionary.
    if flags >> 5 != 0b011 || has(0) != 0 {
        return Err(Error::BadFrame);
    }
    // The length of the content, and a checksum of the header.
    take(&mut input, 8 * has(3) + 1)?;
    let mut written = 0;
    loop {
        let size = take(&mut input, 4)?;
        let size = u32::from_le_bytes([size[0], size[1], size[2], size[3]]);
        if size == 0 {
            return Ok(written);
        }
        let block = take(&mut input, (size & !PLAIN) as usize)?;
        take(&mut input, 4 * has(4))?;
        let room = &mut output[written..];
        written += if size & PLAIN != 0 {
            let room = room.get_mut(..block.len()).ok_or(Error::NoRoom)?;
            room.copy_from_slice(block);
            block.len()
        } else {
            decompress_into(block, room).map_err(|error| match error {
                lz4_flex::block::DecompressError::OutputTooSmall { .. } => Error::NoRoom,
                _ => Error::BadFrame,
            })?
        };
    }
}

#[lore::run]
fn lz4(run: &mut Run) -> i64 {
    match decompress(run.input(), run.output()) {
        Ok(len) => {
            run.set_output_len(len);
            0
        }
        Err(error) => error as i64,
    }
}

#[cfg(test)]
mod tests {
    use lore::host::Host;

    /// "hello, hello, hello, hello\n", as `lz4` writes it.
    const HELLO: &[u8] =
        b"\x04\x22M\x18d@\xa7\x10\x00\x00\x00{hello, \x07\x00Pello\x0a\x00\x00\x00\x00Mny\xd3";

    #[test]
    fn a_frame_is_decompressed_and_a_broken_one_refused() {
        let host = Host::new();
        let ran = host.run(super::lz4, HELLO, 0);
        assert_eq!(
            (ran.answer, &ran.output[..]),
            (0, &b"hello, hello, hello, hello\n"[..])
        );
        assert_eq!(
            host.run(super::lz4, &HELLO[..HELLO.len() - 9], 0).answer,
            -2
        );
        assert_eq!(host.run(super::lz4, b"PK\x03\x04", 0).answer, -1);
    }
}
