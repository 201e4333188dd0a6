// SPDX-License-Identifier: GPL-2.0
//! Load: Image -> Bound -> Verified -> Mapped -> live, each step consumes the one before.
//!
//! User memory is read once, into a private copy; the verifier sees that copy, and what is written to the arena comes
//! from it. This is the only caller of the verifier, and no other path leads to the arena.

use crate::{
    arena::{Contents, Region},
    counters::Counters,
    extension::{EntryPoint, Extension, Key, Parts, Tables},
    heap::{self, Slot, Window},
    hook::alarm::{self, Alarm},
    lore::Lore,
    object::Lasting,
    refused::Refused,
    sys::{self, user, PendingFd},
    trace::Trace,
};
use kernel::{alloc::flags::GFP_KERNEL_ACCOUNT, prelude::*, sync::Arc};
use lore_abi::{
    contract::{BTI_C, TRAP_WORD},
    image::{Entry, Hook, Label, Profile, FLAGS, FLAG_METERED},
    refusal::Reason,
    request::{LoadRequest, SpanName, NAME_MAX, SPAN_COUNT},
    ring::RING_MAX,
    rule::Rule,
    trace::TRACE_MAX,
};
use lore_iface::Gate;
use lore_sandbox::{
    code::{self, CodeLayout},
    fuel,
    window::{self, Extent, WindowLayout},
};
use lore_verifier::Violation;
use zerocopy::FromBytes;

/// Most initialised and zeroed data of one extension: what the window's plan takes.
const DATA_MAX: u64 = window::DATA_MAX;
/// Most entries: more than there are hooks to attach them to.
const ENTRIES_MAX: u64 = 4096;

/// The private copy of an image. Every number in it is a claim.
struct Image {
    spans: [KVVec<u8>; SPAN_COUNT],
    profile: Profile,
    flags: u32,
}

/// An image whose guards are filled in for its window, if they are of the kind that is.
struct Bound {
    image: Image,
    slot: Slot,
}

/// An image that holds the contract in its window.
struct Verified {
    image: Image,
    slot: Slot,
    layout: CodeLayout,
}

/// Code in the arena and data in a window.
struct Mapped {
    image: Image,
    layout: CodeLayout,
    region: Region,
    window: Pin<KBox<Window>>,
    entries: KVec<EntryPoint>,
    counters: Counters,
    lasting: Lasting,
    alarms: KVec<Alarm>,
    /// Initialised and zeroed.
    data_len: u64,
    targets: u32,
}

/// Does a load request, all but letting user space have the file.
pub(crate) fn load(lore: &Arc<Lore>, request: &mut LoadRequest) -> Result<PendingFd, Refused> {
    let limits = Limits::of(lore, request)?;
    check_memory(request)?;
    let start = sys::time_ns();
    let image = Image::copy_in(lore, request, limits.profile)?;
    let copied = sys::time_ns();
    let verified = image.bind(lore, &limits)?.verify(lore)?;
    let checked = sys::time_ns();
    let mapped = verified.map(lore, &limits)?;
    let done = sys::time_ns();
    let (extension, file) = mapped.publish(lore, &limits)?;
    if let Err(refused) = alarm::attach_alarms(&extension) {
        // The name is given up here, if it has one, and the file when it is dropped.
        let _ = lore.unload(Key::Id(extension.id));
        return Err(refused);
    }
    request.id = extension.id;
    request.fd = file.number();
    request.copy_ns = copied.saturating_sub(start);
    request.verify_ns = checked.saturating_sub(copied);
    request.map_ns = done.saturating_sub(checked);
    Ok(file)
}

/// The numbers of a request, within the module's limits.
struct Limits {
    name: [u8; NAME_MAX],
    profile: Profile,
    bss_len: u64,
    /// The window that the image is for.
    extent: Extent,
    heap_max: u64,
    /// Nobody asked for a heap of that size.
    heap_may_shrink: bool,
    /// 0 for what is usual.
    stack_len: u64,
    ring_len: u64,
    budget_us: u64,
    faults_max: u64,
    stop_at: u32,
    trace: u32,
}

fn or_default(asked: u64, default: u64) -> u64 {
    if asked == 0 {
        default
    } else {
        asked
    }
}

