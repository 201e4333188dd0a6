// SPDX-License-Identifier: GPL-2.0
//! The guard profile `low`: windows at address 0, in the place of the memory of whoever runs them.

use lore::kernel::{Run, Who};
use lore_abi::contract::{BAND_LEN, WINDOW_LEN};
use lore_abi::fault::{FaultKind, HAS_ADDRESS, HAS_REGISTERS, IS_STORE};
use lore_abi::image::Profile;
use lore_abi::request::RUN_FAULTED;
use lore_guest_tests::command::lore;
use lore_guest_tests::mapping::BOTH;
use lore_guest_tests::samples::Samples;
use lore_guest_tests::{device, Assist, Ended, Op};
use rustix::mm::{mmap_anonymous, munmap, MapFlags};
use std::ffi::c_void;

/// Where nothing of a window is mapped, nor of a test's process.
const FREE_AT: u64 = 0x9000_0000;
const LEN: usize = 1 << 16;
const PATTERN: u64 = 0x5eed_0000_1111_2222;

/// Memory of this process at an address of its own choice.
struct Mapped(*mut c_void);

impl Mapped {
    fn at(address: u64) -> Mapped {
        let flags = MapFlags::PRIVATE | MapFlags::FIXED_NOREPLACE;
        // SAFETY: Nothing is replaced.
        let at = unsafe { mmap_anonymous(address as *mut c_void, LEN, BOTH, flags) };
        let mapped = Mapped(at.expect("free memory of this process"));
        mapped.word().iter_mut().for_each(|word| *word = PATTERN);
        mapped
    }

    #[expect(clippy::mut_from_ref, reason = "each test has its own")]
    fn word(&self) -> &mut [u64] {
        // SAFETY: Mapped until `drop`, and this process's alone.
        unsafe { std::slice::from_raw_parts_mut(self.0.cast(), LEN / 8) }
    }
}

impl Drop for Mapped {
    fn drop(&mut self) {
        // SAFETY: Mapped by `at`.
        unsafe { munmap(self.0, LEN) }.expect("it is unmapped");
    }
}

#[test]
fn each_window_begins_at_address_0_and_is_its_own() {
    let [one, other] = [(); 2].map(|()| Assist::load_profile(Profile::Low));
    assert_eq!(one.status().profile, Profile::Low.number());
    let at = one.result(Op::Address, &[]);
    assert!((u64::from(BAND_LEN)..WINDOW_LEN).contains(&at), "{at:#x}");
    assert_eq!(at, other.result(Op::Address, &[]));
    // The same address, and not the same memory.
    for (assist, value) in [(&one, 0x1111), (&other, 0x2222)] {
        let stored = assist.ask(Op::Store, &[at, value]);
        assert!(matches!(stored, Ended::Returned(..)), "{stored:?}");
    }
    for (assist, value) in [(&one, 0x1111), (&other, 0x2222)] {
        assert_eq!(assist.result(Op::Load, &[at]), value);
    }
    one.is_well();
    other.is_well();
}

#[test]
fn the_memory_of_who_runs_it_is_not_there() {
    let assist = Assist::load_profile(Profile::Low);
    let mapped = Mapped::at(FREE_AT);
    for (op, flags) in [(Op::Load, 0), (Op::Store, IS_STORE)] {
        let fault = assist.faults(op, &[FREE_AT, 7]);
        assert_eq!(fault.kind, FaultKind::Memory.number());
        let known = HAS_ADDRESS | HAS_REGISTERS | flags;
        assert_eq!((fault.flags, fault.address), (known, FREE_AT));
    }
    assert!(mapped.word().iter().all(|&word| word == PATTERN));
    // And is back when it has ended, in whatever way.
    mapped.word().fill(1);
    assert_eq!(mapped.word().iter().sum::<u64>(), LEN as u64 / 8);
    assist.is_well();
}

