// SPDX-License-Identifier: GPL-2.0
//! A driver natively: `lore_crates INPUT > OUTPUT`; without an input, the names of all drivers.

use lore::host::Host;
use std::io::Write;

fn main() {
    let Some(path) = std::env::args_os().nth(1) else {
        for (name, _) in lore_crates::DRIVERS {
            println!("{name}");
        }
        return;
    };
    let input = std::fs::read(path).expect("an input that can be read");
    let ran = Host::new().run(lore_crates::drive, &input, 0);
    let written = std::io::stdout().write_all(&ran.output);
    written.expect("an output that can be written");
    assert!(ran.answer >= 0, "the driver answered {}", ran.answer);
}
