// SPDX-License-Identifier: GPL-2.0
//! Guard profiles: each does what the default does, differs where it says so, and is taken only where it is allowed.

use lore::image::NoteKind;
use lore_abi::contract::{BAND_LEN, TRAP_WORD, WINDOW_LEN};
use lore_abi::fault::{FaultKind, HAS_ADDRESS, HAS_REGISTERS, IS_STORE};
use lore_abi::image::Profile;
use lore_abi::refusal::Reason;
use lore_abi::rule::Rule;
use lore_guest_tests::command::{lore, lore_fails, printed, program};
use lore_guest_tests::{assert_refused, device, fixture, patient, Assist, Ended, Op};
use std::time::{Duration, Instant};

/// Loads the module anew, with these parameters or with those of the VM's start.
fn reload(parameters: Option<&str>) {
    let end = Instant::now() + Duration::from_secs(30);
    // Whoever had an extension before may still be giving it up.
    while !program("/bin/rmmod", &["lore"]).status.success() {
        assert!(Instant::now() < end, "the module is in use");
        std::thread::sleep(Duration::from_millis(20));
    }
    let start = std::fs::read_to_string("/etc/vm/params").expect("what the VM was told");
    let parameters = parameters.unwrap_or(&start).split_whitespace();
    let arguments: Vec<&str> = ["/lore.ko"].into_iter().chain(parameters).collect();
    printed("/bin/insmod", &arguments);
}

/// Asserts that the assistant of a profile does what the default's does.
fn does_the_same(other: &Assist) {
    let plain = Assist::load();
    for (op, operands) in [
        (Op::Recurse, &[100][..]),
        (Op::Deep, &[10]),
        (Op::Tree, &[8]),
        (Op::TreeByTable, &[8]),
        (Op::Pointer, &[40, 2]),
        (Op::Count, &[]),
        (Op::Burst, &[4096, 3]),
    ] {
        let result = other.result(op, operands);
        assert_eq!(result, plain.result(op, operands), "{op:?}");
    }
    other.is_well();
}

#[test]
fn match_stops_at_the_wild_pointer_and_tells_it() {
    let assist = Assist::load_profile(Profile::Match);
    assert_eq!(assist.status().profile, Profile::Match.number());
    does_the_same(&assist);
    for at in [0, 8, 0x1_0000_0010, 0xdead_beef_0000_0010, u64::MAX - 7] {
        for (op, function) in [(Op::Load, "load_at"), (Op::Store, "store_at")] {
            let fault = assist.faults(op, &[at, 7]);
            assist.assert_fault(&fault, FaultKind::Trap, function);
            assert_eq!(fault.flags, HAS_REGISTERS, "{at:#x}");
            assert_eq!(fault.word, TRAP_WORD);
            assert_eq!(fault.registers[0], at, "the pointer as it was");
            let notes = &assist.file.image.notes;
            let note = notes.iter().find(|note| note.at == fault.at);
            assert_eq!(note.map(|note| note.kind), Some(NoteKind::Wild));
        }
    }
    // A pointer with the window's upper half is no wild one, whatever is there.
    let own = assist.result(Op::Address, &[]);
    let unmapped = WINDOW_LEN - u64::from(BAND_LEN) - 8;
    let fault = assist.faults(Op::Load, &[own & !(WINDOW_LEN - 1) | unmapped]);
    assist.assert_fault(&fault, FaultKind::Memory, "load_at");
    assert_eq!(
        (fault.flags, fault.address),
        (HAS_ADDRESS | HAS_REGISTERS, unmapped)
    );
    assert_eq!(
        assist.result(Op::Load, &[own]),
        assist.result(Op::Load, &[own])
    );
}

#[test]
fn movk_is_bound_to_its_window() {
    let assists = [(); 3].map(|()| Assist::load_profile(Profile::Movk));
    let mut windows = Vec::new();
    for assist in &assists {
        assert_eq!(assist.status().profile, Profile::Movk.number());
        does_the_same(assist);
        windows.push(assist.result(Op::Address, &[]) >> 32);
        // Only the low half of a pointer is believed, as by default.
        let fault = assist.faults(Op::Store, &[0xdead_beef_0000_0010, 7]);
        assist.assert_fault(&fault, FaultKind::Memory, "store_at");
        assert_eq!(
            (fault.flags, fault.address),
            (HAS_ADDRESS | HAS_REGISTERS | IS_STORE, 16)
        );
    }
    windows.dedup();
    assert_eq!(
        windows.len(),
        assists.len(),
        "one window each: {windows:x?}"
    );
}

