// SPDX-License-Identifier: GPL-2.0
//! Hooks in a module of the kernel that goes away.

use lore_abi::image::Hook;
use lore_abi::refusal::Reason;
use lore_guest_tests::command::{printed, program};
use lore_guest_tests::hooks::Hooks;
use lore_guest_tests::{assert_refused, device};
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

const FILE: &str = "/lore_guest.ko";
const TRACEPOINT: &str = "tracepoint/lore_guest";
/// Between two attachments: the module cannot be removed while one of them is there.
const PAUSE: Duration = Duration::from_millis(50);
const FUNCTION: &str = "function/guest_twice";

fn insert() {
    printed("/bin/insmod", &[FILE]);
}

fn remove() -> bool {
    program("/bin/rmmod", &["lore_guest"]).status.success()
}

/// Whether the module was there to be called.
fn fire(number: u32) -> bool {
    fs::write("/sys/module/lore_guest/parameters/fire", number.to_string()).is_ok()
}

#[test]
fn a_module_stays_while_its_tracepoint_or_function_is_attached() {
    insert();
    for hook in [TRACEPOINT, FUNCTION] {
        let hooks = Hooks::load();
        let attached = hooks.attach(hook);
        assert!(fire(21));
        let notes: Vec<_> = hooks
            .notes()
            .iter()
            .map(|n| (n.hook as u32, n.args[0], n.args[1]))
            .collect();
        if hook == TRACEPOINT {
            assert_eq!(
                notes,
                [(Hook::Tracepoint.number(), 21, 0)],
                "the pointer is hidden"
            );
        } else {
            // Behind the last argument is what the caller left there.
            let [(function, 21, _), (returned, 42, 0)] = notes[..] else {
                panic!("{notes:?}");
            };
            assert_eq!(
                [function, returned],
                [Hook::Function.number(), Hook::Return.number()]
            );
        }
        assert!(!remove(), "{hook} is attached");
        device().detach(attached.id).expect("detach");
        assert!(fire(22));
        assert_eq!(hooks.count(), notes.len() as u64);
        assert!(remove(), "{hook} is detached");
        assert_refused(hooks.try_attach(hook), Reason::NoSuchPlace);
        insert();
    }
    assert!(remove());
}

/// Nobody who attaches waits for the module: so it is there at times, and away at times.
#[test]
fn a_module_comes_and_goes_while_extensions_are_attached() {
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let stop = &stop;
        for hook in [TRACEPOINT, FUNCTION] {
            scope.spawn(move || {
                let mut attached = 0;
                while !stop.load(Relaxed) || attached == 0 {
                    let hooks = Hooks::load();
                    if hooks.try_attach(hook).is_ok() {
                        attached += 1;
                        fire(1);
                    }
                    drop(hooks);
                    thread::sleep(PAUSE);
                }
            });
        }
        scope.spawn(move || {
            while !stop.load(Relaxed) {
                fire(2);
                thread::sleep(PAUSE / 10);
            }
        });
        for _ in 0..10 {
            insert();
            thread::sleep(PAUSE);
            while !remove() {
                thread::yield_now();
            }
        }
        insert();
        stop.store(true, Relaxed);
    });
    assert_eq!(device().attachments().expect("attachments").len(), 0);
    assert!(remove());
}
