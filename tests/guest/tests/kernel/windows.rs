// SPDX-License-Identifier: GPL-2.0
//! Windows of the profile `mask`, of every size: what an extension reaches of them and what the kernel does with them.

use lore::kernel::LoadOptions;
use lore_abi::contract::{BAND_LEN, NULL_LEN};
use lore_abi::fault::{FaultKind, HAS_ADDRESS, HAS_REGISTERS, IS_STORE};
use lore_abi::image::Profile;
use lore_abi::refusal::Reason;
use lore_abi::rule::Rule;
use lore_guest_tests::command::{lore, lore_fails};
use lore_guest_tests::hooks::{wait_for, Hooks};
use lore_guest_tests::mapping::{map_at, plan, BOTH, PAGE};
use lore_guest_tests::{
    assert_refused, device, fixture, gate_error, pages, patient, Assist, Ended, Op,
};
use lore_iface::GateError;
use rustix::io::Errno;
use rustix::mm::MapFlags;
use std::collections::BTreeSet;
use std::sync::atomic::Ordering::Relaxed;

/// The sizes that `tests/guest/run` builds for.
const SIZES: [(&str, u64); 5] = [
    ("64k", 64 << 10),
    ("128k", 128 << 10),
    ("256k", 256 << 10),
    ("2m", 2 << 20),
    ("4g", 4 << 30),
];
const BAND: u64 = BAND_LEN as u64;

pub(crate) fn of_every_size() -> impl Iterator<Item = (Assist, u64)> {
    SIZES
        .into_iter()
        .map(|(name, len)| (Assist::load_masked(name, &patient()), len))
}

/// Where its window begins in the kernel, which is no secret.
fn base(assist: &Assist, len: u64) -> u64 {
    assist.result(Op::Address, &[]) & !(len - 1)
}

#[test]
fn a_window_is_as_large_as_its_image_says() {
    for (assist, len) in of_every_size() {
        let (status, plan) = (assist.status(), plan(&assist));
        assert_eq!(status.profile, Profile::Mask.number());
        assert_eq!((status.window_len, plan.window_len), (len, len));
        assert_eq!(plan.data_at, u64::from(NULL_LEN));
        assert!(
            plan.data_end < plan.heap_at && plan.heap_end < len,
            "{plan:?}"
        );
        assert_eq!(plan.low, base(&assist, len) & 0xffff_ffff);
        for (op, operands, expected) in [
            (Op::Recurse, &[20][..], 20),
            (Op::Tree, &[4], 31),
            (Op::TreeByTable, &[4], 31),
            (Op::Pointer, &[40, 2], 42),
            (Op::Count, &[], 41),
            (Op::Burst, &[4096, 2], 2),
        ] {
            assert_eq!(assist.result(op, operands), expected, "{op:?} in {len:#x}");
        }
        assist.is_well();
    }
}

#[test]
fn no_pointer_leads_out_of_its_window() {
    for (assist, len) in of_every_size() {
        let base = base(&assist, len);
        // What lies beside the window is in it, as seen through a guard: an address of which only the offset counts.
        for (at, seen) in [
            (0, 0),
            (8, 8),
            (base + len - 8, len - 8),
            (base + len, 0),
            (base + len + 8, 8),
            (base.wrapping_sub(8), len - 8),
            (base - BAND, base.wrapping_sub(BAND) & (len - 1)),
            (0xdead_beef_0000_0010, 0x10),
            (u64::MAX - 7, len - 8),
        ] {
            if (u64::from(NULL_LEN)..len - 8).contains(&seen) {
                continue; // Something may be mapped there.
            }
            let fault = assist.faults(Op::Load, &[at]);
            assist.assert_fault(&fault, FaultKind::Memory, "load_at");
            let found = (fault.flags, fault.address);
            assert_eq!(
                found,
                (HAS_ADDRESS | HAS_REGISTERS, seen),
                "{at:#x} of {len:#x}"
            );
            let fault = assist.faults(Op::Store, &[at, 7]);
            let found = (fault.flags, fault.address);
            let flags = HAS_ADDRESS | HAS_REGISTERS | IS_STORE;
            assert_eq!(found, (flags, seen), "{at:#x} of {len:#x}");
        }
        // Offsets of instructions come behind the guard: they reach into the bands, where nothing is.
        for (op, at, function) in [
            (Op::Before, base, "load_before"),
            (Op::Behind, base + len - 8, "load_behind"),
        ] {
            let fault = assist.faults(op, &[at]);
            assist.assert_fault(&fault, FaultKind::Memory, function);
            assert_eq!(fault.flags, HAS_REGISTERS, "no address of the window");
            assert_eq!(fault.registers[0], at);
        }
    }
}

