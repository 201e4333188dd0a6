// SPDX-License-Identifier: GPL-2.0
//! The ring of events: what is sent arrives, what is not complete does not, what has no room is counted.

use lore::kernel::{Error, Extension, LoadOptions, Run};
use lore_abi::request::{RUN_FAULTED, RUN_RETURNED};
use lore_client::events::{EventsError, Ready};
use lore_client::shared::Ptr;
use lore_client::window::{Access, Window};
use lore_guest_tests::{device, fixture, gate_error, pages, patient};
use lore_iface::GateError;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

/// What the fixture does; the order is that of `enum op` in tests/fixtures/events.c.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
enum Op {
    Send,
    Keep,
    Fault,
    Abort,
    Spin,
    Twice,
    None,
    Discard,
}

/// The fixture with a ring of at least so many bytes.
fn sender(ring_len: u32) -> Extension {
    load(ring_len, &patient())
}

fn load(ring_len: u32, how: &LoadOptions) -> Extension {
    let mut image = fixture("events").image;
    image.header.ring_len = ring_len;
    device().load(&image, how).expect("events loads").0
}

fn try_ask(extension: &Extension, op: Op, operands: &[u64]) -> Result<(u32, u64), Error> {
    let input: Vec<u8> = operands
        .iter()
        .flat_map(|word| word.to_le_bytes())
        .collect();
    let done = extension.run(&mut Run {
        entry: 0,
        repeat: 1,
        arg: op as u64,
        input: &input,
        output: &mut [],
    })?;
    Ok((done.ended, done.result))
}

fn ask(extension: &Extension, op: Op, operands: &[u64]) -> u64 {
    let (ended, result) = try_ask(extension, op, operands).expect("runs");
    assert_eq!(ended, RUN_RETURNED, "{op:?} faulted");
    result
}

fn map(extension: &Extension) -> Window {
    extension.map(Access::ReadWrite).expect("maps")
}

/// All events that are there.
fn read(window: &Window) -> Vec<Vec<u8>> {
    let mut events = window.events().expect("a ring");
    let mut all = Vec::new();
    while let Some(event) = events.next_event().expect("no garbage") {
        all.push(event.bytes().collect());
    }
    all
}

fn words(values: impl IntoIterator<Item = u64>) -> Vec<Vec<u8>> {
    values
        .into_iter()
        .map(|value| value.to_le_bytes().to_vec())
        .collect()
}

const NOW: Option<Duration> = Some(Duration::ZERO);
const NOTHING: Ready = Ready {
    event: false,
    over: false,
};

#[test]
fn events_arrive_in_order_byte_by_byte() {
    let extension = sender(4096);
    let window = map(&extension);
    assert_eq!(window.plan().ring_len, 4096);
    assert_eq!(extension.wait(NOW).expect("polls"), NOTHING);
    // Around the ring many times, by every length that fits a quarter of it.
    for len in (0..=1024).chain([1000, 1, 0, 8, 7, 9, 1024]) {
        let value = len * 3;
        assert_eq!(ask(&extension, Op::Send, &[2, len, value]), 2);
        assert!(extension.wait(NOW).expect("polls").event);
        let expected: Vec<Vec<u8>> = (value..value + 2)
            .map(|value| {
                let whole = value.to_le_bytes().repeat(len as usize / 8);
                [whole, vec![value as u8; len as usize % 8]].concat()
            })
            .collect();
        assert_eq!(read(&window), expected, "{len} bytes");
        assert_eq!(extension.wait(NOW).expect("polls"), NOTHING);
    }
    assert_eq!(window.events().expect("a ring").lost(), 0);
}

#[test]
fn what_finds_no_room_is_lost_and_counted() {
    let extension = sender(4096);
    let window = map(&extension);
    let lost = || window.events().expect("a ring").lost();
    assert_eq!(
        ask(&extension, Op::Send, &[100, 64, 0]),
        56,
        "72 bytes each"
    );
    assert_eq!(lost(), 44);
    assert_eq!(
        ask(&extension, Op::Keep, &[64]),
        gate_error(GateError::RingFull)
    );
    assert_eq!(lost(), 45);
    assert_eq!(read(&window).len(), 56);
    assert_eq!(ask(&extension, Op::Send, &[100, 64, 0]), 56);
    assert_eq!(extension.show().expect("show").events_lost, 45 + 44);
}

