// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! A stand-in of the kernel, for tests of an extension on the host.
//!
//! ```
//! use lore::host::{Call, Host, Reply};
//! use lore::{GateError, Run, Task};
//!
//! #[lore::run]
//! fn whose(run: &mut Run) -> Result<i64, GateError> {
//!     let pid = Task::current()?.pid()?;
//!     lore::info!("task {pid}");
//!     Ok(pid.into())
//! }
//!
//! let host = Host::new();
//! host.answer(|call| match call {
//!     Call::TaskCurrent => Some(Reply::from(1u64)),
//!     Call::TaskPid { this: 1 } => Some(Reply::from(42u32)),
//!     _ => None,
//! });
//! assert_eq!(host.run(whose, b"", 0).answer, Ok(42));
//! assert_eq!(host.logged(), ["task 42"]);
//! // Handles give themselves back.
//! assert!(host.calls().contains(&Call::TaskDrop { task: 1 }));
//! ```
//!
//! Every call of a gate is remembered, and answered by what the test has said, else by the stand-in where it can: it has a
//! log, clocks that move on by themselves, counters, locks, events, and packets. A call that nobody answers is a panic
//! that says so. The state is the thread's, so tests do not disturb each other.

#[rustfmt::skip]
pub(crate) mod gates;
mod kernel;
mod packets;
mod reply;

pub use gates::Call;
pub use reply::Reply;

use crate::handle::Lent;
use crate::{Packet, PacketInfo, RawRun, Run};
use std::marker::PhantomData;

/// The stand-in of this thread; a new one knows nothing of what was before.
#[derive(Debug)]
pub struct Host(PhantomData<*mut ()>);

/// What came of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ran<A> {
    /// What the entry answered.
    pub answer: A,
    /// What it wrote.
    pub output: Vec<u8>,
}

/// Room for a run's output.
const OUTPUT_MAX: usize = 65536;

impl Host {
    /// A kernel that has just started.
    #[expect(
        clippy::new_without_default,
        reason = "it begins anew what the thread has"
    )]
    pub fn new() -> Host {
        kernel::reset();
        Host(PhantomData)
    }

    /// Has a function answer calls, until another one does: `None` leaves it to the stand-in.
    pub fn answer(&self, script: impl FnMut(&Call) -> Option<Reply> + 'static) {
        kernel::with(|kernel| kernel.script = Some(Box::new(script)));
    }

    /// All calls so far.
    pub fn calls(&self) -> Vec<Call> {
        kernel::with(|kernel| kernel.calls.clone())
    }

    /// All lines of the log so far.
    pub fn logged(&self) -> Vec<String> {
        let line = |call| match call {
            Call::Log { text, .. } => Some(text),
            _ => None,
        };
        self.calls().into_iter().filter_map(line).collect()
    }

    /// All events that were submitted.
    pub fn events(&self) -> Vec<Vec<u8>> {
        kernel::with(|kernel| kernel.events.clone())
    }

    /// What a counter has come to.
    pub fn counter(&self, counter: u32) -> u64 {
        kernel::with(|kernel| kernel.counters.get(counter as usize).copied().unwrap_or(0))
    }

    /// Runs an entry of the hook `run`.
    pub fn run<A>(&self, entry: impl FnOnce(&mut Run<'_>) -> A, input: &[u8], arg: u64) -> Ran<A> {
        let mut output = vec![0; OUTPUT_MAX];
        let mut raw = RawRun::new(input, &mut output, arg);
        // SAFETY: Input and output outlive the run, and nobody else uses them.
        let answer = entry(&mut unsafe { Run::from_raw(&raw mut raw) });
        let len = raw.written();
        output.truncate(len);
        Ran { answer, output }
    }

    /// Calls an entry for a packet that begins with its network header; what became of its bytes is in the output.
    pub fn packet<A>(&self, bytes: &[u8], entry: impl FnOnce(&Packet) -> A) -> Ran<A> {
        self.packet_of(
            bytes,
            PacketInfo {
                protocol: 0x0800,
                device: 1,
                ..PacketInfo::default()
            },
            entry,
        )
    }

    /// Calls an entry for a packet of which the kernel knows this; the length is the bytes'.
    pub fn packet_of<A>(
        &self,
        bytes: &[u8],
        info: PacketInfo,
        entry: impl FnOnce(&Packet) -> A,
    ) -> Ran<A> {
        let handle = kernel::with(|kernel| kernel.packets.lend(bytes, info));
        // SAFETY: The stand-in has just given it out; it is given back behind the call.
        let packet: Lent<'_, Packet> = unsafe { Lent::from_raw(handle) };
        let answer = entry(&packet);
        let output = kernel::with(|kernel| kernel.packets.give_back(handle));
        Ran { answer, output }
    }
}
