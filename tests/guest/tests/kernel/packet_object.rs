// SPDX-License-Identifier: GPL-2.0
//! What an extension can do with a packet, with packets of a real client, and the examples that do it.

use crate::packets::{two, LOCAL_IN, LONG, PASS, SERVER};
use lore::kernel::LoadOptions;
use lore_abi::refusal::Reason;
use lore_guest_tests::hooks::wait_for;
use lore_guest_tests::net::Namespace;
use lore_guest_tests::packets::{Outcome, Packets, Step};
use lore_guest_tests::{assert_refused, device, fixture, patient};
use lore_iface::{Gate, GateError};
use std::io::ErrorKind;
use std::net::{TcpStream, UdpSocket};
use std::time::Duration;

const IP: usize = 20;
const ICMP: usize = 8;
const LINK: usize = 14;

fn no(error: GateError) -> i64 {
    -i64::from(error.number())
}

/// Carries a plan out with ping `number`, which must be answered by `answer`.
fn with_ping(
    packets: &Packets,
    client: &Namespace,
    steps: &[Step],
    data: &[u8],
    [number, answer]: [u16; 2],
) -> Outcome {
    let ping = client.ping();
    packets.plan(steps, data, PASS);
    assert!(ping.send(SERVER, number));
    let outcome = packets.outcome(steps.len());
    assert_eq!(ping.answer(LONG), Some(answer));
    outcome
}

#[test]
fn a_packet_is_read_as_it_was_sent() {
    let (client, server) = two();
    let packets = Packets::load();
    server.within(|| packets.attach(LOCAL_IN));
    let (at, len) = (16, (IP + ICMP) as u64);
    let steps = [
        Step::Info { at: 0 },
        Step::Read {
            offset: 0,
            at,
            len: 1000,
        },
        Step::Read {
            offset: 26,
            at: 100,
            len: 1,
        },
        Step::Read {
            offset: len - 1,
            at: 101,
            len: 5,
        },
        Step::Read {
            offset: len,
            at: 200,
            len: 1,
        },
        Step::Read {
            offset: u32::MAX.into(),
            at: 200,
            len: 1,
        },
        Step::Read {
            offset: 0,
            at: 200,
            len: 0,
        },
        Step::Sum { offset: 0, len: 20 },
        Step::Sum { offset: 20, len: 8 },
        Step::Sum { offset: 20, len: 9 },
        Step::ReadWild { offset: 0, len: 8 },
    ];
    let outcome = with_ping(&packets, &client, &steps, &[], [0x1234, 0x1234]);
    let len = len as i64;
    let bad = no(GateError::BadValue);
    // Sums over a header with its checksum in it are all ones.
    let sums = [0xffff, 0xffff];
    let wild = no(GateError::BadSpan);
    assert_eq!(
        outcome.answers,
        [0, len, 1, 1, bad, bad, bad, sums[0], sums[1], bad, wild]
    );
    let index = server.index("b0");
    assert_eq!(
        [0, 4, 8, 12].map(|at| outcome.word(at)),
        [len as u32, 0x0800, index, 0]
    );
    let packet = &outcome.data[16..][..len as usize];
    assert_eq!(
        (packet[0], packet[9]),
        (0x45, 1),
        "IPv4 without options, ICMP"
    );
    assert_eq!(packet[12..20], [10, 0, 1, 1, 10, 0, 1, 2]);
    assert_eq!(packet[IP..][..2], [8, 0], "an echo request");
    assert_eq!(packet[IP + 4..], [0x10, 0x4e, 0x12, 0x34]);
    assert_eq!(outcome.data[100..102], [0x12, 0x34]);
}

