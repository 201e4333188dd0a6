// SPDX-License-Identifier: GPL-2.0
//! The watch over the emulator must see every kind of escape, or its silence proves nothing: programs that the
//! verifier would refuse, run all the same.
#![cfg(feature = "emulator")]

use lore_abi::contract::BOUND_CLASS_STACK;
use lore_abi::image::{Label, Profile};
use lore_differential::draft::Draft;
use lore_differential::machine::{Ending, Machine};

/// One function of these words at the head of the code, with a gate and a label on its first word.
fn draft(words: &[u32]) -> Draft {
    let mut draft = Draft {
        words: words.to_vec(),
        lists: vec![0, 1],
        imports: vec![1],
        ..Draft::default()
    };
    draft.targets = vec![0];
    let at = draft.layout().code_at;
    draft.targets = vec![at];
    draft.labels = vec![Label {
        at,
        registers: 0,
        class: 0,
        class14: BOUND_CLASS_STACK,
        list: 0,
    }];
    draft
}

fn run(words: &[u32]) -> Result<Ending, String> {
    run_with(&draft(words))
}

fn run_with(draft: &Draft) -> Result<Ending, String> {
    let mut machine = Machine::new();
    let results: Vec<_> = (0..8)
        .map(|seed| machine.run(draft, &draft.layout(), &draft.labels[0], seed))
        .collect();
    let found = results.iter().find_map(|r| r.as_ref().err());
    match found {
        Some(finding) => Err(finding.what.clone()),
        None => Ok(results.into_iter().flatten().max().unwrap()),
    }
}

const BTI: u32 = 0xd503_245f;
const RET: u32 = 0xd65f_03c0;
const PUSH_LINK: u32 = 0xf800_85be;
const POP_LINK: u32 = 0xf85f_8dbe;

#[test]
fn good_programs_are_good() {
    assert_eq!(run(&[BTI, RET]), Ok(Ending::Returned));
    // mov x19 between push and pop; a gate call; a call of itself is left out, since it would not end.
    let gate = 0x9400_0000 | (0x03ff_ffff & (-15i32 - 3) as u32);
    let words = [
        BTI,
        0xf800_85b3,
        PUSH_LINK,
        gate,
        0xd280_0033,
        POP_LINK,
        0xf85f_8db3,
        RET,
    ];
    let at = draft(&words).layout();
    let gate =
        0x9400_0000 | (0x03ff_ffff & ((at.gates_at as i32 - at.code_at as i32 - 12) >> 2) as u32);
    let words = words.map(|w| if w >> 26 == 0b100101 { gate } else { w });
    assert_eq!(run(&words), Ok(Ending::Returned));
    // add x0, x15, w0, uxtw; ldr x1, [x0]: a fault or none, but in the window.
    assert!(run(&[BTI, 0x8b20_41e0, 0xf940_0001, RET]).is_ok());
    // The trap word, an endless loop, and a call through slot 0.
    assert_eq!(run(&[BTI, 0xf85f_81ff]), Ok(Ending::Faulted));
    assert_eq!(run(&[BTI, 0x1400_0000 | 0x03ff_ffff]), Ok(Ending::Time));
    let wild = [
        BTI,
        PUSH_LINK,
        0x5280_0000,
        0x121d_0001,
        0x9000_001e,
        0xf861_4bde,
        0xd63f_03c0,
    ];
    assert_eq!(run(&wild), Ok(Ending::WildCall));
}

#[test]
fn what_runs_without_fuel_is_seen() {
    let metered = |words: &[u32]| {
        let mut draft = draft(words);
        draft.flags = lore_abi::image::FLAG_METERED;
        let first = draft.labels[0];
        draft
            .labels
            .extend((1..words.len() as u32).map(|index| Label {
                at: first.at + index * 4,
                ..first
            }));
        run_with(&draft)
    };
    // sub x9, x9, #1; tbnz x9, #63, <trap>; b <sub>
    let ends = [
        BTI,
        0xd100_0529,
        0xb7f8_0049,
        0x1400_0000 | 0x03ff_fffe,
        0xf85f_81ff,
    ];
    assert_eq!(metered(&ends), Ok(Ending::Faulted));
    let cases: [(&[u32], &str); 3] = [
        (&[BTI, 0x1400_0000 | 0x03ff_ffff], "are paid for"),
        (&[BTI, 0x9100_0529, RET], "fuel went from"), // add x9, x9, #1
        // sub x9, x9, #8; nop
        (&[BTI, 0xd100_2129, 0xd503_201f, RET], "runs without fuel"),
    ];
    for (words, expected) in cases {
        let found = metered(words).expect_err(expected);
        assert!(found.contains(expected), "{found}, not {expected}");
    }
}

#[test]
fn a_biased_base_that_is_far_is_seen() {
    let biased = |words: &[u32]| {
        let mut draft = draft(words);
        draft.flags = lore_abi::image::FLAG_BIASED;
        run_with(&draft)
    };
    // add x9, x15, #4095; sub x9, x15, #4095
    assert_eq!(
        biased(&[BTI, 0x913f_fde9, 0xd13f_fde9, RET]),
        Ok(Ending::Returned)
    );
    // add x9, x15, #1, lsl #12; mov x9, xzr
    for word in [0x9140_05e9, 0xaa1f_03e9] {
        let found = biased(&[BTI, word, 0xd503_201f, RET]).expect_err("x9 is far");
        assert!(found.contains("from the window's base"), "{found}");
    }
}