/// The last slot of the run buffers ends with the window, so its last byte is mapped while a run is in it.
#[test]
fn the_last_byte_is_inside_and_the_first_one_behind_it_is_not() {
    const LEN: u64 = 64 << 10;
    let how = LoadOptions {
        budget_us: 2_000_000,
        ..patient()
    };
    let assist = Assist::load_masked("64k", &how);
    let base = base(&assist, LEN);
    std::thread::scope(|scope| {
        // Two slots: one run spins in the first.
        let spins = scope.spawn(|| assist.ask(Op::Spin, &[0]));
        let last = base + LEN - 8;
        wait_for("the other run", || match assist.ask(Op::Load, &[last]) {
            Ended::Returned(0, _) => Some(()),
            Ended::Returned(other, _) => panic!("{other:#x} at the end of a zeroed page"),
            Ended::Faulted(_) => None,
        });
        assert!(matches!(
            assist.ask(Op::Store, &[last, 5]),
            Ended::Returned(0, _)
        ));
        // Half of it behind the end, in the band.
        let Ended::Faulted(fault) = assist.ask(Op::Load, &[last + 4]) else {
            panic!("a band was read");
        };
        assert_eq!(fault.address, LEN - 4, "{fault:x?}");
        assert_eq!(fault.flags, HAS_ADDRESS | HAS_REGISTERS);
        let Ended::Faulted(fault) = spins.join().expect("a run") else {
            panic!("an endless loop ended");
        };
        assert_eq!(FaultKind::from_u32(fault.kind), Some(FaultKind::Time));
    });
}

#[test]
fn neighbours_are_a_band_apart_and_do_not_meet() {
    for (name, len) in SIZES {
        let all = [(); 5].map(|()| Assist::load_masked(name, &patient()));
        let bases: BTreeSet<u64> = all.iter().map(|assist| base(assist, len)).collect();
        assert_eq!(bases.len(), all.len());
        for pair in bases.iter().zip(bases.iter().skip(1)) {
            assert!(pair.1 - pair.0 >= len + BAND, "{bases:x?}");
        }
        // A store to another's counter, in the code's own eyes, is one to its own.
        let there = all[1].result(Op::Address, &[]);
        assert_eq!(all[0].result(Op::Store, &[there, 70]), 0);
        assert_eq!(all[0].result(Op::Count, &[]), 71);
        assert_eq!(all[1].result(Op::Count, &[]), 41);
    }
}

#[test]
fn gates_take_spans_of_this_window_only() {
    let bad = gate_error(GateError::BadSpan);
    for (assist, len) in of_every_size() {
        let (text, base) = (assist.result(Op::Address, &[]), base(&assist, len));
        let log = |at: u64, bytes: u64| assist.result(Op::Log, &[at, bytes, 3]);
        assert_eq!(log(text, 8), 0);
        // Only the offset counts, as for a load.
        assert_eq!(log(text.wrapping_add(len), 8), 0);
        assert_eq!(log(text & (len - 1), 8), 0);
        for (at, bytes, what) in [
            (0, 8, "a null pointer"),
            (base, 8, "its first bytes"),
            (
                base + u64::from(NULL_LEN) - 4,
                8,
                "into the data from before",
            ),
            (base + len - 4, 8, "over the end"),
            (base + len - 1, 2, "over the end by a byte"),
            (base - 4, 8, "over the end, by a wrap"),
            (base + len - 8, 8, "at the end, not mapped"),
        ] {
            assert_eq!(log(at, bytes), bad, "{what} of {len:#x}");
        }
    }
}

