// SPDX-License-Identifier: GPL-2.0
//! Whatever an extension holds, and wherever it is cancelled: nothing is left behind.

use lore::elf::ImageFile;
use lore::kernel::{Extension, LoadOptions, Run};
use lore_abi::contract::BTI_C;
use lore_abi::fault::{Fault, FaultKind, HAS_REGISTERS, IN_GATE};
use lore_abi::refusal::Reason;
use lore_abi::request::{RunRequest, RUN_FAULTED, RUN_RETURNED};
use lore_guest_tests::{
    assert_biased, assert_refused, biased_fixture, code_at, device, fixture, gate_error, patient,
};
use lore_iface::{Gate, GateError};
use lore_sandbox::handles::SLOTS;
use rustix::thread::{gettid, sched_setaffinity, CpuSet};
use std::collections::BTreeSet;
use std::sync::mpsc;
use zerocopy::IntoBytes;

/// The entries of `tests/fixtures/every.c`.
const EVERY: u32 = 0;
const HELD: u32 = 1;
const GATES: u32 = 2;
const WAITS: u32 = 3;
const TAKES: u32 = 4;
const FREES: u32 = 5;
const COUNTS: u32 = 6;
/// `OP_FILL` of `tests/fixtures/objects.c`.
const FILL: u64 = 2;

fn load(file: &ImageFile, how: &LoadOptions) -> Extension {
    device().load(&file.image, how).expect("it loads").0
}

fn run(extension: &Extension, entry: u32, arg: u64, operand: u64) -> (RunRequest, Vec<u8>) {
    let mut output = vec![0; 8];
    let done = extension.run(&mut Run {
        entry,
        repeat: 1,
        arg,
        input: operand.as_bytes(),
        output: &mut output,
    });
    (done.expect("the request is accepted"), output)
}

fn result(extension: &Extension, entry: u32, operand: u64) -> u64 {
    let (done, _) = run(extension, entry, 0, operand);
    assert_eq!(done.ended, RUN_RETURNED, "entry {entry}");
    done.result
}

fn fault(extension: &Extension, done: &RunRequest) -> Fault {
    extension.faults(done.fault - 1).expect("records")[0]
}

/// Keeps this thread, and so its activations and their table, on one CPU.
pub fn stay() {
    let mut cpus = CpuSet::new();
    cpus.set(1);
    sched_setaffinity(None, &cpus).expect("affinity");
}

/// The table of this CPU has room for as many objects as ever.
pub fn assert_table_is_empty(filler: &Extension) {
    let (done, count) = run(filler, 0, FILL, 0);
    assert_eq!(done.result, gate_error(GateError::TableFull));
    assert_eq!(count, (SLOTS as u64).to_le_bytes());
}

/// Gives a thread of its own to a function, by its number; afterwards the thread ends.
pub fn with_thread<R>(act: impl FnOnce(u64) -> R) -> R {
    let (tell, told) = mpsc::channel();
    let (end, ended) = mpsc::channel::<()>();
    let thread = std::thread::spawn(move || {
        tell.send(gettid().as_raw_nonzero().get() as u64)
            .expect("somebody listens");
        let _ = ended.recv();
    });
    let outcome = act(told.recv().expect("a number"));
    drop(end);
    thread.join().expect("it ends");
    outcome
}

/// A round that holds many objects loses less memory than `each` KiB for each of them. What the kernel's caches grow by
/// or give back later is lost once; what the module forgets is lost in every round.
/// Gives how many objects the last round held.
pub fn assert_keeps_nothing(each: i64, mut round: impl FnMut() -> u32) -> u32 {
    const ROUNDS: usize = 4;
    let mut lost = Vec::new();
    while lost.len() < ROUNDS {
        let before = unreclaimable();
        let held = round();
        lost.push(unreclaimable() - before);
        if lost.last() < Some(&(each * i64::from(held))) {
            return held;
        }
    }
    panic!("every round loses memory, in KiB: {lost:?}");
}

/// KiB of the kernel's own objects that nobody can ask back: descriptions of tasks are among them.
fn unreclaimable() -> i64 {
    let text = std::fs::read_to_string("/proc/meminfo").expect("meminfo");
    let line = text.lines().find(|line| line.starts_with("SUnreclaim:"));
    let number = line.and_then(|line| line.split_whitespace().nth(1));
    number.expect("a number").parse().expect("a number")
}

/// Cancels at one word; whether it was reached.
fn cancelled_at(file: &ImageFile, filler: &Extension, at: u32) -> bool {
    let how = LoadOptions {
        stop_at: at,
        ..patient()
    };
    let extension = load(file, &how);
    let (done, _) = with_thread(|number| run(&extension, EVERY, 0, number));
    let reached = done.ended == RUN_FAULTED;
    if reached {
        let fault = fault(&extension, &done);
        assert_eq!(FaultKind::from_u32(fault.kind), Some(FaultKind::Trap));
        assert_eq!(fault.at, at);
        assert_ne!(fault.flags & HAS_REGISTERS, 0, "{fault:x?}");
        assert_biased(file, &fault);
        // The same extension again, as far as the word is not in the way.
        let (done, _) = run(&extension, HELD, 0, 0);
        assert!(
            done.ended == RUN_FAULTED || done.result == 0,
            "{at:#x}: a lock is held"
        );
    } else {
        assert_eq!(done.result, 0, "{at:#x}");
    }
    assert_table_is_empty(filler);
    assert_eq!(extension.show().expect("show").leaks, 0, "{at:#x}");
    reached
}

