// SPDX-License-Identifier: GPL-2.0
//! Every kind of object, held while the extension is cancelled at any word, or runs out of time in any gate.

use crate::cancel::{assert_keeps_nothing, assert_table_is_empty, stay, with_thread};
use crate::packets::{two, LOCAL_IN, LONG, SERVER};
use lore::elf::ImageFile;
use lore::kernel::{Extension, LoadOptions, Run};
use lore_abi::contract::BTI_C;
use lore_abi::fault::{Fault, FaultKind, IN_GATE};
use lore_abi::request::{RunRequest, RUN_FAULTED, RUN_RETURNED};
use lore_guest_tests::hooks::wait_for;
use lore_guest_tests::net::{Namespace, Ping};
use lore_guest_tests::sockets::{ends, UDP};
use lore_guest_tests::{code_at, device, fixture, patient};
use lore_iface::{Gate, SocketEnds};
use std::net::{SocketAddr, UdpSocket};
use zerocopy::{FromBytes, IntoBytes};

/// The entries of `tests/fixtures/kinds.c`.
const KINDS: u32 = 0;
const GATES: u32 = 1;
const STATE: u32 = 2;
const TELL: u32 = 3;
/// What the next packet is for.
const IS_HELD: u64 = 1;
const IS_KEPT: u64 = 2;
const IS_DONE: u64 = 3;

const TIMERS: u64 = 16;
const PORT: u16 = 4200;

fn image() -> ImageFile {
    let mut file = fixture("kinds");
    file.image.header.ring_len = 4096;
    file
}

struct Kinds(Extension);

impl Kinds {
    fn load(file: &ImageFile, how: &LoadOptions) -> Kinds {
        Kinds(device().load(&file.image, how).expect("it loads").0)
    }

    fn run(&self, entry: u32, thread: u64, gate: u64, of: SocketEnds) -> (RunRequest, Vec<u8>) {
        let mut output = vec![0; 40];
        let done = self.0.run(&mut Run {
            entry,
            repeat: 1,
            arg: 0,
            input: &[thread.as_bytes(), gate.as_bytes(), of.as_bytes()].concat(),
            output: &mut output,
        });
        (done.expect("the request is accepted"), output)
    }

    fn fault(&self, number: u64) -> Fault {
        self.0.faults(number - 1).expect("records")[0]
    }

    /// Locks held, timers to be had, whether an event is begun, the state of packets, what went wrong at one; unless the
    /// word at which it stops is in the way.
    fn state(&self, of: SocketEnds) -> Option<[u64; 5]> {
        let (done, output) = self.run(STATE, 0, 0, of);
        (done.ended == RUN_RETURNED).then(|| <[u64; 5]>::read_from_bytes(&output).expect("five"))
    }

    fn kept(&self) -> u64 {
        self.0.show().expect("show").kept
    }

    /// Nothing is held but what was kept, and that by as many references as it has.
    fn assert_nothing_is_held(&self, of: SocketEnds, at: u32) {
        if let Some([locks, timers, begun, ..]) = self.state(of) {
            assert_eq!((locks, timers, begun), (0, TIMERS, 0), "{at:#x}");
        }
        assert!(self.kept() <= 2, "{at:#x}");
    }
}

/// A bound socket, its ends, and its references.
fn bound(address: SocketAddr) -> (UdpSocket, SocketEnds) {
    let socket = UdpSocket::bind(address).expect("bound");
    (socket, ends(UDP, address, ([0, 0, 0, 0], 0).into()))
}

/// References of the socket, as the kernel counts them.
fn references() -> u32 {
    let text = std::fs::read_to_string("/proc/thread-self/net/udp").expect("udp");
    let mine = format!(":{PORT:04X} ");
    let line = text.lines().find(|line| line.contains(&mine)).expect("it");
    let count = line.split_whitespace().nth(10).expect("a field");
    count.parse().expect("a number")
}

/// Does something at each word of some functions; how many it reached.
fn at_each_word(
    file: &ImageFile,
    functions: &[&str],
    mut act: impl FnMut(&Kinds, u32) -> bool,
) -> u32 {
    let filler = device()
        .load(&fixture("objects").image, &patient())
        .expect("it loads")
        .0;
    let (start, words) = (code_at(file), file.image.code.chunks_exact(4));
    let symbols = functions.iter().map(|name| {
        let mut all = file.image.symbols.iter();
        all.find(|s| s.name == *name).expect("a function")
    });
    let ranges: Vec<_> = symbols.map(|s| s.at..s.at + s.len).collect();
    assert_keeps_nothing(2, || {
        let mut reached = 0;
        for (i, word) in (0u32..).zip(words.clone()) {
            let of_them = ranges.iter().any(|range| range.contains(&(start + 4 * i)));
            if word == BTI_C.to_le_bytes() || !of_them {
                continue;
            }
            let at = start + 4 * i;
            let how = LoadOptions {
                stop_at: at,
                ..patient()
            };
            let kinds = Kinds::load(file, &how);
            reached += u32::from(act(&kinds, at));
            assert_table_is_empty(&filler);
            let status = kinds.0.show().expect("show");
            // The entry that tells the state holds the timers that it could have.
            let told = if kinds.state(SocketEnds::default()).is_some() {
                2
            } else {
                0
            };
            assert!(
                status.leaks <= TIMERS * told,
                "{at:#x}: {} leaks",
                status.leaks
            );
        }
        reached
    })
}

