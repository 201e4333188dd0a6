// SPDX-License-Identifier: GPL-2.0
//! SQLite inside the kernel answers as natively, and when it dies in the middle of a query, the next one lives.

use lore::kernel::{Extension, LoadOptions, Run};
use lore_abi::fault::FaultKind;
use lore_abi::request::{RunRequest, RUN_FAULTED, RUN_RETURNED};
use lore_guest_tests::{device, fixture, patient};

/// Room for what one activation answers.
const ROOM: usize = 1 << 20;

fn load(how: &LoadOptions) -> Extension {
    device()
        .load(&fixture("sqlite").image, how)
        .expect("it loads")
        .0
}

fn ask(extension: &Extension, statements: &str) -> (RunRequest, Vec<u8>) {
    let mut output = vec![0; ROOM];
    let done = extension.run(&mut Run {
        entry: 0,
        repeat: 1,
        arg: 0,
        input: statements.as_bytes(),
        output: &mut output,
    });
    let done = done.expect("the request is accepted");
    output.truncate(done.output_len as usize);
    (done, output)
}

fn file(name: &str) -> String {
    std::fs::read_to_string(format!("/fixtures/{name}")).expect("a fixture")
}

#[test]
fn it_answers_as_natively() {
    let extension = load(&patient());
    let mut got = Vec::new();
    for statements in file("sqlite.sql").split("\n\n") {
        let (done, rows) = ask(&extension, statements);
        assert_eq!((done.ended, done.result), (RUN_RETURNED, 0), "{statements}");
        got.extend(rows);
    }
    let (expected, got) = (file("sqlite.rows"), String::from_utf8(got).expect("text"));
    assert!(expected.lines().count() > 500);
    for (line, (got, expected)) in got.lines().zip(expected.lines()).enumerate() {
        assert_eq!(got, expected, "line {}", line + 1);
    }
    assert_eq!(got.len(), expected.len());
}

#[test]
fn after_a_fault_in_a_query_a_fresh_load_works() {
    let file = fixture("sqlite");
    let step = file
        .image
        .symbols
        .iter()
        .find(|symbol| symbol.name == "sqlite3VdbeExec");
    let step = step.expect("the function that runs queries");
    // Behind its first word, which may be a landing word and cannot be replaced, and before any branch.
    let at = step.at + 0x10;
    let how = LoadOptions {
        stop_at: at,
        ..patient()
    };
    let extension = load(&how);
    let (done, _) = ask(&extension, "CREATE TABLE t(x); INSERT INTO t VALUES (1);");
    assert_eq!(done.ended, RUN_FAULTED);
    let fault = extension.faults(done.fault - 1).expect("records")[0];
    assert_eq!(
        (FaultKind::from_u32(fault.kind), fault.at),
        (Some(FaultKind::Trap), at)
    );

    let (done, rows) = ask(&load(&patient()), "SELECT 6 * 7, 'alive';");
    assert_eq!((done.ended, done.result), (RUN_RETURNED, 0));
    assert_eq!(rows, b"42|alive\n");
}

#[test]
fn an_endless_query_ends_in_time() {
    let extension = load(&LoadOptions {
        budget_us: 200_000,
        ..patient()
    });
    let endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n;";
    let (done, _) = ask(&extension, endless);
    assert_eq!(done.ended, RUN_FAULTED);
    let fault = extension.faults(done.fault - 1).expect("records")[0];
    assert_eq!(FaultKind::from_u32(fault.kind), Some(FaultKind::Time));
}
