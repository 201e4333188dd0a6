// SPDX-License-Identifier: GPL-2.0
//! One entry, or a pair, attached to one place of the kernel.
//!
//! ```text
//!   attach: listed -> armed -> the hook calls fire() ... -> disarmed (nobody calls any more) -> unlisted
//! ```
//!
//! A fault makes it dead at once: `fire` does nothing from then on. The work item files the record and disarms.

use super::{
    context::{levels, may_be_masked},
    Armed, Kind,
};
use crate::{
    entry::{self, Fired, Pending, Seats, Word},
    extension::Extension,
    object::{Kind as ObjectKind, Objects},
    refused::Refused,
    sys,
};
use kernel::{
    new_mutex,
    prelude::*,
    sync::{
        atomic::{Atomic, Relaxed},
        Arc, Mutex,
    },
};
use lore_abi::{
    attach::{AttachmentState, AttachmentStatus, HOOK_NAME_MAX, WARN_MASKED},
    refusal::Reason,
};

/// What of an attachment the hook holds.
enum Arms {
    /// Not yet.
    None,
    /// The hook calls.
    Armed(Armed),
    /// Never again.
    Closed,
}

/// An attachment.
#[pin_data]
pub(crate) struct Attachment {
    // First, so that nobody calls when the rest goes.
    #[pin]
    arms: Mutex<Arms>,
    pub(super) id: u64,
    pub(super) kind: &'static Kind,
    name: [u8; HOOK_NAME_MAX],
    entry: u32,
    pub(super) extension: Arc<Extension>,
    /// Of the entry; for the hook `function`, of the entry of the hook `return` if the first is of that too.
    first: Option<Seats>,
    second: Option<Seats>,
    pending: Pending,
    /// Not 0 once it is not to run any more; `state` says why.
    stopped: Word,
    /// Which arguments are tasks that are lent, as bits; of tracepoints only.
    tasks: Word,
    state: Atomic<u32>,
    skips: Atomic<u64>,
    cancellations: Atomic<u64>,
}

/// The entries that an attachment calls: of the hook's kind, and of the hook `return` for functions.
#[derive(Clone, Copy)]
pub(super) struct Entries {
    pub(super) first: Option<u32>,
    pub(super) second: Option<u32>,
}

impl Attachment {
    pub(super) fn new(
        id: u64,
        kind: &'static Kind,
        name: [u8; HOOK_NAME_MAX],
        extension: Arc<Extension>,
        entries: Entries,
    ) -> Result<Arc<Attachment>, Refused> {
        let any = entries.first.or(entries.second);
        let entry = any.ok_or(Refused::because(Reason::NoSuchEntry))?;
        let levels = levels(kind.context, extension.is_metered());
        let prepare = |entry| Seats::new(&extension, entry, levels);
        let first = entries.first.map(prepare).transpose()?;
        let second = entries.second.map(prepare).transpose()?;
        let pending = Pending::new(&extension, entry)?;
        let new = pin_init!(Attachment {
            arms <- new_mutex!(Arms::None),
            id,
            kind,
            name,
            entry,
            extension,
            first,
            second,
            pending,
            stopped: Word::new(0),
            tasks: Word::new(0),
            state: Atomic::new(AttachmentState::Live.number()),
            skips: Atomic::new(0),
            cancellations: Atomic::new(0),
        });
        Ok(Arc::pin_init(new, GFP_KERNEL_ACCOUNT)?)
    }

    /// The entry that it calls, the first of them.
    pub(super) fn entry(&self) -> u32 {
        self.entry
    }

    /// Whether it has an entry for the hook itself, and one for the hook `return`.
    pub(super) fn sides(&self) -> (bool, bool) {
        (self.first.is_some(), self.second.is_some())
    }

    /// Lets the hook call, unless it was ended meanwhile.
    pub(super) fn arm(&self, arm: impl FnOnce() -> Result<Armed, Refused>) -> Result<(), Refused> {
        let mut arms = self.arms.lock();
        match *arms {
            Arms::None => {
                *arms = Arms::Armed(arm()?);
                Ok(())
            }
            Arms::Armed(_) | Arms::Closed => Err(Refused::because(Reason::NoSuchAttachment)),
        }
    }

    /// Ends it: when this returns, nobody calls it any more. The first reason stays.
    pub(super) fn disarm(&self, state: AttachmentState) {
        self.stop(state);
        // Under the lock, so that whoever comes second waits too: the device may be gone afterwards.
        *self.arms.lock() = Arms::Closed;
    }

    /// Has it run no more from now on.
    fn stop(&self, state: AttachmentState) {
        let live = AttachmentState::Live.number();
        // An error: another reason was first, and stays.
        let _ = self.state.cmpxchg(live, state.number(), Relaxed);
        self.stopped.set(1);
        self.leave_straight();
    }

    /// Whether what it is attached to fits a test.
    pub(super) fn is_at(&self, test: impl Fn(&Armed) -> bool) -> bool {
        match &*self.arms.lock() {
            Arms::Armed(armed) => test(armed),
            Arms::None | Arms::Closed => false,
        }
    }

    /// The hook calls the entry; the result, unless the default is to be taken.
    #[inline(always)]
    pub(crate) fn fire<const N: usize>(&self, args: [u64; N]) -> Option<u64> {
        self.fire_one(&self.first, |_| args)
    }

