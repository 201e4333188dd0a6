//! What `lore run` calls; other attributes are for other hooks: lore::tracepoint, timer, netfilter, netdev, function, returns.
#![no_std]
#![forbid(unsafe_code)]

use lore::Run;

/// Writes a greeting, and answers the argument.
#[lore::run]
fn greet(run: &mut Run) -> i64 {
    lore::info!("hello from {name}");
    match run.write(b"hello from {name}\n") {
        Ok(()) => run.arg() as i64,
        Err(_) => -1,
    }
}

#[cfg(test)]
mod tests {
    use lore::host::Host;

    #[test]
    fn it_greets() {
        let host = Host::new();
        let ran = host.run(super::greet, b"", 42);
        assert_eq!(ran.answer, 42);
        assert_eq!(ran.output, b"hello from {name}\n");
        assert_eq!(host.logged(), ["hello from {name}"]);
    }
}
