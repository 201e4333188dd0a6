// SPDX-License-Identifier: GPL-2.0
//! Hooks in the network, with two namespaces and a client that pings from one to the other.

use lore::kernel::LoadOptions;
use lore_abi::attach::{AttachmentState, Verdict};
use lore_abi::image::Hook;
use lore_guest_tests::hooks::{state, wait_for, Act, Hooks};
use lore_guest_tests::net::Namespace;
use lore_guest_tests::{device, patient};
use std::net::{Ipv4Addr, UdpSocket};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

pub const SERVER: Ipv4Addr = Ipv4Addr::new(10, 0, 1, 2);
pub const LONG: Duration = Duration::from_secs(60);
pub const LOCAL_IN: &str = "netfilter/ipv4/local-in";

pub const PASS: u64 = Verdict::Pass as u64;
pub const DROP: u64 = Verdict::Drop as u64;
const REPLY: u64 = Verdict::Reply as u64;
const REDIRECT: u64 = Verdict::Redirect as u64;

/// Two namespaces, `a0` in the first with 10.0.1.1, `b0` in the second with 10.0.1.2, and addresses known.
pub fn two() -> (Namespace, Namespace) {
    let (client, server) = (Namespace::new(), Namespace::new());
    client.pair("a0", &server, "b0", 1);
    let ping = client.ping();
    // The pair may need a moment after it was switched on.
    wait_for("an answer", || {
        ping.send(SERVER, 0);
        ping.answer(Duration::from_millis(200))
    });
    (client, server)
}

#[test]
fn netfilter_drops_and_passes_pings() {
    let (client, server) = two();
    let hooks = Hooks::load();
    let attached = server.within(|| hooks.attach(LOCAL_IN));
    let ping = client.ping();
    for number in 1..=5 {
        assert!(ping.send(SERVER, number));
        assert_eq!(ping.answer(LONG), Some(number));
    }
    assert_eq!(hooks.count(), 5);
    assert_eq!(hooks.notes()[0].hook, u64::from(Hook::Netfilter.number()));
    hooks.verdict(DROP);
    for number in 6..=10 {
        assert!(ping.send(SERVER, number));
    }
    wait_for("five more", || (hooks.count() == 10).then_some(()));
    hooks.verdict(PASS);
    assert!(ping.send(SERVER, 11));
    assert_eq!(
        ping.answer(LONG),
        Some(11),
        "none of the dropped was answered"
    );
    assert_eq!(hooks.status(attached).runs, 11);
    // Verdicts that netfilter does not have are the default: packets pass.
    for (number, verdict) in [(12, REPLY), (13, REDIRECT), (14, 99), (15, u64::MAX)] {
        hooks.verdict(verdict);
        assert!(ping.send(SERVER, number));
        assert_eq!(ping.answer(LONG), Some(number));
    }
}

#[test]
fn a_rule_that_faults_lets_packets_pass_and_is_gone() {
    let (client, server) = two();
    let hooks = Hooks::load_with(&LoadOptions {
        faults_max: 1,
        ..patient()
    });
    hooks.verdict(DROP);
    let attached = server.within(|| hooks.attach(LOCAL_IN));
    hooks.act(Act::Fault);
    let ping = client.ping();
    for number in 1..=3 {
        assert!(ping.send(SERVER, number));
        assert_eq!(ping.answer(LONG), Some(number));
    }
    wait_for("the end", || {
        (state(attached) == AttachmentState::Faults).then_some(())
    });
    assert_eq!(hooks.status(attached).cancellations, 1);
    assert_eq!(hooks.fault(1).entry, 3);
}

#[test]
fn only_the_namespace_of_the_caller_is_hooked() {
    let (client, server) = two();
    let hooks = Hooks::load();
    hooks.verdict(DROP);
    let _attached = Namespace::new().within(|| hooks.attach(LOCAL_IN));
    let ping = client.ping();
    assert!(ping.send(SERVER, 1));
    assert_eq!(ping.answer(LONG), Some(1));
    assert_eq!(hooks.count(), 0);
    drop(server);
}

