// SPDX-License-Identifier: GPL-2.0
//! Handles of kernel objects, used rightly and wrongly.

use lore::kernel::{Extension, LoadOptions, Run};
use lore_abi::fault::FaultKind;
use lore_abi::request::{RUN_FAULTED, RUN_RETURNED};
use lore_guest_tests::hooks::wait_for;
use lore_guest_tests::{device, fixture, patient};
use lore_iface::GateError;
use lore_sandbox::handles::SLOTS;
use std::process::{Command, Stdio};
use zerocopy::IntoBytes;

/// What the fixture does; the order is that of `enum op` in `tests/fixtures/objects.c`.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
enum Op {
    Pid,
    Leak,
    Fill,
    Twice,
    After,
    Ask,
    Drop,
    Keep,
    Fault,
    Spin,
    Random,
    ByPid,
    Parent,
    Room,
    Record,
    Numbers,
    Count,
    Counted,
    Confuse,
}

struct Objects(Extension);

impl Objects {
    fn load(how: &LoadOptions) -> Objects {
        let file = fixture("objects");
        Objects(device().load(&file.image, how).expect("it loads").0)
    }

    /// Result and output of a run that returned.
    fn ask(&self, op: Op, operands: &[u64]) -> (u64, Vec<u8>) {
        let mut output = vec![0; 128];
        let done = self
            .0
            .run(&mut Run {
                entry: 0,
                repeat: 1,
                arg: op as u64,
                input: operands.as_bytes(),
                output: &mut output,
            })
            .expect("the request is accepted");
        assert_eq!(done.ended, RUN_RETURNED, "{op:?}");
        output.truncate(done.output_len as usize);
        (done.result, output)
    }

    fn result(&self, op: Op, operand: u64) -> u64 {
        self.ask(op, &[operand]).0
    }

    /// Kind of the fault of a run that was cancelled.
    fn faults(&self, op: Op, operand: u64) -> FaultKind {
        let done = self
            .0
            .run(&mut Run {
                entry: 0,
                repeat: 1,
                arg: op as u64,
                input: &operand.to_le_bytes(),
                output: &mut [],
            })
            .expect("the request is accepted");
        assert_eq!(done.ended, RUN_FAULTED, "{op:?}");
        let faults = self.0.faults(done.fault - 1).expect("records");
        FaultKind::from_u32(faults[0].kind).expect("a kind")
    }

    fn leaks(&self) -> u64 {
        self.0.show().expect("show").leaks
    }
}

fn this_thread() -> u64 {
    rustix::thread::gettid().as_raw_nonzero().get() as u64
}

fn refused(error: GateError) -> u64 {
    (-i64::from(error.number())) as u64
}

#[test]
fn a_handle_reaches_its_object() {
    let objects = Objects::load(&patient());
    assert_eq!(objects.result(Op::Pid, 0), this_thread());
    assert_eq!(objects.leaks(), 0);
}

#[test]
fn what_is_not_dropped_is_released_and_counted() {
    let objects = Objects::load(&patient());
    assert_eq!(objects.result(Op::Leak, 5), 0);
    assert_eq!(objects.leaks(), 5);
    // The table is empty again: as many fit as before.
    for round in 1..3 {
        let (answer, count) = objects.ask(Op::Fill, &[]);
        assert_eq!(answer, refused(GateError::TableFull));
        assert_eq!(count, (SLOTS as u64).to_le_bytes());
        assert_eq!(objects.leaks(), 5 + round * SLOTS as u64);
    }
}

#[test]
fn a_cancelled_activation_leaves_nothing_behind() {
    // Only what is to run out of time has little of it.
    let brief = LoadOptions {
        budget_us: 20_000,
        ..patient()
    };
    let (objects, spins) = (Objects::load(&patient()), Objects::load(&brief));
    for _ in 0..10 {
        assert_eq!(objects.faults(Op::Fault, SLOTS as u64), FaultKind::Memory);
        assert_eq!(spins.faults(Op::Spin, 3), FaultKind::Time);
    }
    assert_eq!((objects.leaks(), spins.leaks()), (0, 0), "no leak");
    assert_eq!(objects.ask(Op::Fill, &[]).1, (SLOTS as u64).to_le_bytes());
}

#[test]
fn a_dropped_handle_is_dead() {
    let objects = Objects::load(&patient());
    assert_eq!(objects.result(Op::Twice, 0), refused(GateError::BadHandle));
    assert_eq!(objects.result(Op::After, 0), refused(GateError::BadHandle));
}

#[test]
fn made_up_handles_are_errors_of_the_call() {
    let objects = Objects::load(&patient());
    for handle in [0, 1, 63, 64, u64::MAX, 1 << 63, i64::MAX as u64] {
        assert_eq!(
            objects.result(Op::Ask, handle),
            refused(GateError::BadHandle),
            "{handle:#x}"
        );
        assert_eq!(
            objects.result(Op::Drop, handle),
            refused(GateError::BadHandle),
            "{handle:#x}"
        );
    }
    assert_eq!(objects.result(Op::Random, 100_000), 0);
}

#[test]
fn a_handle_of_an_earlier_activation_or_of_another_extension_is_dead() {
    let (one, other) = (Objects::load(&patient()), Objects::load(&patient()));
    for _ in 0..20 {
        let kept = one.result(Op::Keep, 0);
        assert!((kept as i64) > 0, "{kept:#x}");
        for extension in [&one, &other] {
            assert_eq!(
                extension.result(Op::Ask, kept),
                refused(GateError::BadHandle)
            );
            assert_eq!(
                extension.result(Op::Drop, kept),
                refused(GateError::BadHandle)
            );
        }
    }
    assert_eq!(one.leaks(), 20 + 40);
}

