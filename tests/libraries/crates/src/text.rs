// SPDX-License-Identifier: GPL-2.0
//! Searching and encoding of text.

use crate::{Numbers, Out};
use alloc::vec::Vec;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use base64::Engine;
use regex_automata::meta::Regex;
use regex_automata::util::syntax;

/// RFC 4648's examples, and every length.
pub fn base64(vectors: &str, out: &mut Out) {
    for line in vectors.lines().filter(|line| !line.starts_with('#')) {
        let (text, coded) = line.split_once('\t').unwrap_or_default();
        out.check(STANDARD.encode(text) == coded, line);
        out.check(
            STANDARD.decode(coded).as_deref() == Ok(text.as_bytes()),
            line,
        );
    }
    let mut numbers = Numbers(1);
    for len in 0..200 {
        let bytes: Vec<u8> = (0..len).map(|_| numbers.next() as u8).collect();
        let coded = URL_SAFE_NO_PAD.encode(&bytes);
        out.line(format_args!("{coded}"));
        out.check(
            URL_SAFE_NO_PAD.decode(&coded).as_ref() == Ok(&bytes),
            "it comes back",
        );
        let damaged = coded.replace('A', "!");
        out.line(format_args!(
            "{:?}",
            URL_SAFE_NO_PAD.decode(damaged).map(|bytes| bytes.len())
        ));
    }
}

/// RFC 4648's examples, and every byte.
pub fn hex(vectors: &str, out: &mut Out) {
    for line in vectors.lines().filter(|line| !line.starts_with('#')) {
        let (text, coded) = line.split_once('\t').unwrap_or_default();
        out.check(hex::encode_upper(text) == coded, line);
        out.check(hex::decode(coded).as_deref() == Ok(text.as_bytes()), line);
    }
    let all: Vec<u8> = (0..=255).collect();
    out.line(format_args!("{}", hex::encode(&all)));
    for wrong in ["0", "0g", "é0", "00 0"] {
        out.line(format_args!("{:?}", hex::decode(wrong)));
    }
}

/// One to three needles and substrings, at every alignment, against the obvious loop.
pub fn memchr(_: &str, out: &mut Out) {
    let mut numbers = Numbers(5);
    let bytes: Vec<u8> = (0..3_000).map(|_| b'a' + numbers.below(20) as u8).collect();
    for at in 0..200 {
        let part = &bytes[at..bytes.len() - at * 7];
        let needles = [0, 1, 2].map(|_| b'a' + numbers.below(26) as u8);
        let [a, b, c] = needles;
        let place = memchr::memchr3(a, b, c, part);
        out.check(
            place == part.iter().position(|byte| needles.contains(byte)),
            "memchr3",
        );
        let last = memchr::memrchr(a, part);
        out.check(last == part.iter().rposition(|byte| *byte == a), "memrchr");
        out.line(format_args!(
            "{place:?} {last:?} {}",
            memchr::memchr_iter(b, part).count()
        ));
        let needle = &part[part.len() / 2..][..1 + at % 40];
        let found = memchr::memmem::find(part, needle);
        let slow = part
            .windows(needle.len())
            .position(|window| window == needle);
        out.check(found == slow, "memmem");
        let back = memchr::memmem::rfind(part, needle);
        out.line(format_args!(
            "{found:?} {back:?} {}",
            memchr::memmem::find_iter(part, &needle[..1]).count()
        ));
    }
}

/// Patterns on subjects: `pattern<TAB>subject<TAB>first match as start-end, or none`.
pub fn regex(vectors: &str, out: &mut Out) {
    for line in vectors.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [pattern, subject, expected] = fields[..] else {
            out.check(false, line);
            continue;
        };
        let regex = match Regex::builder()
            .syntax(syntax::Config::new())
            .build(pattern)
        {
            Ok(regex) => regex,
            Err(error) => {
                out.line(format_args!("/{pattern}/: {error}"));
                out.check(expected == "error", line);
                continue;
            }
        };
        let first = regex.find(subject).map(|found| found.range());
        let shown = first.map_or("none".into(), |range| {
            alloc::format!("{}-{}", range.start, range.end)
        });
        out.line(format_args!("/{pattern}/ {subject}: {shown}"));
        out.check(shown == expected, line);
        let mut groups = regex.create_captures();
        regex.captures(subject, &mut groups);
        for group in groups.iter() {
            out.line(format_args!(
                "  {:?}",
                group.map(|group| &subject[group.range()])
            ));
        }
        out.line(format_args!(
            "  all: {:?}",
            regex
                .find_iter(subject)
                .map(|found| found.range())
                .collect::<Vec<_>>()
        ));
    }
}
