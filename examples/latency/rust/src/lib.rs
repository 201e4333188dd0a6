// SPDX-License-Identifier: GPL-2.0
//! How long tasks wait for a CPU: a histogram in the heap, which a program reads live, and an event for each wait that is
//! longer than all before.
//!
//! `sched_switch` is called under the scheduler's lock, with interrupts masked, whenever a CPU goes from one task to another.
//! A task that leaves the CPU though it could go on begins to wait; when it leaves the next time, its wait was over as that
//! CPU's last switch came.
#![no_std]
#![forbid(unsafe_code)]

extern crate alloc;

#[path = "../../histogram.rs"]
mod histogram;
mod table;

use alloc::boxed::Box;
use core::fmt::Write;
use core::sync::atomic::{AtomicU64, Ordering::Relaxed};
use histogram::Histogram;
use lore::shared::{shared, Ptr};
use lore::{counter_add, cpu_id, time_now, Event, GateError, Run, Task, Text, Tracepoint};
use once_cell::race::OnceBox;
use table::Waiting;

/// Counter 0: switches; each CPU has its own.
const SWITCHES: u32 = 0;
/// CPUs with a higher number share.
const CPUS: usize = 256;
/// `prev_state` of a task that could go on.
const RUNNING: u64 = 0;

static HISTOGRAM: OnceBox<Histogram> = OnceBox::new();
/// When each CPU went over to the task that it runs.
static SINCE: [AtomicU64; CPUS] = [const { AtomicU64::new(0) }; CPUS];
static WAITING: Waiting = Waiting::new();

/// Arguments of `sched_switch`: preempted, previous task, next task, previous task's state. Tasks are hidden; the current
/// one is the previous one.
///
/// A task that cannot be read is not measured.
#[lore::tracepoint("sched_switch")]
fn switched(arguments: &Tracepoint) -> Result<(), GateError> {
    let state = arguments[3];
    let (now, histogram) = (time_now(), histogram());
    histogram.switches.fetch_add(1, Relaxed);
    counter_add(SWITCHES, 1)?;
    let began = SINCE[cpu_id() as usize % CPUS].swap(now, Relaxed);
    let pid = Task::current()?.pid()?;
    // What runs when nothing else does waits for nobody.
    if pid == 0 {
        return Ok(());
    }
    if let Some(wait) = WAITING.take(pid, began) {
        count(histogram, pid, wait);
    }
    if state == RUNNING {
        WAITING.put(pid, now);
    }
    Ok(())
}

fn count(histogram: &Histogram, pid: u32, wait: u64) {
    // Below 64, so nothing can go wrong.
    histogram.waits[(63 - (wait | 1).leading_zeros()) as usize].fetch_add(1, Relaxed);
    if histogram.longest.fetch_max(wait, Relaxed) < wait {
        let mut text = Text::new();
        // It is short enough; without a reader it is lost and counted.
        let _ = write!(text, "task {pid} waited {wait} ns");
        let _ = Event::send(text.as_str().as_bytes());
    }
}

/// Entry 1, by `lore run` or a program: where the histogram is, as an offset in the window.
#[lore::run]
fn root(_run: &mut Run) -> i64 {
    i64::from(Ptr::of(histogram()).offset())
}

/// The one histogram, made by whoever comes first.
fn histogram() -> &'static Histogram {
    HISTOGRAM.get_or_init(|| {
        Box::new(Histogram {
            switches: AtomicU64::new(0),
            longest: AtomicU64::new(0),
            waits: [const { AtomicU64::new(0) }; 64],
        })
    })
}
