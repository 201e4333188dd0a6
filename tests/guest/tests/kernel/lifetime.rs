// SPDX-License-Identifier: GPL-2.0
//! Files, names, and what is left when both are gone.

use lore::kernel::{LoadOptions, Who};
use lore_abi::refusal::Reason;
use lore_abi::request::RUN_FAULTED;
use lore_guest_tests::{assert_refused, device, fixture, patient, Assist, Op};
use rustix::io::Errno;

fn named(name: &str) -> LoadOptions {
    LoadOptions {
        name: Some(name.to_owned()),
        ..patient()
    }
}

fn rmmod() -> Result<(), Errno> {
    let name = std::ffi::CString::new("lore").expect("no zero byte");
    let flags = rustix::fs::OFlags::NONBLOCK.bits() as i32;
    rustix::system::delete_module(&name, flags)
}

#[test]
fn a_file_holds_an_extension_and_nothing_else_does() {
    let before = device().list().expect("list").len();
    let assist = Assist::load();
    let second = device()
        .extension(&Who::Id(assist.id))
        .expect("opens by number")
        .0;
    assert_eq!(second.show().expect("show").files, 2);
    drop(assist.extension);
    assert_eq!(second.show().expect("show").files, 1);
    drop(second);
    assert_eq!(device().list().expect("list").len(), before);
    assert_refused(
        device().extension(&Who::Id(assist.id)),
        Reason::NoSuchExtension,
    );
}

#[test]
fn a_name_holds_an_extension_until_it_is_given_up() {
    let assist = Assist::load_with(&named("held"));
    let (id, file) = (assist.id, assist.file);
    drop(assist.extension);
    let (extension, found) = device()
        .extension(&Who::Name("held".into()))
        .expect("by name");
    assert_eq!(found, id);
    let again = Assist {
        extension,
        file,
        id,
    };
    again.is_well();
    let taken = device().load(&fixture("assist").image, &named("held"));
    assert_refused(taken, Reason::NameTaken);
    assert_eq!(
        device().unload(&Who::Name("held".into())).expect("unload"),
        id
    );
    assert_refused(
        device().unload(&Who::Name("held".into())),
        Reason::NoSuchExtension,
    );
    again.is_well();
    drop(again);
    assert_refused(device().extension(&Who::Id(id)), Reason::NoSuchExtension);
}

#[test]
fn names_are_names() {
    let image = fixture("assist").image;
    for bad in ["a b", "ä", "a/b", "\n", &"x".repeat(49)] {
        assert_refused(device().load(&image, &named(bad)), Reason::BadName);
    }
    let longest = "x".repeat(48);
    let (_, loaded) = device()
        .load(&image, &named(&longest))
        .expect("48 bytes are a name");
    assert_eq!(
        device().unload(&Who::Name(longest)).expect("unload"),
        loaded.id
    );
}

#[test]
fn the_module_stays_while_anything_needs_it() {
    let open = device();
    assert_eq!(rmmod(), Err(Errno::AGAIN), "the device is open");
    let assist = Assist::load_with(&named("pin"));
    drop(open);
    assert_eq!(rmmod(), Err(Errno::AGAIN), "an extension's file is open");
    drop(assist);
    assert_eq!(rmmod(), Err(Errno::AGAIN), "a name holds an extension");
    device().unload(&Who::Name("pin".into())).expect("unload");
}

#[test]
fn the_list_is_complete_and_ascending() {
    let many: Vec<Assist> = (0..150)
        .map(|_| Assist::load_masked("64k", &patient()))
        .collect();
    let listed: Vec<u64> = device()
        .list()
        .expect("list")
        .iter()
        .map(|status| status.id)
        .collect();
    assert!(listed.windows(2).all(|pair| pair[0] < pair[1]));
    assert!(many.iter().all(|assist| listed.contains(&assist.id)));
    many[149].is_well();
    assert_eq!(many[0].result(Op::Count, &[]), 41);
}

/// Loading and unloading gives back what it took, page by page of the arena and roughly of memory.
#[test]
fn nothing_is_left_behind() {
    let once = || {
        let assist = Assist::load();
        assist.result(Op::Grow, &[64 << 10]);
        assist.faults(Op::Load, &[0]);
        let brief = Assist::load_with(&LoadOptions {
            budget_us: 10_000,
            ..patient()
        });
        let spun = brief.request(Op::Spin, &[0; 8], &mut [], 1).expect("runs");
        assert_eq!(spun.ended, RUN_FAULTED);
    };
    let free_kib = || {
        let text = std::fs::read_to_string("/proc/meminfo").expect("meminfo");
        let line = text
            .lines()
            .find(|line| line.starts_with("MemFree:"))
            .expect("MemFree");
        line.split_whitespace()
            .nth(1)
            .expect("a number")
            .parse::<i64>()
            .expect("a number")
    };
    let used = || device().info().expect("info").arena_used;
    (0..20).for_each(|_| once());
    let (arena, before) = (used(), free_kib());
    (0..200).for_each(|_| once());
    assert_eq!(used(), arena);
    assert_eq!(device().info().expect("info").extensions, 0);
    let lost = before - free_kib();
    assert!(
        lost < 200 * 4 * 2,
        "{lost} KiB are gone after 200 extensions"
    );
}
