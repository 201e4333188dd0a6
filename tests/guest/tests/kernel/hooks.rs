// SPDX-License-Identifier: GPL-2.0
//! Attaching, and the hooks outside of the network.

use lore::kernel::{LoadOptions, Who};
use lore_abi::attach::{AttachmentState, WARN_MASKED};
use lore_abi::fault::FaultKind;
use lore_abi::image::Hook;
use lore_abi::refusal::Reason;
use lore_guest_tests::hooks::{on_cpu, state, status, wait_for, Act, Hooks, Note};
use lore_guest_tests::{assert_refused, device, patient};
use std::thread;

/// Flags that threads are made with: `task_newtask` passes them as its second argument.
const THREAD_FLAGS: u64 = 0x3d_0f00;
/// A tracepoint in a task that the tests fire.
const NEWTASK: &str = "tracepoint/task_newtask";

/// A kernel function that nothing but the tests calls.
const GETPPID: &str = "function/__arm64_sys_getppid";
/// Index of the fixture's entry for the calls of functions.
const ON_FUNCTION: u32 = 5;

fn call_getppid() {
    // Only that it was called counts.
    let _ = rustix::process::getppid();
}

fn fire_newtask() {
    thread::spawn(|| ()).join().expect("a thread");
}

/// The calls that `fire_newtask` caused: the kernel makes threads of its own, with other flags.
fn ours(hooks: &Hooks) -> Vec<Note> {
    let notes = hooks.notes().into_iter();
    notes.filter(|n| n.args[1] == THREAD_FLAGS).collect()
}

#[test]
fn a_tracepoint_passes_numbers_and_hides_pointers() {
    let hooks = Hooks::load();
    let attached = hooks.attach(NEWTASK);
    assert_eq!(attached.warnings, WARN_MASKED);
    for _ in 0..5 {
        fire_newtask();
    }
    let ours = ours(&hooks);
    assert_eq!(ours.len(), 5);
    for note in &ours {
        assert_eq!(note.hook, u64::from(Hook::Tracepoint.number()));
        assert_eq!(note.args, [0, THREAD_FLAGS, 0, 0, 0, 0, 0, 0]);
    }
    let before = hooks.count();
    device().detach(attached.id).expect("detach");
    fire_newtask();
    assert_eq!(hooks.count(), before, "nobody calls after detach");
    assert!(status(attached).is_none());
}

#[test]
fn counts_of_an_attachment_stay_with_the_extension() {
    let hooks = Hooks::load();
    let attached = hooks.attach(NEWTASK);
    fire_newtask();
    let one = hooks.status(attached);
    assert!(one.runs >= 1 && one.cancellations == 0);
    assert_eq!(one.extension, hooks.id);
    let text = String::from_utf8_lossy(&one.hook).into_owned();
    assert_eq!(text.trim_end_matches('\0'), NEWTASK);
    device().detach(attached.id).expect("detach");
    // The calls, and the two requests that the next line and this make.
    let calls = hooks.count();
    assert_eq!(hooks.extension.show().expect("show").runs, calls + 1);
}

/// What a call holds at its end is released before the next one, however it ended; only what returned has leaked.
#[test]
fn what_a_call_holds_at_its_end_is_released() {
    let hooks = Hooks::load();
    let attached = hooks.attach(NEWTASK);
    let leaks = || hooks.extension.show().expect("show").leaks;
    for (act, leak) in [
        (Act::Keep, true),
        (Act::Begin, true),
        (Act::KeepAndFault, false),
    ] {
        hooks.act(act);
        let (before, calls) = (leaks(), hooks.count());
        // More often than a table has places.
        for _ in 0..100 {
            fire_newtask();
        }
        hooks.act(Act::Note);
        // The kernel makes threads too.
        let calls = hooks.count() - calls;
        assert!(calls >= 100, "{act:?}: {calls}");
        let expected = if leak { calls } else { 0 };
        assert_eq!(leaks() - before, expected, "{act:?}");
        let status = hooks.status(attached);
        assert_eq!(status.skips, 0, "{act:?}");
        assert_eq!(status.cancellations, if leak { 0 } else { calls });
    }
}

