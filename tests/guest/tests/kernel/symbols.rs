// SPDX-License-Identifier: GPL-2.0
//! Profiles: samples of the kernel's own profiler, by the names that `lore symbols` gives them.

use lore::kernel::{Run, Who};
use lore_guest_tests::command::{lore, lore_fails, lore_text};
use lore_guest_tests::{device, Op};
use std::collections::BTreeMap;
use std::fs;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};
use std::sync::atomic::{AtomicU64, Ordering};

const PAGE: usize = 4096;
/// Pages of samples.
const PAGES: usize = 64;
const RESTRICT: &str = "/proc/sys/kernel/kptr_restrict";

/// What a software clock finds this thread at in the kernel, a thousand times a second of its time.
struct Samples {
    event: OwnedFd,
    ring: *mut u8,
}

impl Samples {
    fn begin() -> Samples {
        // `struct perf_event_attr` as it was first: PERF_TYPE_SOFTWARE, its size, PERF_COUNT_SW_CPU_CLOCK, the period in
        // nanoseconds, PERF_SAMPLE_IP, nothing to read, exclude_user and exclude_hv.
        let attributes: [u64; 8] = [1 | 64 << 32, 0, 1_000_000, 1, 0, 1 << 4 | 1 << 6, 0, 0];
        // SAFETY: The kernel reads 64 bytes of the array; the numbers are this thread, any CPU, no group, no flags.
        let event =
            unsafe { libc::syscall(libc::SYS_perf_event_open, attributes.as_ptr(), 0, -1, -1, 0) };
        assert!(event >= 0, "{}", std::io::Error::last_os_error());
        // SAFETY: The kernel has just made it.
        let event = unsafe { OwnedFd::from_raw_fd(event as i32) };
        let access = libc::PROT_READ | libc::PROT_WRITE;
        let len = (1 + PAGES) * PAGE;
        // SAFETY: A new mapping, where nothing is.
        let ring = unsafe {
            libc::mmap(
                std::ptr::null_mut(),
                len,
                access,
                libc::MAP_SHARED,
                event.as_raw_fd(),
                0,
            )
        };
        assert_ne!(ring, libc::MAP_FAILED);
        let ring = ring.cast();
        Samples { event, ring }
    }

    /// Addresses, as often as each was found.
    fn end(self) -> BTreeMap<u64, u64> {
        // SAFETY: `data_head` of the mapping's first page, which the kernel writes like an atomic.
        let head = unsafe { &*self.ring.add(1024).cast::<AtomicU64>() }.load(Ordering::Acquire);
        let mut found = BTreeMap::new();
        let mut at = 0;
        while at < head && (head as usize) < PAGES * PAGE {
            // SAFETY: Below `data_head`, in the pages behind the first; records are multiples of 8.
            let [header, address] =
                unsafe { *self.ring.add(PAGE + at as usize).cast::<[u64; 2]>() };
            // PERF_RECORD_SAMPLE.
            if header as u32 == 9 {
                *found.entry(address).or_default() += 1;
            }
            at += header >> 48;
        }
        drop(self.event);
        found
    }
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
    let samples = Samples::begin();
    let spin = extension.run(&mut Run {
        entry: 0,
        repeat: 1,
        arg: Op::Spin as u64,
        input: &[],
        output: &mut [],
    });
    assert_eq!(spin.expect("it runs").ended, lore_abi::request::RUN_FAULTED);
    let samples = samples.end();

    let symbols = symbols(&lore_text(&["symbols"]));
    assert!(
        symbols.values().any(|name| name == "cold:memcmp"),
        "{symbols:?}"
    );
    let (first, last) = (symbols.keys().next(), symbols.keys().last());
    let (first, last) = (*first.expect("a symbol"), *last.expect("a symbol"));
    let mut by_name: BTreeMap<&str, u64> = BTreeMap::new();
    for (address, count) in samples.range(first..last + PAGE as u64) {
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
