// SPDX-License-Identifier: GPL-2.0
//! Real programs compiled without a word about registers, as a vendor compiles: in compat mode they still mean what they say.
//! Each is a minute of compiling, so they are not in every run (tests/README.md has the command).

use crate::{sqlite, tools, vendor};
use lore::build::{Place, Plan};
use lore::rewrite::{link, Error, Input, Options, Problem};
use std::process::Command;
use std::sync::Mutex;

/// One of `examples`, by its folder there, compiled as `lore build` does.
pub fn built(example: &str) -> (Plan, Vec<Input>) {
    // Several tests may want it, and one makes it.
    static TURN: Mutex<()> = Mutex::new(());
    let _turn = TURN.lock();
    let place = Place {
        folder: tools::made(example),
        quiet: true,
        ..Place::default()
    };
    let plan = Plan::of(&[tools::root().join("examples").join(example)], &place)
        .unwrap_or_else(|failure| panic!("{failure:?}"));
    let inputs = plan
        .compile(&place, &Options::default())
        .unwrap_or_else(|failure| panic!("{failure:?}"));
    (plan, inputs)
}

/// The plan's objects as a vendor compiles them, which are refused without `compat`.
fn without_flags(example: &str, inputs: Vec<Input>) -> Vec<Input> {
    let inputs = vendor::without_flags(&tools::made(example), inputs);
    let refused = link(&inputs, &Options::default());
    assert!(
        matches!(
            refused,
            Err(Error::Place {
                problem: Problem::ReservedRegister(_),
                ..
            })
        ),
        "{:?}",
        refused.err()
    );
    inputs
}

fn compat() -> Options {
    Options {
        compat: true,
        ..Options::default()
    }
}

#[test]
#[ignore = "compiles SQLite once more"]
fn sqlite_that_uses_all_registers_answers_the_same() {
    let (plan, inputs) = built("sqlite");
    let inputs = without_flags("sqlite", inputs);
    sqlite::answers(&plan, &inputs, &[("sqlite.compat", &compat())]);
}

#[test]
#[ignore = "compiles LZ4 once more"]
fn lz4_that_uses_all_registers_decompresses_the_same() {
    let (_, inputs) = built("lz4/c");
    let inputs = without_flags("lz4/c", inputs);
    let image = link(&inputs, &compat()).unwrap_or_else(|error| panic!("{error}"));
    crate::verified("lz4.compat", &image, false);
    let text = tools::folder().join("sqlite.sql");
    let packed = tools::made("sqlite.sql.lz4");
    tools::run(
        Command::new("lz4")
            .args(["-9", "-f", "-q"])
            .arg(&text)
            .arg(&packed),
    );
    let got = tools::execute("lz4.compat", &image, &packed);
    assert_eq!(got, std::fs::read(&text).expect("the text"));
}
