// SPDX-License-Identifier: GPL-2.0
//! The smallest extension: a line in the kernel's log, and an answer.
#![no_std]

use lore_sdk::{log, Run};

lore_sdk::entry_run!(hello);

fn hello(run: &mut Run) -> i64 {
    log!(Info, "hello from Rust");
    match run.write(b"hello from Rust\n") {
        Ok(()) => run.arg() as i64,
        Err(_) => -1,
    }
}
