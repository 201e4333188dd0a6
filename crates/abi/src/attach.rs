// SPDX-License-Identifier: GPL-2.0
//! Attaching: where an extension's entries are called by the kernel, and what came of it.
//!
//! An extension's file takes [`AttachRequest`], `/dev/lore` takes [`DetachRequest`] and [`AttachmentsRequest`]. An
//! attachment ends with its extension, by detaching, when the extension had as many faults as it may, or when what it is
//! attached to goes away. One that ended by itself stays in the list until it is detached.

use crate::refusal::Refusal;
use crate::request::{iowr, NAME_MAX};
use zerocopy_derive::{FromBytes, Immutable, IntoBytes, KnownLayout};

/// Longest name of a hook in bytes, a zero behind it included.
pub const HOOK_NAME_MAX: usize = 128;
/// `entry` of an [`AttachRequest`]: the first of the hook's kind.
pub const ENTRY_FIRST: u32 = 0xffff_ffff;

/// `warnings`: the hook can run with interrupts masked, the image is not metered: it is skipped there, and counted.
pub const WARN_MASKED: u32 = 1 << 0;

/// Extension's file: attach an entry to a hook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct AttachRequest {
    /// The hook's name, padded with zeros: `tracepoint/NAME` and the like.
    pub hook: [u8; HOOK_NAME_MAX],
    /// Index of the entry, or [`ENTRY_FIRST`].
    pub entry: u32,
    /// Out: `WARN_*`.
    pub warnings: u32,
    /// Out: number of the attachment.
    pub id: u64,
    /// Out.
    pub refusal: Refusal,
}
const _: () = assert!(size_of::<AttachRequest>() == HOOK_NAME_MAX + 48);
/// Request number of [`AttachRequest`].
pub const ATTACH: u32 = iowr(24, size_of::<AttachRequest>());

/// `/dev/lore`: end one attachment, or all of an extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct DetachRequest {
    /// Number of the attachment; 0 for all of an extension.
    pub attachment: u64,
    /// The extension's name; all zero to go by `id`.
    pub name: [u8; NAME_MAX],
    /// The extension's number.
    pub id: u64,
    /// Out: attachments that were ended by this request or before.
    pub count: u32,
    /// Must be zero.
    pub reserved: u32,
    /// Out.
    pub refusal: Refusal,
}
const _: () = assert!(size_of::<DetachRequest>() == NAME_MAX + 56);
/// Request number of [`DetachRequest`].
pub const DETACH: u32 = iowr(5, size_of::<DetachRequest>());

codes! {
    /// Whether an attachment is in force, and if not, why.
    pub enum AttachmentState {
        Live = 0, "live", "the hook calls the extension";
        Faults = 1, "faults", "the extension had as many faults as it may";
        DeviceGone = 2, "device-gone", "the network device was taken away";
        NamespaceGone = 3, "namespace-gone", "the network namespace ended";
    }
}

/// What is known of an attachment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct AttachmentStatus {
    /// Number.
    pub id: u64,
    /// Number of the extension.
    pub extension: u64,
    /// Name of the extension, all zero for none.
    pub name: [u8; NAME_MAX],
    /// The hook's name.
    pub hook: [u8; HOOK_NAME_MAX],
    /// [`crate::image::Hook`] number.
    pub kind: u32,
    /// Index of the entry.
    pub entry: u32,
    /// [`AttachmentState`] number.
    pub state: u32,
    /// `WARN_*`.
    pub warnings: u32,
    /// Activations that returned.
    pub runs: u64,
    /// Activations that were cancelled.
    pub cancellations: u64,
    /// Calls of the hook at which none was started: another one of the same level ran on the CPU, or interrupts were
    /// masked and the image is not metered.
    pub skips: u64,
    /// Nanoseconds inside, of cancelled activations too.
    pub time_ns: u64,
    /// Kernel objects that its activations hold at this moment.
    pub held: u64,
}
const _: () = assert!(size_of::<AttachmentStatus>() == 16 + NAME_MAX + HOOK_NAME_MAX + 56);

/// `/dev/lore`: the attachments, by ascending number, from `after` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout)]
#[repr(C)]
pub struct AttachmentsRequest {
    /// Numbers up to this one are passed over.
    pub after: u64,
    /// User address of an array of [`AttachmentStatus`].
    pub buffer: u64,
    /// Entries of the array.
    pub capacity: u32,
    /// Out: entries written; below `capacity` means that there are no more.
    pub count: u32,
}
const _: () = assert!(size_of::<AttachmentsRequest>() == 24);
/// Request number of [`AttachmentsRequest`].
pub const ATTACHMENTS: u32 = iowr(6, size_of::<AttachmentsRequest>());

codes! {
    /// What becomes of a packet: the low half of the result of an entry of the hooks `netfilter` and `netdev`. Any other
    /// number counts as `pass`.
    pub enum Verdict {
        Pass = 0, "pass", "the packet goes its way";
        Drop = 1, "drop", "the packet is thrown away";
        Reply = 2, "reply", "netdev only: the packet, as it is now, is sent out of the device it came in by";
        Redirect = 3, "redirect", "netdev only: the packet is sent out of the device whose index is the result's upper half";
    }
}
