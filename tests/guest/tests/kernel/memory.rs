// SPDX-License-Identifier: GPL-2.0
//! The heap's pages: growth up to the limit, who pays, and that all of them come back.

use lore::kernel::LoadOptions;
use lore_abi::refusal::Reason;
use lore_guest_tests::mapping::{plan, Mapping};
use lore_guest_tests::{assert_refused, device, fixture, gate_error, pages, patient, Assist, Op};
use lore_iface::{GateError, HEAP_GROW_BYTES_MAX};
use std::fs;

const MIB: u64 = 1 << 20;
const PAGE: u64 = 4096;

fn with_heap(heap_max: u64) -> LoadOptions {
    LoadOptions {
        heap_max,
        ..patient()
    }
}

/// In one activation, where nothing can be refilled in between on this CPU.
#[test]
fn growth_within_the_limit_does_not_fail_while_there_is_memory() {
    let before = pages();
    let assist = Assist::load_with(&with_heap(64 * MIB));
    assert_eq!(assist.result(Op::Burst, &[HEAP_GROW_BYTES_MAX, 100]), 16);
    assert_eq!(
        assist.result(Op::Grow, &[PAGE]),
        gate_error(GateError::HeapFull)
    );
    drop(assist);
    let assist = Assist::load_with(&with_heap(16 * MIB));
    assert_eq!(assist.result(Op::Burst, &[PAGE, 5000]), 4096);
    drop(assist);
    assert_eq!(pages(), before);
}

#[test]
fn an_extension_that_never_ran_keeps_no_page_at_hand() {
    let before = pages();
    let assist = Assist::load();
    let loaded = pages();
    let data = assist.status().data_len.div_ceil(PAGE);
    assert_eq!(loaded - before, data, "data, and nothing else");
    assert_eq!(assist.status().pages, data);
    assist.is_well();
    let stack = assist.status().stack_len / PAGE;
    assert_eq!(
        pages() - loaded,
        stack + 16,
        "the stack of one CPU, and a few at hand for growth"
    );
    drop(assist);
    assert_eq!(pages(), before);
}

#[test]
fn many_cpus_grow_one_heap() {
    let before = pages();
    let assist = Assist::load_with(&with_heap(64 * MIB));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert_eq!(assist.result(Op::Burst, &[4 * PAGE, 1000]), 1000));
        }
    });
    assert_eq!(assist.status().heap_len, 4000 * 4 * PAGE);
    drop(assist);
    assert_eq!(pages(), before);
}

/// A memory cgroup that this process is in while the value lives.
struct Cgroup;

const ROOT: &str = "/sys/fs/cgroup";
const GROUP: &str = "/sys/fs/cgroup/lore-test";

impl Cgroup {
    fn enter() -> Cgroup {
        fs::write(format!("{ROOT}/cgroup.subtree_control"), "+memory").expect("memory cgroups");
        fs::create_dir(GROUP).expect("a cgroup");
        fs::write(format!("{GROUP}/cgroup.procs"), "0").expect("enter");
        Cgroup
    }

    fn current(&self) -> u64 {
        let text = fs::read_to_string(format!("{GROUP}/memory.current")).expect("memory.current");
        text.trim().parse().expect("a number")
    }

    fn leave(&self) {
        fs::write(format!("{ROOT}/cgroup.procs"), "0").expect("leave");
    }

    /// How often somebody in it was killed because memory was short.
    fn kills(&self) -> u64 {
        let text = fs::read_to_string(format!("{GROUP}/memory.events")).expect("memory.events");
        let kills = text.lines().find_map(|line| line.strip_prefix("oom_kill "));
        kills.expect("a count").parse().expect("a number")
    }

    fn limit(&self, max: &str) {
        fs::write(format!("{GROUP}/memory.max"), max).expect("memory.max");
    }
}

impl Drop for Cgroup {
    fn drop(&mut self) {
        let left = fs::write(format!("{ROOT}/cgroup.procs"), "0").is_ok();
        let removed = fs::remove_dir(GROUP).is_ok();
        assert!(left && removed || std::thread::panicking());
    }
}

/// Each CPU keeps some of what was charged or given back, for the next charge.
const SLACK: u64 = 2 * MIB;

#[test]
fn the_loader_pays_wherever_its_extension_runs() {
    let group = Cgroup::enter();
    let assist = Assist::load_with(&with_heap(32 * MIB));
    group.leave();
    let before = group.current();
    assert_eq!(assist.result(Op::Burst, &[HEAP_GROW_BYTES_MAX, 8]), 8);
    let grown = group.current() - before;
    assert!(grown >= 32 * MIB - SLACK, "{grown}");
    drop(assist);
    let after = group.current();
    assert!(after <= before + SLACK, "{before} before, {after} after");
}

#[test]
fn growth_beyond_the_cgroups_memory_says_so_and_works_again_with_more() {
    let before = pages();
    let group = Cgroup::enter();
    let assist = Assist::load_with(&with_heap(64 * MIB));
    group.leave();
    group.limit(&(group.current() + 8 * MIB).to_string());
    let could = assist.result(Op::Burst, &[MIB, 64]);
    assert!((6..=8).contains(&could), "{could} MiB");
    // The next run needs a buffer, and at most 1 MiB is put at hand.
    group.limit(&(group.current() + 2 * MIB).to_string());
    assert_eq!(
        assist.result(Op::Grow, &[4 * MIB]),
        gate_error(GateError::NoMemory)
    );
    assert_eq!(assist.status().heap_len, could * MIB);
    group.limit("max");
    assert_eq!(assist.result(Op::Burst, &[MIB, 64]), 64 - could);
    assert_eq!(assist.status().heap_len, 64 * MIB);
    drop(assist);
    assert_eq!(pages(), before);
}

#[test]
fn a_load_beyond_the_cgroups_memory_is_refused_and_nobody_is_killed() {
    let before = pages();
    let mut image = fixture("events").image;
    image.header.ring_len = 32 << 20;
    let group = Cgroup::enter();
    for _ in 0..3 {
        group.limit(&(group.current() + 8 * MIB).to_string());
        assert_refused(device().load(&image, &patient()), Reason::NoMemory);
        assert_eq!((pages(), group.kills()), (before, 0));
    }
    group.limit("max");
    let (extension, _) = device().load(&image, &patient()).expect("loads");
    assert!(group.current() >= 32 * MIB - SLACK);
    drop(extension);
    assert_eq!(pages(), before);
}

/// The loader pays for what a program elsewhere touches, too, and what it cannot pay for is not there.
#[test]
fn a_programs_touch_beyond_the_cgroups_memory_finds_nothing_and_nobody_is_killed() {
    // Little more than can be paid for: each touch in vain has the kernel look for memory everywhere.
    const HEAP: u64 = 12 * MIB;
    let before = pages();
    let group = Cgroup::enter();
    let assist = Assist::load_with(&with_heap(HEAP));
    group.leave();
    let (mapping, plan) = (Mapping::whole(&assist), plan(&assist));
    let there = || {
        let pages = (plan.heap_at..plan.heap_end).step_by(PAGE as usize);
        pages.filter(|at| mapping.can_read(*at)).count() as u64 * PAGE
    };
    group.limit(&(group.current() + 8 * MIB).to_string());
    let touched = there();
    assert!(
        (8 * MIB - SLACK..=8 * MIB + SLACK).contains(&touched),
        "{touched}"
    );
    assert_eq!(group.kills(), 0);
    group.limit("max");
    assert_eq!(there(), HEAP);
    drop((mapping, assist));
    assert_eq!(pages(), before);
}