#[test]
fn what_is_written_is_what_the_kernel_answers() {
    let (client, server) = two();
    let packets = Packets::load();
    server.within(|| packets.attach(LOCAL_IN));
    // Number 7 becomes number 142; the checksum with it.
    let sum = !(0x0800u16 + 0x104e + 142);
    let [high, low] = sum.to_be_bytes();
    let icmp = [8, 0, high, low, 0x10, 0x4e, 0, 142];
    let mut data = vec![0; 64];
    data[..8].copy_from_slice(&icmp);
    data[32] = 0x46;
    data[33] = 0x45;
    let steps = [
        Step::Write {
            offset: 20,
            at: 0,
            len: 8,
        },
        Step::Read {
            offset: 20,
            at: 40,
            len: 8,
        },
        Step::Write {
            offset: 21,
            at: 0,
            len: 8,
        },
        Step::Write {
            offset: 0,
            at: 32,
            len: 1,
        },
        Step::Write {
            offset: 0,
            at: 33,
            len: 1,
        },
        Step::WriteWild { offset: 20, len: 8 },
        Step::Write {
            offset: 0,
            at: 0,
            len: 4000,
        },
        Step::Write {
            offset: 28,
            at: 0,
            len: 0,
        },
    ];
    let outcome = with_ping(&packets, &client, &steps, &data, [7, 142]);
    let bad = no(GateError::BadValue);
    let expected = [
        0,
        8,
        bad,
        bad,
        0,
        no(GateError::BadSpan),
        no(GateError::TooLong),
        0,
    ];
    assert_eq!(outcome.answers, expected);
    assert_eq!(outcome.data[40..48], icmp);
}

#[test]
fn a_packet_gets_longer_and_shorter() {
    let (client, server) = two();
    let packets = Packets::load();
    server.within(|| packets.attach(LOCAL_IN));
    let steps = [
        Step::Resize { len: 40 },
        Step::Read {
            offset: 28,
            at: 0,
            len: 100,
        },
        Step::Resize { len: 1 << 20 },
        Step::Resize { len: 19 },
        Step::Resize { len: 0 },
        Step::Resize { len: 28 },
        Step::Read {
            offset: 0,
            at: 0,
            len: 100,
        },
        Step::Resize { len: 28 },
    ];
    let outcome = with_ping(&packets, &client, &steps, &[], [9, 9]);
    let bad = no(GateError::BadValue);
    assert_eq!(outcome.answers, [0, 12, bad, bad, bad, 0, 28, 0]);
}

#[test]
fn clones_are_ones_own_and_the_packet_is_lent() {
    let (client, server) = two();
    let packets = Packets::load();
    server.within(|| packets.attach(LOCAL_IN));
    let steps = [
        Step::Drop,
        Step::Clone,
        Step::Write {
            offset: 20,
            at: 0,
            len: 8,
        },
        Step::Read {
            offset: 20,
            at: 8,
            len: 8,
        },
        Step::Drop,
        Step::Read {
            offset: 20,
            at: 16,
            len: 8,
        },
        Step::Drop,
        Step::Back,
        Step::Read {
            offset: 24,
            at: 24,
            len: 4,
        },
        // Never dropped: the end of the activation sees to it.
        Step::Clone,
    ];
    let outcome = with_ping(&packets, &client, &steps, &[0xee; 8], [3, 3]);
    let stale = no(GateError::BadHandle);
    let lent = no(GateError::OnlyLent);
    assert_eq!(outcome.answers, [lent, 0, 0, 8, 0, stale, stale, 0, 4, 0]);
    assert_eq!(outcome.data[8..16], [0xee; 8], "the clone was changed");
    assert_eq!(
        outcome.data[24..28],
        [0x10, 0x4e, 0, 3],
        "the packet was not"
    );
    // The next activation cannot use the packet of the one before.
    let steps = [Step::Stale, Step::Info { at: 0 }, Step::Resize { len: 30 }];
    let outcome = with_ping(&packets, &client, &steps, &[], [4, 4]);
    assert_eq!(outcome.answers, [0, stale, stale]);
}