fn within(asked: u64, limit: u64) -> Result<u64, Refused> {
    if asked > limit {
        Err(Refused::beyond(Reason::TooLarge, asked, limit))
    } else {
        Ok(asked)
    }
}

/// PRO-7, before a window is taken: what the verifier proves is then about the window that was.
fn extent(profile: Profile, window_len: u64) -> Result<Extent, Refused> {
    let refuse = || {
        refused_by(Violation {
            at: 0,
            word: u32::try_from(window_len).unwrap_or(u32::MAX),
            rule: Rule::WindowLen,
        })
    };
    Extent::of(profile, window_len).ok_or_else(refuse)
}

impl Limits {
    fn of(lore: &Lore, request: &LoadRequest) -> Result<Limits, Refused> {
        // Whether the policy allows the profile is the verifier's to say.
        let profile =
            Profile::from_u32(request.profile).filter(|_| request.flags & !FLAGS == 0);
        let profile = profile.ok_or_else(|| {
            let asked = u64::from(request.profile) << 32 | u64::from(request.flags);
            let known = Profile::ALL.last().map_or(0, |last| last.number());
            Refused::beyond(Reason::Profile, asked, u64::from(known) << 32)
        })?;
        let extent = extent(profile, request.window_len)?;
        if !is_name(&request.name) {
            return Err(Refused::because(Reason::BadName));
        }
        let params = &lore.params;
        let heap_default = params.heap_default.min(params.heap_max);
        let budget_default = params.budget_default_us.min(params.budget_max_us);
        Ok(Limits {
            name: request.name,
            profile,
            bss_len: within(request.bss_len, DATA_MAX)?,
            extent,
            heap_max: within(or_default(request.heap_max, heap_default), params.heap_max)?,
            heap_may_shrink: request.heap_max == 0 && !extent.has_bands(),
            stack_len: within(request.stack_len, window::STACK_MAX)?,
            ring_len: within(request.ring_len, RING_MAX)?,
            budget_us: within(
                or_default(request.budget_us, budget_default),
                params.budget_max_us,
            )?,
            faults_max: or_default(request.faults_max, 1),
            stop_at: request.stop_at,
            // Lossless: at most TRACE_MAX.
            trace: within(request.trace.into(), TRACE_MAX.into())? as u32,
        })
    }
}

/// Refuses what is surely too much, before the kernel kills others to make room for it.
fn check_memory(request: &LoadRequest) -> Result<(), Refused> {
    let sections = request
        .spans
        .iter()
        .fold(request.bss_len, |sum, span| sum.saturating_add(span.len));
    let available = sys::memory_available();
    // Data is there twice for a moment.
    let asked = sections.saturating_mul(2);
    if asked > available {
        return Err(Refused::beyond(Reason::NoMemory, asked, available));
    }
    Ok(())
}

/// Whether a name is empty, or made of the characters that names are made of, padded with zeros.
fn is_name(name: &[u8; NAME_MAX]) -> bool {
    let len = name.iter().position(|b| *b == 0).unwrap_or(NAME_MAX);
    name.iter().enumerate().all(|(i, b)| match b {
        b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'_' | b'.' | b'-' => i < len,
        0 => i >= len,
        _ => false,
    })
}

/// Size of an element of a span, and the most bytes of it.
fn span_limit(lore: &Lore, span: SpanName) -> (u64, u64) {
    let code_max = code::CODE_MAX.min(lore.params.arena_len);
    match span {
        SpanName::Code => (4, code_max),
        SpanName::Data => (1, DATA_MAX),
        SpanName::Labels => (
            size_of::<Label>() as u64,
            code_max / 4 * size_of::<Label>() as u64,
        ),
        SpanName::Lists => (8, 8 << 16),
        SpanName::Targets => (4, code::TARGETS_MAX * 4),
        SpanName::Entries => (
            size_of::<Entry>() as u64,
            ENTRIES_MAX * size_of::<Entry>() as u64,
        ),
        SpanName::Imports => (4, code::IMPORTS_MAX * 4),
        SpanName::Relocs => (4, DATA_MAX / 8 * 4),
        SpanName::Guards => (4, code_max / 8 * 4),
    }
}

