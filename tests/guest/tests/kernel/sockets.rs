// SPDX-License-Identifier: GPL-2.0
//! Sockets of real programs: found, asked, sent from, and given back.

use crate::packets::{two, LOCAL_IN, LONG, SERVER};
use lore_abi::refusal::Reason;
use lore_abi::request::{RUN_FAULTED, RUN_RETURNED};
use lore_guest_tests::assert_refused;
use lore_guest_tests::hooks::{wait_for, Hooks};
use lore_guest_tests::net::Namespace;
use lore_guest_tests::sockets::{ends, info, Op, Sockets, CLOSED, ESTABLISHED, TCP, UDP};
use lore_iface::{GateError, SocketEnds};
use std::net::{SocketAddr, TcpListener, TcpStream, UdpSocket};

const TIME_WAIT: u32 = 6;
const LISTEN: u32 = 10;
const REQUEST: u32 = 12;
const NOBODY: u32 = u32::MAX;
const LOCAL_OUT: &str = "netfilter/ipv4/local-out";

fn no(error: GateError) -> i64 {
    -i64::from(error.number())
}

/// A namespace in which both versions reach itself.
pub fn alone() -> Namespace {
    let namespace = Namespace::new();
    namespace.within(|| {
        for name in ["all", "default", "lo"] {
            let path = format!("/proc/sys/net/ipv6/conf/{name}/disable_ipv6");
            std::fs::write(path, "0").expect("IPv6 is switched on");
        }
    });
    namespace.switch("lo", true);
    namespace
}

/// Does something as another user, in a namespace.
fn as_user<T: Send>(user: u32, at: &Namespace, act: impl FnOnce() -> T + Send) -> T {
    at.within(|| {
        // SAFETY: The call itself, not the library's wrapper, which would change all threads.
        let done = unsafe { libc::syscall(libc::SYS_setresuid, user, user, user) };
        assert_eq!(done, 0, "setresuid");
        act()
    })
}

fn any(like: SocketAddr) -> SocketAddr {
    match like {
        SocketAddr::V4(_) => ([0, 0, 0, 0], 0).into(),
        SocketAddr::V6(_) => ([0u16; 8], 0).into(),
    }
}

/// References of a socket, as `/proc/net` counts them.
fn references(protocol: &str, port: u16) -> u32 {
    let text =
        std::fs::read_to_string(format!("/proc/thread-self/net/{protocol}")).expect(protocol);
    let mine = format!(":{port:04X} ");
    let line = text
        .lines()
        .find(|line| line.get(..30).is_some_and(|l| l.contains(&mine)));
    let field = line.and_then(|line| line.split_whitespace().nth(10));
    field.expect("a line").parse().expect("a number")
}

#[test]
fn sockets_of_udp_are_found_by_their_ends() {
    let (home, sockets) = (alone(), Sockets::load());
    for address in ["127.0.0.1:4001", "[::1]:4001"] {
        let address: SocketAddr = address.parse().expect("an address");
        let socket = as_user(1234, &home, || UdpSocket::bind(address).expect("bound"));
        let wanted = ends(UDP, address, any(address));
        home.within(|| {
            assert_eq!(sockets.find(wanted), Ok(info(wanted, CLOSED, 1234)));
            // The other end counts for nothing while it is not connected.
            let peer: SocketAddr = (address.ip(), 4002).into();
            let from = ends(UDP, address, peer);
            assert_eq!(sockets.find(from), Ok(info(wanted, CLOSED, 1234)));
            socket.connect(peer).expect("connected");
            assert_eq!(sockets.find(from), Ok(info(from, ESTABLISHED, 1234)));
            let other = ends(UDP, address, (address.ip(), 4003).into());
            assert_eq!(sockets.find(other), Err(no(GateError::NotFound)));
            assert_eq!(
                sockets.find(ends(TCP, address, peer)),
                Err(no(GateError::NotFound))
            );
        });
        // Another namespace has none of it.
        let elsewhere = alone().within(|| sockets.find(wanted));
        assert_eq!(elsewhere, Err(no(GateError::NotFound)));
    }
}

