// SPDX-License-Identifier: GPL-2.0
//! The record of one run of an extension on one CPU: on the kernel stack of a run request, or prepared for each seat by
//! an attachment. A CPU has one at most at each level, in its seat.

use crate::{
    extension::Extension,
    gate::args::Text,
    heap::{Held, Ring},
    object::Objects,
    sys::{bindings, packet::Packet},
};
use core::{cell::Cell, mem::offset_of};
use kernel::{
    prelude::*,
    sync::atomic::{Atomic, Relaxed},
};
use lore_abi::{fault::FaultKind, image::Hook};
use lore_sandbox::{span::WindowSpan, window::Extent};

/// On whose behalf an activation runs.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum RunsFor {
    /// The current task, which asked for it: it ends when that is killed.
    Task,
    /// Whoever comes by the hook.
    Hook,
}

/// Registers that hold arguments of an entry.
pub(crate) const ARGS_MAX: usize = bindings::LORE_ARGS_MAX as usize;

/// The first fields are crossing.S's, at the offsets of crossing.h. An activation is used for many runs in a row.
///
/// # Invariants
///
/// `extension` is valid while the activation is, and the addresses are of its region, window and entry.
#[repr(C)]
pub(crate) struct Activation {
    pub(super) shadow: u64,
    pub(super) stack: u64,
    pub(super) base: u64,
    pub(super) entry: u64,
    args: [u64; ARGS_MAX],
    pub(super) start: Atomic<u64>,
    /// [`FaultKind`] number once the activation must end at its next chance.
    pub(super) cancel: Atomic<u64>,
    pub(super) gate_shadow: u64,
    pub(super) gate_stack: u64,
    gate_fp: u64,
    gate_to: Atomic<u64>,
    pub(super) link: Atomic<u64>,
    pub(super) ended: u64,
    pub(super) registers: [u64; 31],
    /// Registers are cleared two at a time by a load of these.
    zeros: [u64; 2],
    /// x9 at entry: the fuel, or if the image is not metered the window's base, which a biased base is made of.
    fuel: u64,
    gate_fuel: u64,
    /// The event that it has begun and not submitted.
    pub(crate) record: Held,
    /// Fuel that a gate takes, if the image is metered.
    charge: u64,
    gate_back: Atomic<u64>,

    /// Counter ticks that a run may take.
    pub(super) budget: u64,
    pub(super) region: u64,
    pub(super) region_len: u64,
    pub(super) entry_index: u32,
    extension: *const Extension,
    /// The window's first byte; for the code it is at `base`.
    window: u64,
    /// Where it sees it there, or null if that is the same.
    pub(super) low: *const bindings::lore_low,
    extent: Extent,
    /// What it holds: the seat's table.
    pub(super) objects: *mut Objects,
    /// The extension's ring of events, or null.
    ring: *const Ring,
    pub(super) abort_code: Cell<u64>,
    pub(super) abort_text: Cell<Option<Text>>,
    pub(super) cpu: u32,
    /// Whether it runs for the current task, and so ends when that is killed.
    pub(super) for_task: bool,
}

const _: () = assert!(offset_of!(Activation, shadow) == bindings::LORE_ACT_SHADOW as usize);
const _: () = assert!(offset_of!(Activation, stack) == bindings::LORE_ACT_STACK as usize);
const _: () = assert!(offset_of!(Activation, base) == bindings::LORE_ACT_BASE as usize);
const _: () = assert!(offset_of!(Activation, entry) == bindings::LORE_ACT_ENTRY as usize);
const _: () = assert!(offset_of!(Activation, args) == bindings::LORE_ACT_ARGS as usize);
const _: () = assert!(offset_of!(Activation, start) == bindings::LORE_ACT_START as usize);
const _: () = assert!(offset_of!(Activation, cancel) == bindings::LORE_ACT_CANCEL as usize);
const _: () =
    assert!(offset_of!(Activation, gate_shadow) == bindings::LORE_ACT_GATE_SHADOW as usize);
