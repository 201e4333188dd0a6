// SPDX-License-Identifier: GPL-2.0
//! Objects that outlive activations: used and dropped by any activation of the extension, gone with it.

use crate::packets::{two, LOCAL_IN, LONG, SERVER};
use lore::kernel::{Extension, Run};
use lore_abi::fault::FaultKind;
use lore_abi::request::{RunRequest, RUN_FAULTED, RUN_RETURNED};
use lore_guest_tests::hooks::wait_for;
use lore_guest_tests::net::Namespace;
use lore_guest_tests::sockets::{ends, CLOSED, UDP};
use lore_guest_tests::{device, fixture, gate_error, patient};
use lore_iface::{GateError, SocketEnds, SocketInfo};
use lore_sandbox::lasting::SLOTS;
use rustix::thread::{gettid, sched_setaffinity, CpuSet};
use std::net::{SocketAddr, UdpSocket};
use zerocopy::{FromBytes, IntoBytes};

/// What the fixture does; the order is that of `enum op` in `tests/fixtures/lasting.c`.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
enum Op {
    Keep,
    Fault,
    Ask,
    Drop,
    Again,
    Old,
    Fill,
    Lock,
    MadeUp,
    Socket,
    Info,
    Send,
    Close,
    Storm,
    Packet,
    Packets,
    Read,
    LetGo,
    Transmit,
    Scribble,
}

struct Lasting(Extension);

impl Lasting {
    fn load() -> Lasting {
        let file = fixture("lasting");
        Lasting(device().load(&file.image, &patient()).expect("it loads").0)
    }

    fn run(&self, op: Op, input: &[u8]) -> (RunRequest, Vec<u8>) {
        let mut output = vec![0; 128];
        let done = self.0.run(&mut Run {
            entry: 0,
            repeat: 1,
            arg: op as u64,
            input,
            output: &mut output,
        });
        (done.expect("the request is accepted"), output)
    }

    fn ask(&self, op: Op, operand: u64) -> u64 {
        let (done, _) = self.run(op, operand.as_bytes());
        assert_eq!(done.ended, RUN_RETURNED, "{op:?}");
        done.result
    }

    fn kept(&self) -> u64 {
        self.0.show().expect("show").kept
    }

    fn keep_socket(&self, of: SocketEnds) -> u64 {
        let (done, _) = self.run(Op::Socket, of.as_bytes());
        assert!(done.result as i64 > 0, "{:#x}", done.result);
        done.result
    }

    fn info(&self, socket: u64) -> SocketInfo {
        let (done, output) = self.run(Op::Info, socket.as_bytes());
        assert_eq!(done.result, 0);
        SocketInfo::read_from_prefix(&output).expect("an info").0
    }
}

fn this_thread() -> u64 {
    gettid().as_raw_nonzero().get() as u64
}

fn stay(cpu: usize) {
    let mut cpus = CpuSet::new();
    cpus.set(cpu);
    sched_setaffinity(None, &cpus).expect("affinity");
}

const BAD: u64 = (GateError::BadHandle as u64).wrapping_neg();

#[test]
fn what_one_activation_keeps_others_use_and_drop() {
    let lasting = Lasting::load();
    let thread = this_thread();
    let handle = lasting.ask(Op::Keep, thread);
    assert_eq!(handle >> 62, 1, "{handle:#x}");
    assert_eq!(lasting.kept(), 1);
    for cpu in 0..4 {
        stay(cpu);
        assert_eq!(lasting.ask(Op::Ask, handle), thread);
    }
    assert_eq!(lasting.ask(Op::Drop, handle), 0);
    assert_eq!(lasting.kept(), 0);
    assert_eq!(lasting.ask(Op::Ask, handle), BAD);
    assert_eq!(lasting.ask(Op::Drop, handle), BAD);
    // The slot is used again, the old handle is not.
    let new = lasting.ask(Op::Keep, thread);
    assert_eq!((new & 63, new == handle), (handle & 63, false));
    assert_eq!(lasting.ask(Op::Drop, handle), BAD);
    assert_eq!(lasting.ask(Op::Ask, new), thread);
    assert_eq!(lasting.0.show().expect("show").leaks, 0);
}

#[test]
fn a_task_that_is_kept_is_readable_when_it_has_ended() {
    let lasting = Lasting::load();
    let ended = std::thread::spawn(|| {
        let thread = this_thread();
        let lasting = Lasting::load();
        (thread, lasting.ask(Op::Keep, thread), lasting)
    });
    let (thread, handle, other) = ended.join().expect("it ends");
    // Nobody has its number any more, so there is nothing to keep.
    wait_for("its number is free", || {
        (lasting.ask(Op::Keep, thread) == BAD).then_some(())
    });
    // What is kept still tells the number that it had.
    assert_eq!(other.ask(Op::Ask, handle), thread);
    assert_eq!(other.ask(Op::Drop, handle), 0);
}

