// SPDX-License-Identifier: GPL-2.0
//! Several CPUs and processes at once, in any order of load, run, fault and unload.

use lore::kernel::{Device, Error, LoadOptions, Who};
use lore_abi::fault::FaultKind;
use lore_abi::refusal::Reason;
use lore_abi::request::RUN_FAULTED;
use lore_guest_tests::command::Running;
use lore_guest_tests::hooks::{on_cpu, wait_for, Act, Hooks};
use lore_guest_tests::mapping::plan;
use lore_guest_tests::{device, fixture, patient, Assist, Ended, Op};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

const THREADS: usize = 4;
/// Fault records that the kernel keeps of an extension.
const KEPT_BY_KERNEL: u64 = 64;

#[test]
fn one_extension_runs_in_many_threads() {
    let assist = Assist::load();
    thread::scope(|scope| {
        for seed in 0..THREADS as u64 {
            let assist = &assist;
            scope.spawn(move || {
                for round in 0..500u64 {
                    let operands = [seed << 32 | round, !round];
                    let sum = operands[0].wrapping_add(operands[1]);
                    assert_eq!(assist.result(Op::Pointer, &operands), sum);
                }
            });
        }
    });
    let status = assist.status();
    assert_eq!(
        status.runs,
        500 * THREADS as u64,
        "none was lost, none was skipped"
    );
}

#[test]
fn faults_in_many_threads_are_each_reported_to_their_own() {
    let assist = Assist::load();
    // The end of a heap that nobody has grown, of 16 MiB.
    let nothing = plan(&assist).heap_end - ((THREADS as u64) << 16);
    let window = assist.result(Op::Address, &[]) >> 32 << 32;
    thread::scope(|scope| {
        for seed in 0..THREADS as u64 {
            let assist = &assist;
            scope.spawn(move || {
                for round in 0..KEPT_BY_KERNEL / THREADS as u64 {
                    let at = nothing + (seed << 16 | round << 3);
                    match assist.ask(Op::Load, &[window | at]) {
                        Ended::Faulted(fault) => assert_eq!(fault.address, at),
                        Ended::Returned(..) => panic!("a load of nothing returned"),
                    }
                }
            });
        }
    });
    assert_eq!(assist.status().faults, KEPT_BY_KERNEL);
}

#[test]
fn names_come_and_go_while_others_use_them() {
    let image = fixture("assist").image;
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let (image, stop) = (&image, &stop);
        for _ in 0..2 {
            scope.spawn(move || {
                let device = device();
                let how = LoadOptions {
                    name: Some("race".into()),
                    ..patient()
                };
                for _ in 0..100 {
                    drop(device.load(image, &how));
                    thread::yield_now();
                    drop(device.unload(&Who::Name("race".into())));
                }
                stop.store(true, Ordering::Relaxed);
            });
        }
        for _ in 0..2 {
            scope.spawn(move || {
                let device = device();
                while !stop.load(Ordering::Relaxed) {
                    use_by_name(&device);
                }
            });
        }
    });
    drop(device().unload(&Who::Name("race".into())));
    assert_eq!(device().info().expect("info").extensions, 0);
}

fn use_by_name(device: &Device) {
    let Ok((extension, _)) = device.extension(&Who::Name("race".into())) else {
        return;
    };
    let mut output = [0; 16];
    let mut run = lore::kernel::Run {
        entry: 0,
        repeat: 3,
        arg: Op::Echo as u64,
        input: b"in a race",
        output: &mut output,
    };
    let done = extension.run(&mut run).expect("an open file can be run");
    assert_eq!((done.result, done.output_len), (9, 9));
}

#[test]
fn a_killed_process_leaves_nothing_and_stops_its_extension() {
    use std::process::Command;
    let before = device().info().expect("info").extensions;
    let mut child = Command::new(std::env::current_exe().expect("own path"))
        .args(["--ignored", "--exact", "races::child_that_never_ends"])
        .stdout(std::process::Stdio::null())
        .spawn()
        .expect("a child");
    while device().info().expect("info").extensions == before {
        thread::yield_now();
    }
    child.kill().expect("kill");
    child.wait().expect("wait");
    assert_eq!(device().info().expect("info").extensions, before);
}

