// SPDX-License-Identifier: GPL-2.0
//! Metered images: they do what others do, and end by themselves, with their fuel, at a trap word of the very function.

use lore::kernel::LoadOptions;
use lore_abi::contract::{REG_FUEL, TRAP_WORD};
use lore_abi::fault::{Fault, FaultKind, HAS_REGISTERS, IN_GATE};
use lore_abi::image::FLAG_METERED;
use lore_abi::refusal::Reason;
use lore_guest_tests::hooks::{wait_for, Act, Hooks};
use lore_guest_tests::{assert_refused, device, fixture, patient, Assist, Ended, Op};
use lore_iface::Gate;
use lore_sandbox::fuel::{fuel, Fuel, GATE_WORDS, WORDS_MAX};

/// The fuel of the assistant.
fn fuel_of(assist: &Assist) -> Fuel {
    fuel(assist.file.image.code.len() as u64)
}

/// The fuel ended in `function`: at a trap word that a check leads to, with one charge too many.
fn assert_spent(assist: &Assist, fault: &Fault, function: &str) {
    assist.assert_fault(fault, FaultKind::Time, function);
    assert_eq!(fault.word, TRAP_WORD, "{fault:x?}");
    assert_eq!(fault.flags & IN_GATE, 0, "{fault:x?}");
    assert_eq!(
        fault.registers[usize::from(REG_FUEL)],
        u64::MAX,
        "{fault:x?}"
    );
    let exits: Vec<u32> = exits(assist).collect();
    assert!(
        exits.contains(&fault.at),
        "{:#x} is in none of {exits:x?}",
        fault.at
    );
}

/// Where the checks of an image lead to: the goals of `tbnz x9, #63`.
fn exits(assist: &Assist) -> impl Iterator<Item = u32> + '_ {
    let words = assist.file.image.code.chunks_exact(4).enumerate();
    words.filter_map(|(index, bytes)| {
        let word = u32::from_le_bytes(bytes.try_into().expect("four bytes"));
        let distance = ((word << 13) as i32 >> 18) * 4;
        let at = assist.code_at() + index as u32 * 4;
        (word & 0xfff8_001f == 0xb7f8_0009).then(|| at.wrapping_add_signed(distance))
    })
}

#[test]
fn a_metered_image_does_what_another_does() {
    let (metered, plain) = (Assist::load_metered(), Assist::load());
    metered.is_well();
    for (op, operands) in [
        (Op::Recurse, &[100][..]),
        (Op::Tree, &[8]),
        (Op::TreeByTable, &[8]),
        (Op::Pointer, &[40, 2]),
        (Op::Count, &[]),
        (Op::Burst, &[4096, 3]),
    ] {
        assert_eq!(
            metered.result(op, operands),
            plain.result(op, operands),
            "{op:?}"
        );
    }
    assert_eq!(metered.result(Op::Tree, &[8]), 511);
    assert_eq!(metered.status().faults, 0);
}

#[test]
fn an_endless_loop_ends_with_the_fuel() {
    let assist = Assist::load_metered();
    let fault = assist.faults(Op::Spin, &[0]);
    assert_spent(&assist, &fault, "spin");
    assert_eq!(fault.flags, HAS_REGISTERS);
    // Ways into a trap word need not agree in what is pushed, so nobody knows where the links lie.
    assert_eq!(fault.depth, 0);
    // Each turn adds 1 to x0 and costs 1; one charge was the call's, and the last one found nothing.
    assert_eq!(fault.registers[0], fuel_of(&assist).at_entry);
}

#[test]
fn recursion_ends_with_the_fuel_forward_and_through_the_table() {
    let assist = Assist::load_metered();
    for (op, function) in [(Op::Tree, "tree"), (Op::TreeByTable, "tree_by_table")] {
        let fault = assist.faults(op, &[40]);
        assert_spent(&assist, &fault, function);
    }
    // Deep recursion still ends with the shadow stack, which is smaller.
    let fault = assist.faults(Op::Recurse, &[1 << 40]);
    assist.assert_fault(&fault, FaultKind::ShadowStack, "recurse");
}

#[test]
fn gates_take_fuel_and_give_back_the_rest() {
    let assist = Assist::load_metered();
    let Fuel { at_entry, per_gate } = fuel_of(&assist);
    for _ in 0..3 {
        let fault = assist.faults(Op::GateSpin, &[]);
        assist.assert_fault(&fault, FaultKind::Time, "gate_spin");
        // Each turn costs a gate and a check, and the call cost one: which of the two ends it is no accident.
        let left = (at_entry - 1) % (u64::from(per_gate) + 1);
        let in_gate = left < u64::from(per_gate);
        assert_eq!(fault.flags & IN_GATE != 0, in_gate, "{fault:x?}");
        if in_gate {
            assert_eq!(fault.gate, Gate::TimeNow.number());
        }
    }
    assert!(u64::from(per_gate) * assist.file.image.code.len() as u64 / 4 >= GATE_WORDS);
}

#[test]
fn a_trap_is_a_trap_while_there_is_fuel() {
    let assist = Assist::load_metered();
    let fault = assist.faults(Op::Trap, &[]);
    assist.assert_fault(&fault, FaultKind::Trap, "trap");
    // The call of the function has cost one.
    let left = fuel_of(&assist).at_entry - 1;
    assert_eq!(fault.registers[usize::from(REG_FUEL)], left);
}

#[test]
fn the_fuel_is_new_in_every_run() {
    let assist = Assist::load_metered();
    let input = [0x5a; 64];
    match assist.run(Op::Echo, &input, 64, 100_000) {
        Ok(Ended::Returned(64, output)) => assert_eq!(output, input),
        other => panic!("{other:?}"),
    }
    let words = assist.file.image.code.len() as u64 / 4;
    // Together these runs passed more checks than one may.
    assert!(100_000 * 64 > WORDS_MAX / words);
}

/// `sched_switch` fires with interrupts masked: no timer comes there.
#[test]
fn with_interrupts_masked_it_runs_and_ends_by_itself() {
    let hooks = Hooks::load_metered(&LoadOptions {
        faults_max: 1,
        ..patient()
    });
    let attached = hooks.attach("tracepoint/sched_switch");
    assert_eq!(attached.warnings, 0);
    wait_for("runs", || (hooks.status(attached).runs > 10).then_some(()));
    hooks.act(Act::Spin);
    let fault = hooks.fault(1);
    hooks.assert_fault(&fault, FaultKind::Time, "note");
    assert_eq!(fault.word, TRAP_WORD, "{fault:x?}");
    assert_eq!(
        fault.registers[usize::from(REG_FUEL)],
        u64::MAX,
        "{fault:x?}"
    );
}

#[test]
fn an_image_that_only_says_it_is_metered_is_refused() {
    let mut image = fixture("assist").image;
    image.header.flags = FLAG_METERED;
    let refusal = assert_refused(device().load(&image, &patient()), Reason::Verifier);
    assert_eq!(
        lore_abi::rule::Rule::from_u32(refusal.rule).map(|rule| rule.id()),
        Some("MTR-3")
    );
}