#[test]
fn lower_priorities_come_first() {
    let (client, server) = two();
    let (first, second) = (Hooks::load(), Hooks::load());
    server.within(|| second.attach("netfilter/ipv4/local-in:100"));
    server.within(|| first.attach("netfilter/ipv4/local-in:-100"));
    let ping = client.ping();
    assert!(ping.send(SERVER, 1));
    assert_eq!(ping.answer(LONG), Some(1));
    assert!(first.notes()[0].time < second.notes()[0].time);
    first.verdict(DROP);
    assert!(ping.send(SERVER, 2));
    wait_for("the second", || (first.count() == 2).then_some(()));
    assert_eq!(second.count(), 1, "what is dropped goes no further");
}

#[test]
fn a_device_drops_udp() {
    let (client, server) = two();
    let hooks = Hooks::load();
    let receiver = server.within(|| UdpSocket::bind((SERVER, 7)).expect("a server"));
    receiver.set_read_timeout(Some(LONG)).expect("a timeout");
    let sender = client.within(|| UdpSocket::bind("10.0.1.1:0").expect("a client"));
    let attached = server.within(|| hooks.attach("netdev/b0"));
    let send = |text: &[u8]| {
        sender.send_to(text, (SERVER, 7)).expect("sent");
    };
    let mut buffer = [0; 64];
    let mut receive = || {
        let len = receiver.recv(&mut buffer).expect("received");
        buffer[..len].to_vec()
    };
    send(b"one");
    assert_eq!(receive(), b"one");
    hooks.verdict(DROP);
    let before = hooks.count();
    send(b"two");
    wait_for("the packet", || (hooks.count() > before).then_some(()));
    hooks.verdict(PASS);
    send(b"three");
    assert_eq!(receive(), b"three", "the second never came");
    device().detach(attached.id).expect("detach");
    let before = hooks.count();
    send(b"four");
    assert_eq!(receive(), b"four");
    assert_eq!(hooks.count(), before);
}

/// A reply goes back as it came; what comes back to the client is counted by an extension there.
#[test]
fn replies_and_redirections_arrive() {
    let (client, server) = two();
    client.pair("a1", &server, "b1", 2);
    let (hooks, at_a0, at_a1) = (Hooks::load(), Hooks::load(), Hooks::load());
    for (device, counter) in [("netdev/a0", &at_a0), ("netdev/a1", &at_a1)] {
        client.within(|| counter.attach(device));
    }
    server.within(|| hooks.attach("netdev/b0"));
    let (to, from) = (server.index("b1"), client.index("a0"));
    let ping = client.ping();
    let counts = || [hooks.count(), at_a0.count(), at_a1.count()];

    hooks.verdict(REPLY);
    let [at_server, back, other] = counts();
    assert!(ping.send(SERVER, 1));
    wait_for("the reply", || (at_a0.count() > back).then_some(()));
    let [now_server, now_back, now_other] = counts();
    assert_eq!(now_server - at_server, now_back - back);
    assert_eq!(now_other, other);

    hooks.verdict(REDIRECT | u64::from(to) << 32);
    let [at_server, back, other] = counts();
    assert!(ping.send(SERVER, 2));
    wait_for("the packet", || (at_a1.count() > other).then_some(()));
    let [now_server, now_back, now_other] = counts();
    assert_eq!(now_server - at_server, now_other - other);
    assert_eq!(now_back, back);

    // A device of another namespace is none here: such packets are dropped.
    let nowhere = if from == to { from + 1000 } else { from };
    for index in [nowhere, 0, u32::MAX] {
        hooks.verdict(REDIRECT | u64::from(index) << 32);
        let before = hooks.count();
        assert!(ping.send(SERVER, 3));
        wait_for("the packet", || (hooks.count() > before).then_some(()));
    }
    hooks.verdict(PASS);
    assert!(ping.send(SERVER, 4));
    assert_eq!(ping.answer(LONG), Some(4), "no other ping was answered");
}

#[test]
fn extensions_on_one_device_run_in_the_order_of_attaching() {
    let (client, server) = two();
    let all = [Hooks::load(), Hooks::load(), Hooks::load()];
    for index in [1, 2, 0] {
        server.within(|| all[index].attach("netdev/b0"));
    }
    let ping = client.ping();
    assert!(ping.send(SERVER, 1));
    assert_eq!(ping.answer(LONG), Some(1));
    let times = [1, 2, 0].map(|index| all[index].notes()[0].time);
    assert!(times.is_sorted(), "{times:?}");
}

