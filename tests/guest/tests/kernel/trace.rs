// SPDX-License-Identifier: GPL-2.0
//! The trace: `lore trace` as its users type it, line by line, and the records behind it under load.

use lore::kernel::{Extension, LoadOptions, Run};
use lore::report::Calls;
use lore_abi::fault::FaultKind;
use lore_abi::image::Hook;
use lore_abi::request::{RunRequest, RUN_FAULTED, RUN_RETURNED};
use lore_abi::trace::TraceRecord;
use lore_guest_tests::command::{lore_text, program};
use lore_guest_tests::hooks::wait_for;
use lore_guest_tests::{device, fixture, patient, Assist, Op};
use lore_iface::Gate;
use serde_json::{json, Value};
use std::thread;

/// Entries of the fixture.
const ABORTS: u32 = 1;
pub const MANY: u32 = 2;
const LATER: u32 = 3;

const IMAGES: [&str; 2] = ["/fixtures/traced.lore", "/fixtures/traced_metered.lore"];

pub fn traced(room: u32) -> Extension {
    let how = LoadOptions {
        trace: room,
        ..patient()
    };
    let loaded = device().load(&fixture("traced").image, &how);
    loaded.expect("it loads").0
}

pub fn run(extension: &Extension, entry: u32, arg: u64) -> RunRequest {
    let mut run = Run {
        entry,
        repeat: 1,
        arg,
        input: &[],
        output: &mut [],
    };
    extension.run(&mut run).expect("it runs")
}

/// All records that are there, and how many were lost.
pub fn all(extension: &Extension) -> (Vec<TraceRecord>, u64) {
    let mut all = Vec::new();
    loop {
        let (records, lost) = extension.calls().expect("the trace is read");
        if records.is_empty() {
            return (all, lost);
        }
        all.extend(records);
    }
}

/// A line with what the linker decides, or the clock, left out.
fn steady(line: &str) -> String {
    let mut text = line.to_owned();
    for name in ["word=", "function="] {
        let Some((before, rest)) = text.split_once(name) else {
            continue;
        };
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let value: u64 = rest[..digits].parse().expect("a number");
        // An offset in the window, or in the table of functions: no address.
        assert!(value > 0 && value < 1 << 32, "{line}");
        text = format!("{before}{name}N{}", &rest[digits..]);
    }
    text
}

#[test]
fn every_call_is_a_line_with_names_and_types() {
    for image in IMAGES {
        let text = lore_text(&["trace", image]);
        let lines: Vec<String> = text.lines().map(steady).collect();
        let (last, calls) = lines.split_last().expect("lines");
        let want = [
            "log(level=debug, text=\"hello\\n\\x01\") = 0",
            "task_by_pid(number=1) = task#1",
            "task_ids(self=task#1) = {pid: 1, process: 1, user: 0, group: 0}",
            "task_name(self=task#1, room=16) = \"init\"",
            "task_name(self=task#1, room=2) = \"in\"",
            "task_clone(self=task#1) = task#2",
            "task_drop(task=task#1) = 0",
            "task_pid(self=task#1) = -6 (bad-handle)",
            "task_drop(task=task#2) = 0",
            "task_by_pid(number=4294967295) = -10 (not-found)",
            "task_pid(self=0x5) = -6 (bad-handle)",
            "lock_take(word=N) = lock#1",
            "lock_drop(lock=lock#1) = 0",
            "timer_create(function=N, argument=1) = timer#1",
            "timer_arm(self=timer#1, delay_ns=3600000000000) = 0",
            "timer_cancel(self=timer#1) = true",
            "timer_drop(timer=timer#1) = 0",
            "counter_add(counter=3, by=9223372036854775808) = 0",
            "counter_sum(counter=3) = 9223372036854775808",
            "log(level=info, text=4 bytes at 0x10, which is not mapped) = -1 (bad-span)",
            "log(level=9, text=\"in\\x00t\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\\x00\"... (300 bytes)) = -4 (bad-value)",
            "event_submit() = -13 (no-event)",
        ];
        let shown: Vec<&str> = calls.iter().map(String::as_str).collect();
        // How much of the data behind `room` is shown depends on what the linker put there.
        for (shown, want) in shown.iter().zip(want) {
            if want.contains("300 bytes") {
                assert!(shown.starts_with("log(level=9, text=\"in"), "{shown}");
                assert!(
                    shown.ends_with("... (300 bytes)) = -4 (bad-value)"),
                    "{shown}"
                );
            } else {
                assert_eq!(*shown, want, "{image}");
            }
        }
        assert_eq!(shown.len(), want.len(), "{image}: {text}");
        assert!(last.contains(".lore returned -13 ("), "{last}");
    }
}

#[test]
fn programs_read_a_document_per_line() {
    let output = program("/bin/lore", &["--json", "trace", IMAGES[0], "--entry", "1"]);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8(output.stdout).expect("text");
    let mut documents = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
    let mut next = || documents.next().expect("a document").expect("JSON");
    let add = next();
    assert_eq!(
        (&add["gate"], &add["result"]),
        (&json!("counter_add"), &json!(0))
    );
    assert_eq!(add["args"], json!({ "counter": 1, "by": 1 }));
    assert_eq!((&add["hook"], &add["ended"]), (&json!("run"), &Value::Null));
    let abort = next();
    assert_eq!(
        (&abort["gate"], &abort["result"]),
        (&json!("abort"), &Value::Null)
    );
    let message = json!({ "len": 7, "hex": "6e6f206d6f7265", "text": "no more" });
    assert_eq!(abort["args"], json!({ "code": 3, "text": message }));
    assert_eq!(abort["ended"], "abort");
    assert_eq!(next()["ended"], "faulted");
    assert!(documents.next().is_none());
    assert!(
        !text.contains("ffff"),
        "no address of the kernel, not even of the window: {text}"
    );
}