#[test]
fn sockets_of_tcp_are_found_in_each_state() {
    let (home, sockets) = (alone(), Sockets::load());
    for address in ["127.0.0.1:4010", "[::1]:4010"] {
        let address: SocketAddr = address.parse().expect("an address");
        home.within(|| {
            let listener = TcpListener::bind(address).expect("bound");
            let listening = ends(TCP, address, any(address));
            assert_eq!(sockets.find(listening), Ok(info(listening, LISTEN, 0)));
            let client = TcpStream::connect(address).expect("connected");
            let here = client.local_addr().expect("an address");
            let (server, _) = listener.accept().expect("accepted");
            for (one, other) in [(here, address), (address, here)] {
                let wanted = ends(TCP, one, other);
                assert_eq!(sockets.find(wanted), Ok(info(wanted, ESTABLISHED, 0)));
            }
            // Who closes first waits out its time, and is nobody's.
            drop(client);
            drop(server);
            let wanted = ends(TCP, here, address);
            let waiting = wait_for("time-wait", || {
                sockets
                    .find(wanted)
                    .ok()
                    .filter(|found| found.state == TIME_WAIT)
            });
            assert_eq!(waiting, info(wanted, TIME_WAIT, NOBODY));
        });
    }
}

#[test]
fn a_request_for_a_connection_is_found() {
    let (client, server) = two();
    let sockets = Sockets::load();
    // The answer to the first packet does not arrive, so the request stays one.
    let hooks = Hooks::load();
    hooks.verdict(1);
    let _rule = client.within(|| hooks.attach(LOCAL_IN));
    let address: SocketAddr = (SERVER, 4020).into();
    let _listener = as_user(77, &server, || TcpListener::bind(address).expect("bound"));
    let here: SocketAddr = ([10, 0, 1, 1], 4021).into();
    let _half = client.within(|| half_open(here, address));
    let wanted = ends(TCP, address, here);
    let found = server.within(|| wait_for("a request", || sockets.find(wanted).ok()));
    assert_eq!(found, info(wanted, REQUEST, 77));
    server.within(|| held_by_many(&sockets, wanted));
}

/// A connection that is asked for, from a port of our choice, without waiting for it.
fn half_open(from: SocketAddr, to: SocketAddr) -> rustix::fd::OwnedFd {
    use rustix::net::{bind, connect, socket_with, AddressFamily, SocketFlags, SocketType};
    let flags = SocketFlags::NONBLOCK | SocketFlags::CLOEXEC;
    let socket = socket_with(AddressFamily::INET, SocketType::STREAM, flags, None).expect("one");
    bind(&socket, &from).expect("bound");
    assert_eq!(connect(&socket, &to), Err(rustix::io::Errno::INPROGRESS));
    socket
}

/// Acquires, leaks and faults with a socket many times.
fn held_by_many(sockets: &Sockets, of: SocketEnds) {
    let before = sockets.extension.show().expect("show").leaks;
    for _ in 0..20 {
        let (done, _) = sockets.ask(Op::Leak, of, of, 8, &[]);
        assert_eq!((done.ended, done.result), (RUN_RETURNED, 0));
        let (done, _) = sockets.ask(Op::Fault, of, of, 8, &[]);
        assert_eq!(done.ended, RUN_FAULTED);
    }
    let leaks = sockets.extension.show().expect("show").leaks;
    assert_eq!(leaks - before, 160);
}

#[test]
fn every_reference_is_given_back() {
    let (home, sockets) = (alone(), Sockets::load());
    home.within(|| {
        let address: SocketAddr = ([127, 0, 0, 1], 4030).into();
        let _udp = UdpSocket::bind(address).expect("bound");
        let listener = TcpListener::bind(address).expect("bound");
        for (protocol, number) in [("udp", UDP), ("tcp", TCP)] {
            let of = ends(number, address, any(address));
            let before = references(protocol, 4030);
            held_by_many(&sockets, of);
            assert!(sockets.find(of).is_ok());
            assert_eq!(references(protocol, 4030), before, "{protocol}");
        }
        let client = TcpStream::connect(address).expect("connected");
        let (server, _) = listener.accept().expect("accepted");
        let here = client.local_addr().expect("an address");
        held_by_many(&sockets, ends(TCP, here, address));
        drop((client, server));
        let of = ends(TCP, here, address);
        wait_for("time-wait", || {
            sockets
                .find(of)
                .ok()
                .filter(|found| found.state == TIME_WAIT)
        });
        held_by_many(&sockets, of);
    });
}

