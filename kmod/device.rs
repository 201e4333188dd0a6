// SPDX-License-Identifier: GPL-2.0
//! Requests: number -> typed request -> one call. No logic.

use crate::{
    extension::{Extension, Key},
    hook, load,
    lore::Lore,
    refused::Refused,
    sys::{self, user, PendingFd},
};
use kernel::{
    prelude::*,
    sync::{Arc, ArcBorrow},
};
use lore_abi::{
    attach::{self, AttachRequest, AttachmentStatus, AttachmentsRequest, DetachRequest},
    refusal::{Reason, Refusal},
    request::{
        self, CountersRequest, FaultsRequest, InfoRequest, ListRequest, LoadRequest, OpenRequest,
        RunRequest, ShowRequest, Status, UnloadRequest,
    },
    trace::{self, TraceRecord, TraceRequest},
    ABI_VERSION,
};
use zerocopy::{FromBytes, FromZeros, Immutable, IntoBytes};

/// A request of `/dev/lore`.
pub(crate) fn request(lore: ArcBorrow<'_, Lore>, number: u32, arg: usize) -> Result {
    let lore: Arc<Lore> = lore.into();
    match number {
        request::INFO => user::write(arg, &info(&lore)),
        request::LOAD => load_request(&lore, arg),
        request::OPEN => with_file(arg, |r: &mut OpenRequest| open(&lore, r)),
        request::LIST => list(&lore, arg),
        request::UNLOAD => answer(arg, |r: &mut UnloadRequest| unload(&lore, r)),
        attach::DETACH => answer(arg, |r: &mut DetachRequest| detach(&lore, r)),
        attach::ATTACHMENTS => attachments(&lore, arg),
        _ => Err(ENOTTY),
    }
}

/// A request of an extension's file.
pub(crate) fn file_request(extension: ArcBorrow<'_, Extension>, number: u32, arg: usize) -> Result {
    match number {
        request::SHOW => user::write(
            arg,
            &ShowRequest {
                status: extension.status(),
            },
        ),
        request::RUN => answer(arg, |r: &mut RunRequest| hook::run::run(&extension, r)),
        request::FAULTS => faults(&extension, arg),
        attach::ATTACH => answer(arg, |r: &mut AttachRequest| {
            hook::attach(extension.into(), r)
        }),
        request::COUNTERS => counters(&extension, arg),
        trace::TRACE => trace_request(&extension, arg),
        request::WINDOW => user::write(arg, &extension.window.plan()),
        _ => Err(ENOTTY),
    }
}

/// A request that carries a refusal.
trait Refusable: FromBytes + IntoBytes + Immutable {
    fn refusal(&mut self) -> &mut Refusal;
}

macro_rules! refusable {
    ($($request:ty),+) => { $(
        impl Refusable for $request {
            fn refusal(&mut self) -> &mut Refusal {
                &mut self.refusal
            }
        }
    )+ };
}
refusable!(
    LoadRequest,
    OpenRequest,
    UnloadRequest,
    RunRequest,
    AttachRequest,
    DetachRequest
);

/// Reads a request, does it, and writes it back with its outcome.
fn answer<T: Refusable, R>(
    arg: usize,
    act: impl FnOnce(&mut T) -> Result<R, Refused>,
) -> Result<R> {
    let mut request: T = user::read(arg)?;
    *request.refusal() = Refusal::default();
    let outcome = act(&mut request);
    if let Err(refused) = &outcome {
        *request.refusal() = refused.refusal;
    }
    let written = user::write(arg, &request);
    match outcome {
        Ok(done) => written.map(|()| done),
        Err(refused) => Err(refused.errno),
    }
}

/// As `answer`, for a request that makes a file: user space gets it last, when nothing can fail any more.
fn with_file<T: Refusable>(
    arg: usize,
    act: impl FnOnce(&mut T) -> Result<PendingFd, Refused>,
) -> Result {
    answer(arg, act).map(PendingFd::install)
}

fn info(lore: &Lore) -> InfoRequest {
    InfoRequest {
        abi_version: ABI_VERSION,
        strict: u32::from(lore.params.strict),
        features: lore.features,
        code_max: lore.params.arena_len.min(lore_sandbox::code::CODE_MAX),
        arena_len: lore.params.arena_len,
        arena_used: lore.arena.used(),
        heap_max: lore.params.heap_max,
        budget_max_us: lore.params.budget_max_us,
        extensions_max: lore.params.extensions_max,
        extensions: lore.registry.lock().len() as u32, // Lossless: at most `extensions_max`.
        pages: sys::pages::held_by_all(),
        profiles: lore.profiles().into(),
        space: sys::area::space(),
        reserved: 0,
    }
}

fn permit() -> Result<(), Refused> {
    if sys::may_load() {
        Ok(())
    } else {
        Err(Refused::because(Reason::Permission))
    }
}