impl Image {
    /// Copies the spans in: the only read of them.
    fn copy_in(lore: &Lore, request: &LoadRequest, profile: Profile) -> Result<Image, Refused> {
        let mut spans: [KVVec<u8>; SPAN_COUNT] = core::array::from_fn(|_| KVVec::new());
        for (&name, to) in SpanName::ALL.iter().zip(&mut spans) {
            let Some(span) = request.spans.get(name.number() as usize) else {
                continue;
            };
            let refuse = |mut refused: Refused| {
                refused.refusal.at = name.number();
                refused
            };
            let (unit, limit) = span_limit(lore, name);
            if span.len > limit {
                return Err(refuse(Refused::beyond(Reason::TooLarge, span.len, limit)));
            }
            if span.len % unit != 0 {
                return Err(refuse(Refused::beyond(Reason::BadSpan, span.len, unit)));
            }
            // Lossless: `limit` is far below 2^63.
            to.resize(span.len as usize, 0, GFP_KERNEL_ACCOUNT)?;
            if user::read_bytes(span.addr as usize, to).is_err() {
                return Err(refuse(Refused::beyond(
                    Reason::BadSpan,
                    span.addr,
                    span.len,
                )));
            }
        }
        Ok(Image {
            spans,
            profile,
            flags: request.flags,
        })
    }

    fn span(&self, name: SpanName) -> &[u8] {
        self.spans
            .get(name.number() as usize)
            .map_or(&[], |span| span)
    }

    fn take(&mut self, name: SpanName) -> KVVec<u8> {
        self.spans
            .get_mut(name.number() as usize)
            .map_or(KVVec::new(), core::mem::take)
    }

    /// Takes the window's place, and fills in the guards that want to know it. What comes of that is what is verified.
    fn bind(mut self, lore: &Lore, limits: &Limits) -> Result<Bound, Refused> {
        let extent = limits.extent;
        let no_window = || Refused::beyond(Reason::NoWindow, extent.stride(), sys::area::space());
        let slot = heap::take(&lore.windows, extent).ok_or_else(no_window)?;
        if self.profile == Profile::Movk {
            let mut code = self.take(SpanName::Code);
            let (targets, imports) = (self.span(SpanName::Targets), self.span(SpanName::Imports));
            let places = self.span(SpanName::Guards);
            lore_verifier::bind(&mut code, targets, imports, places, slot.base())
                .map_err(refused_by)?;
            if let Some(span) = self.spans.get_mut(SpanName::Code.number() as usize) {
                *span = code;
            }
        }
        Ok(Bound { image: self, slot })
    }
}

/// The verifier's refusal as the request's.
fn refused_by(violation: Violation) -> Refused {
    let mut refused = Refused::because(Reason::Verifier);
    refused.refusal.rule = violation.rule.number();
    refused.refusal.at = violation.at;
    refused.refusal.word = violation.word;
    refused
}

impl Bound {
    fn verify(self, lore: &Lore) -> Result<Verified, Refused> {
        let Bound { image, slot } = self;
        let claims = lore_verifier::Image {
            code: image.span(SpanName::Code),
            labels: image.span(SpanName::Labels),
            lists: image.span(SpanName::Lists),
            targets: image.span(SpanName::Targets),
            entries: image.span(SpanName::Entries),
            imports: image.span(SpanName::Imports),
            relocs: image.span(SpanName::Relocs),
            guards: image.span(SpanName::Guards),
            // What was claimed was good for taking this window; the code is judged by the window at hand.
            window_len: slot.extent().said(),
            data_len: image.span(SpanName::Data).len() as u64,
            profile: image.profile.number(),
            flags: image.flags,
        };
        let notes = lore_verifier::room_for(claims.code.len());
        let mut room = KVVec::from_elem(lore_verifier::Note::default(), notes, GFP_KERNEL)?;
        let layout = lore_verifier::verify(&claims, &lore.policy(slot.base()), &mut room)
            .map_err(refused_by)?;
        Ok(Verified {
            image,
            slot,
            layout,
        })
    }
}

/// The `u32`s of a span.
fn numbers(span: &[u8]) -> Result<KVec<u32>, Refused> {
    let mut numbers = KVec::with_capacity(span.len() / 4, GFP_KERNEL)?;
    for bytes in span.chunks_exact(4) {
        numbers.push(
            u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]),
            GFP_KERNEL,
        )?;
    }
    Ok(numbers)
}

