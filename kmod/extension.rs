// SPDX-License-Identifier: GPL-2.0
//! A live extension, and the registry of all.
//!
//! An extension lives as long as a file of it is open or its name holds it. Both are counted under the registry's lock;
//! when neither is left it leaves the registry, its attachments end, and with the last reference goes all it has: first
//! its code, then its window. A run holds its file, and an attachment ends when no hook calls it any more, so no
//! activation is left by then.

use crate::{
    arena::{self, Region},
    counters::Counters,
    entry,
    heap::Window,
    hook::alarm::Alarm,
    lore::Lore,
    object::Lasting,
    refused::Refused,
    report::Faults,
    sys::{ModuleHold, PendingFd},
    trace::Trace,
};
use kernel::{
    prelude::*,
    sync::{
        atomic::{Atomic, Relaxed},
        Arc, Mutex,
    },
};
use lore_abi::{
    fault::Fault,
    image::{Hook, Profile},
    refusal::Reason,
    request::{Status, NAME_MAX},
};
use lore_sandbox::{code::CodeLayout, fuel::Fuel};
use lore_verifier::Image;

/// A place where an activation may start.
pub(crate) struct EntryPoint {
    pub(crate) hook: Hook,
    /// Region offset of a declared target.
    pub(crate) at: u32,
    /// Which one it is.
    pub(crate) target: u32,
}

/// What of the image stays after load, for backtraces.
pub(crate) struct Tables {
    pub(crate) labels: KVVec<u8>,
    pub(crate) lists: KVVec<u8>,
    pub(crate) imports: KVec<u32>,
    pub(crate) targets: u32,
}

impl Tables {
    /// The image as far as it is needed to work out frame lists.
    pub(crate) fn image<'a>(&'a self, code: &'a [u8]) -> Image<'a> {
        Image {
            code,
            labels: &self.labels,
            lists: &self.lists,
            targets: &[],
            entries: &[],
            imports: &[],
            relocs: &[],
            guards: &[],
            window_len: 0,
            data_len: 0,
            profile: 0,
            flags: 0,
        }
    }
}

/// An extension.
///
/// # Invariants
///
/// `region` holds verified code of `layout` that was written for `window`; `entries` are declared targets of it.
#[pin_data]
pub(crate) struct Extension {
    pub(crate) id: u64,
    pub(crate) name: [u8; NAME_MAX],
    pub(crate) profile: Profile,
    // Dropped in this order: code before data.
    pub(crate) region: Region,
    pub(crate) window: Pin<KBox<Window>>,
    pub(crate) layout: CodeLayout,
    pub(crate) tables: Tables,
    pub(crate) entries: KVec<EntryPoint>,
    pub(crate) counters: Counters,
    /// Kernel objects that outlive activations.
    pub(crate) lasting: Lasting,
    /// Entries that its own timers call.
    pub(crate) alarms: KVec<Alarm>,
    pub(crate) data_len: u64,
    pub(crate) budget_us: u64,
    pub(crate) budget_ticks: u64,
    pub(crate) faults_max: u64,
    /// Of a metered image, which ends by itself wherever it runs.
    pub(crate) fuel: Option<Fuel>,
    /// If it was loaded to be traced.
    pub(crate) trace: Option<Pin<KBox<Trace>>>,
    pub(crate) counts: Counts,
    #[pin]
    pub(crate) faults: Mutex<Faults>,
    /// Open files, changed under the registry's lock.
    files: Atomic<u64>,
    /// Not 0 once its name was given up.
    unloaded: Atomic<u32>,
    pub(crate) lore: Arc<Lore>,
}

/// What `Status` counts.
pub(crate) struct Counts {
    pub(crate) runs: Atomic<u64>,
    pub(crate) faults: Atomic<u64>,
    pub(crate) skips: Atomic<u64>,
    pub(crate) time_ns: Atomic<u64>,
    /// Objects that activations had not dropped when they returned.
    pub(crate) leaks: Atomic<u64>,
}

/// What an extension is made of; `Mapped::publish` fills it.
pub(crate) struct Parts {
    pub(crate) name: [u8; NAME_MAX],
    pub(crate) profile: Profile,
    pub(crate) region: Region,
    pub(crate) window: Pin<KBox<Window>>,
    pub(crate) layout: CodeLayout,
    pub(crate) tables: Tables,
    pub(crate) entries: KVec<EntryPoint>,
    pub(crate) counters: Counters,
    pub(crate) lasting: Lasting,
    pub(crate) alarms: KVec<Alarm>,
    pub(crate) data_len: u64,
    pub(crate) budget_us: u64,
    pub(crate) faults_max: u64,
    pub(crate) fuel: Option<Fuel>,
    pub(crate) trace: Option<Pin<KBox<Trace>>>,
}

