// SPDX-License-Identifier: GPL-2.0
//! Every kind of fault, with its exact record; after each the next activation works.

use lore::kernel::LoadOptions;
use lore_abi::contract::{BAND_LEN, TRAP_WORD, WINDOW_LEN};
use lore_abi::fault::IS_STORE;
use lore_abi::fault::{Fault, FaultKind, BACKTRACE_MAX, CUT, HAS_ADDRESS, HAS_REGISTERS, IN_GATE};
use lore_abi::refusal::Reason;
use lore_guest_tests::{assert_refused, patient, Assist, Op};
use lore_iface::Gate;

/// A budget to be used up; long enough for a busy host's emulator to run what is meant to end before.
const BRIEF_US: u64 = 500_000;

fn backtrace<'a>(assist: &'a Assist, fault: &Fault) -> Vec<&'a str> {
    fault.backtrace[..fault.depth as usize]
        .iter()
        .map(|at| assist.function_at(*at))
        .collect()
}

#[test]
fn a_load_tells_its_window_address_wherever_it_points() {
    let assist = Assist::load();
    let unmapped = WINDOW_LEN - u64::from(BAND_LEN) - 8;
    let places = [
        0,
        8,
        u64::from(BAND_LEN) - 8,
        unmapped,
        0xdead_beef_0000_0010,
        0xffff_8000_0010_0000,
    ];
    for at in places {
        let fault = assist.faults(Op::Load, &[at]);
        assist.assert_fault(&fault, FaultKind::Memory, "load_at");
        assert_eq!(fault.flags, HAS_ADDRESS | HAS_REGISTERS, "{at:#x}");
        assert_eq!(
            fault.address,
            at & (WINDOW_LEN - 1),
            "only the low half is believed"
        );
        assert_eq!(backtrace(&assist, &fault), ["assist"]);
    }
}

#[test]
fn a_store_says_that_it_was_one() {
    let assist = Assist::load();
    let fault = assist.faults(Op::Store, &[0x1234_5678, 7]);
    assist.assert_fault(&fault, FaultKind::Memory, "store_at");
    assert_eq!(fault.flags, HAS_ADDRESS | HAS_REGISTERS | IS_STORE);
    assert_eq!(fault.address, 0x1234_5678);
    assert_eq!(fault.registers[1], 7, "the value that was to be stored");
}

#[test]
fn faults_are_numbered_and_kept() {
    let assist = Assist::load();
    for number in 1..=5 {
        assert_eq!(assist.faults(Op::Load, &[0]).number, number);
    }
    let kept = assist.extension.faults(2).expect("records");
    assert_eq!(
        kept.iter().map(|fault| fault.number).collect::<Vec<_>>(),
        [3, 4, 5]
    );
    assert_eq!(assist.status().faults, 5);
}

#[test]
fn recursion_ends_with_the_shadow_stack() {
    // With a data stack so large that it does not end first.
    let assist = Assist::load_with(&LoadOptions {
        stack_len: 8 << 20,
        ..patient()
    });
    let fault = assist.faults(Op::Recurse, &[1 << 40]);
    assist.assert_fault(&fault, FaultKind::ShadowStack, "recurse");
    assert_eq!(fault.depth as usize, BACKTRACE_MAX);
    assert_ne!(fault.flags & CUT, 0);
    assert_eq!(
        fault.flags & HAS_ADDRESS,
        0,
        "the shadow stack has no window address"
    );
    assert!(backtrace(&assist, &fault)
        .iter()
        .all(|name| *name == "recurse"));
}

#[test]
fn large_frames_end_with_the_data_stack() {
    let assist = Assist::load();
    let fault = assist.faults(Op::Deep, &[1 << 40]);
    assist.assert_fault(&fault, FaultKind::DataStack, "deep");
    assert_ne!(fault.flags & HAS_ADDRESS, 0);
}

