// SPDX-License-Identifier: GPL-2.0
//! Timers that extensions set themselves.

use lore::kernel::{Extension, LoadOptions, Run};
use lore_abi::attach::{AttachmentState, AttachmentStatus};
use lore_abi::fault::FaultKind;
use lore_abi::request::{RunRequest, RUN_RETURNED};
use lore_guest_tests::hooks::wait_for;
use lore_guest_tests::{device, fixture, gate_error, patient};
use lore_iface::GateError;
use rustix::thread::{sched_setaffinity, CpuSet};
use zerocopy::{FromBytes, IntoBytes};

/// What the fixture does; the order is that of `enum op` in `tests/fixtures/timers.c`.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
enum Op {
    Set,
    Lose,
    Arm,
    Cancel,
    Drop,
    Tell,
    Act,
    Wrong,
    Other,
    Fill,
    Storm,
}

/// `enum act` of the fixture.
#[derive(Clone, Copy)]
#[repr(u64)]
enum Act {
    Count,
    Again,
    Drop,
    Fault,
    Ever,
}

/// Timers of an entry.
const TIMERS: u64 = 16;
const MS: u64 = 1_000_000;
const HOUR: u64 = 3_600_000 * MS;
const DAY: u64 = 24 * HOUR;

struct Timers {
    extension: Extension,
    id: u64,
}

impl Timers {
    fn load(how: &LoadOptions) -> Timers {
        let (extension, loaded) = device()
            .load(&fixture("timers").image, how)
            .expect("it loads");
        Timers {
            extension,
            id: loaded.id,
        }
    }

    fn run(&self, op: Op, operands: &[u64]) -> (RunRequest, Vec<u8>) {
        let mut output = vec![0; 16];
        let done = self.extension.run(&mut Run {
            entry: 0,
            repeat: 1,
            arg: op as u64,
            input: operands.as_bytes(),
            output: &mut output,
        });
        let done = done.expect("the request is accepted");
        assert_eq!(done.ended, RUN_RETURNED, "{op:?}");
        (done, output)
    }

    fn ask(&self, op: Op, operands: &[u64]) -> u64 {
        self.run(op, operands).0.result
    }

    fn fired(&self, number: u64) -> u64 {
        self.ask(Op::Tell, &[number])
    }

    fn wait(&self, number: u64, times: u64) {
        wait_for("a timer", || (self.fired(number) >= times).then_some(()));
    }

    /// Nanoseconds from setting to firing.
    fn delay(&self, number: u64) -> u64 {
        let (_, output) = self.run(Op::Tell, &[number]);
        let [set, fired] = <[u64; 2]>::read_from_bytes(&output).expect("two");
        fired - set
    }

    fn attachment(&self) -> AttachmentStatus {
        let all = device().attachments().expect("attachments");
        let mine = all.into_iter().find(|a| a.extension == self.id);
        mine.expect("one attachment")
    }

    fn kept(&self) -> u64 {
        self.extension.show().expect("show").kept
    }
}

fn act(timers: &Timers, act: Act) {
    timers.ask(Op::Act, &[act as u64]);
}

#[test]
fn a_timer_fires_once_and_not_before_its_time() {
    let timers = Timers::load(&patient());
    for (number, delay) in [(0, 0), (1, MS), (2, 20 * MS), (3, 300_000)] {
        assert_eq!(timers.ask(Op::Set, &[number, delay]), 0);
        timers.wait(number, 1);
        assert!(timers.delay(number) >= delay.max(100_000), "{number}");
    }
    assert_eq!(timers.ask(Op::Arm, &[0, 2 * MS]), 0);
    timers.wait(0, 2);
    assert!(timers.delay(0) >= 2 * MS);
    assert_eq!([1, 2, 3].map(|number| timers.fired(number)), [1; 3]);
    assert_eq!((timers.attachment().runs, timers.kept()), (5, 4));
    let hook = timers.attachment().hook;
    assert!(hook.starts_with(b"timer/object\0"));
}

#[test]
fn a_timer_sets_itself_again_and_drops_itself() {
    let timers = Timers::load(&patient());
    act(&timers, Act::Again);
    assert_eq!(timers.ask(Op::Set, &[5, 0]), 0);
    timers.wait(5, 10);
    act(&timers, Act::Drop);
    assert_eq!(timers.ask(Op::Arm, &[5, 0]), 0);
    timers.wait(5, 11);
    wait_for("the drop", || (timers.kept() == 0).then_some(()));
    let bad = gate_error(GateError::BadHandle);
    assert_eq!(timers.ask(Op::Arm, &[5, 0]), bad);
    assert_eq!(timers.fired(5), 11);
}

