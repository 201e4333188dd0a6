// SPDX-License-Identifier: GPL-2.0
//! Events and growth from wherever hooks are called: softirqs, hard interrupts, the scheduler.

use lore::kernel::{Attached, Extension, LoadOptions, Run};
use lore_client::shared::Ptr;
use lore_client::window::{Access, Window};
use lore_guest_tests::hooks::{status, wait_for, Stops};
use lore_guest_tests::{device, fixture, pages, patient};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

const PAGE: u64 = 4096;
/// A softirq, a hard interrupt, and the scheduler with interrupts masked.
const HOOKS: [&str; 3] = [
    "timer/200us",
    "tracepoint/irq_handler_entry",
    "tracepoint/sched_switch",
];

/// `counts` of the fixture.
#[derive(Clone, Copy, Debug)]
struct Counts {
    calls: u64,
    sent: u64,
    lost: u64,
    grown: u64,
    refused: u64,
}

fn load() -> Extension {
    let mut image = fixture("levels_metered").image;
    image.header.ring_len = 64 << 10;
    let how = LoadOptions {
        heap_max: 8 << 20,
        ..patient()
    };
    device().load(&image, &how).expect("levels loads").0
}

fn counts(extension: &Extension) -> Counts {
    let mut output = [0; 40];
    let done = extension.run(&mut Run {
        entry: 0,
        repeat: 1,
        arg: 0,
        input: &[],
        output: &mut output,
    });
    assert_eq!(done.expect("runs").output_len, 40);
    let words = output
        .chunks_exact(8)
        .map(|bytes| bytes.try_into().expect("eight bytes"));
    let mut words = words.map(u64::from_le_bytes);
    let mut next = || words.next().expect("five words");
    Counts {
        calls: next(),
        sent: next(),
        lost: next(),
        grown: next(),
        refused: next(),
    }
}

fn attach(extension: &Extension) -> [Attached; 3] {
    HOOKS.map(|hook| {
        let attached = extension.attach(hook, None).expect(hook);
        assert_eq!(attached.warnings, 0, "{hook}");
        attached
    })
}

fn runs(attached: &[Attached]) -> Vec<u64> {
    attached
        .iter()
        .map(|a| status(*a).expect("listed").runs)
        .collect()
}

/// Words of the window that are `~offset`, one at most in each page of the heap.
fn marked(window: &Window) -> u64 {
    let plan = window.plan();
    let is_marked = |at: &u64| {
        let word = window
            .read(Ptr::<AtomicU64>::new(*at as u32))
            .expect("in the heap");
        word.into_inner() == !at
    };
    // Growth is given out from the heap's start on, without gaps but where it failed.
    (plan.heap_at..plan.heap_at + plan.heap_len)
        .step_by(PAGE as usize)
        .filter(is_marked)
        .count() as u64
}

#[test]
fn what_is_sent_and_grown_in_interrupts_is_there() {
    let before = pages();
    let extension = load();
    let window = extension.map(Access::ReadWrite).expect("maps");
    let attached = attach(&extension);
    let stop = AtomicBool::new(false);
    let mut seen = Vec::new();
    thread::scope(|scope| {
        // Something to switch between.
        for _ in 0..4 {
            scope.spawn(|| {
                while !stop.load(Relaxed) {
                    thread::yield_now();
                }
            });
        }
        let mut ring = window.events().expect("a ring");
        let mut drain = |seen: &mut Vec<u64>| {
            while let Some(event) = ring.next_event().expect("no garbage") {
                let words = event.get::<[AtomicU64; 4]>().expect("32 bytes");
                let [number, hook, cpu, check] = words.each_ref().map(|word| word.load(Relaxed));
                assert_eq!((check, event.bytes().len()), (!number, 32));
                assert!(cpu < 4 && (hook == 2 || hook == 3), "{hook} on {cpu}");
                seen.push(number);
            }
        };
        wait_for("calls at every level", || {
            extension
                .wait(Some(Duration::from_millis(10)))
                .expect("polls");
            drain(&mut seen);
            runs(&attached).iter().all(|runs| *runs > 200).then_some(())
        });
        stop.store(true, Relaxed);
        for attached in attached {
            device().detach(attached.id).expect("detach");
        }
        drain(&mut seen);
    });
    let counts = counts(&extension);
    let show = extension.show().expect("show");
    assert_eq!((show.runs, show.faults), (counts.calls + 1, 0));
    assert_eq!(counts.sent + counts.lost, counts.calls);
    assert_eq!(
        (seen.len() as u64, show.events_lost),
        (counts.sent, counts.lost)
    );
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len() as u64, counts.sent, "none came twice");
    assert_eq!(counts.grown + counts.refused, counts.calls.div_ceil(8));
    assert!(counts.grown > 0);
    // Mapped anew, it knows how much was grown.
    drop(window);
    let window = extension.map(Access::Read).expect("maps");
    assert_eq!(marked(&window), counts.grown);
    drop((window, extension));
    wait_for("the pages", || (pages() == before).then_some(()));
}

/// A program writes anything over data, heap and ring while the extension runs at every level of four CPUs.
#[test]
fn garbage_from_a_program_harms_nobody_at_any_level() {
    let before = pages();
    for seed in 0..3 {
        let extension = load();
        let window = extension.map(Access::ReadWrite).expect("maps");
        let attached = attach(&extension);
        let (window, plan) = (&window, *window.plan());
        let stop = &AtomicBool::new(false);
        thread::scope(|scope| {
            for writer in 0..2 {
                scope.spawn(move || {
                    let mut random = fastrand::Rng::with_seed(seed << 1 | writer);
                    while !stop.load(Relaxed) {
                        let (from, to) = match random.u8(..3) {
                            0 => (plan.data_at, plan.data_end),
                            1 => (plan.heap_at, plan.heap_end),
                            _ => (plan.ring_at, plan.records_at + plan.ring_len),
                        };
                        let at = random.u64(from..to) & !7;
                        let word = window
                            .get(Ptr::<AtomicU64>::new(at as u32))
                            .expect("in the window");
                        word.store(random.u64(..), Relaxed);
                    }
                });
            }
            scope.spawn(move || {
                while !stop.load(Relaxed) {
                    // Events, or what is called so.
                    if let Ok(Some(event)) = window.events().expect("a ring").next_event() {
                        assert!(event.bytes().len() <= 64 << 10);
                    }
                }
            });
            let _stops = Stops(stop);
            wait_for("calls at every level", || {
                runs(&attached).iter().all(|runs| *runs > 100).then_some(())
            });
        });
        drop(extension);
    }
    assert_eq!(device().attachments().expect("attachments").len(), 0);
    wait_for("the pages", || (pages() == before).then_some(()));
}
