// SPDX-License-Identifier: GPL-2.0
//! The `lore` command and other programs, as their users start them.

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// Where `tests/guest/run` puts it.
const LORE: &str = "/bin/lore";

/// Runs a program to its end.
pub fn program(path: &str, arguments: &[&str]) -> Output {
    let output = Command::new(path).args(arguments).output();
    output.unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What a program prints, which must end with 0.
pub fn printed(path: &str, arguments: &[&str]) -> String {
    let output = program(path, arguments);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{path} {arguments:?}: {errors}");
    String::from_utf8(output.stdout).expect("text")
}

/// The answer of `lore --json ...`, and its exit status.
fn answer(arguments: &[&str]) -> (Value, i32) {
    let output = program(LORE, &[&["--json"], arguments].concat());
    let text = String::from_utf8_lossy(&output.stdout);
    let value = serde_json::from_str(&text);
    let value = value.unwrap_or_else(|error| panic!("lore {arguments:?}: {error}: {text}"));
    (value, output.status.code().expect("it was not killed"))
}

/// The answer of `lore --json ...`, which must be done.
pub fn lore(arguments: &[&str]) -> Value {
    let (value, status) = answer(arguments);
    assert_eq!(status, 0, "lore {arguments:?}: {value:#}");
    value
}

/// The error of `lore --json ...`, which must end with that status.
pub fn lore_fails(arguments: &[&str], status: i32) -> Value {
    let (value, ended) = answer(arguments);
    assert_eq!(ended, status, "lore {arguments:?}: {value:#}");
    value["error"].clone()
}

/// What `lore ...` prints for people.
pub fn lore_text(arguments: &[&str]) -> String {
    printed(LORE, arguments)
}

/// The row of `lore stats` for an extension that is attached once.
pub fn stats(name: &str) -> Value {
    let all = lore(&["stats"]);
    let rows = all.as_array().expect("rows").iter();
    let mut rows = rows.filter(|row| row["name"] == name);
    let row = rows.next().unwrap_or_else(|| panic!("{name} in {all:#}"));
    assert!(rows.next().is_none(), "once: {all:#}");
    row.clone()
}

/// A number of an answer.
pub fn number(value: &Value) -> u64 {
    value
        .as_u64()
        .unwrap_or_else(|| panic!("{value} is no number"))
}

/// A command that goes on until it is dropped.
pub struct Running {
    child: Child,
    output: BufReader<ChildStdout>,
}

impl Running {
    /// Starts `lore ...`.
    pub fn lore(arguments: &[&str]) -> Running {
        Running::start(LORE, arguments)
    }

    /// Starts a program.
    pub fn start(path: &str, arguments: &[&str]) -> Running {
        let mut command = Command::new(path);
        let child = command.args(arguments).stdout(Stdio::piped()).spawn();
        let mut child = child.unwrap_or_else(|error| panic!("{path}: {error}"));
        let output = BufReader::new(child.stdout.take().expect("its output"));
        Running { child, output }
    }

    /// Its next line; `None` when there are no more.
    pub fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let len = self.output.read_line(&mut line).expect("a line of text");
        (len > 0).then(|| line.trim_end().to_owned())
    }

    /// Waits until it ends by itself; its exit status.
    pub fn end(mut self) -> i32 {
        while self.line().is_some() {}
        let status = self.child.wait().expect("its end");
        status.code().expect("it was not killed")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended is as good as killed.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
