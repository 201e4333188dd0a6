// SPDX-License-Identifier: GPL-2.0
//! The Rust SDK's typed entries, one for each hook, and counters as a program reads them.

use crate::packets::{two, LOCAL_IN, LONG, SERVER};
use lore::kernel::{Extension, Run};
use lore_abi::request::RUN_RETURNED;
use lore_guest_tests::hooks::{on_cpu, wait_for, Hooks};
use lore_guest_tests::{device, fixture, patient};
use std::thread;

/// Numbers of hooks, and of the counters of their calls.
const RUN: usize = 1;
const TRACEPOINT: usize = 2;
const TIMER: usize = 3;
const NETFILTER: usize = 4;
const NETDEV: usize = 5;
const FUNCTION: usize = 6;
const RETURN: usize = 7;

fn load(name: &str) -> Extension {
    let image = fixture(name).image;
    device().load(&image, &patient()).expect("loads").0
}

/// Runs its entry, which answers 42; the words of its output.
fn ask(extension: &Extension, arg: u32) -> Vec<u64> {
    let mut output = [0; 64];
    let done = extension.run(&mut Run {
        entry: 0,
        repeat: 1,
        arg: arg.into(),
        input: &[],
        output: &mut output,
    });
    let done = done.expect("runs");
    assert_eq!((done.ended, done.result), (RUN_RETURNED, 42));
    let word = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().expect("eight bytes"));
    let output = &output[..done.output_len as usize];
    output.chunks_exact(8).map(word).collect()
}

fn counted(extension: &Extension, hook: usize) -> u64 {
    extension.counters().expect("counters").sums()[hook]
}

#[test]
fn hooks_without_packets_call_their_typed_entries() {
    let extension = load("rust_hooks");
    let attach = |hook| extension.attach(hook, None).expect(hook);
    attach("function/__arm64_sys_getppid");
    let parent = rustix::process::getppid()
        .expect("a parent")
        .as_raw_nonzero();
    attach("timer/1ms");
    attach("tracepoint/task_newtask");
    thread::spawn(|| ()).join().expect("a thread");
    wait_for("a tick", || (counted(&extension, TIMER) > 0).then_some(()));
    let seen = ask(&extension, 0);
    assert_eq!(
        (counted(&extension, FUNCTION), counted(&extension, RETURN)),
        (1, 1)
    );
    assert_eq!(seen[RETURN], parent.get() as u64);
    assert!(
        counted(&extension, TRACEPOINT) >= 1 && seen[TRACEPOINT] != 0,
        "its flags"
    );
    assert!(seen[TIMER] >= 1);
    assert_eq!(counted(&extension, RUN), 1);
    assert_eq!(extension.show().expect("show").faults, 0);
}

#[test]
fn verdicts_of_typed_entries_are_carried_out() {
    let (client, server) = two();
    client.pair("a1", &server, "b1", 2);
    let (extension, at_a0, at_a1) = (load("rust_packets"), Hooks::load(), Hooks::load());
    let ping = client.ping();
    let answered = |number| {
        assert!(ping.send(SERVER, number));
        assert_eq!(ping.answer(LONG), Some(number), "none before was answered");
    };
    let attached = server
        .within(|| extension.attach(LOCAL_IN, None))
        .expect("attach");
    answered(11);
    assert!(ping.send(SERVER, 13));
    wait_for("the packet", || {
        (counted(&extension, NETFILTER) == 2).then_some(())
    });
    answered(12);
    assert_eq!(counted(&extension, NETFILTER), 3);
    ask(&extension, server.index("b1"));
    device().detach(attached.id).expect("detach");

    for (device, counter) in [("netdev/a0", &at_a0), ("netdev/a1", &at_a1)] {
        client.within(|| counter.attach(device));
    }
    server
        .within(|| extension.attach("netdev/b0", None))
        .expect("attach");
    answered(20);
    let [back, other] = [at_a0.count(), at_a1.count()];
    assert!(ping.send(SERVER, 21));
    wait_for("the packet", || {
        (counted(&extension, NETDEV) == 2).then_some(())
    });
    assert!(ping.send(SERVER, 22));
    wait_for("the reply", || (at_a0.count() > back).then_some(()));
    assert!(ping.send(SERVER, 23));
    wait_for("the packet", || (at_a1.count() > other).then_some(()));
    answered(24);
    assert_eq!(counted(&extension, NETDEV), 5);
    let status = extension.show().expect("show");
    assert_eq!((status.faults, status.leaks), (0, 0));
}

#[test]
fn each_cpu_has_its_own_counters() {
    let extension = load("rust_hooks");
    for cpu in 0..4 {
        for _ in 0..=cpu {
            on_cpu(cpu, || drop(ask(&extension, 0)));
        }
    }
    let counters = extension.counters().expect("counters");
    let by_cpu: Vec<u64> = counters.cpus().iter().map(|set| set[RUN]).collect();
    assert_eq!(by_cpu, [1, 2, 3, 4]);
    let mut sums = [0; 64];
    sums[RUN] = 10;
    assert_eq!(counters.sums(), sums, "nothing else was counted");
    // One that imports none of the gates has none.
    assert_eq!(
        Hooks::load()
            .extension
            .counters()
            .expect("counters")
            .cpus()
            .len(),
        0
    );
}
