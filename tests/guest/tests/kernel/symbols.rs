// SPDX-License-Identifier: GPL-2.0
//! Profiles: samples of the kernel's own profiler, by the names that `lore symbols` gives them.

use lore::kernel::{Run, Who};
use lore_guest_tests::command::{lore, lore_fails, lore_text};
use lore_guest_tests::mapping::PAGE;
use lore_guest_tests::samples::Samples;
use lore_guest_tests::{device, Op};
use std::collections::BTreeMap;
use std::fs;

/// Pages of samples.
const PAGES: usize = 64;
const RESTRICT: &str = "/proc/sys/kernel/kptr_restrict";

/// Has a software clock find this thread in the kernel, a thousand times a second of its time.
fn begin() -> Samples {
    // `struct perf_event_attr` as it was first: PERF_TYPE_SOFTWARE, its size, PERF_COUNT_SW_CPU_CLOCK, the period in
    // nanoseconds, PERF_SAMPLE_IP, nothing to read, exclude_user and exclude_hv.
    Samples::begin(
        &[1 | 64 << 32, 0, 1_000_000, 1, 0, 1 << 4 | 1 << 6, 0, 0],
        PAGES,
    )
}

/// Addresses, as often as each was found.
fn addresses(records: &[u8]) -> BTreeMap<u64, u64> {
    let word = |at: usize| {
        let bytes = records.get(at..at + 8)?;
        Some(u64::from_le_bytes(bytes.try_into().expect("eight bytes")))
    };
    let mut found = BTreeMap::new();
    let mut at = 0;
    while let (Some(header), Some(address)) = (word(at), word(at + 8)) {
        // PERF_RECORD_SAMPLE.
        if header as u32 == 9 {
            *found.entry(address).or_default() += 1;
        }
        at += (header >> 48) as usize;
    }
    found
}

/// Lines of `/proc/kallsyms`, of the module: address, name.
fn symbols(text: &str) -> BTreeMap<u64, String> {
    let line = |line: &str| {
        let (symbol, module) = line.split_once('\t').expect("a module");
        assert_eq!(module, "[lore]");
        let words: Vec<&str> = symbol.split(' ').collect();
        let [address, "t", name] = words[..] else {
            panic!("{line}");
        };
        (
            u64::from_str_radix(address, 16).expect("an address"),
            name.to_owned(),
        )
    };
    text.lines().map(line).collect()
}

#[test]
fn samples_fall_into_the_functions_that_ran() {
    lore(&[
        "load",
        "/fixtures/assist.lore",
        "--name",
        "hot",
        "--budget",
        "1s",
    ]);
    lore(&["load", "/fixtures/store-rust.lore", "--name", "cold"]);
    let (extension, _) = device()
        .extension(&Who::Name("hot".into()))
        .expect("it opens");
    let samples = begin();
    let spin = extension.run(&mut Run {
        entry: 0,
        repeat: 1,
        arg: Op::Spin as u64,
        input: &[],
        output: &mut [],
    });
    assert_eq!(spin.expect("it runs").ended, lore_abi::request::RUN_FAULTED);
    let samples = addresses(&samples.end());

    let symbols = symbols(&lore_text(&["symbols"]));
    assert!(
        symbols.values().any(|name| name == "cold:memcmp"),
        "{symbols:?}"
    );
    let (first, last) = (symbols.keys().next(), symbols.keys().last());
    let (first, last) = (*first.expect("a symbol"), *last.expect("a symbol"));
    let mut by_name: BTreeMap<&str, u64> = BTreeMap::new();
    for (address, count) in samples.range(first..last + PAGE) {
        let (_, name) = symbols
            .range(..=address)
            .next_back()
            .expect("a symbol below");
        *by_name.entry(name).or_default() += count;
    }
    let spun = by_name.get("hot:spin").copied().unwrap_or_default();
    let all: u64 = by_name.values().sum();
    assert!(
        spun >= 50 && spun * 10 >= all * 9,
        "{by_name:?} of {samples:x?}"
    );
    assert!(
        !by_name.keys().any(|name| name.starts_with("cold:")),
        "{by_name:?}"
    );
    lore(&["unload", "hot"]);
    lore(&["unload", "cold"]);
    // Its image is forgotten with its name, but a file of it is open.
    let left = lore_text(&["symbols"]);
    assert!(
        left.ends_with(" t hot:code\t[lore]\n") && left.lines().count() == 1,
        "{left}"
    );
    drop(extension);
    assert_eq!(lore_text(&["symbols"]), "");
}

#[test]
fn who_may_not_see_addresses_learns_none() {
    let before = fs::read_to_string(RESTRICT).expect("it is there");
    lore(&["load", "/fixtures/assist.lore", "--name", "hidden"]);
    fs::write(RESTRICT, "2").expect("root may");
    let error = lore_fails(&["symbols"], 5);
    fs::write(RESTRICT, before).expect("root may");
    assert_eq!(error["kind"], "hidden");
    let at = lore(&["show", "hidden"])["region_at"].as_u64();
    assert!(at.is_some_and(|at| at < 1 << 32), "an offset, no address");
    lore(&["unload", "hidden"]);
}