const _: () = assert!(offset_of!(Activation, gate_stack) == bindings::LORE_ACT_GATE_STACK as usize);
const _: () = assert!(offset_of!(Activation, gate_fp) == bindings::LORE_ACT_GATE_FP as usize);
const _: () = assert!(offset_of!(Activation, link) == bindings::LORE_ACT_LINK as usize);
const _: () = assert!(offset_of!(Activation, ended) == bindings::LORE_ACT_ENDED as usize);
const _: () = assert!(offset_of!(Activation, registers) == bindings::LORE_ACT_REGS as usize);
const _: () = assert!(offset_of!(Activation, zeros) == bindings::LORE_ACT_ZEROS as usize);
const _: () = assert!(offset_of!(Activation, fuel) == bindings::LORE_ACT_FUEL as usize);
const _: () = assert!(offset_of!(Activation, gate_fuel) == bindings::LORE_ACT_GATE_FUEL as usize);
const _: () = assert!(offset_of!(Activation, record) == bindings::LORE_ACT_RECORD as usize);
// Loaded in pairs.
const _: () = assert!(offset_of!(Activation, fuel) == offset_of!(Activation, zeros) + 16);
const _: () = assert!(offset_of!(Activation, gate_to) == bindings::LORE_ACT_GATE_TO as usize);
const _: () = assert!(offset_of!(Activation, gate_back) == bindings::LORE_ACT_GATE_BACK as usize);
const _: () = assert!(offset_of!(Activation, charge) == bindings::LORE_ACT_CHARGE as usize);
const _: () = assert!(FaultKind::Time.number() == bindings::LORE_CANCEL_TIME);

impl Activation {
    /// An activation of `entry`, for the current task or for whoever comes by the hook.
    pub(crate) fn new(extension: &Extension, entry: u32, runs_for: RunsFor) -> Result<Activation> {
        let at = extension.entries.get(entry as usize).ok_or(EINVAL)?.at;
        let region = extension.region.start() as u64;
        // INVARIANT: `Extension` vouches for its entries; `extension` outlives the activation, since `entry::run` takes
        // both and an activation alone does nothing.
        Ok(Activation {
            shadow: 0,
            stack: 0,
            base: extension.window.seen(),
            entry: region + u64::from(at),
            args: [0; ARGS_MAX],
            start: Atomic::new(0),
            cancel: Atomic::new(0),
            gate_shadow: 0,
            gate_stack: 0,
            gate_fp: 0,
            gate_to: Atomic::new(0),
            link: Atomic::new(0),
            ended: 0,
            registers: [0; 31],
            zeros: [0; 2],
            fuel: extension
                .fuel
                .map_or(extension.window.seen(), |fuel| fuel.at_entry),
            gate_fuel: 0,
            record: Held::none(),
            charge: extension.fuel.map_or(0, |fuel| fuel.per_gate.into()),
            gate_back: Atomic::new(0),
            budget: extension.budget_ticks,
            region,
            region_len: u64::from(extension.region.len()),
            entry_index: entry,
            extension,
            window: extension.window.base(),
            low: extension
                .window
                .low()
                .map_or(core::ptr::null(), |low| low.as_ptr()),
            extent: extension.window.extent(),
            objects: core::ptr::null_mut(),
            ring: extension
                .window
                .ring()
                .map_or(core::ptr::null(), |ring| ring),
            abort_code: Cell::new(0),
            abort_text: Cell::new(None),
            cpu: 0,
            for_task: runs_for == RunsFor::Task,
        })
    }

    /// What the entry finds in x0 and the registers behind it; the rest of the eight keep what they were given last.
    pub(crate) fn give<const N: usize>(&mut self, args: [u64; N]) {
        const { assert!(N <= ARGS_MAX) };
        for (to, from) in self.args.iter_mut().zip(args) {
            *to = from;
        }
    }

    /// The extension that runs.
    pub(crate) fn extension(&self) -> &Extension {
        // SAFETY: By the type's invariant.
        unsafe { &*self.extension }
    }

    /// Copies as much of a packet to the window as the span takes; how many bytes.
    #[inline(always)]
    pub(crate) fn copy_packet_out(
        &self,
        packet: &Packet,
        offset: u32,
        to: WindowSpan,
    ) -> Result<u32> {
        // SAFETY: The span was checked against this window.
        unsafe {
            packet.copy_out(
                offset,
                self.window.wrapping_add(to.start().into()),
                to.len(),
            )
        }
    }

    /// How large its window is.
    #[inline(always)]
    pub(crate) fn extent(&self) -> &Extent {
        &self.extent
    }

    /// What started it.
    pub(crate) fn hook(&self) -> Option<Hook> {
        let entry = self.extension().entries.get(self.entry_index as usize);
        entry.map(|entry| entry.hook)
    }