#[test]
fn ends_that_make_no_sense_are_refused() {
    let (home, sockets) = (alone(), Sockets::load());
    let address: SocketAddr = ([127, 0, 0, 1], 4040).into();
    let good = ends(UDP, address, any(address));
    let bad = Err(no(GateError::BadValue));
    home.within(|| {
        assert_eq!(sockets.find(good), Err(no(GateError::NotFound)));
        for version in [0, 5, 7, u16::MAX] {
            assert_eq!(sockets.find(SocketEnds { version, ..good }), bad);
        }
        for protocol in [0, 1, 58, u16::MAX] {
            assert_eq!(sockets.find(SocketEnds { protocol, ..good }), bad);
        }
        let wide = 1 << 32;
        assert_eq!(
            sockets.find(SocketEnds {
                local_high: 1,
                ..good
            }),
            bad
        );
        assert_eq!(
            sockets.find(SocketEnds {
                remote_high: 1,
                ..good
            }),
            bad
        );
        assert_eq!(
            sockets.find(SocketEnds {
                local_low: wide,
                ..good
            }),
            bad
        );
        assert_eq!(
            sockets.find(SocketEnds {
                remote_low: wide,
                ..good
            }),
            bad
        );
    });
}

/// A socket that waits for what comes.
fn receiver(address: SocketAddr) -> UdpSocket {
    let socket = UdpSocket::bind(address).expect("bound");
    socket.set_read_timeout(Some(LONG)).expect("a timeout");
    socket
}

fn received(by: &UdpSocket) -> (Vec<u8>, SocketAddr) {
    let mut buffer = vec![0; 5000];
    let (len, from) = by.recv_from(&mut buffer).expect("a datagram");
    buffer.truncate(len);
    (buffer, from)
}

#[test]
fn a_datagram_goes_from_the_socket_to_whom_it_is_for() {
    let (home, sockets) = (alone(), Sockets::load());
    for address in ["127.0.0.1:4050", "[::1]:4050"] {
        let address: SocketAddr = address.parse().expect("an address");
        let peer: SocketAddr = (address.ip(), 4051).into();
        home.within(|| {
            let (socket, other) = (receiver(address), receiver(peer));
            let (from, to) = (ends(UDP, address, any(address)), ends(UDP, address, peer));
            for len in [0, 1, 7, 1400, 4096] {
                let text: Vec<u8> = (0..len).map(|i| i as u8).collect();
                assert_eq!(sockets.send(from, to, &text), 0);
                assert_eq!(received(&other), (text, address));
            }
            // To the other end of a connection, which answers.
            let end = ends(UDP, address, any(address));
            assert_eq!(
                sockets.send(from, end, b"to whom?"),
                no(GateError::BadValue)
            );
            socket.connect(peer).expect("connected");
            assert_eq!(sockets.send(to, end, b"to you"), 0);
            assert_eq!(received(&other), (b"to you".to_vec(), address));
            other.send_to(b"thanks", address).expect("sent");
            assert_eq!(received(&socket).0, b"thanks");
        });
    }
    assert_eq!(sockets.extension.show().expect("show").leaks, 0);
}

#[test]
fn what_cannot_be_sent_is_refused() {
    let (client, _server) = two();
    let sockets = Sockets::load();
    client.within(|| {
        let address: SocketAddr = ([10, 0, 1, 1], 4060).into();
        let (_socket, _listener) = (
            receiver(address),
            TcpListener::bind(address).expect("bound"),
        );
        let from = ends(UDP, address, any(address));
        let to = |to: [u8; 4], port: u16| ends(UDP, address, (to, port).into());
        let send = |to, len| sockets.send(from, to, &vec![0; len]);
        assert_eq!(
            send(to([10, 0, 1, 2], 9), 1472),
            0,
            "all that fits the device"
        );
        assert_eq!(send(to([10, 0, 1, 2], 9), 1473), no(GateError::TooLong));
        assert_eq!(send(to([10, 0, 1, 2], 9), 4097), no(GateError::TooLong));
        for (nowhere, error) in [
            ([192, 0, 2, 1], GateError::NotFound),
            ([0, 0, 0, 0], GateError::BadValue),
            ([10, 0, 1, 255], GateError::BadValue),
            ([255, 255, 255, 255], GateError::BadValue),
            ([224, 0, 0, 1], GateError::BadValue),
        ] {
            assert_eq!(send(to(nowhere, 9), 8), no(error), "{nowhere:?}");
        }
        let bad = no(GateError::BadValue);
        let good = to([10, 0, 1, 2], 9);
        assert_eq!(
            sockets.send(from, SocketEnds { version: 6, ..good }, b"x"),
            bad
        );
        assert_eq!(
            sockets.send(
                from,
                SocketEnds {
                    remote_high: 1,
                    ..good
                },
                b"x"
            ),
            bad
        );
        let stream = ends(TCP, address, any(address));
        assert_eq!(sockets.send(stream, good, b"x"), bad, "no datagrams of TCP");
        let (done, _) = sockets.ask(Op::SendWild, from, good, 8, &[]);
        assert_eq!(done.result as i64, no(GateError::BadSpan));
    });
}

