// SPDX-License-Identifier: GPL-2.0
//! Windows of the profile `mask`, many at once: what they share, and what is left when they are gone.

use crate::windows::of_every_size;
use lore::kernel::LoadOptions;
use lore_guest_tests::{device, fixture, pages, patient, Assist, Op};
use std::io::Write;

/// Each round has windows of its own sizes; what they held is as it was.
#[test]
fn nothing_is_left_of_windows_that_are_gone() {
    let before = (pages(), device().info().expect("info").arena_used);
    for _ in 0..20 {
        let all: Vec<(Assist, u64)> = of_every_size().collect();
        for (assist, _) in &all {
            assist.is_well();
            assist.result(Op::Burst, &[4096, 2]);
            assist.faults(Op::Load, &[0]);
        }
    }
    let after = (pages(), device().info().expect("info").arena_used);
    assert_eq!(after, before);
}

/// Extensions of one image share its code, so the arena does not limit them.
#[test]
fn code_is_shared_by_those_who_have_the_same() {
    let used = || device().info().expect("info").arena_used;
    let before = used();
    let region = |assist: &Assist| assist.status().region_at;
    let mut all = vec![Assist::load_masked("64k", &patient())];
    let one = used() - before;
    assert_eq!(one, all[0].status().region_len);
    for _ in 0..10 {
        all.push(Assist::load_masked("64k", &patient()));
    }
    assert_eq!(used() - before, one);
    assert!(all.iter().all(|assist| region(assist) == region(&all[0])));
    // Other code, other gates or a trace: a region of its own.
    let other = Assist::load_masked("128k", &patient());
    assert_ne!(region(&other), region(&all[0]));
    let traced = LoadOptions {
        trace: 16,
        ..patient()
    };
    let traced = Assist::load_masked("64k", &traced);
    assert_ne!(region(&traced), region(&all[0]));
    let stopped = LoadOptions {
        stop_at: traced.code_at() + 64,
        ..patient()
    };
    if let Ok((stopped, _)) = device().load(&traced.file.image, &stopped) {
        assert_ne!(stopped.show().expect("show").region_at, region(&all[0]));
    }
    drop((other, traced));
    // It is there as long as one is left, whichever that is.
    while all.len() > 1 {
        all.remove(0);
        all[0].is_well();
        assert_eq!(used() - before, one);
    }
    all.clear();
    assert_eq!(used(), before);
}

#[test]
fn ten_thousand_small_extensions_are_loaded_at_once() {
    const COUNT: usize = 10_000;
    const LEN: u64 = 64 << 10;
    let files = rustix::process::Rlimit {
        current: Some(2 * COUNT as u64),
        maximum: Some(2 * COUNT as u64),
    };
    rustix::process::setrlimit(rustix::process::Resource::Nofile, files).expect("files");
    let memory = |name: &str| {
        let text = std::fs::read_to_string("/proc/meminfo").expect("meminfo");
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let number = line.and_then(|rest| rest.split_whitespace().nth(1));
        number.expect(name).parse::<u64>().expect("KiB")
    };
    let before = (pages(), memory("MemAvailable"));
    let image = fixture("assist_mask_64k").image;
    let all: Vec<_> = (0..COUNT)
        .map(|_| device().load(&image, &patient()).expect("loads").0)
        .collect();
    let info = device().info().expect("info");
    assert_eq!(info.extensions as usize, COUNT);
    // A page of data each, before it runs.
    assert_eq!(info.pages - before.0, COUNT as u64);
    let taken = before.1.saturating_sub(memory("MemAvailable"));
    // Not by the macro, whose lines are kept back: README quotes this one.
    let each = taken * 1024 / COUNT as u64;
    let line = format!("\n{each} bytes of memory an extension\n");
    std::io::stdout()
        .write_all(line.as_bytes())
        .expect("stdout");
    assert!(taken * 1024 / (COUNT as u64) < 32 << 10, "{taken} KiB");
    for extension in [&all[0], &all[COUNT / 2], &all[COUNT - 1]] {
        let mut run = lore::kernel::Run {
            entry: 0,
            repeat: 1,
            arg: Op::Count as u64,
            input: &[],
            output: &mut [],
        };
        let done = extension.run(&mut run).expect("runs");
        assert_eq!(
            (done.result, extension.show().expect("show").window_len),
            (41, LEN)
        );
    }
    drop(all);
    assert_eq!(pages(), before.0);
}
