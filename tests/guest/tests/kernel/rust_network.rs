// SPDX-License-Identifier: GPL-2.0
//! What the Rust SDK has for the network and for tracepoints beside hooks: sockets, packets that are sent, lent tasks.

use crate::packets::{two, LOCAL_IN, LONG, SERVER};
use crate::sockets::alone;
use lore::kernel::{Extension, Run};
use lore_abi::request::{RunRequest, RUN_RETURNED};
use lore_guest_tests::hooks::{status, wait_for};
use lore_guest_tests::{device, fixture, patient};
use lore_iface::GateError;
use rustix::thread::gettid;
use std::net::UdpSocket;
use std::thread;

fn load(name: &str) -> Extension {
    let loaded = device().load(&fixture(name).image, &patient());
    loaded.expect("it loads").0
}

fn run(extension: &Extension, entry: u32, input: &[u8], output: &mut [u8]) -> RunRequest {
    let done = extension.run(&mut Run {
        entry,
        repeat: 1,
        arg: 0,
        input,
        output,
    });
    let done = done.expect("the request is accepted");
    assert_eq!(done.ended, RUN_RETURNED);
    done
}

#[test]
fn a_socket_that_was_found_sends_until_it_is_gone() {
    let extension = load("rust_network");
    alone().within(|| {
        let bound = || UdpSocket::bind("127.0.0.1:0").expect("a socket");
        let (from, to) = (bound(), bound());
        to.set_read_timeout(Some(LONG)).expect("a timeout");
        let port = |socket: &UdpSocket| socket.local_addr().expect("bound").port();
        let sender = port(&from);
        let ports = [sender.to_le_bytes(), port(&to).to_le_bytes()].concat();
        let done = run(&extension, 0, &ports, &mut []);
        assert_eq!(done.result, u64::from(sender));
        let mut room = [0; 64];
        for text in ["from the kernel", "and once more"] {
            let (len, by) = to.recv_from(&mut room).expect("a datagram");
            assert_eq!((&room[..len], by.port()), (text.as_bytes(), sender));
        }
        let status = extension.show().expect("show");
        assert_eq!((status.kept, status.leaks, status.held), (0, 0, 0));
        drop(from);
        let result = run(&extension, 0, &ports, &mut []).result as i64;
        assert_eq!(result, -i64::from(GateError::NotFound.number()));
    });
}

#[test]
fn clones_of_packets_go_their_own_way() {
    for (hook, number) in [(LOCAL_IN, 2), ("netdev/b0", 3)] {
        let (client, server) = two();
        let extension = load("rust_network");
        let attached = server.within(|| extension.attach(hook, None)).expect(hook);
        let ping = client.ping();
        for number in [1, number, 4] {
            assert!(ping.send(SERVER, number));
            assert_eq!(ping.answer(LONG), Some(number), "{hook}");
        }
        let status = status(attached).expect("it is listed");
        assert_eq!((status.cancellations, status.skips, status.held), (0, 0, 0));
        assert_eq!(extension.show().expect("show").leaks, 0);
        device().detach(attached.id).expect("detach");
    }
}

#[test]
fn a_tracepoint_lends_tasks() {
    let extension = load("rust_tasks");
    let attached = extension
        .attach("tracepoint/sched_process_fork", None)
        .expect("it attaches");
    let me = gettid().as_raw_nonzero().get() as u64;
    let seen = wait_for("a fork of this thread", || {
        let child = thread::spawn(|| gettid().as_raw_nonzero().get() as u64);
        let child = child.join().expect("it ends");
        let mut output = [0; 32];
        assert_eq!(run(&extension, 1, &[], &mut output).output_len, 32);
        let word = |at: usize| u64::from_le_bytes(output[8 * at..][..8].try_into().expect("8"));
        let seen = [0, 1, 2, 3].map(word);
        // Another thread may have forked meanwhile.
        (seen[0] == me && seen[2] == child).then_some(seen)
    });
    assert_eq!(seen[1], u64::from(std::process::id()));
    assert_eq!(seen[3], u64::from(GateError::BadHandle.number()));
    assert_eq!(status(attached).expect("it is listed").cancellations, 0);
    device().detach(attached.id).expect("detach");
}
