// SPDX-License-Identifier: GPL-2.0
//! An attach request: name -> kind -> entries, gates, capability -> an attachment that the hook calls.

use super::{attachment::Entries, place::split, Attachment, Kind, KINDS};
use crate::{extension::Extension, refused::Refused};
use kernel::{prelude::*, sync::Arc};
use lore_abi::{
    attach::{AttachRequest, ENTRY_FIRST, HOOK_NAME_MAX},
    image::Hook,
    refusal::Reason,
};
use lore_iface::Gate;

/// Does an attach request.
pub(crate) fn attach(
    extension: Arc<Extension>,
    request: &mut AttachRequest,
) -> Result<(), Refused> {
    let len = request.hook.iter().position(|b| *b == 0);
    let len = len.ok_or(Refused::because(Reason::BadHook))?;
    let name = request.hook.get(..len).unwrap_or(&[]);
    if request.hook.iter().skip(len).any(|byte| *byte != 0) {
        return Err(Refused::because(Reason::Reserved));
    }
    let (kind, place) = split(name, b'/');
    let kind = kind_of(kind)?;
    let place = place.ok_or(Refused::because(Reason::BadHook))?;
    check(&extension, kind)?;
    let entries = entries_of(&extension, kind, request.entry)?;
    let attachment = publish(extension, kind, request.hook, entries)?;
    if let Err(refused) = (kind.arm)(&attachment, place) {
        let id = attachment.id;
        attachment.extension.lore.detach_where(|a| a.id == id);
        return Err(refused);
    }
    request.id = attachment.id;
    request.warnings = attachment.warnings();
    Ok(())
}

fn kind_of(name: &[u8]) -> Result<&'static Kind, Refused> {
    KINDS
        .iter()
        .find(|kind| kind.hook.id().as_bytes() == name)
        .ok_or(Refused::because(Reason::UnknownHook))
}

/// Whether the extension may be attached to a kind of hook by this caller.
///
/// Attack: an extension on a tracepoint inside the page allocator calls a gate that waits for the allocator's lock, which
/// its own CPU holds. `wit/` says of each gate where it fits.
pub(super) fn check(extension: &Extension, kind: &Kind) -> Result<(), Refused> {
    if !(kind.may)() {
        return Err(Refused::because(Reason::HookPermission));
    }
    if extension.is_detached() {
        return Err(Refused::because(Reason::Detached));
    }
    let imports = extension.tables.imports.iter().copied();
    for number in imports {
        let fits = Gate::from_u32(number).is_some_and(|gate| gate.fits(kind.context));
        if !fits {
            return Err(Refused::beyond(Reason::GateUnfit, number.into(), 0));
        }
    }
    Ok(())
}

/// The entry that was asked for, or the first one; for a function, one for each end of it.
fn entries_of(extension: &Extension, kind: &Kind, asked: u32) -> Result<Entries, Refused> {
    let entries = &extension.entries;
    let find = |hook| {
        let found = entries.iter().enumerate().find(|(at, entry)| {
            entry.hook == hook && (asked == ENTRY_FIRST || *at == asked as usize)
        });
        found.map(|(at, _)| at as u32) // Lossless: the verifier bounds their number.
    };
    let first = find(kind.hook);
    let second = (kind.hook == Hook::Function)
        .then(|| find(Hook::Return))
        .flatten();
    if first.or(second).is_none() {
        let count = entries.len() as u64;
        return Err(Refused::beyond(Reason::NoSuchEntry, asked.into(), count));
    }
    Ok(Entries { first, second })
}

/// Makes the attachment, and lists it before it is armed: what its first call leaves behind must be found.
pub(super) fn publish(
    extension: Arc<Extension>,
    kind: &'static Kind,
    name: [u8; HOOK_NAME_MAX],
    entries: Entries,
) -> Result<Arc<Attachment>, Refused> {
    let lore = extension.lore.clone();
    let id = lore.attachments.lock().next_id();
    let attachment = Attachment::new(id, kind, name, extension, entries)?;
    lore.attachments.lock().add(attachment.clone())?;
    Ok(attachment)
}
