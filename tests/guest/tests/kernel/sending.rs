// SPDX-License-Identifier: GPL-2.0
//! Clones that go a way of their own: answers to a client's pings while the ping itself is dropped.

use crate::packets::{two, LOCAL_IN, LONG, PASS, SERVER};
use lore_abi::attach::Verdict;
use lore_guest_tests::net::Namespace;
use lore_guest_tests::packets::{Outcome, Packets, Step};
use lore_iface::GateError;

const DROP: u64 = Verdict::Drop as u64;
const LINK: usize = 14;
const IP: usize = 20;

fn no(error: GateError) -> i64 {
    -i64::from(error.number())
}

/// The bytes of ping `number` as a hook sees it, which passes and is answered.
fn seen(packets: &Packets, client: &Namespace, number: u16) -> Vec<u8> {
    let ping = client.ping();
    packets.plan(
        &[Step::Read {
            offset: 0,
            at: 0,
            len: 64,
        }],
        &[],
        PASS,
    );
    assert!(ping.send(SERVER, number));
    let outcome = packets.outcome(1);
    assert_eq!(ping.answer(LONG), Some(number));
    outcome.data[..outcome.answers[0] as usize].to_vec()
}

/// Makes an answer of a ping's IP header and what is behind it.
fn answer(ip: &mut [u8], number: u16) {
    let (from, to) = ip[12..20].split_at_mut(4);
    from.swap_with_slice(to);
    let icmp = &mut ip[IP..];
    icmp[0] = 0;
    icmp[6..8].copy_from_slice(&number.to_be_bytes());
    icmp[2..4].fill(0);
    let words = icmp
        .chunks_exact(2)
        .map(|w| u32::from(u16::from_be_bytes([w[0], w[1]])));
    let sum = words.sum::<u32>();
    let sum = !((sum & 0xffff) + (sum >> 16)) as u16;
    icmp[2..4].copy_from_slice(&sum.to_be_bytes());
}

/// Sends ping `number`, which is dropped, and answered by a clone if there is to be an answer.
fn with_ping(
    packets: &Packets,
    client: &Namespace,
    steps: &[Step],
    data: &[u8],
    (number, answered): (u16, bool),
) -> Outcome {
    let ping = client.ping();
    packets.plan(steps, data, DROP);
    assert!(ping.send(SERVER, number));
    let outcome = packets.outcome(steps.len());
    let patience = if answered {
        LONG
    } else {
        std::time::Duration::from_millis(100)
    };
    assert_eq!(ping.answer(patience), answered.then_some(number));
    outcome
}

#[test]
fn a_clone_is_sent_out_of_a_device() {
    let (client, server) = two();
    let packets = Packets::load();
    server.within(|| packets.attach("netdev/b0"));
    let mut frame = seen(&packets, &client, 1);
    let (to, from) = frame[..12].split_at_mut(6);
    to.swap_with_slice(from);
    answer(&mut frame[LINK..], 2);
    let (len, device) = (frame.len() as u64, server.index("b0"));
    let write = Step::Write {
        offset: 0,
        at: 0,
        len,
    };
    let steps = [Step::Clone, write, Step::Transmit { device }, Step::Drop];
    let outcome = with_ping(&packets, &client, &steps, &frame, (2, true));
    assert_eq!(outcome.answers, [0, 0, 0, no(GateError::BadHandle)]);

    // What cannot be sent is gone as well, and what is not one's own stays.
    let lo = server.index("lo");
    let (bad, none) = (no(GateError::BadHandle), no(GateError::NotFound));
    for (device, error) in [(0, none), (999, none), (u32::MAX, none), (lo, none)] {
        let steps = [Step::Clone, Step::Transmit { device }, Step::Drop];
        let outcome = with_ping(&packets, &client, &steps, &[], (3, false));
        assert_eq!(outcome.answers, [0, error, bad], "device {device}");
    }
    let steps = [
        Step::Transmit { device },
        Step::Route,
        Step::Clone,
        Step::Route,
        Step::Drop,
    ];
    let outcome = with_ping(&packets, &client, &steps, &[], (4, false));
    let lent = no(GateError::OnlyLent);
    assert_eq!(
        outcome.answers,
        [lent, lent, 0, no(GateError::BadValue), bad]
    );
    assert_eq!(packets.extension.show().expect("show").leaks, 0);
}

#[test]
fn a_clone_finds_its_way_by_its_header() {
    let (client, server) = two();
    let packets = Packets::load();
    server.within(|| packets.attach(LOCAL_IN));
    let mut packet = seen(&packets, &client, 1);
    answer(&mut packet, 2);
    let len = packet.len() as u64 - 12;
    // All but what the kernel goes by; length and checksum are put right by it.
    let write = Step::Write {
        offset: 12,
        at: 12,
        len,
    };
    let steps = [Step::Clone, write, Step::Route, Step::Drop];
    let outcome = with_ping(&packets, &client, &steps, &packet, (2, true));
    assert_eq!(outcome.answers, [0, 0, 0, no(GateError::BadHandle)]);

    let (bad, device) = (no(GateError::BadHandle), server.index("b0"));
    let steps = [Step::Clone, Step::Transmit { device }, Step::Drop];
    let outcome = with_ping(&packets, &client, &steps, &[], (3, false));
    assert_eq!(
        outcome.answers,
        [0, no(GateError::BadValue), bad],
        "it has no link header"
    );
    // Nowhere: an address that no route leads to.
    packet[16..20].copy_from_slice(&[192, 0, 2, 1]);
    let steps = [Step::Clone, write, Step::Route, Step::Drop];
    let outcome = with_ping(&packets, &client, &steps, &packet, (4, false));
    assert_eq!(outcome.answers, [0, 0, no(GateError::NotFound), bad]);
    assert_eq!(packets.extension.show().expect("show").leaks, 0);
}