#[test]
fn what_an_image_says_of_its_window_is_checked() {
    let image = fixture("assist_mask_256k").image;
    let load = |profile: Profile, window_len: u64| {
        let mut other = image.clone();
        other.header.profile = profile.number();
        other.header.window_len = window_len;
        let refusal = assert_refused(device().load(&other, &patient()), Reason::Verifier);
        (refusal.rule, refusal.at, refusal.word)
    };
    for (len, said) in [
        (0, 0),
        (1, 1),
        (32 << 10, 32 << 10),
        ((64 << 10) - 1, (64 << 10) - 1),
        ((64 << 10) + 1, (64 << 10) + 1),
        (192 << 10, 192 << 10),
        (8 << 30, u32::MAX),
        (1 << 63, u32::MAX),
        (u64::MAX, u32::MAX),
    ] {
        let found = load(Profile::Mask, len);
        assert_eq!(found, (Rule::WindowLen.number(), 0, said), "{len:#x}");
    }
    let found = load(Profile::Uxtw, 256 << 10);
    assert_eq!(found, (Rule::WindowLen.number(), 0, 256 << 10));
    // A size that there is, but not the one that the code masks by: smaller, it reaches the neighbours.
    let first = image.code.chunks_exact(4).position(|word| {
        // and xD, xN, #0x3ffff
        let word = u32::from_le_bytes(word.try_into().expect("four bytes"));
        word & 0xffff_fc00 == 0x9240_4400
    });
    assert!(first.is_some(), "the code has masks");
    for len in [64 << 10, 128 << 10, 512 << 10, 4 << 30] {
        let (rule, at, _) = load(Profile::Mask, len);
        assert_eq!(rule, Rule::Unguarded.number(), "{len:#x}");
        assert!(at > 0);
    }
    assert_eq!(device().info().expect("info").extensions, 0);
}

#[test]
fn what_does_not_fit_in_a_window_is_refused() {
    let image = fixture("assist_mask_256k").image;
    let mut asks = vec![LoadOptions {
        heap_max: 256 << 10,
        ..patient()
    }];
    asks.push(LoadOptions {
        stack_len: 256 << 10,
        ..patient()
    });
    for how in asks {
        let refusal = assert_refused(device().load(&image, &how), Reason::WindowFull);
        assert_eq!(
            refusal.limit,
            (256 << 10) - (32 << 10) - 4096,
            "but the buffers"
        );
        assert!(refusal.asked > refusal.limit);
    }
    let mut large = image.clone();
    large.bss_len = 256 << 10;
    assert_refused(device().load(&large, &patient()), Reason::WindowFull);
    let mut rings = image;
    rings.header.ring_len = 256 << 10;
    assert_refused(device().load(&rings, &patient()), Reason::WindowFull);
    // A heap that nobody asked for is what is left.
    let assist = Assist::load_masked("256k", &patient());
    let plan = plan(&assist);
    assert_eq!(plan.heap_end, (256 << 10) - (32 << 10));
    assert_eq!(
        assist.result(Op::Burst, &[4096, 1000]),
        (plan.heap_end - plan.heap_at) / 4096
    );
}