#[test]
fn the_old_handle_dies_and_a_lasting_one_is_not_kept_again() {
    let lasting = Lasting::load();
    assert_eq!(lasting.ask(Op::Old, 0), BAD);
    let handle = lasting.ask(Op::Keep, this_thread());
    assert_eq!(lasting.ask(Op::Again, handle), BAD);
    assert_eq!(lasting.ask(Op::Ask, handle), this_thread());
}

#[test]
fn a_full_table_refuses_and_leaves_the_handle_good() {
    let lasting = Lasting::load();
    let thread = this_thread();
    let (done, output) = lasting.run(Op::Fill, thread.as_bytes());
    assert_eq!(done.result, 0, "the refused one is dropped rightly");
    let full = gate_error(GateError::TableFull);
    let answers = <[u64; 3]>::read_from_prefix(&output).expect("three").0;
    assert_eq!(answers, [SLOTS as u64, full, thread]);
    assert_eq!(lasting.kept(), SLOTS as u64);
    assert_eq!(lasting.0.show().expect("show").leaks, 0);
}

#[test]
fn a_cancelled_activation_leaves_what_it_has_kept() {
    let lasting = Lasting::load();
    for count in 1..=5 {
        let (done, _) = lasting.run(Op::Fault, this_thread().as_bytes());
        assert_eq!(done.ended, RUN_FAULTED);
        let fault = lasting.0.faults(done.fault - 1).expect("records")[0];
        assert_eq!(FaultKind::from_u32(fault.kind), Some(FaultKind::Memory));
        assert_eq!(lasting.kept(), count);
    }
}

#[test]
fn handles_of_others_and_made_up_ones_name_nothing() {
    let (one, other) = (Lasting::load(), Lasting::load());
    let thread = this_thread();
    for _ in 0..SLOTS {
        let (mine, theirs) = (one.ask(Op::Keep, thread), other.ask(Op::Keep, thread));
        for (extension, foreign) in [(&one, theirs), (&other, mine)] {
            assert_eq!(extension.ask(Op::Ask, foreign), BAD);
            assert_eq!(extension.ask(Op::Drop, foreign), BAD);
        }
    }
    let fresh = Lasting::load();
    // In parts that a busy machine does not take for endless.
    for _ in 0..100 {
        assert_eq!(fresh.ask(Op::MadeUp, 1_000), 0);
    }
    assert_eq!(fresh.kept(), 0);
    for handle in [1 << 62, 3 << 62, (1 << 62) + 63, u64::MAX, (1 << 63) - 1] {
        assert_eq!(fresh.ask(Op::Ask, handle), BAD, "{handle:#x}");
        assert_eq!(fresh.ask(Op::Drop, handle), BAD, "{handle:#x}");
    }
}

#[test]
fn what_is_bound_to_an_activation_is_not_kept() {
    let lasting = Lasting::load();
    let (_, output) = lasting.run(Op::Lock, &[]);
    let answers = <[u64; 2]>::read_from_prefix(&output).expect("two").0;
    assert_eq!(answers, [gate_error(GateError::WrongKind), 0]);
    assert_eq!(lasting.kept(), 0);
}

/// References of a socket of UDP on a port, as the kernel counts them.
fn references(port: u16) -> u32 {
    let text = std::fs::read_to_string("/proc/thread-self/net/udp").expect("udp");
    let mine = format!(":{port:04X} ");
    let line = text.lines().find(|line| line.contains(&mine)).expect("it");
    let count = line.split_whitespace().nth(10).expect("a field");
    count.parse().expect("a number")
}

/// A namespace that reaches itself.
fn alone() -> Namespace {
    let namespace = Namespace::new();
    namespace.switch("lo", true);
    namespace
}

fn bound(port: u16) -> (UdpSocket, SocketEnds) {
    let address: SocketAddr = ([127, 0, 0, 1], port).into();
    let socket = UdpSocket::bind(address).expect("bound");
    socket.set_read_timeout(Some(LONG)).expect("a timeout");
    (socket, ends(UDP, address, ([0, 0, 0, 0], 0).into()))
}

#[test]
fn the_end_of_the_extension_gives_everything_back() {
    alone().within(|| {
        let (_socket, of) = bound(4100);
        let before = references(4100);
        let lasting = Lasting::load();
        for count in 1..=SLOTS as u32 {
            lasting.keep_socket(of);
            assert_eq!(references(4100), before + count);
        }
        drop(lasting);
        wait_for("the end", || (references(4100) == before).then_some(()));
    });
}