impl Extension {
    fn new(id: u64, parts: Parts, lore: Arc<Lore>) -> impl PinInit<Self> {
        let Parts {
            name,
            profile,
            region,
            window,
            layout,
            tables,
            entries,
            counters,
            lasting,
            alarms,
            data_len,
            budget_us,
            faults_max,
            fuel,
            trace,
        } = parts;
        let budget_ticks = crate::entry::budget_ticks(budget_us);
        pin_init!(Extension {
            id,
            name,
            profile,
            region,
            window,
            layout,
            tables,
            entries,
            counters,
            lasting,
            alarms,
            data_len,
            budget_us,
            budget_ticks,
            faults_max,
            fuel,
            trace,
            counts: Counts {
                runs: Atomic::new(0),
                faults: Atomic::new(0),
                skips: Atomic::new(0),
                time_ns: Atomic::new(0),
                leaks: Atomic::new(0),
            },
            faults <- kernel::new_mutex!(Faults::new()),
            files: Atomic::new(0),
            unloaded: Atomic::new(0),
            lore,
        })
    }

    /// Whether the code ends by itself, so that it may run with interrupts masked.
    pub(crate) fn is_metered(&self) -> bool {
        self.fuel.is_some()
    }

    /// How it is called in the log.
    pub(crate) fn label(&self) -> &[u8] {
        let len = self.name.iter().position(|b| *b == 0).unwrap_or(NAME_MAX);
        match self.name.get(..len) {
            Some(name) if !name.is_empty() => name,
            _ => b"(unnamed)",
        }
    }

    /// Whether it had as many faults as it may.
    pub(crate) fn is_detached(&self) -> bool {
        self.counts.faults.load(Relaxed) >= self.faults_max
    }

    /// Files a fault that was counted when it happened, and that `lost` others had no room for a record.
    pub(crate) fn file_late(&self, fault: Option<&Fault>, lost: u64) {
        let mut faults = self.faults.lock();
        if let Some(fault) = fault {
            faults.file(*fault);
        }
        faults.lose(lost);
        drop(faults);
        self.tell_end();
    }

    /// Whether readers of events are to wait for no more.
    pub(crate) fn is_over(&self) -> bool {
        self.is_detached() || self.unloaded.load(Relaxed) != 0
    }

    /// Has readers of events learn that none will come, if so.
    fn tell_end(&self) {
        if self.is_over() {
            self.window.ring().inspect(|ring| ring.wake());
        }
    }

    /// Files a fault; its number.
    pub(crate) fn file(&self, fault: &Fault) -> u64 {
        let number = self.faults.lock().file(*fault);
        self.counts.faults.add(1u64, Relaxed);
        self.tell_end();
        number
    }

    /// Sleeps.
    pub(crate) fn status(&self) -> Status {
        let [runs, skips, time_ns] = self.lore.attachments.lock().counts_of(self.id);
        Status {
            id: self.id,
            name: self.name,
            code_len: u64::from(self.layout.code_end - self.layout.code_at),
            region_len: u64::from(self.layout.region_len),
            data_len: self.data_len,
            heap_len: self.window.heap_len(),
            heap_max: self.window.heap_max(),
            stack_len: self.window.layout().stack_len,
            budget_us: self.budget_us,
            runs: self.counts.runs.load(Relaxed) + runs,
            faults: self.counts.faults.load(Relaxed),
            skips: self.counts.skips.load(Relaxed) + skips,
            faults_max: self.faults_max,
            time_ns: self.counts.time_ns.load(Relaxed) + time_ns,
            detached: u32::from(self.is_detached()),
            files: self.files.load(Relaxed) as u32, // Lossless: far fewer files than 2^32 can be open.
            targets: self.tables.targets,
            entries: self.entries.len() as u32, // Lossless: the verifier bounds it.
            pages: self.window.pages_held(),
            leaks: self.counts.leaks.load(Relaxed),
            events_lost: self.window.ring().map_or(0, |ring| ring.lost()),
            kept: self.lasting.count(),
            faults_unrecorded: self.faults.lock().lost(),
            region_at: (self.region.start() - arena::start()) as u64,
            held: entry::held(|activation| core::ptr::eq(activation.extension(), self)),
            profile: self.profile.number(),
            reserved: 0,
            window_len: self.window.extent().size(),
        }
    }
}

struct Member {
    extension: Arc<Extension>,
    /// The name holds the extension, and so the module.
    held: Option<ModuleHold>,
}

/// All extensions, by ascending number.
pub(crate) struct Registry {
    last_id: u64,
    members: KVec<Member>,
}

/// How a request names an extension.
#[derive(Clone, Copy)]
pub(crate) enum Key {
    Name([u8; NAME_MAX]),
    Id(u64),
}

impl Key {
    /// A name wins over a number.
    pub(crate) fn of(name: [u8; NAME_MAX], id: u64) -> Key {
        if name == [0; NAME_MAX] {
            Key::Id(id)
        } else {
            Key::Name(name)
        }
    }
}