#[test]
fn records_have_limits_and_there_is_one_at_a_time() {
    let extension = sender(4096);
    assert_eq!(
        ask(&extension, Op::Keep, &[1025]),
        gate_error(GateError::TooLong)
    );
    assert_eq!(
        ask(&extension, Op::Keep, &[u64::MAX]),
        gate_error(GateError::TooLong)
    );
    assert_eq!(
        ask(&extension, Op::Twice, &[]),
        gate_error(GateError::NoEvent)
    );
    assert_eq!(
        ask(&extension, Op::None, &[]),
        gate_error(GateError::NoEvent)
    );
    let large = sender(1 << 20);
    assert_eq!(
        ask(&large, Op::Keep, &[65537]),
        gate_error(GateError::TooLong)
    );
    assert_eq!(ask(&large, Op::Send, &[1, 65536, 7]), 1);
    assert_eq!(read(&map(&large)), [7u64.to_le_bytes().repeat(8192)]);

    let none = sender(0);
    assert_eq!(ask(&none, Op::Keep, &[8]), gate_error(GateError::NotFound));
    let window = map(&none);
    assert_eq!(window.events().err(), Some(EventsError::NoRing));
    assert_eq!(none.wait(NOW).expect("polls"), NOTHING);
}

/// However the activation ends, the reader passes over what it had begun, and gets what comes behind.
#[test]
fn an_event_that_was_not_sent_holds_nobody_up() {
    for (op, ended, budget_us) in [
        (Op::Keep, RUN_RETURNED, 5_000_000),
        (Op::Fault, RUN_FAULTED, 5_000_000),
        (Op::Abort, RUN_FAULTED, 5_000_000),
        (Op::Spin, RUN_FAULTED, 200_000),
        (Op::Twice, RUN_RETURNED, 5_000_000),
    ] {
        let how = LoadOptions {
            budget_us,
            ..patient()
        };
        let extension = load(4096, &how);
        let window = map(&extension);
        for round in 0..3 {
            assert_eq!(
                try_ask(&extension, op, &[8]).expect("runs").0,
                ended,
                "{op:?}"
            );
            assert_eq!(ask(&extension, Op::Send, &[1, 8, round]), 1);
            assert_eq!(read(&window), words([round]), "{op:?}");
        }
        let leaks = if ended == RUN_RETURNED { 3 } else { 0 };
        assert_eq!(extension.show().expect("show").leaks, leaks, "{op:?}");
    }
    let extension = sender(4096);
    let window = map(&extension);
    assert_eq!(ask(&extension, Op::Discard, &[9]), 1);
    assert_eq!(read(&window), words([9]));
}

#[test]
fn a_reader_sleeps_until_an_event_comes_or_none_will() {
    let how = LoadOptions {
        faults_max: 1,
        ..patient()
    };
    let extension = load(4096, &how);
    let window = map(&extension);
    for value in 0..50 {
        thread::scope(|scope| {
            let reader = scope.spawn(|| {
                let ready = extension.wait(None).expect("polls");
                (ready, read(&window))
            });
            // Sometimes before the reader waits, sometimes after.
            if value % 2 == 0 {
                thread::sleep(Duration::from_millis(2));
            }
            assert_eq!(ask(&extension, Op::Send, &[1, 8, value]), 1);
            let (ready, events) = reader.join().expect("a reader");
            assert!(ready.event && !ready.over);
            assert_eq!(events, words([value]));
        });
    }
    thread::scope(|scope| {
        let reader = scope.spawn(|| extension.wait(None).expect("polls"));
        thread::sleep(Duration::from_millis(2));
        assert_eq!(
            try_ask(&extension, Op::Fault, &[]).expect("runs").0,
            RUN_FAULTED
        );
        let ready = reader.join().expect("a reader");
        assert!(ready.over || ready.event, "{ready:?}");
    });
    assert_eq!(
        read(&window),
        [[0u8; 0]; 0],
        "what was begun is passed over"
    );
    let over = extension.wait(None).expect("polls");
    assert_eq!((over.event, over.over), (false, true));
}

