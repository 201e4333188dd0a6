// SPDX-License-Identifier: GPL-2.0
//! Everything at once that the other tests of races do one by one.

use crate::share_races::scribble;
use lore::kernel::{LoadOptions, Run};
use lore_guest_tests::hooks::{on_cpu, Act, Hooks, Stops};
use lore_guest_tests::mapping::{map_at, small, BOTH, WINDOW};
use lore_guest_tests::{device, pages};
use rustix::event::{poll, PollFd, PollFlags, Timespec};
use rustix::mm::MapFlags;
use std::net::UdpSocket;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;

const CPUS: usize = 4;
const ROUNDS: u64 = 2;
/// Attachments that each of two threads makes in a round.
const ATTACHED: usize = 12;
const FUNCTION: &str = "function/__arm64_sys_getppid";
const HOOKS: [&str; 5] = [
    "tracepoint/task_newtask",
    "timer/100us",
    FUNCTION,
    "netfilter/ipv4/local-in",
    "netdev/lo",
];
const ACTS: [Act; 7] = [
    Act::Fault,
    Act::Keep,
    Act::Abort,
    Act::Begin,
    Act::KeepAndFault,
    Act::Hold,
    Act::Note,
];

/// What calls the hooks, on one CPU.
fn call(stop: &AtomicBool) {
    let socket = UdpSocket::bind("127.0.0.1:0").expect("a socket");
    while !stop.load(Relaxed) {
        let _ = rustix::process::getppid();
        thread::spawn(|| ()).join().expect("a thread");
        // A verdict that garbage gives may drop it.
        drop(socket.send_to(b"to nobody", "127.0.0.1:9"));
    }
}

/// Hooks attached, in turns detached or left for the extension's end. Garbage may have ended them before.
fn attach_and_detach(hooks: &Hooks, first: usize) {
    for round in 0..ATTACHED {
        let attached = hooks.attach(HOOKS[(first + round) % HOOKS.len()]);
        thread::yield_now();
        if round % 2 == 0 {
            device().detach(attached.id).expect("detach");
        }
    }
}

/// Whatever comes back: the memory that it is computed from is anybody's.
fn tell(hooks: &Hooks, act: Act) {
    let input = [(act as u64).to_le_bytes(), [0; 8]].concat();
    let done = hooks.extension.run(&mut Run {
        entry: 0,
        repeat: 1,
        arg: 0,
        input: &input,
        output: &mut [],
    });
    done.expect("runs or faults");
}

/// A round: until two threads have made their attachments, with the window anybody's meanwhile. Half of them are still
/// called when the extension ends.
fn storm(seed: u64) {
    let hooks = Hooks::load_with(&LoadOptions {
        budget_us: 2_000,
        ..small()
    });
    let plan = hooks.extension.window().expect("where its parts lie");
    assert_ne!(plan.ring_len, 0);
    let shared = MapFlags::SHARED;
    let mapping = map_at(&hooks.extension, null_mut(), 0, WINDOW, BOTH, shared).expect("maps");
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let (hooks, mapping, stop) = (&hooks, &mapping, &stop);
        scope.spawn(move || scribble(mapping, plan, seed, stop));
        scope.spawn(move || {
            for act in ACTS.iter().cycle() {
                tell(hooks, *act);
                if stop.load(Relaxed) {
                    break;
                }
            }
        });
        scope.spawn(move || {
            let wait = Timespec {
                tv_sec: 0,
                tv_nsec: 1_000_000,
            };
            while !stop.load(Relaxed) {
                let mut files = [PollFd::new(&hooks.extension, PollFlags::IN)];
                poll(&mut files, Some(&wait)).expect("poll");
            }
        });
        let attaching = [0, 2].map(|first| scope.spawn(move || attach_and_detach(hooks, first)));
        let _stops = Stops(stop);
        for thread in attaching {
            thread.join().expect("no panic");
        }
    });
}

/// Hooks of each kind are called on all CPUs while they come and go, a program writes garbage over stacks, data, heap and ring,
/// another waits for events, and the extension ends in the middle of it.
#[test]
fn everything_at_once_harms_the_extension_alone() {
    let before = pages();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let _stops = Stops(&stop);
        for cpu in 0..CPUS {
            let stop = &stop;
            scope.spawn(move || on_cpu(cpu, || call(stop)));
        }
        for round in 1..=ROUNDS {
            storm(round);
            assert_eq!(device().attachments().expect("attachments").len(), 0);
            assert_eq!(device().info().expect("info").extensions, 0);
            assert_eq!(pages(), before);
        }
    });
    let hooks = Hooks::load();
    hooks.attach(FUNCTION);
    let _ = rustix::process::getppid();
    assert_eq!(hooks.count(), 2, "the function, and its return");
}
