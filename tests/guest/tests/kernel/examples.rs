// SPDX-License-Identifier: GPL-2.0
//! Examples of hooks, in C and Rust alike: each twin does the same. Those of packets that are older are in
//! `packet_object.rs`, that of the scheduler in `command.rs`; those that only run are in `tests/examples`.

use crate::packets::{two, LONG, SERVER};
use lore_guest_tests::command::{lore, number, stats};
use serde_json::json;
use std::time::Duration;

const TWINS: [&str; 2] = ["c", "rust"];

#[test]
fn counter_counts_the_calls_of_a_function() {
    for lang in TWINS {
        let image = format!("/fixtures/counter-{lang}.lore");
        let hook = "function/__arm64_sys_getppid";
        lore(&["attach", &image, hook, "--name", "counter"]);
        for _ in 0..7 {
            let _ = rustix::process::getppid();
        }
        assert_eq!(
            lore(&["run", "counter", "--entry", "1"])["result"],
            7,
            "{lang}"
        );
        let show = lore(&["show", "counter"]);
        let counters = show["counters"].as_array().expect("counters");
        assert_eq!(counters.len(), 1, "{lang}");
        assert_eq!(
            (&counters[0]["counter"], &counters[0]["sum"]),
            (&json!(0), &json!(7))
        );
        let cpus = counters[0]["cpus"].as_array().expect("CPUs");
        assert_eq!(cpus.iter().map(number).sum::<u64>(), 7);
        assert_eq!(stats("counter")["runs"], 7);
        lore(&["detach", "counter"]);
    }
}

#[test]
fn rate_limit_answers_five_pings_of_a_sender_and_then_none() {
    for lang in TWINS {
        let (client, server) = two();
        let image = format!("/fixtures/rate_limit-{lang}.lore");
        server.within(|| lore(&["attach", &image, "--name", "rate_limit"]));
        let ping = client.ping();
        for number in 1..=5 {
            assert!(ping.send(SERVER, number));
            assert_eq!(ping.answer(LONG), Some(number), "{lang}");
        }
        for number in 6..=8 {
            assert!(ping.send(SERVER, number));
            assert_eq!(ping.answer(Duration::from_millis(200)), None, "{lang}");
        }
        let row = stats("rate_limit");
        assert_eq!(
            (&row["runs"], &row["cancellations"]),
            (&json!(8), &json!(0))
        );
        assert_eq!((&row["skips"], &row["objects"]), (&json!(0), &json!(0)));
        lore(&["detach", "rate_limit"]);
        assert!(ping.send(SERVER, 9));
        assert_eq!(ping.answer(LONG), Some(9), "{lang}");
    }
}