fn load_request(lore: &Arc<Lore>, arg: usize) -> Result {
    let mut id = None;
    let loaded = with_file(arg, |request: &mut LoadRequest| {
        let file = load(lore, request)?;
        id = Some(request.id);
        Ok(file)
    });
    // The answer could not be written: the file is gone already, and nobody knows of the name.
    if let (Err(_), Some(id)) = (&loaded, id) {
        let _ = lore.unload(Key::Id(id));
    }
    loaded
}

fn load(lore: &Arc<Lore>, request: &mut LoadRequest) -> Result<PendingFd, Refused> {
    // First of all: nothing else of the request means anything otherwise.
    if request.abi_version != ABI_VERSION {
        let (asked, limit) = (request.abi_version.into(), ABI_VERSION.into());
        return Err(Refused::beyond(Reason::AbiVersion, asked, limit));
    }
    permit()?;
    load::load(lore, request)
}

fn open(lore: &Lore, request: &mut OpenRequest) -> Result<PendingFd, Refused> {
    permit()?;
    if request.reserved != 0 {
        return Err(Refused::because(Reason::Reserved));
    }
    let (extension, file) = lore.open(Key::of(request.name, request.id))?;
    request.id = extension.id;
    request.fd = file.number();
    Ok(file)
}

fn unload(lore: &Lore, request: &mut UnloadRequest) -> Result<(), Refused> {
    permit()?;
    if request.reserved != 0 {
        return Err(Refused::because(Reason::Reserved));
    }
    request.id = lore.unload(Key::of(request.name, request.id))?;
    Ok(())
}

fn detach(lore: &Lore, request: &mut DetachRequest) -> Result<(), Refused> {
    permit()?;
    if request.reserved != 0 {
        return Err(Refused::because(Reason::Reserved));
    }
    if request.attachment != 0 {
        lore.detach(request.attachment)?;
        request.count = 1;
        return Ok(());
    }
    request.id = lore.find(Key::of(request.name, request.id))?;
    request.count = lore.detach_all(request.id);
    Ok(())
}

/// User address of an array's element.
fn element<T>(array: u64, index: u32) -> usize {
    // A wild address is refused by the copy.
    (array as usize).wrapping_add(index as usize * size_of::<T>())
}

fn list(lore: &Lore, arg: usize) -> Result {
    let mut request: ListRequest = user::read(arg)?;
    request.count = 0;
    while request.count < request.capacity {
        // One at a time, so that no lock is held over a copy.
        let next = lore.registry.lock().next(request.after).map(|e| e.status());
        let Some(status) = next else { break };
        user::write(element::<Status>(request.buffer, request.count), &status)?;
        request.after = status.id;
        request.count += 1;
        if sys::signal_wanted() {
            break;
        }
    }
    user::write(arg, &request)
}

fn attachments(lore: &Lore, arg: usize) -> Result {
    let mut request: AttachmentsRequest = user::read(arg)?;
    request.count = 0;
    while request.count < request.capacity {
        let next = lore.attachments.lock().next(request.after);
        let Some(status) = next.map(|attachment| attachment.status()) else {
            break;
        };
        user::write(
            element::<AttachmentStatus>(request.buffer, request.count),
            &status,
        )?;
        request.after = status.id;
        request.count += 1;
        if sys::signal_wanted() {
            break;
        }
    }
    user::write(arg, &request)
}

fn faults(extension: &Extension, arg: usize) -> Result {
    let mut request: FaultsRequest = user::read(arg)?;
    request.count = 0;
    let mut fault = KBox::new(lore_abi::fault::Fault::new_zeroed(), GFP_KERNEL)?;
    while request.count < request.capacity {
        match extension.faults.lock().next(request.after) {
            Some(next) => *fault = *next,
            None => break,
        }
        user::write(
            element::<lore_abi::fault::Fault>(request.buffer, request.count),
            &*fault,
        )?;
        request.after = fault.number;
        request.count += 1;
    }
    user::write(arg, &request)
}

fn counters(extension: &Extension, arg: usize) -> Result {
    let mut request: CountersRequest = user::read(arg)?;
    let counters = &extension.counters;
    request.cpus = counters
        .cpus()
        .min(request.capacity / request::COUNTERS_MAX);
    for cpu in 0..request.cpus {
        let set = counters.set(cpu);
        user::write(
            element::<[u64; request::COUNTERS_MAX as usize]>(request.buffer, cpu),
            &set,
        )?;
    }
    request.cpus = counters.cpus();
    user::write(arg, &request)
}

fn trace_request(extension: &Extension, arg: usize) -> Result {
    let mut request: TraceRequest = user::read(arg)?;
    (request.count, request.lost) = (0, 0);
    if let Some(trace) = &extension.trace {
        while request.count < request.capacity {
            let to = element::<TraceRecord>(request.buffer, request.count);
            match trace.take(|record| user::write(to, record)) {
                Ok(true) => request.count += 1,
                Ok(false) => break,
                // Those before it have been given away, and are told of.
                Err(error) if request.count == 0 => return Err(error),
                Err(_) => break,
            }
        }
        request.lost = trace.lost();
    }
    user::write(arg, &request)
}