#[test]
fn more_calls_than_room_are_counted_and_the_oldest_stay() {
    let extension = traced(16);
    assert_eq!(run(&extension, MANY, 21).ended, RUN_RETURNED);
    let (records, lost) = all(&extension);
    let numbers: Vec<u64> = records.iter().map(|record| record.args[1]).collect();
    assert_eq!((numbers, lost), ((0..16).collect(), 5));
    // The room is free again, however often it was used.
    for _ in 0..5 {
        assert_eq!(run(&extension, MANY, 16).ended, RUN_RETURNED);
        let (records, lost) = all(&extension);
        assert_eq!((records.len(), lost), (16, 5));
    }
    let output = program(
        "/bin/lore",
        &[
            "trace", IMAGES[0], "--entry", "2", "--arg", "3", "--room", "1",
        ],
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn who_was_not_loaded_to_be_traced_has_no_calls() {
    let extension = device()
        .load(&fixture("traced").image, &patient())
        .expect("it loads")
        .0;
    assert_eq!(run(&extension, MANY, 20).ended, RUN_RETURNED);
    assert_eq!(all(&extension), (Vec::new(), 0));
}

/// Four CPUs call, a timer interrupts them, and a reader takes out: each call is there once, whole, or counted as lost.
#[test]
fn calls_of_many_cpus_are_whole_and_all_accounted_for() {
    const THREADS: u64 = 4;
    const ROUNDS: u64 = 60;
    const CALLS: u64 = 100;
    let extension = traced(1024);
    let (mut records, mut lost) = (Vec::new(), 0);
    thread::scope(|scope| {
        let callers: Vec<_> = (0..THREADS)
            .map(|_| {
                scope.spawn(|| {
                    for _ in 0..ROUNDS {
                        assert_eq!(run(&extension, MANY, CALLS).ended, RUN_RETURNED);
                    }
                })
            })
            .collect();
        while !callers.iter().all(|caller| caller.is_finished()) {
            records.extend(all(&extension).0);
        }
    });
    let (rest, now) = all(&extension);
    records.extend(rest);
    lost += now;
    assert_eq!(records.len() as u64 + lost, THREADS * ROUNDS * CALLS);
    let mut seen = vec![0; CALLS as usize];
    for record in &records {
        assert_eq!((record.gate, record.result), (Gate::CounterAdd.number(), 0));
        assert_eq!((record.args[0], record.ended), (2, 0));
        seen[record.args[1] as usize] += 1;
    }
    assert!(seen.iter().all(|count| *count <= THREADS * ROUNDS));
    if lost == 0 {
        assert_eq!(seen, vec![THREADS * ROUNDS; CALLS as usize]);
    }
}

#[test]
fn calls_of_timers_are_told_from_those_of_the_run() {
    let extension = traced(64);
    assert_eq!(run(&extension, LATER, 1_000_000).result, 0);
    let mut records = Vec::new();
    wait_for("the timer's call", || {
        records.extend(all(&extension).0);
        (records.len() == 4).then_some(())
    });
    let mut calls = Calls::default();
    let lines: Vec<String> = records
        .iter()
        .map(|record| calls.next(record).line())
        .collect();
    assert_eq!(lines[1], "timer_keep(timer=timer#1) = timer#2");
    assert_eq!(lines[2], "timer_arm(self=timer#2, delay_ns=1000000) = 0");
    assert_eq!(lines[3], "timer: counter_add(counter=7, by=42) = 0");
    assert_eq!(records[3].hook, Hook::Timer.number());
}

/// The time runs out in a gate: the call has its record, which says that nobody saw the result, and the trace goes on.
#[test]
fn a_cancelled_call_has_its_record() {
    for metered in [false, true] {
        let how = LoadOptions {
            trace: 1 << 16,
            budget_us: 20_000,
            faults_max: 1_000_000,
            stack_len: 1 << 20,
            ..LoadOptions::default()
        };
        let image = if metered { "assist_metered" } else { "assist" };
        let (extension, _) = device()
            .load(&fixture(image).image, &how)
            .expect("it loads");
        let mut over = 0;
        for _ in 0..20 {
            let mut spin = Run {
                entry: 0,
                repeat: 1,
                arg: Op::GateSpin as u64,
                input: &[],
                output: &mut [],
            };
            let done = extension.run(&mut spin).expect("it runs");
            assert_eq!(done.ended, RUN_FAULTED);
            let (records, _) = all(&extension);
            assert!(!records.is_empty(), "{image}");
            let ended: Vec<u32> = records
                .iter()
                .map(|record| record.ended)
                .filter(|ended| *ended != 0)
                .collect();
            assert!(ended.len() <= 1, "{image}: {ended:?}");
            over += ended.len();
            if let Some(kind) = ended.first() {
                assert_eq!(FaultKind::from_u32(*kind), Some(FaultKind::Time));
                assert_ne!(records.last().map(|record| record.ended), Some(0));
            }
        }
        // Metered images end by their fuel, behind the gate.
        assert!(metered || over > 0, "{image}");
        let assist = Assist::load();
        assist.is_well();
    }
}

/// Nothing of a trace outlives its extension, whoever still calls.
#[test]
fn an_extension_goes_with_its_trace_full() {
    for _ in 0..20 {
        let extension = traced(4096);
        assert_eq!(run(&extension, ABORTS, 0).ended, RUN_FAULTED);
        assert_eq!(run(&extension, LATER, 3_600_000_000_000).result, 0);
        assert_eq!(run(&extension, MANY, 5000).ended, RUN_RETURNED);
    }
    let status = device().list().expect("a list");
    assert!(status.is_empty(), "{status:?}");
}