#[test]
fn a_fault_detaches_and_is_recorded() {
    let hooks = Hooks::load_with(&LoadOptions {
        faults_max: 1,
        ..patient()
    });
    let attached = hooks.attach(NEWTASK);
    hooks.act(Act::Fault);
    fire_newtask();
    let fault = hooks.fault(1);
    hooks.assert_fault(&fault, FaultKind::Memory, "note");
    assert_eq!((fault.address, fault.entry, fault.depth), (64, 1, 1));
    wait_for("the end", || {
        (state(attached) == AttachmentState::Faults).then_some(())
    });
    fire_newtask();
    let status = hooks.status(attached);
    assert_eq!((status.runs, status.cancellations), (0, 1));
    assert_eq!(hooks.extension.show().expect("show").detached, 1);
    assert_refused(hooks.try_attach(NEWTASK), Reason::Detached);
}

#[test]
fn a_policy_of_three_faults_goes_on_after_two() {
    let hooks = Hooks::load_with(&LoadOptions {
        faults_max: 3,
        ..patient()
    });
    // Of its two entries for functions, the one that is called first.
    let attached = hooks.extension.attach(GETPPID, Some(ON_FUNCTION));
    let attached = attached.expect("attach");
    hooks.act(Act::Abort);
    for number in 1..=3 {
        assert_eq!(state(attached), AttachmentState::Live);
        call_getppid();
        let fault = hooks.fault(number);
        assert_eq!(FaultKind::from_u32(fault.kind), Some(FaultKind::Abort));
        assert_eq!(&fault.text[..fault.text_len as usize], b"as told");
        let hook = u64::from(Hook::Function.number());
        assert_eq!(
            (fault.number, fault.code, fault.entry),
            (number, hook, ON_FUNCTION)
        );
    }
    wait_for("the end", || {
        (state(attached) == AttachmentState::Faults).then_some(())
    });
    call_getppid();
    assert_eq!(hooks.status(attached).cancellations, 3);
    assert_eq!(hooks.extension.show().expect("show").faults, 3);
}

#[test]
fn endless_work_in_a_hook_ends_in_time() {
    let hooks = Hooks::load_with(&LoadOptions {
        budget_us: 500_000,
        ..patient()
    });
    hooks.act(Act::Spin);
    let attached = hooks.attach(NEWTASK);
    fire_newtask();
    let fault = hooks.fault(1);
    hooks.assert_fault(&fault, FaultKind::Time, "note");
    device().detach(attached.id).expect("detach");
    hooks.act(Act::Note);
}

#[test]
fn a_timer_calls_again_and_again_until_it_is_detached() {
    let hooks = Hooks::load();
    let attached = hooks.attach("timer/1ms");
    assert_eq!(attached.warnings, 0);
    wait_for("twenty calls", || (hooks.count() >= 20).then_some(()));
    device().detach(attached.id).expect("detach");
    let count = hooks.count();
    thread::sleep(std::time::Duration::from_millis(20));
    assert_eq!(hooks.count(), count);
    for note in hooks.notes() {
        assert_eq!(note.hook, u64::from(Hook::Timer.number()));
        assert!(note.args[0] >= 1 && note.args[1..] == [0; 7], "{note:?}");
    }
}

/// The timer's entry runs in softirq context, above the run request, on the same CPU: each has stacks of its own.
#[test]
fn a_softirq_runs_above_a_task() {
    on_cpu(0, || {
        let hooks = Hooks::load();
        let attached = hooks.attach("timer/1ms");
        for round in 1..=10 {
            assert!(hooks.wait_inside(round * 10) >= round * 10);
        }
        let status = hooks.status(attached);
        assert_eq!((status.skips, status.cancellations), (0, 0));
        device().detach(attached.id).expect("detach");
    });
}