#[test]
fn of_a_wild_pointer_the_low_half_is_believed() {
    let assist = Assist::load_profile(Profile::Low);
    for upper in [0, 1, 0xdead_beef, 0xffff_8000, u64::from(u32::MAX)] {
        let fault = assist.faults(Op::Store, &[upper << 32 | FREE_AT, 7]);
        assert_eq!(fault.kind, FaultKind::Memory.number());
        let known = HAS_ADDRESS | HAS_REGISTERS | IS_STORE;
        assert_eq!((fault.flags, fault.address), (known, FREE_AT), "{upper:#x}");
    }
    // Before the window's first byte is the end of the address space, which is no offset.
    let fault = assist.faults(Op::Before, &[0]);
    assist.assert_fault(&fault, FaultKind::Memory, "load_before");
    assert_eq!(fault.flags, HAS_REGISTERS);
    assist.is_well();
}

#[test]
fn a_buffer_of_a_run_that_is_over_is_not_there() {
    let assist = Assist::load_profile(Profile::Low);
    // Two pages of operands, of which the last is where the buffer's last page was.
    let mut operands = vec![0u64; 1024];
    let here = assist.result(Op::Here, &operands);
    let last = here + 8 * 1023;
    operands.truncate(2);
    operands[0] = last;
    let fault = assist.faults(Op::Load, &operands);
    assert_eq!(fault.kind, FaultKind::Memory.number());
    assert_eq!(fault.address, last);
}

#[test]
fn many_at_once_on_every_cpu_keep_apart() {
    let threads: Vec<_> = (1..=6u64)
        .map(|number| {
            std::thread::spawn(move || {
                let assist = Assist::load_profile(Profile::Low);
                let at = assist.result(Op::Address, &[]);
                for turn in 0..200 {
                    let value = number << 32 | turn;
                    let stored = assist.ask(Op::Store, &[at, value]);
                    assert!(matches!(stored, Ended::Returned(..)), "{stored:?}");
                    if turn % 8 == 0 {
                        let fault = assist.faults(Op::Load, &[FREE_AT + number]);
                        assert_eq!(fault.kind, FaultKind::Memory.number());
                    }
                    assert_eq!(assist.result(Op::Load, &[at]), value);
                }
                assist.is_well();
            })
        })
        .collect();
    for thread in threads {
        thread.join().expect("it kept its own");
    }
}

/// Has the kernel's profiler read this thread's stack and calls in user space at each interrupt.
fn sample_user_stacks() -> Samples {
    // `struct perf_event_attr` in its fourth version: PERF_TYPE_SOFTWARE, its size, PERF_COUNT_SW_CPU_CLOCK, the period in
    // nanoseconds; PERF_SAMPLE_IP, _CALLCHAIN, _REGS_USER and _STACK_USER; exclude_hv; sp and pc, and so many bytes of stack.
    let sample = 1 | 1 << 5 | 1 << 12 | 1 << 13;
    let (registers, stack) = (1 << 31 | 1 << 32, 4096);
    let rest = [0, 1 << 6, 0, 0, 0, 0, registers, stack];
    let attributes = [[1 | 96 << 32, 0, 100_000, sample].as_slice(), &rest].concat();
    Samples::begin(&attributes, 512)
}

#[test]
fn who_profiles_user_stacks_does_no_harm() {
    let name = "low-profiled";
    for op in [Op::Spin, Op::GateSpin] {
        let path = "/fixtures/assist_low.lore";
        lore(&["load", path, "--name", name, "--budget", "300ms"]);
        let (extension, _) = device()
            .extension(&Who::Name(name.into()))
            .expect("it opens");
        let samples = sample_user_stacks();
        let ended = extension.run(&mut Run {
            entry: 0,
            repeat: 1,
            arg: op as u64,
            input: &[],
            output: &mut [],
        });
        assert!(samples.end().len() > 4096, "samples were taken");
        assert_eq!(ended.expect("it runs").ended, RUN_FAULTED);
        lore(&["unload", name]);
    }
}
