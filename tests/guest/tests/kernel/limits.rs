// SPDX-License-Identifier: GPL-2.0
//! Sizes and numbers at their limits and one beyond.

use lore::kernel::LoadOptions;
use lore_abi::refusal::Reason;
use lore_abi::request::RUN_BUFFER_MAX;
use lore_abi::rule::Rule;
use lore_guest_tests::{assert_refused, device, fixture, patient, Assist, Op};

#[test]
fn heap_budget_and_stack_have_limits_that_the_refusal_names() {
    let (device, image) = (device(), fixture("assist").image);
    let info = device.info().expect("info");
    let heap = LoadOptions {
        heap_max: info.heap_max + 1,
        ..patient()
    };
    let refusal = assert_refused(device.load(&image, &heap), Reason::TooLarge);
    assert_eq!(
        (refusal.asked, refusal.limit),
        (info.heap_max + 1, info.heap_max)
    );
    let budget = LoadOptions {
        budget_us: info.budget_max_us + 1,
        ..patient()
    };
    let refusal = assert_refused(device.load(&image, &budget), Reason::TooLarge);
    assert_eq!(
        (refusal.asked, refusal.limit),
        (info.budget_max_us + 1, info.budget_max_us)
    );
    let stack = LoadOptions {
        stack_len: 1 << 40,
        ..patient()
    };
    assert_refused(device.load(&image, &stack), Reason::TooLarge);
    for wrap in [u64::MAX, u64::MAX - 4095, 1 << 63] {
        assert_refused(
            device.load(
                &image,
                &LoadOptions {
                    heap_max: wrap,
                    ..patient()
                },
            ),
            Reason::TooLarge,
        );
    }
}

#[test]
fn data_beyond_the_window_is_refused() {
    let mut image = fixture("assist").image;
    for bss in [1u64 << 32, u64::MAX, u64::MAX - (1 << 22)] {
        image.bss_len = bss;
        assert_refused(device().load(&image, &patient()), Reason::TooLarge);
    }
}

#[test]
fn code_beyond_the_limit_is_refused_before_it_is_copied() {
    let mut image = fixture("assist").image;
    let max = device().info().expect("info").code_max;
    image.code = vec![0; max as usize + 4];
    let refusal = assert_refused(device().load(&image, &patient()), Reason::TooLarge);
    assert_eq!((refusal.asked, refusal.limit), (max + 4, max));
}

#[test]
fn the_verifier_is_asked_and_its_evidence_arrives() {
    let assist = Assist::load();
    let mut image = assist.file.image.clone();
    // In the place of a return, which is part of no sequence.
    let mut words = image.code.chunks_exact(4);
    let at = 4 * words
        .position(|word| word == 0xd65f_03c0u32.to_le_bytes())
        .expect("a return");
    image.code[at..at + 4].copy_from_slice(&0xd400_0001u32.to_le_bytes()); // svc #0
    let refusal = assert_refused(device().load(&image, &patient()), Reason::Verifier);
    assert_eq!(refusal.rule, Rule::UnknownInstruction.number());
    assert_eq!(refusal.at, assist.code_at() + at as u32);
    assert_eq!(refusal.word, 0xd400_0001);
}

#[test]
fn an_unknown_profile_is_refused_and_an_empty_image_has_nothing_to_run() {
    let mut image = fixture("assist").image;
    image.header.profile = 7;
    assert_refused(device().load(&image, &patient()), Reason::Profile);
    let mut image = fixture("assist").image;
    image.entries.clear();
    image.targets.clear();
    image.code.clear();
    image.labels.clear();
    image.relocs.clear();
    image.guards.clear();
    let (extension, _) = device()
        .load(&image, &patient())
        .expect("nothing is safe to load");
    let mut run = lore::kernel::Run {
        entry: 0,
        repeat: 1,
        arg: 0,
        input: &[],
        output: &mut [],
    };
    assert_refused(extension.run(&mut run), Reason::NoSuchEntry);
}

#[test]
fn run_buffers_and_entries_have_limits() {
    let assist = Assist::load();
    let room = RUN_BUFFER_MAX as usize + 1;
    assert_refused(assist.run(Op::Echo, &[], room, 1), Reason::TooLarge);
    let mut output = [0; 8];
    let mut run = lore::kernel::Run {
        entry: 1,
        repeat: 1,
        arg: 0,
        input: &[],
        output: &mut output,
    };
    assert_refused(assist.extension.run(&mut run), Reason::NoSuchEntry);
    assist.is_well();
}

#[test]
fn a_thousand_extensions_are_loaded_at_once() {
    let how = LoadOptions {
        heap_max: 64 << 10,
        ..patient()
    };
    let all: Vec<Assist> = (0..1000).map(|_| Assist::load_with(&how)).collect();
    assert_eq!(device().info().expect("info").extensions, 1000);
    for assist in [&all[0], &all[500], &all[999]] {
        assist.is_well();
        assist.faults(Op::Store, &[0, 0]);
    }
}