#[test]
fn movk_takes_no_place_that_is_no_guard() {
    let image = fixture("assist_movk").image;
    assert!(!image.guards.is_empty());
    let refused = |image: &lore::image::Image, rule: Rule, at: u32| {
        let refusal = assert_refused(device().load(image, &patient()), Reason::Verifier);
        assert_eq!((refusal.rule, refusal.at), (rule.number(), at));
    };
    let first = image.guards[0];
    let mut other = image.clone();
    other.guards[0] += 4;
    refused(&other, Rule::GuardPlace, first + 4);
    let mut other = image.clone();
    other.guards.insert(0, first);
    refused(&other, Rule::GuardOrder, first);
    let mut other = image.clone();
    other.guards.push(1 << 30);
    refused(&other, Rule::GuardPlace, 1 << 30);
    // A pair that is left out is not filled in, and makes no fact.
    let mut other = image.clone();
    other.guards.remove(0);
    let refusal = assert_refused(device().load(&other, &patient()), Reason::Verifier);
    assert_eq!(refusal.rule, Rule::Unguarded.number());
    // One that is filled in by whoever made the image is no guard of this window.
    let mut other = image;
    let at = (first - lore_guest_tests::code_at(&fixture("assist_movk"))) as usize;
    other.code[at] |= 1 << 5;
    refused(&other, Rule::GuardPlace, first);
}

#[test]
fn the_command_names_the_wild_pointer() {
    let path = "/fixtures/assist_match.lore";
    lore(&["load", "--name", "wild", path]);
    let input = std::env::temp_dir().join("wild.input");
    std::fs::write(&input, 0xdead_beef_0000_0010u64.to_le_bytes()).expect("an input");
    let operation = (Op::Load as u64).to_string();
    let input = input.to_str().expect("a name");
    let ended = program(
        "/bin/lore",
        &["run", "wild", "--arg", &operation, "--input", input],
    );
    let text = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(1), "{text}");
    let said = "x0 is 0xdeadbeef00000010 here, outside of the window";
    assert!(text.contains(said), "{text}");
    lore(&["unload", "wild"]);
}

#[test]
fn as_many_are_loaded_as_the_parameter_allows() {
    // Whatever profile the tests are built in.
    reload(Some("extensions_max=3 stores=1"));
    {
        let all = [(); 3].map(|()| Assist::load());
        let refused = device().load(&fixture("assist").image, &patient());
        let refusal = assert_refused(refused, Reason::TooMany);
        assert_eq!((refusal.asked, refusal.limit), (4, 3));
        all[2].is_well();
    }
    reload(None);
}

#[test]
fn stores_is_refused_without_its_parameter() {
    reload(Some(""));
    let info = device().info().expect("info");
    assert_eq!(info.profiles, u64::from(Profile::SOUND));
    let image = fixture("assist_stores").image;
    let refusal = assert_refused(device().load(&image, &patient()), Reason::Verifier);
    let evidence = (refusal.rule, refusal.at, refusal.word);
    let number = Profile::Stores.number();
    assert_eq!(evidence, (Rule::ProfileForbidden.number(), 0, number));
    let error = lore_fails(&["load", "/fixtures/assist_stores.lore"], 3);
    assert_eq!(error["rule"], "PRO-4", "{error:#}");
    reload(None);
}

#[test]
fn stores_reads_what_it_likes_and_writes_its_window() {
    reload(Some("stores=1"));
    let info = device().info().expect("info");
    let all = Profile::SOUND | Profile::Stores.bit();
    assert_eq!(info.profiles, u64::from(all));
    {
        let [assist, other] = [(); 2].map(|()| Assist::load_profile(Profile::Stores));
        assert_eq!(assist.status().profile, Profile::Stores.number());
        does_the_same(&assist);
        // What another extension has in its window can be read and not written.
        let there = other.result(Op::Address, &[]);
        let before = other.result(Op::Load, &[there]);
        assert!(matches!(
            other.ask(Op::Store, &[there, 0x1122]),
            Ended::Returned(..)
        ));
        assert_eq!(assist.result(Op::Load, &[there]), 0x1122);
        assert!(matches!(
            assist.ask(Op::Store, &[there, 0x3344]),
            Ended::Returned(..)
        ));
        assert_eq!(other.result(Op::Load, &[there]), 0x1122);
        other.result(Op::Store, &[there, before]);
        // A load that faults cancels; where it went is told only of its own window.
        let own = assist.result(Op::Address, &[]) & !(WINDOW_LEN - 1);
        for at in [0, 8, 0xdead_beef_0000_0010, own + WINDOW_LEN + 8] {
            let fault = assist.faults(Op::Load, &[at]);
            assist.assert_fault(&fault, FaultKind::Memory, "load_at");
            assert_eq!(fault.flags, HAS_REGISTERS, "{at:#x}");
            assert_eq!(fault.registers[0], at);
        }
        let fault = assist.faults(Op::Load, &[own + 16]);
        assert_eq!(
            (fault.flags, fault.address),
            (HAS_ADDRESS | HAS_REGISTERS, 16)
        );
        // Stores are as ever: only the low half is believed.
        let fault = assist.faults(Op::Store, &[0xdead_beef_0000_0010, 7]);
        assert_eq!(fault.flags, HAS_ADDRESS | HAS_REGISTERS | IS_STORE);
        assert_eq!(fault.address, 16);
    }
    reload(None);
}