/// Whether a gate reaches sockets of others without a hook of the network, which would ask for the capability itself.
///
/// Attack: who may load extensions but not touch the network sends datagrams from the socket of another user's program.
fn reaches_sockets(gate: Gate) -> bool {
    match gate {
        Gate::SocketFind | Gate::SocketSend => true,
        // Each by its name, so that nobody adds a gate without saying.
        Gate::Log
        | Gate::HeapGrow
        | Gate::TimeNow
        | Gate::Abort
        | Gate::TaskDrop
        | Gate::TaskCurrent
        | Gate::TaskPid
        | Gate::TaskByPid
        | Gate::TaskParent
        | Gate::TaskIds
        | Gate::TaskTimes
        | Gate::TaskName
        | Gate::TimeWall
        | Gate::Random
        | Gate::CpuId
        | Gate::EventReserve
        | Gate::EventSubmit
        | Gate::EventDiscard
        | Gate::PacketDrop
        | Gate::PacketInfo
        | Gate::PacketRead
        | Gate::PacketWrite
        | Gate::PacketChecksum
        | Gate::PacketResize
        | Gate::PacketClone
        | Gate::SocketDrop
        | Gate::SocketFindAt
        | Gate::SocketOfPacket
        | Gate::SocketInfo
        | Gate::TimerDrop
        | Gate::TimerCreate
        | Gate::TimerArm
        | Gate::TimerCancel
        | Gate::PacketTransmit
        | Gate::PacketRoute
        | Gate::LockDrop
        | Gate::LockTake
        | Gate::CounterAdd
        | Gate::CounterSum
        | Gate::TaskKeep
        | Gate::PacketKeep
        | Gate::SocketKeep
        | Gate::TimerKeep
        | Gate::TaskClone => false,
    }
}

impl Verified {
    /// Puts the code into the arena and the data into a window.
    fn map(mut self, lore: &Lore, limits: &Limits) -> Result<Mapped, Refused> {
        let no_room = || {
            let left = lore.params.arena_len - lore.arena.used();
            Refused::beyond(Reason::NoCodeRoom, u64::from(self.layout.region_len), left)
        };
        let targets = numbers(self.image.span(SpanName::Targets))?;
        let mut gates = KVec::new();
        for number in numbers(self.image.span(SpanName::Imports))? {
            // The verifier knows the same gates; a number it let pass that is none would be its bug, not a gate.
            let gate = Gate::from_u32(number).ok_or(Refused::because(Reason::Verifier))?;
            if reaches_sockets(gate) && !sys::may_net() {
                return Err(Refused::beyond(Reason::Permission, number.into(), 0));
            }
            gates.push(gate, GFP_KERNEL)?;
        }
        let mut code = self.image.take(SpanName::Code);
        if limits.stop_at != 0 {
            self.stop_at(&mut code, limits.stop_at)?;
        }
        let contents = Contents {
            layout: &self.layout,
            code: &code,
            targets: &targets,
            gates: &gates,
            metered: self.image.flags & FLAG_METERED != 0,
            traced: limits.trace != 0,
        };
        let region = lore.arena.place(&contents)?.ok_or_else(no_room)?;
        drop(code);

        let plan = self.plan(limits)?;
        let entries = self.entries(&targets)?;
        // Both are at most DATA_MAX: the plan was made with them.
        let data_len = self.image.span(SpanName::Data).len() as u64 + limits.bss_len;
        let mut data = self.image.take(SpanName::Data);
        relocate(
            &mut data,
            self.image.span(SpanName::Relocs),
            self.slot.base(),
        )?;
        let grows = gates.contains(&Gate::HeapGrow);
        let window = Window::new(self.slot, plan, &data, grows)?;
        let counters = Counters::new(&gates)?;
        let lasting = Lasting::new(&gates)?;
        let alarms = alarm::alarms(&gates, &entries)?;
        Ok(Mapped {
            image: self.image,
            layout: self.layout,
            region,
            window,
            entries,
            counters,
            lasting,
            alarms,
            data_len,
            targets: targets.len() as u32, // Lossless: at most TARGETS_MAX.
        })
    }