#[test]
fn a_kept_socket_sends_until_it_is_closed() {
    alone().within(|| {
        let (lasting, (socket, of), (other, _)) = (Lasting::load(), bound(4110), bound(4111));
        let handle = lasting.keep_socket(of);
        let to = SocketEnds {
            remote_port: 4111,
            remote_low: of.local_low,
            ..of
        };
        let send = || {
            lasting
                .run(Op::Send, &[handle.as_bytes(), to.as_bytes()].concat())
                .0
                .result
        };
        assert_eq!(send(), 0);
        assert_eq!(other.recv(&mut [0; 8]).expect("a byte"), 1);
        // A task's call with a socket's handle is an error, and the handle stays good.
        assert_eq!(
            lasting.ask(Op::Ask, handle),
            gate_error(GateError::WrongKind)
        );
        assert_eq!(
            lasting.ask(Op::Drop, handle),
            gate_error(GateError::WrongKind)
        );
        drop(socket);
        assert_eq!(send(), gate_error(GateError::NotFound));
        assert_eq!(lasting.info(handle).state, CLOSED);
        assert_eq!(lasting.ask(Op::Close, handle), 0);
        assert_eq!(send(), BAD);
    });
}

#[test]
fn four_cpus_use_and_drop_the_same_objects() {
    const ROUNDS: u64 = 2_000;
    let home = alone();
    home.within(|| {
        let (_socket, of) = bound(4120);
        let before = references(4120);
        let lasting = Lasting::load();
        let input = [ROUNDS.as_bytes(), of.as_bytes()].concat();
        std::thread::scope(|scope| {
            for cpu in 0..4 {
                let (lasting, input) = (&lasting, &input);
                scope.spawn(move || {
                    stay(cpu);
                    for _ in 0..20 {
                        let (done, _) = lasting.run(Op::Storm, input);
                        assert_eq!((done.ended, done.result), (RUN_RETURNED, 0));
                    }
                });
            }
        });
        assert!(lasting.kept() <= 8, "{}", lasting.kept());
        assert_eq!(references(4120), before + lasting.kept() as u32);
        assert_eq!(lasting.0.show().expect("show").leaks, 0);
        drop(lasting);
        wait_for("the end", || (references(4120) == before).then_some(()));
    });
}

#[test]
fn a_clone_of_a_packet_outlives_its_hook_and_its_device() {
    let (client, server) = two();
    let lasting = Lasting::load();
    let index = server.index("b0");
    server
        .within(|| lasting.0.attach(LOCAL_IN, None))
        .expect("attach");
    assert_eq!(lasting.ask(Op::Packet, 0), 0);
    let ping = client.ping();
    assert!(ping.send(SERVER, 0x1234));
    assert_eq!(ping.answer(LONG), Some(0x1234));
    let (done, output) = lasting.run(Op::Packets, &[]);
    assert_eq!(done.result, 1);
    let [handle, lent] = <[u64; 2]>::read_from_prefix(&output).expect("two").0;
    assert_eq!(lent, gate_error(GateError::OnlyLent));
    assert_eq!(lasting.kept(), 1);
    // The device goes, and its namespace too: nothing waits for the packet, and nothing of it is missing.
    client.delete("a0");
    drop((client, server));
    let (done, output) = lasting.run(Op::Read, handle.as_bytes());
    assert_eq!(done.result, 28);
    assert_eq!((output[0], output[9]), (0x45, 1));
    assert_eq!(output[12..20], [10, 0, 1, 1, 10, 0, 1, 2]);
    assert_eq!(output[24..28], [0x10, 0x4e, 0x12, 0x34]);
    let info = <[u32; 4]>::read_from_prefix(&output[64..])
        .expect("an info")
        .0;
    assert_eq!(info, [28, 0x0800, index, 0]);
    // One at a time may change it: the others are told so, and nothing breaks.
    std::thread::scope(|scope| {
        for cpu in 0..4 {
            let lasting = &lasting;
            scope.spawn(move || {
                stay(cpu);
                let (done, _) = lasting.run(Op::Scribble, [5_000, handle].as_bytes());
                assert_eq!((done.ended, done.result), (RUN_RETURNED, 0));
            });
        }
    });
    // It has nowhere to go any more, and goes with the try.
    let nowhere = gate_error(GateError::NotFound);
    assert_eq!(lasting.ask(Op::Transmit, handle), nowhere);
    assert_eq!((lasting.ask(Op::LetGo, handle), lasting.kept()), (BAD, 0));
}
