// SPDX-License-Identifier: GPL-2.0
//! All attachments, and every way that ends them from outside.
//!
//! An attachment holds its extension. The extension's end takes its attachments out of the list first: that breaks the
//! circle.

use super::{Armed, Attachment};
use crate::{lore::Lore, refused::Refused, sys};
use core::ffi::c_void;
use kernel::{prelude::*, sync::Arc};
use lore_abi::{attach::AttachmentState, refusal::Reason};

/// By ascending number.
pub(crate) struct Attachments {
    last_id: u64,
    all: KVec<Arc<Attachment>>,
}

impl Attachments {
    pub(crate) const fn new() -> Attachments {
        Attachments {
            last_id: 0,
            all: KVec::new(),
        }
    }

    /// A number for the next one.
    pub(super) fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// Numbers may come in any order, since attaching has no lock meanwhile.
    pub(super) fn add(&mut self, attachment: Arc<Attachment>) -> Result {
        let at = self.all.iter().position(|a| a.id > attachment.id);
        let at = at.unwrap_or(self.all.len());
        self.all.reserve(1, GFP_KERNEL)?;
        self.all
            .insert_within_capacity(at, attachment)
            .map_err(|_| ENOMEM)
    }

    /// The first one after a number.
    pub(crate) fn next(&self, after: u64) -> Option<Arc<Attachment>> {
        self.all.iter().find(|a| a.id > after).cloned()
    }

    /// Takes the first out that fits.
    fn take(&mut self, fits: impl Fn(&Attachment) -> bool) -> Option<Arc<Attachment>> {
        let at = self.all.iter().position(|a| fits(a))?;
        self.all.remove(at).ok()
    }

    /// Runs and skips and nanoseconds of an extension's attachments.
    pub(crate) fn counts_of(&self, extension: u64) -> [u64; 3] {
        let of = self.all.iter().filter(|a| a.extension.id == extension);
        of.fold([0; 3], |[runs, skips, ns], attachment| {
            let counts = attachment.counts();
            [runs + counts[0], skips + counts[1], ns + counts[2]]
        })
    }
}

impl Lore {
    /// Ends the attachments that fit, and forgets them; how many.
    pub(super) fn detach_where(&self, fits: impl Fn(&Attachment) -> bool) -> u32 {
        let mut count = 0;
        loop {
            // Apart, so that the list is not locked while the hook is waited for.
            let taken = self.attachments.lock().take(&fits);
            let Some(attachment) = taken else {
                if count > 0 {
                    // The work item may have one of them still, and with it the extension and its memory.
                    sys::work::flush();
                }
                return count;
            };
            // It is forgotten, so the state is of no interest.
            attachment.disarm(AttachmentState::Faults);
            attachment.look_after();
            attachment.fold();
            count += 1;
        }
    }

    /// Ends one attachment.
    pub(crate) fn detach(&self, id: u64) -> Result<(), Refused> {
        match self.detach_where(|a| a.id == id) {
            0 => Err(Refused::because(Reason::NoSuchAttachment)),
            _ => Ok(()),
        }
    }

    /// Ends all attachments of an extension; how many there were.
    pub(crate) fn detach_all(&self, extension: u64) -> u32 {
        self.detach_where(|a| a.extension.id == extension)
    }

    /// Each attachment, without a lock on the list.
    fn each_attachment(&self, mut act: impl FnMut(&Attachment)) {
        let mut after = 0;
        loop {
            let next = self.attachments.lock().next(after);
            let Some(attachment) = next else { return };
            after = attachment.id;
            act(&attachment);
        }
    }

    /// The work item: files what hooks have left, and ends what the policy says.
    pub(crate) fn look_after_attachments(&self) {
        self.each_attachment(Attachment::look_after);
    }

    /// A network device goes. Under the RTNL.
    pub(crate) fn device_gone(&self, device: *const c_void) {
        self.packets_gone(
            AttachmentState::DeviceGone,
            |armed| matches!(armed, Armed::Packets(hook) if hook.is_of_device(device)),
        );
    }

    /// A network namespace ends.
    pub(crate) fn namespace_gone(&self, net: *const c_void) {
        self.packets_gone(
            AttachmentState::NamespaceGone,
            |armed| matches!(armed, Armed::Packets(hook) if hook.is_of_net(net)),
        );
    }

    fn packets_gone(&self, state: AttachmentState, test: impl Fn(&Armed) -> bool) {
        self.each_attachment(|attachment| {
            if attachment.is_at(&test) {
                attachment.disarm(state);
            }
        });
    }
}