    /// The CPU that it runs on.
    pub(crate) fn cpu(&self) -> u32 {
        self.cpu
    }

    /// Whether it must end at its next chance. A gate that waits looks at the time itself, since no tick comes where
    /// interrupts are masked.
    pub(crate) fn is_over(&self) -> bool {
        let elapsed = super::counter().wrapping_sub(self.start.load(Relaxed));
        let over = elapsed > self.budget || self.ends().is_some();
        if over {
            self.end(FaultKind::Time);
            self.leave_gate();
        }
        over
    }

    /// Why it must end at its next chance.
    pub(crate) fn ends(&self) -> Option<FaultKind> {
        FaultKind::from_u32(self.cancel.load(Relaxed) as u32)
    }

    /// Has it end at its next chance, for this reason if there is none yet: an abort on its way out stays one.
    pub(super) fn end(&self, reason: FaultKind) {
        if self.cancel.load(Relaxed) == 0 {
            self.cancel.store(reason.number().into(), Relaxed);
        }
    }

    /// Has the gate that it is in go to the landing, not back. Of an activation that is in none, it does nothing: a gate's
    /// call writes the word first. As often as one likes, and from the tick while a gate does it.
    pub(super) fn leave_gate(&self) {
        let (to, landing) = (self.gate_to.load(Relaxed), bindings::gate_left());
        if to != landing {
            self.gate_back.store(to, Relaxed);
            self.gate_to.store(landing, Relaxed);
        }
    }

    /// As [`Activation::leave_gate`], when the tick has come to a trampoline that has `link` in x30. It may be one that has
    /// not kept it yet, or has taken it up again: then what is in x30 counts.
    pub(super) fn leave_trampoline(&self, link: &mut u64) {
        if self.offset_of(*link).is_none() {
            return self.leave_gate();
        }
        self.gate_back.store(*link, Relaxed);
        *link = bindings::gate_left();
        self.gate_to.store(*link, Relaxed);
    }

    /// What the activation holds.
    ///
    /// # Safety
    ///
    /// Only for the gate that it has called, and once per call: the reference must be the only one.
    pub(crate) unsafe fn objects<'a>(&'a self) -> &'a mut Objects {
        // SAFETY: It has a seat, and that seat's table, of which only the running activation knows.
        unsafe { &mut *self.objects }
    }

    /// The extension's ring of events.
    pub(crate) fn ring(&self) -> Option<&Ring> {
        // SAFETY: Null, or the window's for as long as the extension lives, as by the type's invariant.
        unsafe { self.ring.as_ref() }
    }

    /// Gives up the event that it has begun, if there is one; whether there was.
    pub(crate) fn close_record(&self) -> bool {
        let Some(record) = self.record.take() else {
            return false;
        };
        // It was begun, so there is a ring.
        self.ring().inspect(|ring| ring.discard(record));
        true
    }

    /// Ends the activation when the gate that runs now is left.
    pub(crate) fn abort(&self, code: u64, text: Option<Text>) {
        self.abort_code.set(code);
        self.abort_text.set(text);
        self.cancel.store(FaultKind::Abort.number().into(), Relaxed);
        self.leave_gate();
    }

    /// Takes over how another activation of the same extension ended, which then may run again.
    pub(super) fn copy_end(&mut self, other: &Activation) {
        self.shadow = other.shadow;
        self.args = other.args;
        self.cancel.store(other.cancel.load(Relaxed), Relaxed);
        (self.gate_shadow, self.gate_stack) = (other.gate_shadow, other.gate_stack);
        self.link.store(other.link.load(Relaxed), Relaxed);
        self.ended = other.ended;
        self.registers = other.registers;
        self.entry_index = other.entry_index;
        self.abort_code.set(other.abort_code.get());
        self.abort_text.set(other.abort_text.take());
        self.cpu = other.cpu;
    }

    /// The stamp of its last crossing.
    #[inline(always)]
    pub(super) fn started(&self) -> u64 {
        // SAFETY: The field's own address and size; the crossing has written it. In place, where `Atomic` makes a call.
        unsafe { (&raw const self.start).cast::<u64>().read_volatile() }
    }

    /// Region offset of an address; `None` outside of the region.
    pub(super) fn offset_of(&self, address: u64) -> Option<u32> {
        let at = address.wrapping_sub(self.region);
        // Lossless: a region's length has 32 bits.
        (at < self.region_len).then_some(at as u32)
    }
}