#[test]
fn a_device_that_goes_ends_what_is_attached() {
    let (client, server) = two();
    let hooks = Hooks::load();
    let attached = server.within(|| hooks.attach("netdev/b0"));
    let rule = server.within(|| hooks.attach(LOCAL_IN));
    server.switch("b0", false);
    assert_eq!(state(attached), AttachmentState::Live, "down is not gone");
    client.delete("a0");
    assert_eq!(state(attached), AttachmentState::DeviceGone);
    assert_eq!(state(rule), AttachmentState::Live);
    device().detach(attached.id).expect("detach");
}

#[test]
fn a_namespace_that_ends_ends_what_is_attached() {
    let (client, server) = two();
    let hooks = Hooks::load();
    let by_device = server.within(|| hooks.attach("netdev/b0"));
    let rule = server.within(|| hooks.attach(LOCAL_IN));
    drop(server);
    wait_for("the end", || {
        (state(rule) == AttachmentState::NamespaceGone).then_some(())
    });
    wait_for("the device's end", || {
        (state(by_device) == AttachmentState::DeviceGone).then_some(())
    });
    drop(client);
}

/// Packets on all CPUs while hooks, devices and extensions come and go.
#[test]
fn packets_race_with_everything() {
    let (client, server) = two();
    client.pair("a1", &server, "b1", 2);
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        for net in [1, 1, 2] {
            let (client, stop) = (&client, &stop);
            scope.spawn(move || {
                let ping = client.ping();
                while !stop.load(Ordering::Relaxed) {
                    // The device may be away.
                    ping.send(Ipv4Addr::new(10, 0, net, 2), 1);
                }
            });
        }
        let (server, client, stop) = (&server, &client, &stop);
        let churn = [LOCAL_IN, "netdev/b0", "netdev/b1"].map(|hook| {
            scope.spawn(move || {
                for round in 0..25 {
                    let hooks = Hooks::load_with(&LoadOptions {
                        faults_max: 3,
                        ..patient()
                    });
                    hooks.verdict(round % 4);
                    // The device may be away.
                    let attached = server.within(|| hooks.try_attach(hook));
                    if round % 5 == 0 {
                        hooks.act(Act::Fault);
                    }
                    thread::sleep(Duration::from_millis(2));
                    if let (Ok(attached), 1) = (attached, round % 2) {
                        device().detach(attached.id).expect("detach");
                    }
                }
            })
        });
        let devices = scope.spawn(move || {
            for _ in 0..10 {
                client.delete("a1");
                client.pair("a1", server, "b1", 2);
                server.switch("b0", false);
                server.switch("b0", true);
            }
        });
        for thread in churn {
            thread.join().expect("no panic");
        }
        devices.join().expect("no panic");
        stop.store(true, Ordering::Relaxed);
    });
    assert_eq!(device().attachments().expect("attachments").len(), 0);
    let ping = client.ping();
    wait_for("an answer", || {
        ping.send(SERVER, 77);
        ping.answer(Duration::from_millis(200))
    });
}

/// Namespaces end, with devices and rules in them, while packets fly and extensions come and go.
#[test]
fn namespaces_end_under_packets_and_attachments() {
    const ROUNDS: usize = 12;
    thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for round in 0..ROUNDS {
                    let (client, server) = (Namespace::new(), Namespace::new());
                    client.pair("a0", &server, "b0", 1);
                    let all: Vec<_> = [LOCAL_IN, "netdev/b0", "netfilter/ipv4/pre-routing:5"]
                        .into_iter()
                        .map(|hook| {
                            let hooks = Hooks::load();
                            hooks.verdict(round as u64 % 2);
                            server.within(|| hooks.attach(hook));
                            hooks
                        })
                        .collect();
                    let ping = client.ping();
                    thread::scope(|scope| {
                        let sender = scope.spawn(move || {
                            for number in 0..200 {
                                ping.send(SERVER, number);
                            }
                        });
                        if round % 3 == 0 {
                            client.delete("a0");
                        }
                        if round % 2 == 0 {
                            // The extensions go first, or the namespace.
                            drop(all);
                            drop(server);
                        } else {
                            drop(server);
                            drop(all);
                        }
                        sender.join().expect("no panic");
                    });
                }
            });
        }
    });
    assert_eq!(device().attachments().expect("attachments").len(), 0);
    assert_eq!(device().info().expect("info").extensions, 0);
}