/// A 64-bit word of the output.
fn word(output: &[u8], at: usize) -> u64 {
    u64::from_le_bytes(output[at..at + 8].try_into().expect("eight bytes"))
}

/// A 32-bit word of the output.
fn half(output: &[u8], at: usize) -> u32 {
    u32::from_le_bytes(output[at..at + 4].try_into().expect("four bytes"))
}

#[test]
fn a_task_tells_who_it_is() {
    let objects = Objects::load(&patient());
    let mut child = Command::new("sleep")
        .arg("1000")
        .stdin(Stdio::null())
        .spawn()
        .expect("a child");
    let number = child.id();
    // The name is the program's when exec is done.
    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(20);
    let (len, output) = loop {
        let seen = objects.ask(Op::ByPid, &[number.into()]);
        if seen.1[48..].starts_with(b"sleep") || std::time::Instant::now() > deadline {
            break seen;
        }
    };
    assert_eq!((half(&output, 0), half(&output, 4)), (number, number));
    assert_eq!(
        (half(&output, 8), half(&output, 12)),
        (0, 0),
        "it is root's"
    );
    let started_ns = word(&output, 40);
    assert!(started_ns > 0 && word(&output, 32) < 1 << 40, "{output:?}");
    assert_eq!(&output[48..54], b"sleep\0");
    assert_eq!(len, 5);
    assert_eq!(objects.result(Op::Parent, number.into()), this_thread());

    child.kill().expect("kill");
    child.wait().expect("wait");
    assert_eq!(
        objects.result(Op::ByPid, number.into()),
        refused(GateError::NotFound)
    );
    for nobody in [0, 1 << 22, u64::from(u32::MAX)] {
        assert_eq!(
            objects.result(Op::ByPid, nobody),
            refused(GateError::NotFound)
        );
    }
    assert_eq!(objects.leaks(), 0);
}

#[test]
fn rust_types_drop_what_they_hold() {
    let file = fixture("rust_objects");
    let (extension, loaded) = device().load(&file.image, &patient()).expect("it loads");
    let name = std::fs::read_to_string("/proc/thread-self/comm").expect("a name");
    for count in [42, 44, 46] {
        let mut output = [0; 16];
        let done = extension
            .run(&mut Run {
                entry: 0,
                repeat: 1,
                arg: 0,
                input: &[],
                output: &mut output,
            })
            .expect("the request is accepted");
        assert_eq!((done.ended, done.result), (RUN_RETURNED, count));
        assert_eq!(
            &output[..done.output_len as usize],
            name.trim_end().as_bytes()
        );
        // The timer that it has set fires before the next run.
        let (mine, runs) = (loaded.id, (count - 40) / 2);
        wait_for("the timer", || {
            let all = device().attachments().expect("attachments");
            let fired = all.iter().find(|a| a.extension == mine)?.runs;
            (fired == runs).then_some(())
        });
    }
    let status = extension.show().expect("show");
    assert_eq!((status.leaks, status.kept), (0, 2));
}

#[test]
fn answers_go_to_the_window_only() {
    let objects = Objects::load(&patient());
    let bad = refused(GateError::BadSpan);
    // The bands, beyond the end, and where nothing is mapped; of the address only the low half counts.
    for addr in [0, 8, 0xffff_ffff, 0xffff_8000_0000_0000, 0xffbf_f000] {
        assert_eq!(objects.ask(Op::Room, &[addr, 16]).0, bad, "{addr:#x}");
        assert_eq!(objects.ask(Op::Record, &[addr]).0, bad, "{addr:#x}");
    }
    assert_eq!(objects.ask(Op::Room, &[0x40_0000, u64::MAX]).0, bad);
}

#[test]
fn a_handle_of_another_kind_is_an_error_and_stays_good() {
    let objects = Objects::load(&patient());
    let (_, output) = objects.ask(Op::Confuse, &[]);
    let answers: Vec<u64> = (0..5).map(|at| word(&output, 8 * at)).collect();
    let wrong = refused(GateError::WrongKind);
    assert_eq!(answers, [wrong, wrong, wrong, 0, 0]);
    assert_eq!(objects.leaks(), 0);
}

#[test]
fn every_cpu_counts_and_the_sum_is_told() {
    let (one, other) = (Objects::load(&patient()), Objects::load(&patient()));
    for cpu in 0..4 {
        let mut cpus = rustix::thread::CpuSet::new();
        cpus.set(cpu);
        rustix::thread::sched_setaffinity(None, &cpus).expect("affinity");
        assert_eq!(one.ask(Op::Count, &[63, 10 + cpu as u64]).0, 0);
    }
    assert_eq!(one.result(Op::Counted, 63), 46);
    assert_eq!(one.result(Op::Counted, 62), 0);
    assert_eq!(other.result(Op::Counted, 63), 0, "each has its own");
    for nothing in [64, u64::from(u32::MAX)] {
        let bad = refused(GateError::BadValue);
        assert_eq!(one.ask(Op::Count, &[nothing, 1]).0, bad);
        assert_eq!(one.result(Op::Counted, nothing), bad);
    }
}

#[test]
fn numbers_are_what_they_say() {
    let objects = Objects::load(&patient());
    let (_, output) = objects.ask(Op::Numbers, &[]);
    let wall = std::time::UNIX_EPOCH.elapsed().expect("after 1970");
    let apart = wall.as_nanos().abs_diff(word(&output, 0).into());
    assert!(apart < 3_600_000_000_000, "{apart}");
    assert_ne!(word(&output, 8), word(&output, 16));
    assert!(word(&output, 24) < 4, "the guest has four CPUs");
}
