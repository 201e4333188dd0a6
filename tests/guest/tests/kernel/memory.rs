// SPDX-License-Identifier: GPL-2.0
//! The heap's pages: growth up to the limit, who pays, and that all of them come back.

use lore::kernel::LoadOptions;
use lore_guest_tests::{gate_error, pages, patient, Assist, Op};
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
    fs::write(format!("{ROOT}/cgroup.procs"), "0").expect("leave");
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
    fs::write(format!("{ROOT}/cgroup.procs"), "0").expect("leave");
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