#[test]
fn what_leaves_a_window_at_0_is_seen() {
    let low = |words: &[u32]| {
        let words: Vec<u32> = [BTI].iter().chain(words).copied().collect();
        run_with(&Draft {
            profile: Profile::Low,
            ..draft(&words)
        })
    };
    // mov w0, w0; ldr x1, [x0]: a fault or none, but in the window. The trap word reads what is below 0.
    assert!(low(&[0x2a00_03e0, 0xf940_0001, RET]).is_ok());
    assert_eq!(low(&[0xf85f_81ff]), Ok(Ending::Faulted));
    // Behind the window, by a sum: x0 is 2 MiB farther than 4 GiB.
    let behind = [0xd2a0_0400, 0xf2c0_0020];
    let sum = 0xf86f_6801; // ldr x1, [x0, x15]
    assert_eq!(low(&[behind[0], behind[1], sum, RET]), Ok(Ending::Faulted));
    let load = 0xf940_0001; // ldr x1, [x0]
    let cases: &[(&str, &[u32], &str)] = &[
        (
            "behind the window",
            &[behind[0], behind[1], load],
            "bytes loaded",
        ),
        ("2 MiB below 0", &[0x92a0_0400, load], "bytes loaded"),
        (
            "2 MiB below 0 by a sum",
            &[0x92a0_0400, sum],
            "bytes loaded",
        ),
        ("a sum of 128 GiB", &[0xd2c0_0400, sum], "bytes loaded"),
        (
            "where other windows are",
            &[0xd2c0_0240, load],
            "bytes loaded",
        ),
        (
            "str x1, [x0], of the same",
            &[0xd2c0_0240, 0xf900_0001],
            "bytes stored",
        ),
        ("mov x15, #8", &[0xd280_010f, RET], "x15 is"),
        (
            "mov x14, #-16; sub x14, x14, #1, lsl #12; ret",
            &[0x9280_01ee, 0xd140_05ce, RET],
            "x14 behind",
        ),
    ];
    for (name, words, expected) in cases {
        match low(words) {
            Err(what) if what.contains(expected) => {}
            other => panic!("{name}: {other:?}, not {expected}"),
        }
    }
}

#[test]
fn every_escape_is_seen() {
    let cases: &[(&str, &[u32], &str)] = &[
        ("ldr x0, [x0]", &[0xf940_0000], "bytes loaded"),
        ("str x1, [x0, #8]!", &[0xf800_8c01], "bytes stored"),
        ("ldr x0, [x15, x0]", &[0xf860_69e0], "bytes loaded"),
        ("mov w15, #0", &[0x5280_000f, RET], "x15 is"),
        ("mov x18, #0", &[0xd280_0012, RET], "x18 is"),
        (
            "add sp, sp, #0; sub sp, sp, #16",
            &[0xd100_43ff, RET],
            "x31 is",
        ),
        ("add x13, x13, #8", &[0x9100_21ad, RET], "x13 is"),
        ("mov x19, #1; ret", &[0xd280_0033, RET], "x19 changed"),
        ("mov x0, x30; ret", &[0xaa1e_03e0, RET], "holds the secret"),
        ("mov x0, x13; nop", &[0xaa0d_03e0, RET], "holds the secret"),
        ("br x0", &[0xd61f_0000], "fetch from"),
        ("adr x30; ret", &[0x1000_001e, RET], "x30 is"),
        (
            "str x30, [x15, w0, uxtw]",
            &[0xf820_49fe, 0xf820_49fe],
            "bytes stored",
        ),
        (
            "str x0, [x13], #8: a pop of x19 of it",
            &[0xf800_85a0, 0xf85f_8db3, RET],
            "x19 was popped",
        ),
        ("pop below the frame", &[0xf85f_8db3, RET], "was popped"),
        ("ret with x19 pushed", &[0xf800_85b3, RET], "x13 differs"),
        (
            "b into the table",
            &[0x1400_0000 | 0x03ff_ffff & -16i32 as u32],
            "PC is",
        ),
        (
            "bl without a push",
            &[0x9400_0001, RET, RET],
            "not the link",
        ),
    ];
    for (name, words, expected) in cases {
        let words: Vec<u32> = [BTI].iter().chain(*words).copied().collect();
        match run(&words) {
            Err(what) if what.contains(expected) => {}
            other => panic!("{name}: {other:?}, not {expected}"),
        }
    }
}

#[test]
fn false_claims_are_seen() {
    let mut claimed = draft(&[BTI, 0xd503_201f, RET]);
    let at = claimed.labels[0].at + 4;
    claimed.labels.push(Label {
        at,
        registers: 1,
        class: 17,
        class14: 17,
        list: 0,
    });
    assert!(run_with(&claimed).unwrap_err().contains("x0 at a label"));
    claimed.labels[1] = Label {
        at,
        registers: 0,
        class: 0,
        class14: 17,
        list: 1,
    };
    assert!(run_with(&claimed).unwrap_err().contains("list"));
    claimed.labels[1] = Label {
        at,
        registers: 0,
        class: 0,
        class14: 0,
        list: 0,
    };
    assert!(run_with(&claimed).unwrap_err().contains("x14 at a label"));
}
