// SPDX-License-Identifier: GPL-2.0
//! Parsers and formats.

use crate::Out;
use alloc::collections::BTreeMap;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use nom::branch::alt;
use nom::character::complete::{char, digit1, multispace0};
use nom::combinator::{all_consuming, map_res};
use nom::multi::fold_many0;
use nom::sequence::{delimited, pair};
use nom::{IResult, Parser};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A line each: `y`, `n` or `i` (either), a tab, and a text; from the suite of JSON parsers' tests.
pub fn serde_json(vectors: &str, out: &mut Out) {
    for line in vectors.lines().filter(|line| !line.starts_with('#')) {
        let (must, text) = line.split_once('\t').unwrap_or_default();
        let value: Result<Value, _> = serde_json::from_str(text);
        match &value {
            Ok(value) => {
                let pretty = serde_json::to_string_pretty(value).unwrap_or_default();
                out.line(format_args!("{pretty}"));
                let again: Result<Value, _> = serde_json::from_str(&pretty);
                out.check(again.is_ok_and(|again| again == *value), line);
            }
            Err(error) => out.line(format_args!("{error}")),
        }
        out.check(must == "i" || (must == "y") == value.is_ok(), line);
    }
}

#[derive(Debug, Deserialize, PartialEq, Serialize)]
enum Shape<'a> {
    Unit,
    Number(i64),
    Pair(u8, f64),
    Named {
        name: &'a str,
        tags: Vec<Option<char>>,
    },
}

/// The varints of postcard's specification, and values of every kind that come back.
pub fn postcard(_: &str, out: &mut Out) {
    let varints: [(u32, &[u8]); 5] = [
        (0, &[0]),
        (127, &[0x7f]),
        (128, &[0x80, 1]),
        (16_383, &[0xff, 0x7f]),
        (u32::MAX, &[0xff, 0xff, 0xff, 0xff, 0x0f]),
    ];
    for (value, bytes) in varints {
        out.check(
            postcard::to_allocvec(&value).as_deref() == Ok(bytes),
            "a varint of the specification",
        );
    }
    let shapes = [
        Shape::Unit,
        Shape::Number(i64::MIN),
        Shape::Number(-1),
        Shape::Pair(255, -1.0 / 3.0),
        Shape::Named {
            name: "größe",
            tags: [Some('ß'), None, Some('\u{10ffff}')].into(),
        },
    ];
    for shape in &shapes {
        let bytes = postcard::to_allocvec(shape).unwrap_or_default();
        out.line(format_args!("{shape:?}: {}", hex::encode(&bytes)));
        out.check(
            postcard::from_bytes(&bytes).as_ref() == Ok(shape),
            "it comes back",
        );
        for len in 0..bytes.len() {
            let cut: Result<Shape, _> = postcard::from_bytes(&bytes[..len]);
            out.line(format_args!("{len}: {cut:?}"));
        }
    }
    let map: BTreeMap<String, u64> = (0..50u64).map(|n| (n.to_string(), n * n * n)).collect();
    let bytes = postcard::to_allocvec(&map).unwrap_or_default();
    out.line(format_args!("{}", hex::encode(&bytes)));
    out.check(postcard::from_bytes(&bytes) == Ok(map), "a map comes back");
}

fn number(input: &str) -> IResult<&str, i64> {
    map_res(digit1, str::parse).parse(input)
}

fn factor(input: &str) -> IResult<&str, i64> {
    let inner = alt((number, delimited(char('('), sum, char(')'))));
    delimited(multispace0, inner, multispace0).parse(input)
}

fn product(input: &str) -> IResult<&str, i64> {
    let (input, first) = factor(input)?;
    let step = |left: i64, (sign, right): (char, i64)| match sign {
        '*' => left.wrapping_mul(right),
        _ => left.checked_div(right).unwrap_or(0),
    };
    fold_many0(
        pair(alt((char('*'), char('/'))), factor),
        move || first,
        step,
    )
    .parse(input)
}

fn sum(input: &str) -> IResult<&str, i64> {
    let (input, first) = product(input)?;
    let step = |left: i64, (sign, right): (char, i64)| match sign {
        '+' => left.wrapping_add(right),
        _ => left.wrapping_sub(right),
    };
    fold_many0(
        pair(alt((char('+'), char('-'))), product),
        move || first,
        step,
    )
    .parse(input)
}

/// Arithmetic, by the grammar of nom's own example: a line has the text and its value, or `error`.
pub fn nom(vectors: &str, out: &mut Out) {
    for line in vectors.lines().filter(|line| !line.starts_with('#')) {
        let (text, expected) = line.split_once('\t').unwrap_or_default();
        let got = all_consuming(sum).parse(text);
        out.line(format_args!("{text}: {got:?}"));
        let shown = got.map_or("error".into(), |(_, value)| value.to_string());
        out.check(shown == expected, line);
    }
}