#[test]
fn at_a_device_a_packet_begins_with_its_link_header() {
    let (client, server) = two();
    let packets = Packets::load();
    server.within(|| packets.attach("netdev/b0"));
    let steps = [
        Step::Info { at: 0 },
        Step::Read {
            offset: 0,
            at: 16,
            len: 100,
        },
        Step::Resize { len: 13 },
    ];
    let outcome = with_ping(&packets, &client, &steps, &[], [5, 5]);
    // An address is asked for again at times: then the packet is one of ARP.
    let (len, protocol) = (outcome.word(0), outcome.word(4));
    assert_eq!(outcome.word(12) as usize, LINK);
    assert_eq!(
        outcome.answers,
        [0, i64::from(len), no(GateError::BadValue)]
    );
    assert_eq!(outcome.data[16 + 12..][..2], protocol.to_be_bytes()[2..]);
    match protocol {
        0x0800 => assert_eq!(len as usize, LINK + IP + ICMP),
        0x0806 => assert_eq!(len as usize, LINK + 28),
        other => panic!("protocol {other:#x}"),
    }
}

/// A tracepoint has no packet, and may lie where none can be touched.
#[test]
fn gates_of_packets_do_not_fit_elsewhere() {
    let packets = Packets::load();
    for hook in ["tracepoint/task_newtask", "function/__arm64_sys_getppid"] {
        let refusal = assert_refused(packets.extension.attach(hook, None), Reason::GateUnfit);
        let gate = Gate::from_u32(refusal.asked as u32);
        assert!(
            gate.is_some_and(|gate| gate.id().starts_with("packet_")),
            "{gate:?}"
        );
    }
}

fn example(name: &str) -> lore::kernel::Extension {
    let how = LoadOptions {
        faults_max: 1,
        ..patient()
    };
    let loaded = device().load(&fixture(name).image, &how);
    loaded.expect("the example loads").0
}

#[test]
fn the_example_drop_telnet_drops_telnet_and_nothing_else() {
    let (client, server) = two();
    for rule in ["drop_telnet-c", "drop_telnet-rust"].map(example) {
        let connect = |port: u16| {
            client.within(|| {
                let to = (SERVER, port).into();
                let error = TcpStream::connect_timeout(&to, Duration::from_millis(500));
                error.expect_err("nobody listens").kind()
            })
        };
        assert_eq!(connect(23), ErrorKind::ConnectionRefused);
        let attached = server
            .within(|| rule.attach(LOCAL_IN, None))
            .expect("attach");
        assert_eq!(connect(23), ErrorKind::TimedOut);
        assert_eq!(connect(24), ErrorKind::ConnectionRefused);
        device().detach(attached.id).expect("detach");
        assert_eq!(connect(23), ErrorKind::ConnectionRefused);
    }
}

#[test]
fn the_example_echo_answers_udp_without_a_socket() {
    let (client, server) = two();
    let echo = example("echo");
    let socket = client.within(|| UdpSocket::bind("10.0.1.1:4000").expect("a client"));
    socket.set_read_timeout(Some(LONG)).expect("a timeout");
    let attached = server
        .within(|| echo.attach("netdev/b0", None))
        .expect("attach");
    for text in ["", "x", "hello", &"long ".repeat(280)] {
        socket.send_to(text.as_bytes(), (SERVER, 7)).expect("sent");
        let mut buffer = [0; 2000];
        let (len, from) = socket.recv_from(&mut buffer).expect("an answer");
        assert_eq!(
            (&buffer[..len], from),
            (text.as_bytes(), (SERVER, 7).into())
        );
    }
    let status = device().attachments().expect("attachments");
    let status = status.iter().find(|a| a.id == attached.id).expect("listed");
    assert_eq!(status.cancellations, 0);
    // Others go their way.
    let ping = client.ping();
    wait_for("an answer", || {
        ping.send(SERVER, 1);
        ping.answer(Duration::from_millis(200))
    });
}