#[test]
fn at_every_word_nothing_is_left_behind() {
    stay();
    let file = biased_fixture("every");
    let filler = load(&fixture("objects"), &patient());
    let whole = load(&file, &patient());
    with_thread(|number| assert_eq!(result(&whole, EVERY, number), 0));

    let (start, words) = (code_at(&file), file.image.code.chunks_exact(4));
    assert_keeps_nothing(1, || {
        let mut reached = 0;
        for (i, word) in (0u32..).zip(words.clone()) {
            let at = start + 4 * i;
            if word == BTI_C.to_le_bytes() {
                let how = LoadOptions {
                    stop_at: at,
                    ..patient()
                };
                let refusal = assert_refused(device().load(&file.image, &how), Reason::BadSpan);
                assert_eq!(refusal.asked, u64::from(at));
                continue;
            }
            reached += u32::from(cancelled_at(&file, &filler, at));
        }
        // The entry and the function below it; the rest belongs to other entries.
        assert!(reached > 100, "{reached} words");
        reached
    });
}

#[test]
fn a_word_to_stop_at_is_one_of_the_code() {
    let file = fixture("every");
    let (start, len) = (code_at(&file), file.image.code.len() as u32);
    for at in [
        4,
        start - 4,
        start + 2,
        start + len,
        start + len + 4,
        u32::MAX - 3,
    ] {
        let how = LoadOptions {
            stop_at: at,
            ..patient()
        };
        assert_refused(device().load(&file.image, &how), Reason::BadSpan);
    }
}

#[test]
fn when_time_runs_out_in_a_gate_nothing_is_left_behind() {
    stay();
    let filler = load(&fixture("objects"), &patient());
    let how = LoadOptions {
        budget_us: 2_000,
        ..patient()
    };
    let every = load(&fixture("every"), &how);
    let mut missing: BTreeSet<u32> = [
        Gate::LockTake,
        Gate::LockDrop,
        Gate::TaskByPid,
        Gate::TaskParent,
        Gate::TaskCurrent,
        Gate::TaskPid,
        Gate::TaskName,
        Gate::TaskDrop,
    ]
    .map(Gate::number)
    .into();
    with_thread(|number| {
        for _ in 0..5_000 {
            let (done, _) = run(&every, GATES, 0, number);
            assert_eq!(done.ended, RUN_FAULTED);
            let fault = fault(&every, &done);
            assert_eq!(FaultKind::from_u32(fault.kind), Some(FaultKind::Time));
            if fault.flags & IN_GATE != 0 {
                missing.remove(&fault.gate);
            }
            assert_eq!(result(&every, HELD, 0), 0, "a lock is held");
            assert_table_is_empty(&filler);
            if missing.is_empty() {
                return;
            }
        }
        panic!("time never ran out in gates {missing:?}");
    });
}

#[test]
fn waiting_for_a_lock_ends_with_the_time() {
    let how = LoadOptions {
        budget_us: 20_000,
        ..patient()
    };
    let every = load(&fixture("every"), &how);
    let (done, _) = run(&every, WAITS, 0, 0);
    assert_eq!(done.ended, RUN_FAULTED);
    let fault = fault(&every, &done);
    assert_eq!(FaultKind::from_u32(fault.kind), Some(FaultKind::Time));
    assert_eq!(
        (fault.flags & IN_GATE, fault.gate),
        (IN_GATE, Gate::LockTake.number())
    );
    assert_eq!(
        result(&every, HELD, 0),
        0xffff_0000,
        "the other lock is free"
    );
    assert_eq!(result(&every, FREES, 0), 0);
    with_thread(|number| assert_eq!(result(&every, EVERY, number), 0));
}

#[test]
fn a_lock_lies_in_data_or_heap() {
    let every = load(&fixture("every"), &patient());
    let bad = gate_error(GateError::BadSpan);
    let data = every.window().expect("where its parts lie").data_at;
    for word in [
        0,
        data - 4,
        data + 1,
        data + 2,
        0xffff_fffc,
        0xffbf_f000,
        data + (64 << 20),
    ] {
        assert_eq!(result(&every, TAKES, word), bad, "{word:#x}");
    }
    // Of an address only the low half counts.
    let taken = result(&every, TAKES, 0xffff_8000_0000_0000 | data);
    assert!((taken as i64) > 0, "{taken:#x}");
    assert_eq!(every.show().expect("show").leaks, 1);
}

#[test]
fn a_lock_lets_one_in_at_a_time() {
    const ROUNDS: u64 = 20_000;
    let every = load(&fixture("every"), &patient());
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert!(result(&every, COUNTS, ROUNDS) as i64 > 0));
        }
    });
    assert_eq!(result(&every, COUNTS, 1), 4 * ROUNDS + 1);
}
