// SPDX-License-Identifier: GPL-2.0
//! What is said of words beyond the verdict: bits that are left in a register, and what reports of faults say.

use lore_verifier::classes::lookup;
use lore_verifier::insn::{bits_left, effects, AccessKind, Index};

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
