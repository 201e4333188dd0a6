// SPDX-License-Identifier: GPL-2.0
//! The command as its users meet it: what it prints and the status it ends with, as snapshots.
//! `INSTA_UPDATE=always cargo test -p lore --test cli` writes them anew.

mod build;
mod fixture;
mod inlined;

use fixture::Folder;
use insta::assert_snapshot;

#[test]
fn no_verb_is_a_usage_error() {
    let run = Folder::new("usage").lore(&[]);
    assert_eq!(run.status, 2);
}

#[test]
fn help_names_every_verb_and_status() {
    let run = Folder::new("help").lore(&["--help"]);
    assert_eq!(run.status, 0);
    assert_snapshot!(run.text);
}

#[test]
fn a_usage_error_is_json_when_asked() {
    let run = Folder::new("usage-json").lore(&["--json", "run", "x", "--repeat", "0"]);
    assert_eq!(
        (run.status, run.json()["error"]["kind"].as_str()),
        (2, Some("usage"))
    );
}

#[test]
fn a_good_image_verifies() {
    let folder = Folder::new("good").image("good.lore", fixture::good());
    let run = folder.lore(&["verify", "good.lore"]);
    assert_eq!(run.status, 0);
    assert_snapshot!(run.text);
    let run = folder.lore(&["verify", "--json", "good.lore"]);
    assert_eq!((run.status, &run.json()["verified"]), (0, &true.into()));
}

#[test]
fn a_changed_word_is_refused_with_offset_word_and_rule() {
    let folder = Folder::new("changed").image("bad.lore", fixture::unguarded());
    let run = folder.lore(&["verify", "bad.lore"]);
    assert_eq!(run.status, 3);
    assert_snapshot!(run.text);
    let run = folder.lore(&["--json", "verify", "bad.lore"]);
    assert_eq!(run.status, 3);
    assert_snapshot!(run.text);
}

#[test]
fn damaged_files_say_what_and_where() {
    let bytes = fixture::bytes(&fixture::good());
    let folder = Folder::new("damaged")
        .file("short.lore", &bytes[..bytes.len() / 2])
        .file("text.lore", b"#!/bin/sh\n")
        .file("empty.lore", b"");
    let mut text = String::new();
    for name in ["short.lore", "text.lore", "empty.lore"] {
        let run = folder.lore(&["inspect", name]);
        assert_eq!(run.status, 4, "{name}: {}", run.text);
        text.push_str(&run.text);
    }
    assert_snapshot!(text);
    let run = folder.lore(&["inspect", "none.lore"]);
    assert_eq!(run.status, 2);
    assert_snapshot!(run.text);
}

#[test]
fn another_abi_version_has_its_own_status() {
    let mut file = fixture::good();
    file.image.header.abi_version = 99;
    let run = Folder::new("version")
        .image("old.lore", file)
        .lore(&["verify", "old.lore"]);
    assert_eq!(run.status, 7);
    assert_snapshot!(run.text);
}

#[test]
fn inspect_shows_what_is_in_an_image() {
    let folder = Folder::new("inspect").image("good.lore", fixture::good());
    for (name, args) in [
        ("summary", &["inspect", "good.lore"][..]),
        ("asm", &["inspect", "--asm", "good.lore"]),
        (
            "source",
            &["inspect", "--source", "--function", "answer", "good.lore"],
        ),
        ("stats", &["inspect", "--stats", "good.lore"]),
        (
            "json",
            &["inspect", "--json", "--asm", "--stats", "good.lore"],
        ),
    ] {
        let run = folder.lore(args);
        assert_eq!(run.status, 0, "{}", run.text);
        assert_snapshot!(format!("inspect_{name}"), run.text);
    }
    let run = folder.lore(&["inspect", "--asm", "--function", "nobody", "good.lore"]);
    assert_eq!(run.status, 2);
}

#[test]
fn inspect_tells_what_is_left_in_the_hottest_functions() {
    let profile = b"# Samples: 3\n    66.67%  2  [k] good:answer\n    33.33%  1  [k] schedule\n";
    let folder = Folder::new("hottest")
        .image("good.lore", fixture::good())
        .file("perf.txt", profile)
        .file("empty.txt", b"# nothing\n")
        .file("others.txt", b"    3  [k] schedule\n");
    let args = ["inspect", "--stats", "--profile", "perf.txt", "good.lore"];
    let run = folder.lore(&args);
    assert_eq!(run.status, 0, "{}", run.text);
    assert_snapshot!("inspect_hottest", run.text);
    let run = folder.lore(&[
        "inspect",
        "--json",
        "--stats",
        "--profile",
        "perf.txt",
        "good.lore",
    ]);
    let hottest = &run.json()["hottest"][0];
    assert_eq!(
        (
            hottest["samples"].as_u64(),
            hottest["by_kind"]["guard"].as_u64()
        ),
        (Some(2), Some(1))
    );
    assert_eq!(hottest["by_reason"]["argument"].as_u64(), Some(1));
    let run = folder.lore(&["inspect", "--stats", "--profile", "empty.txt", "good.lore"]);
    assert_eq!(run.status, 2, "{}", run.text);
    let run = folder.lore(&["inspect", "--stats", "--profile", "others.txt", "good.lore"]);
    assert_eq!(run.status, 2, "{}", run.text);
    assert!(
        run.text.contains("is of a function of the image"),
        "{}",
        run.text
    );
    let run = folder.lore(&["inspect", "--stats", "--profile", "none.txt", "good.lore"]);
    assert_eq!(run.status, 2, "{}", run.text);
    assert!(run.text.contains("none.txt"), "{}", run.text);
}

