// SPDX-License-Identifier: GPL-2.0
//! Load: Image -> Bound -> Verified -> Mapped -> live, each step consumes the one before.
//!
//! User memory is read once, into a private copy (`image`); the verifier sees that copy, and what is written to the arena comes
//! from it (`map`). This is the only caller of the verifier, and no other path leads to the arena.

mod image;
mod limits;
mod map;

use crate::{
    arena::Region,
    counters::Counters,
    extension::{EntryPoint, Extension, Key, Parts, Tables},
    heap::{self, Slot, Window},
    hook::alarm::{self, Alarm},
    lore::Lore,
    object::Lasting,
    refused::Refused,
    sys::{self, PendingFd},
    trace::Trace,
};
use image::{numbers, Image};
use kernel::{prelude::*, sync::Arc};
use limits::{check_memory, Limits};
use lore_abi::{
    image::{Profile, FLAG_METERED},
    refusal::Reason,
    request::{LoadRequest, SpanName},
};
use lore_sandbox::{code::CodeLayout, fuel, window};
use lore_verifier::Violation;

/// Most initialised and zeroed data of one extension: what the window's plan takes.
const DATA_MAX: u64 = window::DATA_MAX;

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

impl Image {
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