#[test]
fn what_is_cancelled_dropped_or_not_kept_does_not_fire() {
    let timers = Timers::load(&patient());
    assert_eq!(timers.ask(Op::Set, &[1, HOUR]), 0);
    assert_eq!(timers.ask(Op::Cancel, &[1]), 1);
    assert_eq!(timers.ask(Op::Cancel, &[1]), 0);
    // To be set anew is to be cancelled, too: of the two times only the later one counts.
    assert_eq!(timers.ask(Op::Set, &[2, HOUR]), 0);
    assert_eq!(timers.ask(Op::Arm, &[2, 0]), 0);
    timers.wait(2, 1);
    assert_eq!(timers.ask(Op::Cancel, &[2]), 0);
    // Long enough for the slowest of machines to be done with them.
    assert_eq!(timers.ask(Op::Set, &[3, 1_000 * MS]), 0);
    assert_eq!(timers.ask(Op::Drop, &[3]), 0);
    assert_eq!(timers.ask(Op::Lose, &[4, 1_000 * MS]), 0);
    assert_eq!(timers.extension.show().expect("show").leaks, 1);
    // One that is set later has fired by then.
    assert_eq!(timers.ask(Op::Set, &[6, 1_001 * MS]), 0);
    timers.wait(6, 1);
    assert_eq!([1, 3, 4].map(|number| timers.fired(number)), [0; 3]);
    assert_eq!(timers.fired(2), 1);
}

#[test]
fn limits_are_told() {
    let timers = Timers::load(&patient());
    for _ in 0..3 {
        let (done, output) = timers.run(Op::Fill, &[]);
        assert_eq!(done.result, gate_error(GateError::TableFull));
        assert_eq!(output[..8], TIMERS.to_le_bytes());
    }
    assert_eq!(timers.ask(Op::Set, &[0, HOUR]), 0);
    let (_, output) = timers.run(Op::Fill, &[]);
    assert_eq!(output[..8], (TIMERS - 1).to_le_bytes());
    assert_eq!(timers.ask(Op::Arm, &[0, DAY]), 0);
    let long = gate_error(GateError::TooLong);
    for delay in [DAY + 1, u64::MAX] {
        assert_eq!(timers.ask(Op::Arm, &[0, delay]), long);
    }
    let bad = gate_error(GateError::BadValue);
    assert_eq!(timers.ask(Op::Other, &[]), bad, "an entry of another hook");
    let good = (1..64).filter(|at| timers.ask(Op::Wrong, &[at * 8]) != bad);
    assert_eq!(good.count(), 1, "one function is an entry of a timer");
    for function in [0, 1, 7, 9, u64::MAX, 1 << 32, (1 << 32) + 8, 1 << 63] {
        assert_eq!(timers.ask(Op::Wrong, &[function]), bad, "{function:#x}");
    }
}

#[test]
fn a_fault_in_the_entry_or_a_detach_is_the_end_of_timers() {
    let once = LoadOptions {
        faults_max: 1,
        ..patient()
    };
    let timers = Timers::load(&once);
    act(&timers, Act::Fault);
    assert_eq!(timers.ask(Op::Set, &[1, HOUR]), 0);
    assert_eq!(timers.ask(Op::Set, &[0, 0]), 0);
    let fault = wait_for("the fault", || {
        timers.extension.faults(0).expect("faults").first().copied()
    });
    assert_eq!(FaultKind::from_u32(fault.kind), Some(FaultKind::Memory));
    assert_eq!((fault.address, fault.entry), (8, 1));
    wait_for("the end", || {
        let state = timers.attachment().state;
        (state == AttachmentState::Faults.number()).then_some(())
    });
    assert_eq!(timers.attachment().cancellations, 1);

    let timers = Timers::load(&patient());
    assert_eq!(timers.ask(Op::Set, &[0, HOUR]), 0);
    act(&timers, Act::Ever);
    assert_eq!(timers.ask(Op::Set, &[1, 0]), 0);
    timers.wait(1, 3);
    device().detach(timers.attachment().id).expect("detach");
    let fired = timers.fired(1);
    let none = gate_error(GateError::NotFound);
    assert_eq!(timers.ask(Op::Arm, &[0, 0]), none);
    assert_eq!(timers.ask(Op::Set, &[2, 0]), none);
    assert_eq!(timers.ask(Op::Cancel, &[0]), 0, "it was to fire no more");
    assert_eq!(timers.fired(1), fired);
}

#[test]
fn an_extension_ends_while_its_timers_fire() {
    let before = device().attachments().expect("attachments").len();
    for round in 0..40 {
        let timers = Timers::load(&patient());
        act(&timers, Act::Ever);
        for number in 0..TIMERS {
            assert_eq!(timers.ask(Op::Set, &[number, 0]), 0, "round {round}");
        }
        timers.wait(round % TIMERS, 2);
    }
    wait_for("the end", || {
        (device().attachments().expect("attachments").len() == before).then_some(())
    });
}

#[test]
fn four_cpus_set_cancel_and_drop_while_timers_fire() {
    let timers = Timers::load(&patient());
    act(&timers, Act::Ever);
    std::thread::scope(|scope| {
        for cpu in 0..4 {
            let timers = &timers;
            scope.spawn(move || {
                let mut cpus = CpuSet::new();
                cpus.set(cpu);
                sched_setaffinity(None, &cpus).expect("affinity");
                for _ in 0..20 {
                    assert_eq!(timers.ask(Op::Storm, &[1_000]), 0);
                }
            });
        }
    });
    act(&timers, Act::Count);
    let status = timers.attachment();
    assert!(status.runs > 0 && status.cancellations == 0, "{status:?}");
    for number in 0..TIMERS {
        timers.ask(Op::Drop, &[number]);
    }
    assert_eq!(timers.kept(), 0);
    let (_, output) = timers.run(Op::Fill, &[]);
    assert_eq!(
        output[..8],
        TIMERS.to_le_bytes(),
        "every timer is free again"
    );
}
