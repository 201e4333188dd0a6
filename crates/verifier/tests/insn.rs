// SPDX-License-Identifier: GPL-2.0
//! What is said of words beyond the verdict: bits that are left in a register, and what reports of faults say.

use lore_verifier::classes::lookup;
use lore_verifier::insn::{bits_left, effects, halves_written, AccessKind, Index};

/// [`bits_left`] of a word of whatever class it is.
fn bits(word: u32) -> Option<u32> {
    bits_left(word, lookup(word, u64::MAX).expect("the table has it"))
}

#[test]
fn few_bits_are_left_by_few_words() {
    for (word, left, text) in [
        (0x1200_1c20, Some(8), "and w0, w1, #0xff"),
        (0x9278_1c20, Some(16), "and x0, x1, #0xff00"),
        (0x9241_0420, None, "and x0, x1, #0x8000000000000001"),
        (0x1201_0420, None, "and w0, w1, #0x80000001"),
        (0x1200_8020, None, "and w0, w1, #0x10001"),
        (0x9200_0020, None, "and x0, x1, #0x100000001"),
        (0x3200_0020, None, "orr w0, w1, #1"),
        (0xd344_2c20, Some(8), "ubfx x0, x1, #4, #8"),
        (0x531c_1c20, Some(12), "ubfiz w0, w1, #4, #8"),
        (0x530c_7c20, Some(20), "lsr w0, w1, #12"),
        (0xd37c_ec20, Some(64), "lsl x0, x1, #4"),
        (0x1303_1820, None, "sbfx w0, w1, #3, #4"),
        (0x1a9f_17e0, Some(1), "cset w0, eq"),
        (0x9a9f_07e0, Some(1), "cset x0, ne"),
        (0x3940_0020, Some(8), "ldrb w0, [x1]"),
        (0x7940_0020, Some(16), "ldrh w0, [x1]"),
        (0x39c0_0020, None, "ldrsb w0, [x1]"),
        (0xb940_0020, None, "ldr w0, [x1]"),
    ] {
        assert_eq!(bits(word), left, "{text}");
    }
}

/// [`halves_written`] by a word of whatever class it is.
fn halves(word: u32) -> u32 {
    halves_written(word, lookup(word, u64::MAX).expect("the table has it"))
}

#[test]
fn halves_are_written_by_words_of_32_bits() {
    for (word, text) in [
        (0x1100_2041, "add w1, w2, #8"),
        (0x7100_2041, "subs w1, w2, #8"),
        (0x1200_1c41, "and w1, w2, #0xff"),
        (0x7200_1c41, "ands w1, w2, #0xff"),
        (0x5280_0021, "mov w1, #1"),
        (0x1280_0021, "mov w1, #-2"),
        (0x72a0_0021, "movk w1, #1, lsl #16"),
        (0x1300_1c41, "sxtb w1, w2"),
        (0x331c_0c41, "bfi w1, w2, #4, #4"),
        (0x1383_0c41, "extr w1, w2, w3, #3"),
        (0x2a02_03e1, "mov w1, w2"),
        (0x0b23_a041, "add w1, w2, w3, sxth"),
        (0x6b23_0041, "subs w1, w2, w3, uxtb"),
        (0x1b03_1041, "madd w1, w2, w3, w4"),
        (0x1a83_0041, "csel w1, w2, w3, eq"),
        (0xb940_0041, "ldr w1, [x2]"),
        (0x39c0_0041, "ldrsb w1, [x2]"),
        (0xb840_4441, "ldr w1, [x2], #4"),
        (0xb862_49e1, "ldr w1, [x15, w2, uxtw]"),
        (0x78e3_7841, "ldrsh w1, [x2, x3, lsl #1]"),
    ] {
        assert_eq!(halves(word), 1 << 1, "{text}");
    }
    for (word, written, text) in [
        (0x2940_0861, 1 << 1 | 1 << 2, "ldp w1, w2, [x3]"),
        (0x28c1_0861, 1 << 1 | 1 << 2, "ldp w1, w2, [x3], #8"),
        (0x2840_087f, 1 << 2, "ldnp wzr, w2, [x3]"),
        (0x2940_7c61, 1 << 1, "ldp w1, wzr, [x3]"),
        (0xb940_005f, 0, "ldr wzr, [x2]"),
        (0x1100_205f, 0, "add wsp, w2, #8"),
        (0x2a02_03ef, 1 << 15, "mov w15, w2"),
        (0x9100_2041, 0, "add x1, x2, #8"),
        (0x9340_7c41, 0, "sxtw x1, w2"),
        (0x9b23_1041, 0, "smaddl x1, w2, w3, x4"),
        (0xf940_0041, 0, "ldr x1, [x2]"),
        (0x3980_0041, 0, "ldrsb x1, [x2]"),
        (0xb980_0041, 0, "ldrsw x1, [x2]"),
        (0x6940_0861, 0, "ldpsw x1, x2, [x3]"),
        (0xa940_0861, 0, "ldp x1, x2, [x3]"),
        (0x2900_0861, 0, "stp w1, w2, [x3]"),
        (0xb900_0041, 0, "str w1, [x2]"),
        (0x8801_7c62, 0, "stxr w1, w2, [x3]"),
        (0x885f_7c41, 0, "ldxr w1, [x2]"),
        (0xb820_0041, 0, "ldadd w0, w1, [x2]"),
        (0x3a43_0040, 0, "ccmn w2, w3, #0, eq"),
        (0x3400_0001, 0, "cbz w1, ."),
    ] {
        assert_eq!(halves(word), written, "{text}");
    }
}

#[test]
fn an_index_is_shifted_and_half_of_it_may_count() {
    let value = 0x1234_5678_9abc_def0;
    let index = |is_half, shift| Index {
        register: 3,
        is_half,
        shift,
    };
    assert_eq!(index(false, 0).of(value), value);
    assert_eq!(index(true, 0).of(value), 0x9abc_def0);
    assert_eq!(index(false, 3).of(value), value << 3);
    assert_eq!(index(true, 3).of(value), 0x9abc_def0 << 3);
}

#[test]
fn accesses_load_and_store() {
    use AccessKind::{Load, Prefetch, Store, StoreExclusive, Update};
    let said = |kind: AccessKind| (kind.loads(), kind.stores(), kind.surely_touches());
    assert_eq!(said(Load), (true, false, true));
    assert_eq!(said(Store), (false, true, true));
    assert_eq!(said(Update), (true, true, true));
    assert_eq!(said(StoreExclusive), (false, true, false));
    assert_eq!(said(Prefetch), (false, false, false));
}

#[test]
fn effects_are_those_of_words_that_may_run() {
    // ldp x0, x1, [x2, #16]!
    let pair = effects(0xa9c1_0440, 0).expect("the table has it");
    assert_eq!(
        (pair.reads, pair.writes),
        (1 << 2, 1 << 0 | 1 << 1 | 1 << 2)
    );
    let access = pair.access.expect("it loads");
    assert_eq!(
        (access.base, access.offset, access.step, access.size),
        (2, 16, Some(16), 16)
    );
    // svc #0 is in no row, and ldadd x0, x1, [x2] needs a feature.
    assert_eq!(effects(0xd400_0001, u64::MAX), None);
    assert_eq!(effects(0xf820_0041, 0), None);
    assert!(effects(0xf820_0041, u64::MAX).is_some());
}