#[test]
fn four_cpus_send_and_one_reader_misses_none_but_the_lost() {
    const EACH: u64 = 20_000;
    let before = pages();
    let extension = sender(64 << 10);
    let window = map(&extension);
    let (sent, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    let mut got = [0u64; 4];
    thread::scope(|scope| {
        let (extension, sent, stop) = (&extension, &sent, &stop);
        let senders: Vec<_> = (0..4u64)
            .map(|who| {
                scope.spawn(move || {
                    for round in 0..EACH / 100 {
                        let first = who << 56 | round * 100;
                        sent.fetch_add(ask(extension, Op::Send, &[100, 64, first]), Relaxed);
                    }
                })
            })
            .collect();
        scope.spawn(move || {
            for sender in senders {
                sender.join().expect("a sender");
            }
            stop.store(true, Relaxed);
        });
        let mut events = window.events().expect("a ring");
        let mut next = [0u64; 4];
        loop {
            let last = stop.load(Relaxed);
            while let Some(event) = events.next_event().expect("no garbage") {
                let words = event.get::<[AtomicU64; 8]>().expect("64 bytes");
                let value = words[0].load(Relaxed);
                assert!(words.iter().all(|word| word.load(Relaxed) == value), "torn");
                let (who, number) = ((value >> 56) as usize, value & u64::MAX >> 8);
                assert!(number >= next[who], "in order");
                next[who] = number + 1;
                got[who] += 1;
            }
            if last {
                break;
            }
            extension
                .wait(Some(Duration::from_millis(10)))
                .expect("polls");
        }
    });
    let (sent, lost) = (sent.load(Relaxed), window.events().expect("a ring").lost());
    assert_eq!(got.iter().sum::<u64>(), sent);
    assert_eq!(sent + lost, 4 * EACH);
    drop((window, extension));
    assert_eq!(pages(), before);
}

/// Programs write anything into header and records while 4 CPUs send: events may be lost or wrong, nothing else is.
#[test]
fn garbage_in_the_ring_harms_its_readers_alone() {
    let before = pages();
    let extension = sender(4096);
    let window = map(&extension);
    let plan = *window.plan();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let (extension, window, stop) = (&extension, &window, &stop);
        for seed in 1..3u64 {
            scope.spawn(move || {
                let mut state = seed;
                while !stop.load(Relaxed) {
                    state = state
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1);
                    let len = plan.records_at + plan.ring_len - plan.ring_at;
                    let at = match state >> 62 {
                        0 => plan.ring_at,
                        _ => plan.ring_at + (state >> 33) % len & !7,
                    };
                    let word = window
                        .get(Ptr::<AtomicU64>::new(at as u32))
                        .expect("in the ring");
                    word.store(state.rotate_left(17), Relaxed);
                }
            });
        }
        scope.spawn(move || {
            while !stop.load(Relaxed) {
                let mut events = window.events().expect("a ring");
                // Events, or garbage that is called so: the program goes on.
                if let Ok(Some(event)) = events.next_event() {
                    assert!(event.bytes().len() <= 4096);
                }
                extension.wait(NOW).expect("polls");
            }
        });
        let senders: Vec<_> = (0..4u64)
            .map(|who| {
                scope.spawn(move || {
                    for _ in 0..200 {
                        assert!(ask(extension, Op::Send, &[100, 64, who]) <= 100);
                    }
                })
            })
            .collect();
        for sender in senders {
            sender.join().expect("a sender");
        }
        stop.store(true, Relaxed);
    });
    drop((window, extension));
    assert_eq!(pages(), before);
}

#[test]
fn rings_have_a_limit() {
    let mut image = fixture("events").image;
    image.header.ring_len = u32::MAX;
    let refused = lore_guest_tests::assert_refused(
        device().load(&image, &patient()),
        lore_abi::refusal::Reason::TooLarge,
    );
    assert_eq!(
        (refused.asked, refused.limit),
        (u64::from(u32::MAX), lore_abi::ring::RING_MAX)
    );
    image.header.ring_len = 5000;
    let (extension, _) = device().load(&image, &patient()).expect("loads");
    assert_eq!(
        extension.window().expect("where its parts lie").ring_len,
        8192
    );
}
