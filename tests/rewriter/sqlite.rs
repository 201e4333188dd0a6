// SPDX-License-Identifier: GPL-2.0
//! A program of 150,000 lines still means what it says: SQLite, rewritten, answers `sqlite.sql` as the same sources do
//! natively, to the byte.

use crate::freely::built;
use crate::tools;
use lore::build::Plan;
use lore::rewrite::{link, Input, Options};
use lore_abi::image::Profile;
use std::path::PathBuf;

#[test]
fn sqlite_answers_as_it_does_natively() {
    let (plan, inputs) = built("sqlite");
    // Of the profiles, the one whose rewriter changes most: loads of pointers, copies and sums.
    let low = Options {
        guard: Profile::Low,
        ..Options::default()
    };
    let all = [("sqlite", &Options::default()), ("sqlite.low", &low)];
    answers(&plan, &inputs, &all);
}

/// Links, runs and compares, under each name as it is said there.
pub fn answers(plan: &Plan, inputs: &[Input], all: &[(&str, &Options)]) {
    let expected = natively(all[0].0, plan);
    for (name, options) in all {
        let image = link(inputs, options).unwrap_or_else(|error| panic!("{name}: {error}"));
        crate::verified(name, &image, false);
        assert_eq!(
            lines(&tools::execute(name, &image, &statements())),
            expected
        );
    }
}

fn statements() -> PathBuf {
    tools::folder().join("sqlite.sql")
}

fn lines(bytes: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(bytes)
        .lines()
        .map(str::to_owned)
        .collect()
}

/// What the same sources answer for this machine.
fn natively(name: &str, plan: &Plan) -> Vec<String> {
    let mut flags: Vec<String> = ["-O0", "-ffp-contract=off", "-idirafter"]
        .map(str::to_owned)
        .into();
    flags.push(tools::root().join("sdk/c/include").display().to_string());
    // The last one alone has SQLite's own header; the others stand in for a C library, which is there natively.
    flags.extend(
        plan.include
            .last()
            .map(|folder| format!("-I{}", folder.display())),
    );
    flags.extend(plan.defines.iter().map(|define| format!("-D{define}")));
    let flags: Vec<&str> = flags.iter().map(String::as_str).collect();
    let expected = lines(&tools::natively(&plan.sources, &flags, name, &statements()));
    // The statements do something: most of them are no errors, nineteen are meant to be.
    let errors: Vec<&String> = expected
        .iter()
        .filter(|line| line.starts_with("error:"))
        .collect();
    assert_eq!(errors.len(), 19, "{errors:?}");
    assert!(expected.len() > 500, "{} lines", expected.len());
    expected
}