#[test]
fn what_is_no_object_is_not_supported() {
    let folder = Folder::new("object").file("x.o", b"no object");
    let run = folder.lore(&["rewrite", "x.o"]);
    assert_eq!(run.status, 4, "{}", run.text);
    let run = folder.lore(&["rewrite", "--json", "x.o"]);
    assert_eq!(
        (run.status, run.json()["error"]["status"].as_u64()),
        (4, Some(4))
    );
}

#[test]
fn explain_knows_rules_reasons_and_faults() {
    let folder = Folder::new("explain");
    for id in ["name-taken", "memory", "INS-1"] {
        let run = folder.lore(&["explain", id]);
        assert_eq!(run.status, 0);
        assert!(
            run.text.contains(id) && run.text.lines().count() > 2,
            "{}",
            run.text
        );
    }
    let run = folder.lore(&["explain", "ins-1", "--json"]);
    assert_eq!(run.json()[0]["set"], "rule");
    let run = folder.lore(&["explain", "no-such-thing"]);
    assert_eq!(run.status, 2);
    assert_snapshot!(run.text);
}

/// Where the module is loaded, what these verbs do is a matter of `tests/guest`.
#[test]
fn without_a_device_the_status_is_5() {
    if std::path::Path::new("/dev/lore").exists() {
        return;
    }
    let folder = Folder::new("device").image("good.lore", fixture::good());
    for args in [
        &["load", "good.lore"][..],
        &["run", "good.lore"],
        &["run", "name"],
        &["list"],
        &["show", "name"],
        &["faults", "name"],
        &["unload", "name"],
    ] {
        let run = folder.lore(args);
        assert_eq!(run.status, 5, "{args:?}: {}", run.text);
        let run = folder.lore(&[&["--json"], args].concat());
        assert_eq!(run.json()["error"]["kind"], "no-device");
    }
    assert_snapshot!(folder.lore(&["list"]).text);
    assert_eq!(folder.lore(&["doctor"]).status, 5);
}

#[test]
fn completions_and_man_pages_are_generated() {
    let folder = Folder::new("generate");
    assert!(folder
        .lore(&["completions", "bash"])
        .text
        .contains("complete -F"));
    assert_eq!(folder.lore(&["man", "man"]).status, 0);
    assert!(folder.path("man/lore-run.1").is_file());
}

#[test]
fn new_makes_a_folder_that_builds() {
    let folder = Folder::new("new");
    let run = folder.lore(&["--json", "new", "--lang", "rust", "my-filter"]);
    assert_eq!(run.status, 0, "{}", run.text);
    let files = [".gitignore", "Cargo.lock", "Cargo.toml", "src/lib.rs"];
    assert_eq!(
        run.json(),
        serde_json::json!({ "folder": "my-filter", "files": files })
    );
    let text = std::fs::read_to_string(folder.path("my-filter/src/lib.rs")).unwrap();
    assert!(text.contains("#![forbid(unsafe_code)]") && text.contains("hello from my-filter"));
    assert!(folder.path("my-filter/.lore/sdk/rust/src/lib.rs").is_file());

    let run = folder.lore(&["new", "--lang", "c", "count"]);
    assert_eq!(run.status, 0, "{}", run.text);
    assert_snapshot!(run.text);
    let run = folder.lore(&["build", "count", "-o", "count.lore"]);
    assert_eq!(run.status, 0, "{}", run.text);
    let run = folder.lore(&["verify", "--json", "count.lore"]);
    assert_eq!((run.status, &run.json()["verified"]), (0, &true.into()));
}

#[test]
fn new_refuses_what_is_there_and_what_is_no_name() {
    let folder = Folder::new("new-refused").file("there", b"mine");
    for (name, kind) in [
        ("there", "exists"),
        ("a/b", "bad-name"),
        ("2nd", "bad-name"),
        ("match", "bad-name"),
    ] {
        let run = folder.lore(&["--json", "new", "--lang", "c", name]);
        assert_eq!(
            (run.status, run.json()["error"]["kind"].as_str()),
            (2, Some(kind)),
            "{name}"
        );
    }
    assert_eq!(std::fs::read(folder.path("there")).unwrap(), b"mine");
    let run = folder.lore(&["new", "--lang", "perl", "x"]);
    assert_eq!(run.status, 2);
    assert!(!folder.path("x").exists());
}
