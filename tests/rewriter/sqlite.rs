// SPDX-License-Identifier: GPL-2.0
//! A program of 150,000 lines still means what it says: SQLite, rewritten, answers `sqlite.sql` as the same sources do
//! natively, to the byte.

use crate::tools;
use lore::build::{Place, Plan};
use lore::rewrite::{link, Options};

#[test]
fn sqlite_answers_as_it_does_natively() {
    let place = Place {
        folder: tools::made("sqlite"),
        quiet: true,
    };
    let plan = Plan::of(&[tools::root().join("examples/sqlite")], &place)
        .unwrap_or_else(|failure| panic!("{failure:?}"));
    let inputs = plan
        .compile(&place, &Options::default())
        .unwrap_or_else(|failure| panic!("{failure:?}"));
    let image = link(&inputs, &Options::default()).unwrap_or_else(|error| panic!("{error}"));
    crate::verified("sqlite", &image, false);

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
    let expected = tools::natively(&plan.sources, &flags, "sqlite", &statements);
    let got = tools::execute("sqlite", &image, &statements);

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
