// SPDX-License-Identifier: GPL-2.0
//! Measures the verifier on one core: MiB of code a second, the best of several runs.
//!
//! `cargo run --release -p lore_bench_verifier [IMAGE]`. Without an image the code is made up: one function as a
//! compiler and the rewriter would write it, over and over, to one MiB.

use lore_corpus::case::Case;
use lore_corpus::{assemble, object::Object, Built};
use lore_verifier::{room_for, verify, Image, Note, Policy};
use std::time::Instant;

const RUNS: usize = 300;
const POLICY: Policy = Policy {
    features: u64::MAX,
    strict: false,
    profiles: u32::MAX,
    window: 0,
};

fn main() {
    match std::env::args().nth(1) {
        Some(path) => {
            let bytes = std::fs::read(&path).unwrap_or_else(|e| panic!("{path}: {e}"));
            report(&path, &Built::of_file(&bytes).image());
        }
        None => report("made-up code", &made_up().image()),
    }
}

/// Verifies again and again, and prints the best run.
fn report(name: &str, image: &Image<'_>) {
    let mut room = vec![Note::default(); room_for(image.code.len())];
    let mut best = f64::INFINITY;
    for _ in 0..RUNS {
        let start = Instant::now();
        if let Err(violation) = verify(image, &POLICY, &mut room) {
            panic!("{name}: {violation}");
        }
        best = best.min(start.elapsed().as_secs_f64());
    }
    let mib = image.code.len() as f64 / f64::from(1 << 20);
    let words = (image.code.len() / 4) as f64;
    println!(
        "{name}: {words} words, {} labels, {:.2} ms, {:.0} MiB/s, {:.1} ns a word",
        image.labels.len() / 12,
        best * 1e3,
        mib / best,
        best / words * 1e9,
    );
}

/// `function.s`, repeated.
fn made_up() -> Built {
    let case = Case::read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("function.s"));
    let object = assemble::all(std::slice::from_ref(&case)).remove(0);
    let one = case.build(&Object::read(&object));
    let times = (1 << 20) / one.code.len();
    let step = one.code.len() as u32;
    let mut all = Built {
        code: one.code.repeat(times),
        labels: Vec::new(),
        ..one.clone()
    };
    for turn in 0..times as u32 {
        for label in one.labels.chunks_exact(12) {
            let at = u32::from_le_bytes(label[..4].try_into().expect("four bytes"));
            all.labels.extend((at + turn * step).to_le_bytes());
            all.labels.extend(&label[4..]);
        }
    }
    all
}