#[test]
fn cancelled_at_any_word_a_run_gives_back_every_kind() {
    let home = Namespace::new();
    home.switch("lo", true);
    home.within(|| {
        stay();
        let (_socket, of) = bound(([127, 0, 0, 1], PORT).into());
        let (file, before) = (image(), references());
        let whole = Kinds::load(&file, &patient());
        with_thread(|thread| assert_eq!(whole.run(KINDS, thread, 0, of).0.result, 0));
        let reached = at_each_word(&file, &["kinds", "below"], |kinds, at| {
            let (done, _) = with_thread(|thread| kinds.run(KINDS, thread, 0, of));
            let reached = done.ended == RUN_FAULTED;
            match reached {
                true => assert_eq!(kinds.fault(done.fault).at, at),
                false => assert_eq!((done.result, kinds.kept()), (0, 0), "{at:#x}"),
            }
            kinds.assert_nothing_is_held(of, at);
            // Of the two that are kept at some point one is the socket.
            let more = references() - before;
            assert!(
                u64::from(more) <= kinds.kept().min(1),
                "{at:#x}: {more} references"
            );
            reached
        });
        assert!(reached > 100, "{reached} words");
        assert_eq!(
            references(),
            before,
            "the extensions' ends gave the rest back"
        );
    });
}

/// Has a packet come, for what it is told; the state afterwards if it can be told.
fn with_packet(kinds: &Kinds, ping: &Ping, number: u16, of: SocketEnds) -> Option<[u64; 5]> {
    assert!(ping.send(SERVER, number));
    assert_eq!(
        ping.answer(LONG),
        Some(number),
        "whatever happens, it passes"
    );
    kinds.state(of)
}

#[test]
fn cancelled_at_any_word_a_packets_call_gives_back_every_kind() {
    let (client, server) = two();
    let ping = client.ping();
    server.within(|| {
        let (_socket, of) = bound((SERVER, PORT).into());
        let (file, before) = (image(), references());
        let mut number = 1;
        let mut held = |kinds: &Kinds| {
            number += 1;
            kinds.0.attach(LOCAL_IN, None).expect("attach");
            let (told, _) = kinds.run(TELL, 0, IS_HELD, of);
            let state = with_packet(kinds, &ping, number, of);
            (told.ended == RUN_RETURNED).then_some(state)
        };
        let whole = Kinds::load(&file, &patient());
        assert_eq!(held(&whole), Some(Some([0, TIMERS, 0, IS_DONE, 0])));
        assert_eq!((references(), whole.kept()), (before, 0));
        drop(whole);
        let reached = at_each_word(&file, &["on_packet", "hold"], |kinds, at| {
            let faults = |kinds: &Kinds| kinds.0.show().expect("show").faults;
            let state = held(kinds);
            let told = [state.is_none(), state == Some(None)]
                .iter()
                .filter(|no| **no)
                .count();
            let reached = faults(kinds) > told as u64;
            if let (false, Some(Some(state))) = (reached, state) {
                assert_eq!(state, [0, TIMERS, 0, IS_DONE, 0], "{at:#x}");
            }
            kinds.assert_nothing_is_held(of, at);
            assert_eq!(references(), before, "{at:#x}");
            reached
        });
        assert!(reached > 60, "{reached} words");
    });
}

#[test]
fn when_time_runs_out_in_any_gate_nothing_is_left_behind() {
    let (client, server) = two();
    let ping = client.ping();
    server.within(|| {
        let (_socket, of) = bound((SERVER, PORT).into());
        // Sent to itself.
        let of = SocketEnds {
            remote_port: PORT,
            remote_low: of.local_low,
            ..of
        };
        server_gates(&ping, of);
    });
}

fn server_gates(ping: &Ping, of: SocketEnds) {
    let filler = device()
        .load(&fixture("objects").image, &patient())
        .expect("it loads")
        .0;
    let how = LoadOptions {
        budget_us: 2_000,
        ..patient()
    };
    let file = image();
    let before = references();
    // All but the one that ends the activation anyway.
    let gates = (1..=64)
        .filter_map(Gate::from_u32)
        .filter(|gate| *gate != Gate::Abort);
    for gate in gates {
        let kinds = Kinds::load(&file, &how);
        if gate.id().starts_with("packet")
            || gate.id().ends_with("packet")
            || gate == Gate::SocketFindAt
        {
            let attached = kinds.0.attach(LOCAL_IN, None).expect("attach");
            // Its time may run out before it has kept the packet.
            wait_for("a kept packet", || {
                kinds.run(TELL, 0, IS_KEPT, of);
                let state = with_packet(&kinds, ping, 7, of)?;
                (state[3..] == [IS_DONE, 0]).then_some(())
            });
            device().detach(attached.id).expect("detach");
        }
        stay();
        with_thread(|thread| {
            // The time is over in a gate of few instructions now and then only.
            let hit = (0..20_000).find(|_| {
                let (done, _) = kinds.run(GATES, thread, gate.number().into(), of);
                assert_eq!(done.ended, RUN_FAULTED, "{gate:?}");
                let fault = kinds.fault(done.fault);
                assert_eq!(
                    FaultKind::from_u32(fault.kind),
                    Some(FaultKind::Time),
                    "{gate:?}"
                );
                assert_table_is_empty(&filler);
                fault.flags & IN_GATE != 0 && fault.gate == gate.number()
            });
            assert!(hit.is_some(), "time never ran out in {gate:?}");
        });
        if let Some([locks, timers, begun, ..]) = kinds.state(of) {
            // Those that were kept when the time was over are not to be had.
            let kept = if gate == Gate::TimerKeep {
                kinds.kept()
            } else {
                0
            };
            assert_eq!((locks, timers, begun), (0, TIMERS - kept, 0), "{gate:?}");
        }
        drop(kinds);
        assert_eq!(references(), before, "{gate:?}");
    }
}
