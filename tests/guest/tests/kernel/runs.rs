// SPDX-License-Identifier: GPL-2.0
//! Activations that return.

use lore_abi::contract::{BAND_LEN, WINDOW_LEN};
use lore_guest_tests::{device, gate_error, Assist, Ended, Op};
use lore_iface::{GateError, HEAP_GROW_BYTES_MAX, LOG_TEXT_MAX};

const NOTHING_THERE: u64 = WINDOW_LEN - BAND_LEN as u64 - 4096;

#[test]
fn input_comes_back_as_output_byte_by_byte() {
    let assist = Assist::load();
    for len in [0usize, 1, 7, 4095, 4096, 4097, 1_000_003] {
        let input: Vec<u8> = (0..len).map(|i| (i * 31 >> 3) as u8).collect();
        match assist.run(Op::Echo, &input, len + 5, 1).expect("runs") {
            Ended::Returned(result, output) => {
                assert_eq!(result, len as u64);
                assert!(output == input, "{len} bytes differ");
            }
            Ended::Faulted(fault) => panic!("{fault:?}"),
        }
    }
}

#[test]
fn repeated_runs_share_data_and_are_counted() {
    let assist = Assist::load();
    let Ok(Ended::Returned(result, _)) = assist.run(Op::Count, &[], 0, 100) else {
        panic!()
    };
    assert_eq!(result, 140, "the counter starts at 40 in .data");
    assert_eq!(assist.result(Op::Count, &[]), 141);
    let status = assist.status();
    assert_eq!((status.runs, status.faults, status.skips), (101, 0, 0));
    // A second extension of the same image has data of its own.
    assert_eq!(Assist::load().result(Op::Count, &[]), 41);
}

#[test]
fn recursion_and_large_frames_return() {
    let assist = Assist::load();
    assert_eq!(assist.result(Op::Recurse, &[100]), 100);
    assert_eq!(assist.result(Op::Deep, &[8]), 8);
}

#[test]
fn a_function_pointer_in_data_calls_its_function() {
    assert_eq!(Assist::load().result(Op::Pointer, &[40, 2]), 42);
}

#[test]
fn addresses_lie_in_the_window_where_data_begins() {
    let assist = Assist::load();
    let data = lore::image::data_at(&assist.file.image.header);
    let low = assist.result(Op::Address, &[]) as u32;
    assert!((data..data + (1 << 20)).contains(&low), "{low:#x}");
}

#[test]
fn time_goes_forward() {
    let passed = Assist::load().result(Op::Time, &[]);
    assert!(passed < 1_000_000_000, "{passed}");
}

#[test]
fn the_heap_grows_zeroed_to_its_limit_and_no_further() {
    let how = lore::kernel::LoadOptions {
        heap_max: 1 << 20,
        ..lore_guest_tests::patient()
    };
    let assist = Assist::load_with(&how);
    let first = assist.result(Op::Grow, &[64 << 10]);
    assert_eq!(
        assist.result(Op::Load, &[first + 8]),
        0,
        "new pages are zero"
    );
    let second = assist.result(Op::Grow, &[64 << 10]);
    assert_eq!(second, first + (64 << 10), "the heap is one range");
    assert_eq!(assist.status().heap_len, 128 << 10);
    assert_eq!(
        assist.result(Op::Grow, &[1 << 20]),
        gate_error(GateError::HeapFull)
    );
    assert_eq!(
        assist.status().heap_len,
        128 << 10,
        "a refusal maps nothing"
    );
    assert_eq!(
        assist.result(Op::Grow, &[HEAP_GROW_BYTES_MAX + 1]),
        gate_error(GateError::TooLong)
    );
    assert_eq!(
        assist.result(Op::Grow, &[u64::MAX]),
        gate_error(GateError::TooLong)
    );
}

#[test]
fn gates_check_what_they_are_given() {
    let assist = Assist::load();
    let text = assist.result(Op::Address, &[]);
    let log = |at, len, level| assist.result(Op::Log, &[at, len, level]);
    assert_eq!(log(text, 8, 3), 0);
    assert_eq!(log(text, 8, 0), gate_error(GateError::BadValue));
    assert_eq!(log(text, 8, 99), gate_error(GateError::BadValue));
    assert_eq!(
        log(text, LOG_TEXT_MAX + 1, 3),
        gate_error(GateError::TooLong)
    );
    assert_eq!(
        log(0, 8, 3),
        gate_error(GateError::BadSpan),
        "in the lower band"
    );
    assert_eq!(
        log(u64::MAX - 3, 8, 3),
        gate_error(GateError::BadSpan),
        "wraps"
    );
    assert_eq!(
        log(NOTHING_THERE, 8, 3),
        gate_error(GateError::BadSpan),
        "not mapped"
    );
    assert_eq!(
        log(0xffff_8000_0000_0000 | text & 0xffff_ffff, 8, 3),
        0,
        "only the low half counts"
    );
}

#[test]
fn output_is_no_longer_than_its_room() {
    let assist = Assist::load();
    for claim in [0u64, 4096, 4097, u64::MAX] {
        let input = claim.to_le_bytes();
        let Ok(Ended::Returned(0, output)) = assist.run(Op::Claim, &input, 4096, 1) else {
            panic!()
        };
        assert_eq!(output.len() as u64, claim.min(4096));
    }
}

#[test]
fn the_device_tells_what_it_offers() {
    let info = device().info().expect("info");
    assert_eq!(info.abi_version, lore_abi::ABI_VERSION);
    assert!(info.code_max > 0 && info.code_max <= info.arena_len);
    assert!(info.heap_max > 0 && info.budget_max_us > 0 && info.extensions_max >= 1000);
    assert!(info.space > 1 << 37, "{:#x}", info.space);
    assert_eq!(info.reserved, 0);
}
