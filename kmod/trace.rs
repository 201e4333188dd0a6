// SPDX-License-Identifier: GPL-2.0
//! The trace of an extension that was loaded to be traced: what it called, and what was answered.
//!
//! Such an image's slots lead to gates of their own (arena/mod.rs), which put a [`Call`] around the usual ones; nobody
//! else pays anything. Calls of all CPUs and levels are put in at once, and nobody waits for anybody:
//!
//! ```text
//!   slots    | turn, record | turn, record | ...     turn = position: free for the record of that position
//!                                                    turn = position + 1: full, until it is taken out
//! ```
//!
//! A call that finds its slot full is counted and has no record. What the reader gets are numbers that the extension
//! had itself, but for the upper half of addresses in its window, which is left out.

use crate::{entry::Activation, sys};
use core::pin::Pin;
use kernel::{
    new_mutex,
    prelude::*,
    sync::{
        atomic::{Acquire, Atomic, Relaxed, Release},
        Mutex,
    },
};
use lore_abi::trace::{Excerpt, TraceRecord, EXCERPTS, EXCERPT_MAX};
use lore_iface::{Answer, Gate, Kind};
use lore_sandbox::span::Claim;
use zerocopy::FromZeros;

/// Words of a record.
const WORDS: usize = size_of::<TraceRecord>() / 8;
/// Slots that may be somebody else's meanwhile, before a call counts as lost.
const TRIES: u32 = 64;

struct Slot {
    turn: Atomic<u64>,
    words: [Atomic<u64>; WORDS],
}

/// A trace.
///
/// # Invariants
///
/// There is a power of two of slots.
#[pin_data]
pub(crate) struct Trace {
    slots: KVVec<Slot>,
    produced: Atomic<u64>,
    lost: Atomic<u64>,
    #[pin]
    consumed: Mutex<u64>,
}

impl Trace {
    /// A trace with room for so many calls, or a few more. Sleeps.
    pub(crate) fn new(room: u32) -> Result<Pin<KBox<Trace>>> {
        let len = room.next_power_of_two();
        let mut slots = KVVec::with_capacity(len as usize, GFP_KERNEL_ACCOUNT)?;
        for turn in 0..len {
            let slot = Slot {
                turn: Atomic::new(u64::from(turn)),
                words: [const { Atomic::new(0) }; WORDS],
            };
            slots.push(slot, GFP_KERNEL_ACCOUNT)?;
        }
        // INVARIANT: As many as `len`.
        let trace = pin_init!(Trace {
            slots,
            produced: Atomic::new(0),
            lost: Atomic::new(0),
            consumed <- new_mutex!(0),
        });
        KBox::pin_init(trace, GFP_KERNEL_ACCOUNT)
    }

    fn slot(&self, position: u64) -> Option<&Slot> {
        let mask = (self.slots.len() as u64).wrapping_sub(1);
        self.slots.get((position & mask) as usize)
    }

    /// A slot of one's own, and the record's position.
    fn claim(&self) -> Option<(&Slot, u64)> {
        for _ in 0..TRIES {
            let at = self.produced.load(Relaxed);
            let slot = self.slot(at)?;
            if slot.turn.load(Acquire) == at {
                if self
                    .produced
                    .cmpxchg(at, at.wrapping_add(1), Relaxed)
                    .is_ok()
                {
                    return Some((slot, at));
                }
            } else if self.produced.load(Relaxed) == at {
                return None;
            }
        }
        None
    }

    /// In any context.
    fn put(&self, record: &TraceRecord) {
        let Some((slot, at)) = self.claim() else {
            self.lost.add(1u64, Relaxed);
            return;
        };
        let words: [u64; WORDS] = zerocopy::transmute!(*record);
        for (to, word) in slot.words.iter().zip(words) {
            to.store(word, Relaxed);
        }
        slot.turn.store(at.wrapping_add(1), Release);
    }

    /// Gives the oldest record away, which is taken out only if that succeeds. `false` if there is none, or if its call is
    /// under way. Sleeps.
    pub(crate) fn take(&self, give: impl FnOnce(&TraceRecord) -> Result) -> Result<bool> {
        let mut consumed = self.consumed.lock();
        let at = *consumed;
        let Some(slot) = self.slot(at) else {
            return Ok(false);
        };
        if slot.turn.load(Acquire) != at.wrapping_add(1) {
            return Ok(false);
        }
        let mut words = [0; WORDS];
        for (to, word) in words.iter_mut().zip(&slot.words) {
            *to = word.load(Relaxed);
        }
        give(&zerocopy::transmute!(words))?;
        let next_turn = at.wrapping_add(self.slots.len() as u64);
        slot.turn.store(next_turn, Release);
        *consumed = at.wrapping_add(1);
        Ok(true)
    }

    /// Calls that have no record.
    pub(crate) fn lost(&self) -> u64 {
        self.lost.load(Relaxed)
    }
}

/// A call of a gate that is under way.
pub(crate) struct Call {
    gate: Gate,
    record: TraceRecord,
}

/// Memory that a gate is given the address of.
#[derive(Clone, Copy)]
struct Memory {
    claim: Claim,
    /// The gate writes there, and answers how much.
    written: bool,
}

