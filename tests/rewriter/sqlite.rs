// SPDX-License-Identifier: GPL-2.0
//! A program of 150,000 lines still means what it says: SQLite, rewritten, answers `sqlite.sql` as the same sources do
//! natively, to the byte.

use crate::freely::built;
use crate::tools;
use lore::build::Plan;
use lore::rewrite::{link, Input, Options};

#[test]
fn sqlite_answers_as_it_does_natively() {
    let (plan, inputs) = built("sqlite");
    answers("sqlite", &plan, &inputs, &Options::default());
}

/// Links, runs and compares.
pub fn answers(name: &str, plan: &Plan, inputs: &[Input], options: &Options) {
    let image = link(inputs, options).unwrap_or_else(|error| panic!("{error}"));
    crate::verified(name, &image, false);

    let statements = tools::folder().join("sqlite.sql");
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
    let expected = tools::natively(&plan.sources, &flags, name, &statements);
    let got = tools::execute(name, &image, &statements);

    let lines = |bytes: &[u8]| -> Vec<String> {
        String::from_utf8_lossy(bytes)
            .lines()
            .map(str::to_owned)
            .collect()
    };
    let (expected, got) = (lines(&expected), lines(&got));
    // The statements do something: most of them are no errors, nineteen are meant to be.
    let errors: Vec<&String> = expected
        .iter()
        .filter(|line| line.starts_with("error:"))
        .collect();
    assert_eq!(errors.len(), 19, "{errors:?}");
    assert!(expected.len() > 500, "{} lines", expected.len());
    assert_eq!(got, expected);
}
