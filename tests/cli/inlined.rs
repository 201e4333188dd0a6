// SPDX-License-Identifier: GPL-2.0
//! Calls in line: `lore inspect` tells them of every compiler, and binutils read the same out of the image.

use crate::fixture::Folder;
use serde_json::Value;
use std::process::Command;

/// The fixture, built by a compiler with flags.
fn built(test: &str, compiler: &str, cflags: &str) -> Folder {
    let source = include_bytes!("../fixtures/inlined.c");
    let manifest = format!("name = \"x\"\nsources = [\"in.c\"]\ncflags = [{cflags}]\n");
    let folder = Folder::new(test);
    std::fs::create_dir_all(folder.path("x")).unwrap();
    let folder = folder.file("x/in.c", source);
    let folder = folder.file("x/lore.toml", manifest.as_bytes());
    let run = folder.lore_with("LORE_CC", compiler, &["build", "x", "-o", "x.lore"]);
    assert_eq!(run.status, 0, "{}", run.text);
    folder
}

/// For each word of `sum` its frames, `function file:line`, the innermost first.
fn frames(folder: &Folder) -> Vec<(u64, Vec<String>)> {
    let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    let place = |value: &Value| format!("{}:{}", text(&value["file"]), value["line"]);
    let run = folder.lore(&[
        "inspect",
        "--json",
        "--source",
        "--function",
        "sum",
        "x.lore",
    ]);
    let json = run.json();
    let word = |word: &Value| {
        let mut at = place(word);
        let mut frames = Vec::new();
        for call in word["inlined"].as_array().unwrap() {
            frames.push(format!("{} {at}", text(&call["function"])));
            at = place(call);
        }
        let function = text(&word["function"]);
        let name = function.split('+').next().unwrap();
        frames.push(format!("{name} {at}"));
        (word["at"].as_u64().unwrap(), frames)
    };
    let words = json["code"].as_array().unwrap().iter();
    // The trap word at the end of an image is no function's.
    let words = words.filter(|word| word["function"].as_str().unwrap().starts_with("sum+"));
    words.map(word).collect()
}

/// The same by binutils.
fn by_addr2line(folder: &Folder, words: &[u64]) -> Vec<Vec<String>> {
    let mut command = Command::new("addr2line");
    command
        .args(["-a", "-f", "-i", "-e"])
        .arg(folder.path("x.lore"));
    command.args(words.iter().map(|at| format!("{at:#x}")));
    let done = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    let text = String::from_utf8(done.stdout).unwrap();
    let mut found: Vec<Vec<String>> = Vec::new();
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("0x") {
            found.push(Vec::new());
            continue;
        }
        let place = lines.next().unwrap();
        let place = place.strip_prefix("./").unwrap_or(place);
        let place = place.split(' ').next().unwrap();
        found.last_mut().unwrap().push(format!("{line} {place}"));
    }
    found
}

#[test]
fn every_compilers_calls_in_line_are_told_and_other_tools_agree() {
    // gcc makes one load of two, and says that it is the caller's.
    let (clang, gcc) = (&["value_of x/in.c:13"][..], &[][..]);
    let around = ["sum_of x/in.c:18", "sum x/in.c:23"];
    for (test, compiler, cflags, deepest) in [
        ("inlined-clang", "clang-19", "", clang),
        ("inlined-clang-4", "clang-19", "\"-gdwarf-4\"", clang),
        ("inlined-gcc", "aarch64-linux-gnu-gcc", "", gcc),
        (
            "inlined-gcc-4",
            "aarch64-linux-gnu-gcc",
            "\"-gdwarf-4\"",
            gcc,
        ),
    ] {
        let folder = built(test, compiler, cflags);
        let frames = frames(&folder);
        let deepest = [deepest, &around].concat();
        assert!(
            frames.iter().any(|(_, it)| *it == deepest),
            "{test}: {frames:#?}"
        );
        let words: Vec<u64> = frames.iter().map(|(at, _)| *at).collect();
        let wanted: Vec<_> = frames.into_iter().map(|(_, it)| it).collect();
        assert_eq!(by_addr2line(&folder, &words), wanted, "{test}");
    }
}

#[test]
fn the_listing_says_which_calls_led_to_a_line() {
    let folder = built("inlined-listing", "clang-19", "");
    let run = folder.lore(&["inspect", "--source", "--function", "sum", "x.lore"]);
    let want = "; x/in.c:13  \treturn node->value;\n\
        ;   value_of inlined at x/in.c:18\n\
        ;   sum_of inlined at x/in.c:23\n";
    assert!(run.text.contains(want), "{}", run.text);
}
