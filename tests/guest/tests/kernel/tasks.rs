// SPDX-License-Identifier: GPL-2.0
//! Tasks that tracepoints lend.

use crate::cancel::assert_keeps_nothing;
use lore::kernel::{Attached, Extension, Run};
use lore_abi::request::RUN_RETURNED;
use lore_guest_tests::hooks::status;
use lore_guest_tests::{device, fixture, patient};
use lore_iface::GateError;
use rustix::thread::gettid;
use zerocopy::{FromBytes, IntoBytes};

/// What the fixture does; the order is that of `enum op` in `tests/fixtures/tasks.c`.
#[derive(Clone, Copy, Debug)]
#[repr(u64)]
enum Op {
    Start,
    Notes,
    Ask,
}

const NOTES: usize = 512;
/// The entry of the hook `run`, behind that of the tracepoint.
const RUN: u32 = 1;

/// A call, as the fixture notes it.
#[derive(Clone, Copy, Debug)]
struct Note {
    args: [i64; 4],
    current: i64,
    dropped: i64,
    kept: i64,
    cloned: i64,
    handle: i64,
}

struct Tasks(Extension);

impl Tasks {
    fn load(name: &str) -> Tasks {
        let file = fixture(name);
        Tasks(device().load(&file.image, &patient()).expect("it loads").0)
    }

    fn ask(&self, op: Op, operand: u64, output: &mut [u8]) -> u64 {
        let done = self.0.run(&mut Run {
            entry: RUN,
            repeat: 1,
            arg: op as u64,
            input: operand.as_bytes(),
            output,
        });
        let done = done.expect("the request is accepted");
        assert_eq!(done.ended, RUN_RETURNED, "{op:?}");
        done.result
    }

    /// Has calls of a tracepoint noted, whose arguments are tasks where bits of `tasks` are set.
    fn attach(&self, hook: &str, tasks: u64) -> Attached {
        self.ask(Op::Start, tasks, &mut []);
        self.0.attach(hook, None).expect(hook)
    }

    /// What was noted until now.
    fn notes(&self) -> Vec<Note> {
        let mut output = vec![0; NOTES * 72];
        let count = self.ask(Op::Notes, 0, &mut output) as usize;
        let note = |bytes: &[u8]| {
            let words = <[i64; 9]>::read_from_bytes(bytes).expect("nine words");
            let [a, b, c, d, current, dropped, kept, cloned, handle] = words;
            Note {
                args: [a, b, c, d],
                current,
                dropped,
                kept,
                cloned,
                handle,
            }
        };
        output.chunks_exact(72).take(count).map(note).collect()
    }
}

fn this_thread() -> i64 {
    i64::from(gettid().as_raw_nonzero().get())
}

/// Numbers of threads that came and went.
fn threads(count: usize) -> Vec<i64> {
    (0..count)
        .map(|_| std::thread::spawn(this_thread).join().expect("a thread"))
        .collect()
}

const LENT: i64 = -(GateError::OnlyLent as i64);
const BAD: i64 = -(GateError::BadHandle as i64);

#[test]
fn a_fork_lends_parent_and_child() {
    let tasks = Tasks::load("tasks");
    let attached = tasks.attach("tracepoint/sched_process_fork", 0b11);
    let children = threads(5);
    let notes = tasks.notes();
    for child in children {
        let mut mine = notes.iter().filter(|note| note.args[1] == child);
        let note = mine.next().expect("its fork");
        assert_eq!(note.args, [this_thread(), child, 0, 0]);
        assert_eq!(note.current, this_thread());
        // It is only lent; a clone of it is one's own.
        assert_eq!((note.dropped, note.kept), (LENT, LENT));
        assert_eq!(note.cloned, this_thread());
        assert!(
            note.handle > 0 && note.handle < 1 << 62,
            "no address: {note:x?}"
        );
        assert_eq!(tasks.ask(Op::Ask, note.handle as u64, &mut []) as i64, BAD);
    }
    device().detach(attached.id).expect("detach");
    assert_eq!(tasks.0.show().expect("show").leaks, 0);
}

#[test]
fn other_arguments_are_what_they_were() {
    let tasks = Tasks::load("tasks");
    let _attached = tasks.attach("tracepoint/task_newtask", 0b1);
    let children = threads(3);
    let notes = tasks.notes();
    for child in children {
        let note = notes.iter().find(|note| note.args[0] == child).expect("it");
        // The flags of a thread, and nothing behind the last argument.
        assert_eq!(
            (note.args[1] >> 16 & 1, note.args[2], note.args[3]),
            (1, 0, 0)
        );
        assert_eq!(note.cloned, child);
    }
}

#[test]
fn a_switch_lends_both_tasks_with_interrupts_masked() {
    let tasks = Tasks::load("tasks_metered");
    let attached = tasks.attach("tracepoint/sched_switch", 0b110);
    threads(50);
    // Other CPUs switch all the time: only when nothing runs any more is every note written to its end.
    device().detach(attached.id).expect("detach");
    let notes = tasks.notes();
    assert!(notes.len() >= 100, "{}", notes.len());
    for note in &notes {
        // Whoever is switched from is still the current task there; idle tasks have number 0.
        assert_eq!(note.args[1], note.current, "{note:?}");
        assert!(note.args[0] == 0 || note.args[0] == 1, "{note:?}");
        assert!(
            note.args[2] >= 0 && note.args[2] != note.args[1],
            "{note:?}"
        );
        assert_eq!((note.dropped, note.cloned), (LENT, note.current));
    }
    assert!(status(attached).is_none());
    assert_eq!(tasks.0.show().expect("show").faults, 0);
}

#[test]
fn what_was_lent_is_let_go() {
    let tasks = Tasks::load("tasks_metered");
    let points = [
        "sched_switch",
        "sched_process_exit",
        "sched_process_free",
        "sched_wakeup_new",
    ];
    for point in points {
        tasks
            .0
            .attach(&format!("tracepoint/{point}"), None)
            .expect(point);
    }
    // The description of a task alone has more than 2 KiB.
    assert_keeps_nothing(2, || {
        threads(1_000);
        1_000
    });
}
