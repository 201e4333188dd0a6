// SPDX-License-Identifier: GPL-2.0
//! Counts instructions, the kernel's included, around requests. Under `vm/run --icount` they are exact and
//! repeatable; the smallest of several counts is the one that no timer tick fell into.

mod corpus;
mod curves;
mod ebpf;
mod native;
mod packets;
mod tracepoint;

use lore::kernel::{Device, Extension, LoadOptions, Run};
use perf_event::Builder;
use serde_json::json;

/// Activations or calls over which a cost is divided.
const MANY: u64 = 10_000;
/// Counts of which the smallest is taken.
const TRIES: usize = 7;

/// What `bench/fixtures/crossing.c` does.
#[derive(Clone, Copy)]
#[repr(u64)]
enum Entry {
    /// Nothing.
    Empty = 0,
    /// Loops `arg` times.
    Loop = 1,
    /// Calls a gate that does nothing `arg` times.
    Gate = 2,
}

/// What `bench/fixtures/events.c` does.
#[derive(Clone, Copy)]
#[repr(u64)]
enum Events {
    /// Loops `arg` times.
    Loop = 0,
    /// Sends `arg` events of 64 bytes.
    Send = 1,
}

/// Events that are sent in one run.
const EVENTS: u64 = 1_000;
/// Room for those of all runs, which nobody reads.
const RING_LEN: u32 = 1 << 20;

/// What `bench/fixtures/objects.c` does.
#[derive(Clone, Copy)]
#[repr(u64)]
enum Objects {
    /// Loops `arg` times.
    Loop = 0,
    /// Acquires and drops a task `arg` times.
    Pair = 1,
}

fn load(device: &Device, path: &str) -> (Extension, lore::kernel::Loaded, usize) {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut file = lore::elf::read(&bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
    file.image.header.ring_len = RING_LEN;
    let how = LoadOptions {
        budget_us: 1_000_000,
        faults_max: u64::MAX,
        ..LoadOptions::default()
    };
    let (extension, loaded) = device.load(&file.image, &how).expect("the image loads");
    (extension, loaded, file.image.code.len())
}

/// Instructions of one request, at least.
fn instructions(extension: &Extension, entry: u32, arg: u64, repeat: u32) -> u64 {
    least(|| {
        let mut run = Run {
            entry,
            repeat,
            arg,
            input: &[],
            output: &mut [],
        };
        let done = extension.run(&mut run).expect("runs");
        assert_eq!((done.runs, done.result), (repeat, 0));
    })
}

/// Instructions of something, the kernel's included, and what it answers.
fn counted<T>(act: impl FnOnce() -> T) -> (u64, T) {
    let mut builder = Builder::new();
    builder.include_kernel();
    let mut counter = builder.build().expect("the PMU counts instructions");
    counter.enable().expect("count");
    let answer = act();
    counter.disable().expect("count");
    (counter.read().expect("count"), answer)
}

/// Instructions of something, at least.
fn least(act: impl Fn()) -> u64 {
    (0..TRIES).map(|_| counted(&act).0).min().expect("several")
}

fn main() {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        None => single(),
        Some("curves") => curves::all(),
        Some("corpus") => corpus::run_all(&arguments.next().expect("a folder")),
        Some(other) => panic!("nothing is called {other}"),
    }
}

/// What crossings, gates and loads cost, one by one.
fn single() {
    let device = Device::open().expect("the module is loaded");
    let (crossing, ..) = load(&device, "/bench/crossing.lore");
    let crossing_cost_of = |extension| {
        let once = instructions(extension, Entry::Empty as u32, 0, 1);
        let often = instructions(extension, Entry::Empty as u32, 0, 1 + MANY as u32);
        (often - once) as f64 / MANY as f64
    };
    let (low, ..) = load(&device, "/bench/crossing_low.lore");

    let per_round_of = |extension, entry, rounds| {
        let none = instructions(extension, entry, 0, 1);
        (instructions(extension, entry, rounds, 1) - none) as f64 / rounds as f64
    };
    let per_round = |extension, entry| per_round_of(extension, entry, MANY);
    let gate_cost =
        per_round(&crossing, Entry::Gate as u32) - per_round(&crossing, Entry::Loop as u32);

    let (objects, ..) = load(&device, "/bench/objects.lore");
    let pair_cost =
        per_round(&objects, Objects::Pair as u32) - per_round(&objects, Objects::Loop as u32);

    let (events, ..) = load(&device, "/bench/events.lore");
    let event_cost = per_round_of(&events, Events::Send as u32, EVENTS)
        - per_round_of(&events, Events::Loop as u32, EVENTS);
    let native_pair_cost = native::task();
    let read_cost = packets::read(&device);

    let on_tracepoint = tracepoint::extension(|| load(&device, "/bench/crossing.lore").0);
    let low_on_tracepoint = tracepoint::extension(|| load(&device, "/bench/crossing_low.lore").0);
    // All of it: the hook, eight acquisitions, the abort, the landing, eight releases, what the record needs, the verdict.
    let cancelled = tracepoint::extension(|| load(&device, "/bench/cancel.lore").0);
    let ebpf_on_tracepoint = tracepoint::ebpf();

    // Under `--icount` a nanosecond of the guest is an instruction. One at a time: the arena holds few that large.
    let loads = (0..3).map(|_| {
        let (_, loaded, code_len) = load(&device, "/bench/large.lore");
        (loaded.times_ns, code_len)
    });
    let least = loads.min_by_key(|([_, verify_ns, map_ns], _)| verify_ns + map_ns);
    let ([copy_ns, verify_ns, map_ns], code_len) = least.expect("three");

    let report = json!({
        "enter_and_leave_instructions": crossing_cost_of(&crossing),
        "enter_and_leave_low_instructions": crossing_cost_of(&low),
        "gate_call_instructions": gate_cost,
        "task_acquire_and_drop_instructions": pair_cost,
        "task_acquire_and_drop_by_a_module_instructions": native_pair_cost,
        "event_of_64_bytes_instructions": event_cost,
        "packet_read_of_64_bytes_instructions": read_cost,
        "acquire_8_and_fault_on_tracepoint_instructions": cancelled,
        "on_tracepoint_instructions": on_tracepoint,
        "on_tracepoint_low_instructions": low_on_tracepoint,
        "ebpf_on_tracepoint_instructions": ebpf_on_tracepoint,
        "load_code_bytes": code_len,
        "load_copy_ns": copy_ns,
        "load_verify_ns": verify_ns,
        "load_map_ns": map_ns,
    });
    println!("{report}");
}
