// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! The state of the stand-in, and what it answers by itself.

use super::packets::Packets;
use super::{Call, Reply};
use crate::GateError;
use std::cell::RefCell;
use std::collections::BTreeSet;

/// As many as an extension has.
const COUNTERS: usize = 64;
/// What the clocks show first; each look moves them on.
const NOW_FIRST: u64 = 1_000_000_000;
const NOW_STEP: u64 = 1_000;

/// What a test has said.
pub(super) type Script = Box<dyn FnMut(&Call) -> Option<Reply>>;

#[derive(Default)]
pub(super) struct Kernel {
    pub(super) calls: Vec<Call>,
    pub(super) script: Option<Script>,
    pub(super) packets: Packets,
    pub(super) events: Vec<Vec<u8>>,
    pub(super) counters: Vec<u64>,
    event: Option<Box<[u8]>>,
    /// Words of locks that are held; the word is the handle.
    locks: BTreeSet<u64>,
    looks: u64,
}

thread_local! {
    static KERNEL: RefCell<Kernel> = RefCell::new(Kernel::new());
}

pub(super) fn with<T>(act: impl FnOnce(&mut Kernel) -> T) -> T {
    KERNEL.with_borrow_mut(act)
}

pub(super) fn reset() {
    with(|kernel| *kernel = Kernel::new());
}

/// Remembers a call and answers it. The script runs while nothing is borrowed, so it may ask the stand-in too.
pub(super) fn answered(call: Call) -> Reply {
    let script = with(|kernel| {
        kernel.calls.push(call.clone());
        kernel.script.take()
    });
    if let Some(mut script) = script {
        let reply = script(&call);
        with(|kernel| {
            kernel.script.get_or_insert(script);
        });
        if let Some(reply) = reply {
            return reply;
        }
    }
    // An end is a panic, outside of the borrow.
    if let Call::Abort { code, text } = &call {
        panic!("the extension ended its activation with code {code}: {text}");
    }
    let reply = with(|kernel| {
        kernel
            .packets
            .answer(&call)
            .or_else(|| kernel.answer(&call))
    });
    reply.unwrap_or_else(|| {
        panic!(
            "nothing answers the gate {}: have Host::answer say what {call:?} gives",
            call.gate()
        )
    })
}

impl Kernel {
    fn new() -> Kernel {
        Kernel {
            counters: vec![0; COUNTERS],
            ..Kernel::default()
        }
    }

    fn answer(&mut self, call: &Call) -> Option<Reply> {
        Some(match call {
            Call::Log { level, text } => {
                println!("{level:?}: {text}");
                Reply::from(())
            }
            Call::TimeNow | Call::TimeWall => {
                self.looks += 1;
                Reply::from(NOW_FIRST + self.looks * NOW_STEP)
            }
            Call::CpuId => Reply::from(0u32),
            Call::CounterAdd { counter, by } => match self.counters.get_mut(*counter as usize) {
                Some(sum) => {
                    *sum = sum.wrapping_add(*by);
                    Reply::from(())
                }
                None => Reply::from(GateError::BadValue),
            },
            Call::CounterSum { counter } => {
                let sum = self.counters.get(*counter as usize).copied();
                Reply::from(sum.ok_or(GateError::BadValue))
            }
            Call::LockTake { word } if self.locks.insert(*word) => Reply::from(*word),
            Call::LockTake { .. } => Reply::from(GateError::Deadlock),
            Call::LockDrop { lock } => {
                self.locks.remove(lock);
                Reply::from(())
            }
            Call::EventReserve { .. } | Call::EventSubmit | Call::EventDiscard => self.event(call),
            Call::TaskDrop { .. } | Call::SocketDrop { .. } | Call::TimerDrop { .. } => {
                Reply::from(())
            }
            _ => return None,
        })
    }

    fn event(&mut self, call: &Call) -> Reply {
        match call {
            Call::EventReserve { len } if self.event.is_none() => {
                let event = self.event.insert(vec![0; *len as usize].into());
                Reply::from(event.as_mut_ptr().expose_provenance() as u64)
            }
            Call::EventSubmit => match self.event.take() {
                Some(event) => {
                    self.events.push(event.into());
                    Reply::from(())
                }
                None => Reply::from(GateError::NoEvent),
            },
            Call::EventDiscard if self.event.take().is_some() => Reply::from(()),
            _ => Reply::from(GateError::NoEvent),
        }
    }
}
