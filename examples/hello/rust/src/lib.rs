// SPDX-License-Identifier: GPL-2.0
//! The smallest extension: a line in the kernel's log, and an answer.
#![no_std]
#![forbid(unsafe_code)]

use lore::Run;

#[lore::run]
fn hello(run: &mut Run) -> i64 {
    lore::info!("hello from Rust");
    match run.write(b"hello from Rust\n") {
        Ok(()) => run.arg() as i64,
        Err(_) => -1,
    }
}

#[cfg(test)]
mod tests {
    use lore::host::Host;

    #[test]
    fn it_greets_and_answers_the_argument() {
        let host = Host::new();
        let ran = host.run(super::hello, b"", 42);
        assert_eq!(
            (ran.answer, &ran.output[..]),
            (42, &b"hello from Rust\n"[..])
        );
        assert_eq!(host.logged(), ["hello from Rust"]);
    }
}
