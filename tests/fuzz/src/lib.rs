// SPDX-License-Identifier: GPL-2.0
//! Arbitrary bytes as an image. The verifier must answer, must not panic, and what it accepts must have a layout
//! that the kernel can build: nothing else is asked here; whether the answer is right, the differential tests ask.

use fastrand::Rng;
use lore_abi::contract::BTI_C;
use lore_sandbox::code::{plan, CodeLayout, Demand};
use lore_verifier::frames::list_at;
use lore_verifier::{room_for, verify, Image, Note, Policy};

/// One input: the bytes of every table, cut out of `bytes` as its first bytes say. True if the image was accepted.
///
/// ```text
/// flags | len of 6 tables, 1 byte each | labels | lists | targets | entries | imports | relocs | code
/// ```
pub fn one(bytes: &[u8]) -> bool {
    let Some((head, mut rest)) = bytes.split_at_checked(8) else {
        return false;
    };
    let mut cut = |units: u8, unit: usize| {
        // The top bit leaves the last entry incomplete.
        let len = usize::from(units & 0x7f) * unit - usize::from(units > 0x80);
        let (table, behind) = rest.split_at(len.min(rest.len()));
        rest = behind;
        table
    };
    let labels = cut(head[1], 12);
    let lists = cut(head[2], 8);
    let targets = cut(head[3], 4);
    let entries = cut(head[4], 8);
    let imports = cut(head[5], 4);
    let relocs = cut(head[6], 4);
    let image = Image {
        code: rest,
        labels,
        lists,
        targets,
        entries,
        imports,
        relocs,
        guards: &[],
        window_len: u64::from(head[7] & 1) << (head[0] & 0x3f),
        data_len: u64::from(head[7]) << (head[0] & 0x1f),
        profile: u32::from(head[0] >> 6),
        flags: u32::from(head[0] >> 5 & 1),
    };
    let policy = Policy {
        features: if head[7] & 1 == 0 { u64::MAX } else { 0 },
        strict: head[7] & 2 != 0,
        profiles: u32::from(!head[7] >> 2),
        window: 0,
    };
    judge(&image, &policy)
}

/// Verifies, twice, and asks for the frame list of every word, as a backtrace does. True if it was accepted.
pub fn judge(image: &Image<'_>, policy: &Policy) -> bool {
    let mut room = vec![Note::default(); room_for(image.code.len())];
    let answer = verify(image, policy, &mut room);
    // What is left in the room changes nothing.
    let again = verify(image, policy, &mut room);
    assert_eq!(answer, again, "one image, two answers");
    match answer {
        Ok(layout) => {
            assert_eq!(
                Ok(layout),
                plan(demand(image)),
                "another layout than the plan"
            );
            targets_land(image, &layout);
            for at in (0..layout.region_len.min(1 << 14)).step_by(2) {
                let _ = list_at(image, &layout, at);
            }
            true
        }
        Err(violation) => {
            assert!(!violation.to_string().is_empty());
            false
        }
    }
}

fn demand(image: &Image<'_>) -> Demand {
    Demand {
        targets: image.targets.len() as u64 / 4,
        imports: image.imports.len() as u64 / 4,
        code_len: image.code.len() as u64,
    }
}

/// What the kernel will write into the table are words of the code that begin with `bti c`.
fn targets_land(image: &Image<'_>, layout: &CodeLayout) {
    for target in image.targets.chunks_exact(4) {
        let at = u32::from_le_bytes(target.try_into().expect("four bytes"));
        assert!(at >= layout.code_at && at < layout.code_end);
        let index = (at - layout.code_at) as usize;
        assert_eq!(image.code[index..index + 4], BTI_C.to_le_bytes());
    }
}

/// Changes some bytes, cuts, repeats or lengthens a table.
pub fn mutate(bytes: &mut Vec<u8>, rng: &mut Rng) {
    for _ in 0..1 + rng.usize(..3) {
        let len = bytes.len();
        match rng.usize(..8) {
            _ if len == 0 => bytes.extend(rng.u64(..).to_le_bytes()),
            0 | 1 => {
                let at = rng.usize(..len);
                bytes[at] ^= 1 << rng.usize(..8);
            }
            2 => {
                let at = rng.usize(..len);
                bytes[at] = [0, 1, 0x7f, 0x80, 0xff][rng.usize(..5)];
            }
            3 => {
                // A whole word at the ends of what numbers can be.
                let at = rng.usize(..len) & !3;
                let value = [0, 1, u32::MAX, 1 << 31, u32::MAX / 2, 64, 60][rng.usize(..7)];
                if let Some(word) = bytes.get_mut(at..at + 4) {
                    word.copy_from_slice(&value.to_le_bytes());
                }
            }
            4 => bytes.truncate(rng.usize(..len)),
            5 => bytes.extend_from_within(rng.usize(..len)..),
            6 => {
                let (from, to) = (rng.usize(..len), rng.usize(..len));
                bytes.copy_within(from.min(to)..from.max(to), 0);
            }
            _ => {
                let at = rng.usize(..len) & !3;
                let word = bytes[at..len.min(at + 4)].to_vec();
                let to = rng.usize(..len) & !3;
                let end = len.min(to + word.len());
                bytes[to..end].copy_from_slice(&word[..end - to]);
            }
        }
    }
}