#[test]
fn an_endless_loop_is_stopped_by_time() {
    let assist = Assist::load_with(&LoadOptions {
        budget_us: BRIEF_US,
        ..patient()
    });
    let fault = assist.faults(Op::Spin, &[0]);
    assist.assert_fault(&fault, FaultKind::Time, "spin");
    assert_eq!(fault.flags & (HAS_ADDRESS | IN_GATE), 0);
    assert_eq!(backtrace(&assist, &fault), ["assist"]);
}

#[test]
fn an_endless_loop_of_gate_calls_is_stopped_by_time() {
    let assist = Assist::load_with(&LoadOptions {
        budget_us: BRIEF_US,
        ..patient()
    });
    for _ in 0..5 {
        let fault = assist.faults(Op::GateSpin, &[]);
        assist.assert_fault(&fault, FaultKind::Time, "gate_spin");
        if fault.flags & IN_GATE != 0 {
            assert_eq!(fault.gate, Gate::TimeNow.number());
            assert_eq!(
                fault.flags & HAS_REGISTERS,
                0,
                "none from inside the kernel"
            );
            assert_eq!(fault.registers, [0; 31]);
            assert_eq!(
                fault.word & 0xfc00_0000,
                0x9400_0000,
                "the call of the gate"
            );
        }
    }
}

#[test]
fn a_wild_call_is_one_whatever_the_pointer() {
    let assist = Assist::load();
    for pointer in [0u64, 4096, u64::MAX, 0xffff_8000_8000_0000] {
        let fault = assist.faults(Op::Call, &[pointer]);
        assert_eq!(
            FaultKind::from_u32(fault.kind),
            Some(FaultKind::WildCall),
            "{fault:x?}"
        );
        assert_eq!(assist.function_at(fault.at), "assist", "{fault:x?}");
        assert_eq!(fault.word, 0xd63f_03c0, "blr x30");
    }
}

#[test]
fn abort_brings_its_code_and_text() {
    let assist = Assist::load();
    let fault = assist.faults(Op::Abort, &[0x1_0000_0007]);
    assist.assert_fault(&fault, FaultKind::Abort, "lore_abort");
    assert_eq!(backtrace(&assist, &fault), ["assist"]);
    assert_eq!(fault.code, 0x1_0000_0007);
    assert_eq!(&fault.text[..fault.text_len as usize], b"assist gave up");
    assert_eq!(
        (fault.flags & IN_GATE, fault.gate),
        (IN_GATE, Gate::Abort.number())
    );
}

#[test]
fn an_unreachable_place_is_a_trap() {
    let assist = Assist::load();
    let fault = assist.faults(Op::Trap, &[]);
    assert_eq!(
        FaultKind::from_u32(fault.kind),
        Some(FaultKind::Trap),
        "{fault:x?}"
    );
    assert_eq!(fault.word, TRAP_WORD);
    assert_eq!(
        fault.flags & HAS_ADDRESS,
        0,
        "a trap word has no address of interest"
    );
}

#[test]
fn after_its_last_fault_an_extension_is_detached() {
    let assist = Assist::load_with(&LoadOptions {
        faults_max: 2,
        ..LoadOptions::default()
    });
    assist.faults(Op::Load, &[0]);
    let lore_guest_tests::Ended::Faulted(_) = assist.ask(Op::Load, &[0]) else {
        panic!()
    };
    assert_refused(assist.try_ask(Op::Echo, &[]), Reason::Detached);
    let status = assist.status();
    assert_eq!((status.detached, status.faults), (1, 2));
    assert_eq!(
        assist
            .extension
            .faults(0)
            .expect("records outlive it")
            .len(),
        2
    );
}

#[test]
fn the_first_fault_ends_a_repeated_run() {
    let assist = Assist::load();
    let input = 0u64.to_le_bytes();
    let Ok(lore_guest_tests::Ended::Faulted(_)) = assist.run(Op::Load, &input, 0, 10) else {
        panic!()
    };
    assert_eq!(assist.status().faults, 1);
}