    /// As [`Attachment::fire`], with an object that is lent for the activation. Without room for it there is none.
    #[inline(always)]
    pub(crate) fn fire_lending(&self, object: impl ObjectKind) -> Option<u64> {
        self.fire_one(&self.first, |objects| [objects.lend(object).unwrap_or(0)])
    }

    /// As [`Attachment::fire`], for the hook `return`.
    #[inline(always)]
    pub(crate) fn fire_return(&self, result: u64) {
        let _ = self.fire_one(&self.second, |_| [result]);
    }

    /// As [`Attachment::fire`], with arguments that are made when it is sure that it is called.
    #[inline(always)]
    pub(super) fn fire_giving<const N: usize>(
        &self,
        give: impl FnOnce(&mut Objects) -> [u64; N],
    ) -> Option<u64> {
        self.fire_one(&self.first, give)
    }

    /// Which arguments are tasks that are lent, as bits.
    #[inline(always)]
    pub(super) fn tasks(&self) -> u64 {
        self.tasks.get()
    }

    /// Has arguments lent from now on, which the straight way does not do. Before it is armed.
    pub(super) fn lend_tasks(&self, tasks: u64) {
        self.tasks.set(tasks);
        if tasks != 0 {
            self.leave_straight();
        }
    }

    #[inline(always)]
    fn fire_one<const N: usize>(
        &self,
        seats: &Option<Seats>,
        give: impl FnOnce(&mut Objects) -> [u64; N],
    ) -> Option<u64> {
        if self.stopped.get() != 0 {
            return None;
        }
        let fired = seats.as_ref()?.fire(give, &self.pending);
        self.came_to(fired)
    }

    #[inline(always)]
    fn came_to(&self, fired: Fired) -> Option<u64> {
        match fired {
            Fired::Returned(result) => Some(result),
            Fired::Skipped => {
                self.skips.add(1u64, Relaxed);
                None
            }
            Fired::Cancelled => {
                self.cancelled();
                None
            }
        }
    }

    /// Sends all calls the long way from now on.
    fn leave_straight(&self) {
        for seats in [&self.first, &self.second].into_iter().flatten() {
            seats.ready().clear();
        }
    }

    /// What tracepoints call straight. Every attachment of one has it.
    pub(crate) fn straight(&self) -> Option<&Seats> {
        self.first.as_ref()
    }

    /// What is left to do of an activation that a tracepoint has called straight.
    pub(crate) fn after_straight(&self, finish: impl FnOnce(&Pending) -> Fired) {
        let _ = self.came_to(finish(&self.pending));
    }

    #[cold]
    #[inline(never)]
    fn cancelled(&self) {
        self.cancellations.add(1u64, Relaxed);
        self.extension.counts.faults.add(1u64, Relaxed);
        if self.extension.is_detached() {
            self.stop(AttachmentState::Faults);
        }
        sys::work::kick();
    }

    /// In a task, after a fault: files the record, and ends what the policy says.
    pub(super) fn look_after(&self) {
        // Without memory for it, a record is one of the lost.
        let kept = self.pending.take();
        let unmade = u64::from(matches!(kept, Some(Err(_))));
        let fault = kept.and_then(Result::ok);
        self.extension
            .file_late(fault.as_deref(), self.pending.take_lost() + unmade);
        if self.extension.is_detached() {
            self.disarm(AttachmentState::Faults);
        }
    }

    fn sum(&self, of: fn(&Seats) -> u64) -> u64 {
        let each = [&self.first, &self.second];
        each.into_iter().flatten().map(of).sum()
    }

    /// Leaves its counts with the extension, when it goes.
    pub(super) fn fold(&self) {
        let counts = &self.extension.counts;
        let [runs, skips, ns] = self.counts();
        counts.runs.add(runs, Relaxed);
        counts.skips.add(skips, Relaxed);
        counts.time_ns.add(ns, Relaxed);
    }

    /// Runs, skips, nanoseconds inside.
    pub(super) fn counts(&self) -> [u64; 3] {
        let ns = entry::ticks_ns(self.sum(Seats::ticks));
        [self.sum(Seats::runs), self.skips.load(Relaxed), ns]
    }

    /// Kernel objects that its activations hold now. Sleeps.
    fn held(&self) -> u64 {
        entry::held(|activation| {
            let mut each = [&self.first, &self.second].into_iter().flatten();
            each.any(|seats| seats.has(activation))
        })
    }

    /// Sleeps.
    pub(crate) fn status(&self) -> AttachmentStatus {
        let [runs, skips, time_ns] = self.counts();
        AttachmentStatus {
            id: self.id,
            extension: self.extension.id,
            name: self.extension.name,
            hook: self.name,
            kind: self.kind.hook.number(),
            entry: self.entry,
            state: self.state.load(Relaxed),
            warnings: self.warnings(),
            runs,
            cancellations: self.cancellations.load(Relaxed),
            skips,
            time_ns,
            held: self.held(),
        }
    }

    /// `WARN_*`.
    pub(super) fn warnings(&self) -> u32 {
        if may_be_masked(self.kind.context) && !self.extension.is_metered() {
            WARN_MASKED
        } else {
            0
        }
    }
}