// The room for excerpts is enough for each gate.
const _: () = {
    let mut gate = 0;
    while gate < Gate::ALL.len() {
        let signature = Gate::ALL[gate].signature();
        let mut count = matches!(
            signature.answer,
            Answer::Bytes | Answer::Text | Answer::Record(_)
        ) as usize;
        let mut param = 0;
        while param < signature.params.len() {
            let kind = signature.params[param].1;
            count += matches!(kind, Kind::Bytes(_) | Kind::Text(_) | Kind::Record(_)) as usize;
            param += 1;
        }
        assert!(count <= EXCERPTS);
        gate += 1;
    }
};

/// Takes the registers of a call one by one, as its signature wants them.
struct Cursor<'a> {
    from: core::slice::Iter<'a, u64>,
    /// What was taken, and zeros.
    kept: [u64; 7],
    memory: [Option<Memory>; EXCERPTS],
    /// Where addresses in the window begin, and how many there are.
    base: u64,
    len: u64,
}

impl Cursor<'_> {
    fn next(&mut self) -> u64 {
        let index = 7usize.saturating_sub(self.from.len());
        let Some(value) = self.from.next() else {
            return 0;
        };
        let visible = self.visible(*value);
        if let Some(kept) = self.kept.get_mut(index) {
            *kept = visible;
        }
        *value
    }

    /// A number, as an offset if it is an address of the window.
    fn visible(&self, value: u64) -> u64 {
        let at = value.wrapping_sub(self.base);
        match at < self.len {
            true => at,
            false => value,
        }
    }

    fn memory(&mut self, len: Option<u64>, written: bool) {
        let addr = self.next();
        let len = len.unwrap_or_else(|| self.next());
        let claim = Claim { addr, len };
        if let Some(free) = self.memory.iter_mut().find(|memory| memory.is_none()) {
            *free = Some(Memory { claim, written });
        }
    }
}

fn cut<'a>(activation: &Activation, gate: Gate, x: &'a [u64; 7]) -> Cursor<'a> {
    let signature = gate.signature();
    let mut cursor = Cursor {
        from: x.iter(),
        kept: [0; 7],
        memory: [None; EXCERPTS],
        base: activation.extension().window.seen(),
        len: activation.extent().size(),
    };
    for (_, kind) in signature.params {
        match kind {
            Kind::Bytes(_) | Kind::Text(_) => cursor.memory(None, false),
            Kind::Record(record) => cursor.memory(Some(record.size as u64), false),
            Kind::Number(..) | Kind::Bool | Kind::Enum(_) | Kind::Borrow(_) | Kind::Own(_) => {
                cursor.next();
            }
        }
    }
    match signature.answer {
        Answer::Bytes | Answer::Text => cursor.memory(None, true),
        Answer::Record(record) => cursor.memory(Some(record.size as u64), true),
        Answer::Nothing | Answer::Number(_) | Answer::Bool | Answer::Own(_) => {}
    }
    cursor
}

/// As much of a range of the window as an excerpt takes, if it is mapped.
fn excerpt(activation: &Activation, claim: Claim) -> Excerpt {
    let mut excerpt = Excerpt::new_zeroed();
    let len = claim.len.min(EXCERPT_MAX as u64);
    // All of it must be a span, as the gate wants it.
    let window = activation.extent();
    let (Ok(_), Ok(head)) = (claim.check(window), Claim { len, ..claim }.check(window)) else {
        return excerpt;
    };
    let Some(to) = excerpt.bytes.get_mut(..len as usize) else {
        return excerpt;
    };
    if activation.extension().window.copy_in(to, head) {
        (excerpt.len, excerpt.read) = (head.len(), 1);
    }
    excerpt
}

impl Call {
    /// Before the gate does anything.
    #[inline(never)]
    pub(crate) fn begin(activation: &Activation, gate: Gate, x: [u64; 7]) -> Call {
        let cursor = cut(activation, gate, &x);
        let mut record = TraceRecord {
            time_ns: sys::time_ns(),
            gate: gate.number(),
            hook: activation.hook().map_or(0, |hook| hook.number()),
            cpu: activation.cpu(),
            args: cursor.kept,
            ..TraceRecord::new_zeroed()
        };
        for (to, memory) in record.excerpts.iter_mut().zip(cursor.memory) {
            if let Some(Memory {
                claim,
                written: false,
            }) = memory
            {
                *to = excerpt(activation, claim);
            }
        }
        Call { gate, record }
    }

    /// When it has answered. Registers are read anew, since memory that was written is found by them.
    #[inline(never)]
    pub(crate) fn end(mut self, activation: &Activation, x: [u64; 7], result: u64) {
        let signature = self.gate.signature();
        let cursor = cut(activation, self.gate, &x);
        let refused = signature.fallible && (result as i64) < 0;
        for (to, memory) in self.record.excerpts.iter_mut().zip(cursor.memory) {
            let Some(Memory {
                mut claim,
                written: true,
            }) = memory
            else {
                continue;
            };
            if refused {
                continue;
            }
            if matches!(signature.answer, Answer::Bytes | Answer::Text) {
                claim.len = claim.len.min(result);
            }
            *to = excerpt(activation, claim);
        }
        self.record.result = cursor.visible(result);
        self.record.ended = activation.ends().map_or(0, |kind| kind.number());
        if let Some(trace) = &activation.extension().trace {
            trace.put(&self.record);
        }
    }
}
