// SPDX-License-Identifier: GPL-2.0
//! What the same work costs a module that does it itself, which is what a gate is measured against.

use super::{least, MANY};
use rustix::system::init_module;

/// What `bench/native/lore_bench_native.c` does.
const TASK: &str = "task";
const LOOP: &str = "loop";

/// Instructions of taking and putting a reference to the current task.
pub fn task() -> f64 {
    let module = std::fs::read("/bench/lore_bench_native.ko").expect("the module is there");
    init_module(&module, c"").expect("the module loads");
    per_round(TASK) - per_round(LOOP)
}

fn per_round(what: &str) -> f64 {
    let path = format!("/sys/module/lore_bench_native/parameters/{what}");
    let cost = |rounds: u64| {
        // As long for any number.
        let text = format!("{rounds:08}");
        least(|| std::fs::write(&path, &text).expect("it is done"))
    };
    (cost(MANY) - cost(0)) as f64 / MANY as f64
}
