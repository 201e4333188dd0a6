// SPDX-License-Identifier: GPL-2.0
//! What was generated is what is checked in, and what the rules of `wit/README.md` forbid is refused.

use crate::{read, FILES};
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn the_files_are_up_to_date() {
    let model = read::read(&root().join("wit")).unwrap();
    let update = std::env::var_os("UPDATE").is_some();
    let mut old = Vec::new();
    for (path, make) in FILES {
        let new = make(&model);
        if update {
            fs::write(root().join(path), &new).unwrap();
        }
        if fs::read_to_string(root().join(path)).unwrap_or_default() != new {
            old.push(path);
        }
    }
    assert!(
        old.is_empty(),
        "out of date: {old:?}; UPDATE=1 cargo test -p lore_interface"
    );
}

/// An interface with these items, and what is wrong with it.
fn wrong(items: &str) -> String {
    let text = format!(
        "package a:b;\n/// X.\n///\n/// @fits task\ninterface i {{\n enum gate-error {{ bad }}\n{items}\n}}"
    );
    read::read_text(&text).err().unwrap_or_default()
}

#[test]
fn a_description_that_breaks_a_rule_is_refused() {
    let cases = [
        ("f: func();", "no @gate line"),
        ("/// @gate x\nf: func();", "no number"),
        ("/// @gate 0\nf: func();", "its number is 0 or taken"),
        (
            "/// @gate 1\nf: func();\n/// @gate 1\ng: func();",
            "its number is 0 or taken",
        ),
        ("/// @gate 1\n/// @fits nmi\nf: func();", "no context nmi"),
        ("/// @gate 1\nf: func(t: string);", "can refuse"),
        ("/// @gate 1\nf: func(t: bool) -> u32;", "can refuse"),
        ("/// @gate 1\nf: func() -> string;", "can refuse"),
        (
            "/// @gate 1\n/// @max u 7\nf: func(t: string) -> result<_, gate-error>;",
            "no such parameter",
        ),
        (
            "/// @gate 1\n/// @max t 7\nf: func(t: bool) -> result<_, gate-error>;",
            "@max is for",
        ),
        (
            "/// @gate 1\nf: func() -> result<_, u32>;",
            "errors are gate-error",
        ),
        ("/// @gate 1\nf: func(t: f64);", "no argument can be"),
        ("/// @gate 1\nf: func(t: list<u32>);", "no argument can be"),
        ("/// @gate 1\nf: func(t: option<u32>);", "no argument can be"),
        (
            "/// @gate 1\nf: func(a: string, b: string, c: string, d: string) -> result<_, gate-error>;",
            "more than 7 registers",
        ),
        ("record r { a: u32, b: u64 }", "a hole before b"),
        ("record r { a: u64, b: u32 }", "a hole at the end"),
        ("record r { a: bool }", "made of integers"),
        ("variant v { a, b }", "enumerations, records and resources only"),
        ("resource r { }", "no @kind line"),
        ("/// @kind 1\nresource r { }", "no @drop line"),
        ("/// @kind 0\n/// @drop 1\nresource r { }", "its number is 0 or taken"),
        (
            "/// @kind 1\n/// @drop 1\nresource r {\n/// @gate 2\nconstructor();\n}",
            "neither constructors",
        ),
        (
            "/// @kind 1\n/// @drop 1\nresource r {\n/// @gate 2\ndrop: func() -> result<_, gate-error>;\n}",
            "two gates of that name",
        ),
        (
            "/// @kind 1\n/// @drop 1\nresource r {\n/// @gate 2\n/// @keeps\nk: func() -> result<r, gate-error>;\n}",
            "@keeps is for",
        ),
        (
            "/// @gate 1\n/// @keeps\nf: func(a: u32) -> result<_, gate-error>;",
            "@keeps is for",
        ),
    ];
    for (items, expected) in cases {
        let found = wrong(items);
        assert!(found.contains(expected), "{items}\n  said: {found}");
    }
}

#[test]
fn docs_are_paragraphs_and_tags() {
    let text = "package a:b;\n/// X.\ninterface i {\n/// Does it\n/// all.\n///\n/// And more.\n///\n/// @gate 1\n/// @fits task anywhere\nf: func();\n}";
    let model = read::read_text(text).unwrap();
    let gate = &model.gates[0];
    assert_eq!(gate.docs.summary, "Does it all.");
    assert_eq!(gate.docs.more, ["And more."]);
    assert_eq!(gate.docs.phrase(), "does it all");
    assert_eq!(gate.contexts().collect::<Vec<_>>(), ["task", "anywhere"]);
}