#[test]
fn a_full_buffer_is_busy_and_gets_free_again() {
    let (home, sockets) = (alone(), Sockets::load());
    home.within(|| {
        let address: SocketAddr = ([127, 0, 0, 1], 4070).into();
        let peer: SocketAddr = ([127, 0, 0, 1], 4071).into();
        let (socket, other) = (receiver(address), receiver(peer));
        rustix::net::sockopt::set_socket_send_buffer_size(&socket, 0).expect("small");
        let (from, to) = (ends(UDP, address, any(address)), ends(UDP, address, peer));
        assert_eq!(sockets.send(from, to, &[0; 4096]), no(GateError::Busy));
        for _ in 0..100 {
            assert_eq!(sockets.send(from, to, b"small"), 0);
            assert_eq!(received(&other).0, b"small");
        }
    });
}

#[test]
fn the_socket_of_a_packet_is_that_which_sends_it() {
    let (client, server) = two();
    let sockets = Sockets::load();
    let address: SocketAddr = ([10, 0, 1, 1], 4080).into();
    let peer: SocketAddr = (SERVER, 4081).into();
    let socket = as_user(4321, &client, || receiver(address));
    let other = server.within(|| receiver(peer));
    let mine = ends(UDP, address, any(address));

    let attached = client
        .within(|| sockets.extension.attach(LOCAL_OUT, None))
        .expect("attach");
    sockets.watch(mine, ends(UDP, address, peer), b"before you");
    socket.send_to(b"after me", peer).expect("sent");
    let noted = sockets.noted();
    assert_eq!((noted.of_packet, noted.find_at, noted.sent), (0, 0, 0));
    assert_eq!(noted.own, info(mine, CLOSED, 4321));
    assert_eq!(noted.found, noted.own);
    assert_eq!(
        noted.find,
        no(GateError::NotFound),
        "only a run has a caller"
    );
    assert_eq!(received(&other), (b"before you".to_vec(), address));
    assert_eq!(received(&other), (b"after me".to_vec(), address));
    lore_guest_tests::device()
        .detach(attached.id)
        .expect("detach");

    // On the other side, where it comes in: at the device it is nobody's yet, but whose it will be is known.
    let theirs = ends(UDP, peer, address);
    for hook in [LOCAL_IN, "netdev/b0"] {
        let attached = server
            .within(|| sockets.extension.attach(hook, None))
            .expect("attach");
        sockets.watch(theirs, theirs, b"answer");
        socket.send_to(b"question", peer).expect("sent");
        let noted = sockets.noted();
        assert_eq!((noted.find_at, noted.sent), (0, 0), "{hook}");
        assert_eq!(noted.of_packet, no(GateError::NotFound), "{hook}");
        assert_eq!(noted.found, info(ends(UDP, peer, any(peer)), CLOSED, 0));
        assert_eq!(received(&socket), (b"answer".to_vec(), peer));
        assert_eq!(received(&other).0, b"question");
        lore_guest_tests::device()
            .detach(attached.id)
            .expect("detach");
    }
    assert_eq!(sockets.extension.show().expect("show").leaks, 0);
}

#[test]
fn sockets_are_not_for_every_place() {
    let sockets = Sockets::load();
    for hook in ["tracepoint/task_newtask", "function/__arm64_sys_getppid"] {
        assert_refused(sockets.extension.attach(hook, None), Reason::GateUnfit);
    }
}