/// The tick finds the innermost activation: the one above overruns and is cancelled, the one below goes on.
#[test]
fn a_fault_above_a_task_leaves_the_task_alone() {
    for (act, kind) in [
        (Act::Fault, FaultKind::Memory),
        (Act::Spin, FaultKind::Time),
    ] {
        on_cpu(0, || {
            let above = Hooks::load_with(&LoadOptions {
                budget_us: 100_000,
                faults_max: 5,
                ..patient()
            });
            let below = Hooks::load();
            above.act(act);
            let attached = above.attach("timer/10ms");
            let counted = below.attach("timer/10ms");
            assert!(below.wait_inside(20) >= 20);
            let fault = above.fault(1);
            above.assert_fault(&fault, kind, "note");
            wait_for("the end", || {
                (state(attached) == AttachmentState::Faults).then_some(())
            });
            assert_eq!(above.status(attached).cancellations, 5);
            assert_eq!(below.status(counted).cancellations, 0);
        });
    }
}

#[test]
fn extensions_on_one_tracepoint_run_in_the_order_of_attaching() {
    let all: Vec<Hooks> = (0..4).map(|_| Hooks::load()).collect();
    let order = [2, 0, 3, 1];
    for index in order {
        all[index].attach(NEWTASK);
    }
    fire_newtask();
    let times = order.map(|index| match ours(&all[index])[..] {
        [note] => note.time,
        ref other => panic!("{other:?}"),
    });
    assert!(times.is_sorted(), "{times:?}");
}

#[test]
fn a_function_is_seen_at_both_ends() {
    let hooks = Hooks::load();
    let attached = hooks.attach(GETPPID);
    let parent = rustix::process::getppid()
        .expect("a parent")
        .as_raw_nonzero();
    device().detach(attached.id).expect("detach");
    call_getppid();
    let notes = hooks.notes();
    let hook = |n: &Note| n.hook as u32;
    assert_eq!(
        notes.iter().map(hook).collect::<Vec<_>>(),
        [Hook::Function.number(), Hook::Return.number()]
    );
    assert_eq!(
        notes[0].args[0], 0,
        "the registers of the caller are hidden"
    );
    assert_eq!(notes[1].args[0], parent.get() as u64);
}

#[test]
fn errors_of_functions_are_seen() {
    let hooks = Hooks::load();
    let attached = hooks.attach("function/__arm64_sys_close");
    let bad = i32::MAX;
    // SAFETY: There is no such file.
    assert_eq!(unsafe { libc::close(bad) }, -1);
    device().detach(attached.id).expect("detach");
    let returned: Vec<u64> = hooks
        .notes()
        .iter()
        .filter(|n| n.hook == u64::from(Hook::Return.number()))
        .map(|n| n.args[0])
        .collect();
    let error = (-i64::from(libc::EBADF)) as u64;
    assert_eq!(returned.iter().filter(|r| **r == error).count(), 1);
}

/// `sched_switch` fires with interrupts masked: an image that is not metered never runs there.
#[test]
fn with_interrupts_masked_only_metered_code_runs() {
    let hooks = Hooks::load();
    let attached = hooks.attach("tracepoint/sched_switch");
    assert_eq!(attached.warnings, WARN_MASKED);
    wait_for("a switch", || {
        (hooks.status(attached).skips > 0).then_some(())
    });
    let status = hooks.status(attached);
    assert_eq!((status.runs, status.cancellations), (0, 0));
    assert_eq!(hooks.count(), 0);
}