#[test]
#[ignore = "the child of a_killed_process_leaves_nothing_and_stops_its_extension"]
fn child_that_never_ends() {
    let assist = Assist::load_with(&LoadOptions {
        budget_us: 10_000,
        ..patient()
    });
    loop {
        drop(assist.run(Op::Spin, &0u64.to_le_bytes(), 0, 1));
    }
}

#[test]
fn all_run_buffers_taken_is_an_answer_or_a_wait_but_never_a_loss() {
    let assist = Assist::load_with(&LoadOptions {
        budget_us: 5_000,
        ..patient()
    });
    thread::scope(|scope| {
        for _ in 0..16 {
            let assist = &assist;
            scope.spawn(move || {
                for _ in 0..5 {
                    match assist.request(Op::Spin, &0u64.to_le_bytes(), &mut [0; 1 << 16], 1) {
                        Ok(done) => assert_eq!(done.ended, RUN_FAULTED),
                        Err(Error::Refused(refusal)) => {
                            assert_eq!(Reason::from_u32(refusal.reason), Some(Reason::Busy));
                        }
                        Err(other) => panic!("{other:?}"),
                    }
                }
            });
        }
    });
}

/// Its attachments are called on every CPU while its process is killed.
#[test]
fn a_killed_process_takes_its_attachments_along() {
    for _ in 0..10 {
        let child = Running::start(
            "/proc/self/exe",
            &[
                "--ignored",
                "--exact",
                "races::child_that_attaches_and_waits",
            ],
        );
        wait_for("its attachments", || {
            let all = device().attachments().expect("attachments");
            (all.len() == 3).then_some(())
        });
        let stop = &AtomicBool::new(false);
        thread::scope(|scope| {
            for _ in 0..THREADS {
                scope.spawn(move || {
                    while !stop.load(Ordering::Relaxed) {
                        thread::spawn(|| ()).join().expect("a thread");
                    }
                });
            }
            // Kills it.
            drop(child);
            stop.store(true, Ordering::Relaxed);
        });
        assert_eq!(device().attachments().expect("attachments").len(), 0);
        assert_eq!(device().info().expect("info").extensions, 0);
    }
}

#[test]
#[ignore = "the child of a_killed_process_takes_its_attachments_along"]
fn child_that_attaches_and_waits() {
    let hooks = Hooks::load();
    for hook in [
        "tracepoint/task_newtask",
        "timer/100us",
        "function/__arm64_sys_getppid",
    ] {
        hooks.attach(hook);
    }
    loop {
        thread::park();
    }
}

/// Faults come faster than they are recorded: each has a record or is counted as one that has none.
#[test]
fn faults_of_one_attachment_at_once_are_all_accounted_for() {
    const EACH: u64 = 12;
    for _ in 0..20 {
        let hooks = Hooks::load();
        let attached = hooks
            .extension
            .attach("function/__arm64_sys_getppid", Some(5));
        let attached = attached.expect("attach");
        hooks.act(Act::Fault);
        thread::scope(|scope| {
            for cpu in 0..THREADS {
                scope.spawn(move || {
                    on_cpu(cpu, || {
                        for _ in 0..EACH {
                            let _ = rustix::process::getppid();
                        }
                    })
                });
            }
        });
        let total = EACH * THREADS as u64;
        assert_eq!(hooks.status(attached).cancellations, total);
        // What waits for its record is filed before this returns.
        device().detach(attached.id).expect("detach");
        let status = hooks.extension.show().expect("show");
        let records = hooks.extension.faults(0).expect("faults");
        assert_eq!(status.faults, total);
        assert_eq!(records.len() as u64 + status.faults_unrecorded, total);
        for fault in &records {
            hooks.assert_fault(fault, FaultKind::Memory, "note");
        }
        assert!(records
            .windows(2)
            .all(|pair| pair[0].number < pair[1].number));
        assert!(records.last().is_some_and(|last| last.number <= total));
    }
}
