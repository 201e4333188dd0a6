// SPDX-License-Identifier: GPL-2.0
//! What authors in Rust build on: crates of the registry, the log, panics, places in attributes; packages that `lore new`
//! has made, and an example in both languages.

use lore::kernel::{Extension, Run};
use lore_abi::fault::FaultKind;
use lore_abi::request::{RunRequest, RUN_FAULTED, RUN_RETURNED};
use lore_guest_tests::command::{lore, lore_fails, lore_text, number};
use lore_guest_tests::hooks::wait_for;
use lore_guest_tests::{device, fixture, patient, FIXTURES};
use std::io::Read;
use std::os::unix::fs::OpenOptionsExt;

fn load(name: &str) -> Extension {
    device()
        .load(&fixture(name).image, &patient())
        .expect("loads")
        .0
}

fn run(extension: &Extension, entry: u32, arg: u64, input: &[u8], output: &mut [u8]) -> RunRequest {
    let repeat = 1;
    let mut run = Run {
        entry,
        repeat,
        arg,
        input,
        output,
    };
    extension.run(&mut run).expect("runs")
}

/// The lines of the kernel's log that end with a text, as levels.
fn logged(text: &str) -> Vec<u32> {
    let mut options = std::fs::OpenOptions::new();
    let flags = rustix::fs::OFlags::NONBLOCK.bits() as i32;
    let mut log = options
        .read(true)
        .custom_flags(flags)
        .open("/dev/kmsg")
        .expect("a log");
    let (mut levels, mut record) = (Vec::new(), [0; 8192]);
    // One record each, until there are no more.
    while let Ok(len) = log.read(&mut record) {
        let line = String::from_utf8_lossy(&record[..len]).into_owned();
        let (head, message) = line.split_once(';').expect("a record");
        if message
            .lines()
            .next()
            .is_some_and(|first| first.ends_with(text))
        {
            let priority: u32 = head
                .split(',')
                .next()
                .expect("a priority")
                .parse()
                .expect("a number");
            levels.push(priority & 7);
        }
    }
    levels
}

#[test]
fn collections_of_alloc_and_of_the_registry_answer_as_on_the_host() {
    let file = |name: &str| std::fs::read(format!("{FIXTURES}/{name}")).expect(name);
    let (words, expected) = (file("rust_crates.words"), file("rust_crates.expected"));
    let extension = load("rust_crates");
    let mut output = vec![0; 4096];
    let done = run(&extension, 0, 0, &words, &mut output);
    assert_eq!((done.ended, done.result), (RUN_RETURNED, 6));
    let output = String::from_utf8_lossy(&output[..done.output_len as usize]).into_owned();
    assert_eq!(output, String::from_utf8_lossy(&expected));
}

#[test]
fn lines_of_the_log_have_their_levels() {
    let extension = load("rust_crates");
    let mut output = vec![0; 4096];
    // Numbers of words that no other test has.
    let done = run(
        &extension,
        0,
        0,
        "a ".repeat(4711).as_bytes(),
        &mut output[..0],
    );
    assert_eq!((done.ended, done.result as i64), (RUN_RETURNED, -1));
    let words = "a ".repeat(471);
    let mut room = vec![0; 65536];
    let done = run(&extension, 0, 0, words.as_bytes(), &mut room);
    assert_eq!((done.ended, done.result), (RUN_RETURNED, 6));
    assert_eq!(
        run(&extension, 0, 0, b"\xff\xfe", &mut output).result as i64,
        -1
    );
    for (text, level) in [
        ("no text: invalid utf-8 sequence of 1 bytes from index 0", 3),
        ("the output is full", 4),
        ("471 words", 6),
        ("942 bytes", 7),
    ] {
        let found = wait_for(text, || {
            Some(logged(text)).filter(|levels| !levels.is_empty())
        });
        assert_eq!(found, [level], "{text}");
    }
}

#[test]
fn a_panic_brings_its_message_and_its_place() {
    let extension = load("rust_crates");
    let done = run(&extension, 1, 2, &[], &mut []);
    assert_eq!((done.ended, done.result), (RUN_RETURNED, 3));
    let done = run(&extension, 1, 7, &[], &mut []);
    assert_eq!(done.ended, RUN_FAULTED);
    let faults = extension.faults(0).expect("faults");
    let fault = faults.last().expect("one");
    assert_eq!(
        (FaultKind::from_u32(fault.kind), fault.code),
        (Some(FaultKind::Abort), 1)
    );
    let text = String::from_utf8_lossy(&fault.text[..fault.text_len as usize]);
    let source = include_str!("../../../fixtures/rust_crates/src/lib.rs");
    let line = source
        .lines()
        .position(|line| line.trim_start().starts_with("numbers["));
    let line = line.expect("it is there") + 1;
    assert_eq!(
        text,
        format!("index out of bounds: the len is 3 but the index is 7 (src/lib.rs:{line}:5)")
    );
}

#[test]
fn entries_are_attached_where_their_attributes_say() {
    let done = lore(&["attach", "/fixtures/rust_hooks.lore"]);
    let hooks: Vec<_> = done["attached"]
        .as_array()
        .expect("attachments")
        .iter()
        .map(|a| &a["hook"])
        .collect();
    assert_eq!(hooks, ["tracepoint/task_newtask", "timer/1ms"]);
    let ticks = || {
        let all = lore(&["stats"]);
        let rows = all.as_array().expect("rows");
        let row = rows
            .iter()
            .find(|row| row["name"] == "rust_hooks" && row["hook"] == "timer/1ms");
        number(&row.expect("it is attached")["runs"])
    };
    wait_for("ticks", || (ticks() > 3).then_some(()));
    lore(&["detach", "rust_hooks"]);

    // One that says nothing has to be told.
    let error = lore_fails(&["attach", "/fixtures/rust_objects.lore"], 2);
    assert_eq!(error["kind"], "no-hook");
}

#[test]
fn what_lore_new_makes_runs() {
    for name in ["new-rust", "new-c"] {
        let image = format!("{FIXTURES}/{name}.lore");
        let done = lore(&["run", &image, "--arg", "42"]);
        assert_eq!(
            (&done["result"], &done["output_bytes"]),
            (&42.into(), &(12 + name.len()).into()),
            "{done:#}"
        );
        let text = lore_text(&["run", &image, "--arg", "42"]);
        assert!(text.ends_with(&format!("hello from {name}\n")), "{text}");
    }
}

#[test]
fn the_store_answers_the_same_in_both_languages() {
    let file = |name: &str| std::fs::read(format!("{FIXTURES}/{name}")).expect(name);
    let (commands, expected) = (file("store.commands"), file("store.expected"));
    for name in ["store-c", "store-rust"] {
        let extension = load(name);
        let mut output = vec![0; 4096];
        let done = run(&extension, 0, 0, &commands, &mut output);
        assert_eq!((done.ended, done.result), (RUN_RETURNED, 2), "{name}");
        let text = String::from_utf8_lossy(&output[..done.output_len as usize]).into_owned();
        assert_eq!(text, String::from_utf8_lossy(&expected), "{name}");
        // Pairs stay.
        let done = run(&extension, 0, 0, b"get shape\ndel color\n", &mut output);
        assert_eq!((done.ended, done.result), (RUN_RETURNED, 1), "{name}");
        assert_eq!(
            &output[..done.output_len as usize],
            b"round\ndeep blue\n",
            "{name}"
        );
    }
}