#[test]
fn a_program_maps_a_window_of_any_size() {
    for (assist, len) in of_every_size() {
        let (file, size) = (&assist.extension, len as usize);
        let map = |at: u64, bytes: usize| {
            map_at(
                file,
                std::ptr::null_mut(),
                at,
                bytes,
                BOTH,
                MapFlags::SHARED,
            )
        };
        assert_eq!(map(0, size + PAGE as usize).err(), Some(Errno::INVAL));
        assert_eq!(map(len, PAGE as usize).err(), Some(Errno::INVAL));
        assert_eq!(map(PAGE, size).err(), Some(Errno::INVAL));
        let mapping = map(0, size).expect("all of it");
        let runs = assist.result(Op::Address, &[]);
        let start = mapping.start.addr() as u64;
        assert_eq!(start & 0xffff_ffff, base(&assist, len) & 0xffff_ffff);
        // The user's address of a word means it to the extension, and the other way round.
        let word = start + (runs & (len - 1));
        assert_eq!(mapping.word(runs & (len - 1)).load(Relaxed), 40);
        assert_eq!(assist.result(Op::Store, &[word, 6]), 0);
        assert_eq!(mapping.word(runs & (len - 1)).load(Relaxed), 6);
        assert_eq!(assist.result(Op::Count, &[]), 7);
        assert!(!mapping.can_read(0) && !mapping.can_read(len - 8));
    }
}

/// With stacks so large that the window has one.
#[test]
fn activations_take_turns_on_the_stacks_of_a_small_window() {
    let how = LoadOptions {
        stack_len: 16 << 10,
        budget_us: 1_000_000,
        ..patient()
    };
    let assist = Assist::load_masked("64k", &how);
    std::thread::scope(|scope| {
        // Either of the two is first; where it is the other, this one tries again.
        let spin = || loop {
            match assist.try_ask(Op::Spin, &[0]) {
                Ok(ended) => break ended,
                busy => drop(assert_refused(busy, Reason::Busy)),
            }
        };
        let spins = scope.spawn(spin);
        let refusal = wait_for("a run that is skipped", || {
            assist.try_ask(Op::Count, &[]).err()
        });
        assert_refused(Err::<(), _>(refusal), Reason::Busy);
        assert!(matches!(spins.join().expect("a run"), Ended::Faulted(_)));
    });
    assert_ne!(assist.status().skips, 0);
    assist.is_well();
    let fault = assist.faults(Op::Deep, &[4000]);
    assist.assert_fault(&fault, FaultKind::DataStack, "deep");
}

#[test]
fn hooks_run_on_stacks_that_are_lent() {
    let before = pages();
    // Seven stacks, for four CPUs at three levels each.
    let how = LoadOptions {
        stack_len: 128 << 10,
        ..patient()
    };
    let hooks = Hooks::load_masked(&how);
    let attached = hooks.attach("timer/1ms");
    let task = hooks.attach("tracepoint/task_newtask");
    for _ in 0..20 {
        std::thread::spawn(|| ()).join().expect("a thread");
    }
    wait_for("calls of the timer", || {
        (hooks.status(attached).runs > 20).then_some(())
    });
    assert!(hooks.status(task).runs >= 20);
    for attached in [attached, task] {
        assert_eq!(hooks.status(attached).cancellations, 0);
    }
    assert!(hooks.notes().len() > 40);
    drop(hooks);
    assert_eq!(pages(), before);
}

#[test]
fn the_command_tells_how_large_a_window_is() {
    let path = "/fixtures/assist_mask_64k.lore";
    lore(&["load", "--name", "tiny", path]);
    assert_eq!(lore(&["show", "tiny"])["window_bytes"], 64 << 10);
    let listed = lore(&["list"]);
    assert_eq!(listed[0]["window_bytes"], 64 << 10, "{listed:#}");
    assert_eq!(lore(&["inspect", path])["window_bytes"], 64 << 10);
    lore(&["unload", "tiny"]);
    let error = lore_fails(&["load", "--heap", "1M", path], 6);
    assert_eq!(error["reason"], "window-full", "{error:#}");
    let space = lore(&["doctor"])["kernel"]["space_bytes"].as_u64();
    assert!(space.is_some_and(|bytes| bytes > 1 << 37), "{space:?}");
}
