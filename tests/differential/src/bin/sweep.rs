// SPDX-License-Identifier: GPL-2.0
//! `sweep [STRIDE]`: all 2^32 words, or every STRIDE-th of them, through the table, two decoders and the oracle.

use lore_differential::sweep;
use std::process::ExitCode;
use std::time::Instant;

/// What LFI's verifier accepts, FP/SIMD and SP forms among it.
const LFI_ACCEPTS: u64 = 784_632_366;

fn main() -> ExitCode {
    let stride = match std::env::args().nth(1).map(|n| n.parse::<u32>()) {
        None => 1,
        Some(Ok(stride)) if stride > 0 => stride,
        Some(_) => {
            eprintln!("usage: sweep [STRIDE]");
            return ExitCode::from(2);
        }
    };
    let all = sweep::all_features();
    let start = Instant::now();
    let accepted = sweep::count(1, all);
    println!(
        "accepted of all 2^32 words: {accepted} (LFI: {LFI_ACCEPTS}), counted in {:.1?}",
        start.elapsed()
    );
    let mut wrong = 0;
    let mut show = |what: &str, report: sweep::Report, start: Instant| {
        let (words, excepted, differ) = (report.accepted, report.excepted, report.total());
        let time = start.elapsed();
        println!(
            "{what}: {words} words compared, {excepted} excepted, {differ} differ, in {time:.1?}"
        );
        for (difference, (count, words)) in &report.differences {
            println!("  {difference:?}: {count} words, such as {words:08x?}");
        }
        wrong += differ;
    };
    let start = Instant::now();
    show(
        "every row of the table, 20000 words each",
        sweep::compare_rows(20_000, all),
        start,
    );
    for &(bit, name) in lore_abi::feature::ALL {
        let start = Instant::now();
        show(
            &format!("without {name}, stride 65537"),
            sweep::compare_without(65_537, bit),
            start,
        );
    }
    let start = Instant::now();
    show(
        &format!("all features, stride {stride}"),
        sweep::compare(stride, all),
        start,
    );
    for &(bit, name) in lore_abi::feature::ALL {
        let (tried, accepted) = sweep::without(20_000, bit);
        println!(
            "without {name}: {tried} of its words tried, {} accepted {:08x?}",
            accepted.len(),
            accepted.first()
        );
        wrong += accepted.len() as u64 + u64::from(tried == 0);
    }
    if wrong == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