#[test]
fn what_does_not_exist_is_refused_by_its_reason() {
    let hooks = Hooks::load();
    let reasons = [
        ("", Reason::UnknownHook),
        ("run", Reason::UnknownHook),
        ("run/x", Reason::UnknownHook),
        ("return/x", Reason::UnknownHook),
        ("tracepoints/x", Reason::UnknownHook),
        ("tracepoint", Reason::BadHook),
        ("tracepoint/", Reason::BadHook),
        ("tracepoint/sched/sched_switch", Reason::BadHook),
        ("tracepoint/no_such_tracepoint", Reason::NoSuchPlace),
        ("timer/", Reason::BadHook),
        ("timer/1", Reason::BadHook),
        ("timer/ms", Reason::BadHook),
        ("timer/1 ms", Reason::BadHook),
        ("timer/-1ms", Reason::BadHook),
        ("timer/99us", Reason::BadHook),
        ("timer/86401s", Reason::BadHook),
        ("timer/99999999999999999999s", Reason::BadHook),
        ("timer/18446744073709551615s", Reason::BadHook),
        ("function/no_such_function", Reason::NoSuchPlace),
        ("function/lore_cross", Reason::HookRefused),
        ("function/do_mem_abort", Reason::HookRefused),
        ("function/hrtimer_start_range_ns", Reason::HookRefused),
        ("netdev/none0", Reason::NoSuchPlace),
        ("netdev/", Reason::BadHook),
        ("netfilter/ipv4", Reason::BadHook),
        ("netfilter/ipv5/local-in", Reason::BadHook),
        ("netfilter/ipv4/localin", Reason::BadHook),
        ("netfilter/ipv4/local-in:", Reason::BadHook),
        ("netfilter/ipv4/local-in:1x", Reason::BadHook),
        ("netfilter/ipv4/local-in:2147483648", Reason::BadHook),
        ("netfilter/ipv4/local-in:1:2", Reason::BadHook),
    ];
    let before = device().attachments().expect("attachments").len();
    for (name, reason) in reasons {
        let refusal = lore_guest_tests::refusal(hooks.try_attach(name));
        let got = Reason::from_u32(refusal.reason);
        assert_eq!(got, Some(reason), "{name}: {refusal:?}");
    }
    assert_refused(hooks.try_attach(&"x".repeat(128)), Reason::BadHook);
    assert_refused(
        hooks.extension.attach("timer/1s", Some(1)),
        Reason::NoSuchEntry,
    );
    assert_refused(
        hooks.extension.attach("timer/1s", Some(99)),
        Reason::NoSuchEntry,
    );
    assert_eq!(device().attachments().expect("attachments").len(), before);
    assert_refused(device().detach(u64::MAX), Reason::NoSuchAttachment);
}

#[test]
fn an_attachment_ends_with_the_last_file_and_lives_by_a_name() {
    let hooks = Hooks::load();
    let attached = hooks.attach("timer/1ms");
    drop(hooks);
    assert!(status(attached).is_none(), "its file was closed");

    let named = Hooks::load_with(&LoadOptions {
        name: Some("stays".into()),
        ..patient()
    });
    let attached = named.attach("timer/1ms");
    drop(named);
    let runs = || status(attached).expect("the name holds it").runs;
    let before = runs();
    wait_for("a call", || (runs() > before).then_some(()));
    device().unload(&Who::Name("stays".into())).expect("unload");
    assert!(status(attached).is_none(), "its name was given up");
}

#[test]
fn all_attachments_of_an_extension_end_together() {
    let hooks = Hooks::load_with(&LoadOptions {
        name: Some("several".into()),
        ..patient()
    });
    let other = Hooks::load();
    let kept = other.attach(NEWTASK);
    for hook in [NEWTASK, "timer/1ms", GETPPID] {
        hooks.attach(hook);
    }
    let who = Who::Name("several".into());
    assert_eq!(device().detach_all(&who).expect("detach"), 3);
    assert_eq!(device().detach_all(&who).expect("detach"), 0);
    assert!(status(kept).is_some());
    assert_eq!(device().unload(&who).expect("unload"), hooks.id);
    assert_refused(device().detach_all(&who), Reason::NoSuchExtension);
}

/// Attach, fire, detach, unload, in any order, on all CPUs.
#[test]
fn attaching_and_detaching_race_with_the_calls() {
    const ROUNDS: usize = 30;
    thread::scope(|scope| {
        for hook in [NEWTASK, "timer/100us", GETPPID] {
            scope.spawn(move || {
                for round in 0..ROUNDS {
                    let hooks = Hooks::load_with(&LoadOptions {
                        faults_max: 2,
                        ..patient()
                    });
                    let attached = hooks.attach(hook);
                    if round % 3 == 0 {
                        hooks.act(Act::Fault);
                    }
                    fire_newtask();
                    call_getppid();
                    if round % 2 == 0 {
                        device().detach(attached.id).expect("detach");
                    }
                    // Otherwise the file's end detaches.
                }
            });
        }
        scope.spawn(|| {
            for _ in 0..ROUNDS * 10 {
                fire_newtask();
                call_getppid();
            }
        });
    });
    assert_eq!(device().attachments().expect("attachments").len(), 0);
    assert_eq!(device().info().expect("info").extensions, 0);
}