impl Registry {
    pub(crate) const fn new() -> Registry {
        Registry {
            last_id: 0,
            members: KVec::new(),
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.members.len()
    }

    /// The first extension after a number.
    pub(crate) fn next(&self, after: u64) -> Option<&Arc<Extension>> {
        // They ascend, and there may be tens of thousands.
        let index = self.members.partition_point(|m| m.extension.id <= after);
        self.members.get(index).map(|m| &m.extension)
    }

    fn find(&self, key: Key) -> Option<usize> {
        match key {
            Key::Id(id) => {
                let place = self.members.binary_search_by_key(&id, |m| m.extension.id);
                place.ok()
            }
            // A name that was given up names nothing any more.
            Key::Name(name) => {
                let named = |m: &Member| m.held.is_some() && m.extension.name == name;
                self.members.iter().position(named)
            }
        }
    }

    /// Takes a member out if nothing holds it; the caller drops it after the lock.
    fn take_if_loose(&mut self, index: usize) -> Option<Member> {
        let member = self.members.get(index)?;
        let loose = member.held.is_none() && member.extension.files.load(Relaxed) == 0;
        if loose {
            self.members.remove(index).ok()
        } else {
            None
        }
    }
}

impl Lore {
    /// Makes an extension of its parts, with one file, and lets others find it.
    pub(crate) fn publish(
        self: &Arc<Self>,
        parts: Parts,
    ) -> Result<(Arc<Extension>, PendingFd), Refused> {
        let named = parts.name != [0; NAME_MAX];
        let held = named.then(ModuleHold::take);
        let mut registry = self.registry.lock();
        let count = registry.len() as u64;
        let limit = u64::from(self.params.extensions_max);
        if count >= limit {
            return Err(Refused::beyond(Reason::TooMany, count + 1, limit));
        }
        if named && registry.find(Key::Name(parts.name)).is_some() {
            return Err(Refused::because(Reason::NameTaken));
        }
        registry.members.reserve(1, GFP_KERNEL)?;
        let id = registry.last_id + 1;
        let extension = Arc::pin_init(Extension::new(id, parts, self.clone()), GFP_KERNEL_ACCOUNT)?;
        let file = PendingFd::new(extension.clone())?;
        extension.files.store(1, Relaxed);
        registry.last_id = id;
        registry.members.push(
            Member {
                extension: extension.clone(),
                held,
            },
            GFP_KERNEL,
        )?;
        Ok((extension, file))
    }

    /// Another file of a loaded extension.
    pub(crate) fn open(&self, key: Key) -> Result<(Arc<Extension>, PendingFd), Refused> {
        let registry = self.registry.lock();
        let member = registry.find(key).and_then(|i| registry.members.get(i));
        let extension = member
            .ok_or(Refused::because(Reason::NoSuchExtension))?
            .extension
            .clone();
        let file = PendingFd::new(extension.clone())?;
        extension.files.add(1u64, Relaxed);
        Ok((extension, file))
    }

    /// The number of an extension.
    pub(crate) fn find(&self, key: Key) -> Result<u64, Refused> {
        let registry = self.registry.lock();
        let member = registry.find(key).and_then(|i| registry.members.get(i));
        let member = member.ok_or(Refused::because(Reason::NoSuchExtension))?;
        Ok(member.extension.id)
    }

    /// Gives up the name of an extension; its number.
    pub(crate) fn unload(&self, key: Key) -> Result<u64, Refused> {
        let mut registry = self.registry.lock();
        let index = registry
            .find(key)
            .ok_or(Refused::because(Reason::NoSuchExtension))?;
        let member = registry
            .members
            .get_mut(index)
            .ok_or(Refused::because(Reason::NoSuchExtension))?;
        let held = member
            .held
            .take()
            .ok_or(Refused::because(Reason::NoSuchExtension))?;
        let id = member.extension.id;
        member.extension.unloaded.store(1, Relaxed);
        member.extension.tell_end();
        let gone = registry.take_if_loose(index);
        drop(registry);
        self.bury(gone);
        drop(held);
        Ok(id)
    }

    /// A file of the extension was closed.
    pub(crate) fn release_file(&self, extension: Arc<Extension>) {
        let mut registry = self.registry.lock();
        let left = extension.files.load(Relaxed).saturating_sub(1);
        extension.files.store(left, Relaxed);
        let gone = registry
            .find(Key::Id(extension.id))
            .and_then(|index| registry.take_if_loose(index));
        drop(registry);
        self.bury(gone);
    }

    /// Ends an extension that nothing holds any more but its attachments.
    fn bury(&self, gone: Option<Member>) {
        if let Some(member) = gone {
            self.detach_all(member.extension.id);
        }
    }
}