    /// Puts the trap word over a verified word. Whatever was proven of the words behind it still holds: a trap is the end
    /// of the activation. A place where indirect calls land has to stay what the CPU wants there.
    fn stop_at(&self, code: &mut [u8], at: u32) -> Result<(), Refused> {
        let word = at
            .checked_sub(self.layout.code_at)
            .filter(|from| from % 4 == 0)
            .and_then(|from| code.get_mut(from as usize..)?.get_mut(..4))
            .filter(|word| **word != BTI_C.to_le_bytes());
        let end = u64::from(self.layout.code_end);
        let word = word.ok_or(Refused::beyond(Reason::BadSpan, at.into(), end))?;
        word.copy_from_slice(&TRAP_WORD.to_le_bytes());
        Ok(())
    }

    fn plan(&self, limits: &Limits) -> Result<WindowLayout, Refused> {
        // Cannot wrap: both are at most DATA_MAX.
        let data_len = within(
            self.image.span(SpanName::Data).len() as u64 + limits.bss_len,
            DATA_MAX,
        )?;
        let demand = window::Demand {
            extent: self.slot.extent(),
            page_len: sys::page_len(),
            data_len,
            stack_len: limits.stack_len,
            stacks: u64::from(sys::cpu::seats()),
            heap_max: limits.heap_max,
            heap_may_shrink: limits.heap_may_shrink,
            ring_len: limits.ring_len,
        };
        window::plan(demand)
            .map_err(|_| Refused::beyond(Reason::WindowFull, demand.least(), demand.room()))
    }

    fn entries(&self, targets: &[u32]) -> Result<KVec<EntryPoint>, Refused> {
        let mut entries = KVec::new();
        for bytes in self
            .image
            .span(SpanName::Entries)
            .chunks_exact(size_of::<Entry>())
        {
            let entry = Entry::read_from_bytes(bytes).ok();
            let point = entry.and_then(|entry| {
                let at = *targets.get(entry.target as usize)?;
                Some(EntryPoint {
                    hook: Hook::from_u32(entry.hook)?,
                    at,
                    target: entry.target,
                })
            });
            // Verified: each names a hook and a declared target.
            entries.push(
                point.ok_or(Refused::because(Reason::Verifier))?,
                GFP_KERNEL_ACCOUNT,
            )?;
        }
        Ok(entries)
    }
}

/// Adds the window's base to the pointers in initialised data. Data is not trusted, so nothing is checked of it.
fn relocate(data: &mut [u8], relocs: &[u8], base: u64) -> Result<(), Refused> {
    for bytes in relocs.chunks_exact(4) {
        let at = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize;
        let pointer = at.checked_add(8).and_then(|end| data.get_mut(at..end));
        // Verified: every relocation lies in the data.
        let pointer = pointer.ok_or(Refused::because(Reason::Verifier))?;
        let mut value = [0; 8];
        value.copy_from_slice(pointer);
        pointer.copy_from_slice(&u64::from_le_bytes(value).wrapping_add(base).to_le_bytes());
    }
    Ok(())
}

impl Mapped {
    fn publish(
        mut self,
        lore: &Arc<Lore>,
        limits: &Limits,
    ) -> Result<(Arc<Extension>, PendingFd), Refused> {
        let code_len = self.layout.code_end - self.layout.code_at;
        let trace = match limits.trace {
            0 => None,
            room => Some(Trace::new(room)?),
        };
        let metered = self.image.flags & FLAG_METERED != 0;
        let fuel = metered.then(|| fuel::fuel(code_len.into()));
        let parts = Parts {
            name: limits.name,
            profile: limits.profile,
            region: self.region,
            window: self.window,
            layout: self.layout,
            tables: Tables {
                labels: self.image.take(SpanName::Labels),
                lists: self.image.take(SpanName::Lists),
                imports: numbers(self.image.span(SpanName::Imports))?,
                targets: self.targets,
            },
            entries: self.entries,
            counters: self.counters,
            lasting: self.lasting,
            alarms: self.alarms,
            data_len: self.data_len,
            budget_us: limits.budget_us,
            faults_max: limits.faults_max,
            fuel,
            trace,
        };
        lore.publish(parts)
    }
}
