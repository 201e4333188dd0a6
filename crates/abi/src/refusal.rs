// SPDX-License-Identifier: GPL-2.0
//! Why the kernel refused a request, with the evidence.

use zerocopy_derive::{FromBytes, Immutable, IntoBytes, KnownLayout};

codes! {
    /// Why a request was refused. The errno says the family, this says the case.
    pub enum Reason {
        AbiVersion = 1, "abi-version", "kernel and loader have different ABI versions";
        Permission = 2, "permission", "the caller lacks CAP_SYS_ADMIN and CAP_BPF";
        Reserved = 3, "reserved", "a flag or reserved field is not zero";
        BadSpan = 4, "bad-span", "a span of the request is misaligned, too long, or not readable";
        Verifier = 5, "verifier", "the verifier refused the image";
        TooLarge = 6, "too-large", "a size is above the kernel's limit";
        NoCodeRoom = 7, "no-code-room", "the code arena has no free region of that size";
        NoWindow = 8, "no-window", "no window of kernel address space is to be had";
        NoMemory = 9, "no-memory", "the kernel is out of memory";
        TooMany = 10, "too-many", "the limit of loaded extensions is reached";
        BadName = 11, "bad-name", "the name is empty, too long, or has characters outside [A-Za-z0-9_.-]";
        NameTaken = 12, "name-taken", "an extension of that name is loaded";
        NoSuchExtension = 13, "no-such-extension", "no extension of that name or number is loaded";
        NoSuchEntry = 14, "no-such-entry", "the image has no such entry";
        NoSuchRequest = 15, "no-such-request", "the request number is not known";
        Detached = 16, "detached", "the extension was detached after a fault";
        Busy = 17, "busy", "an activation of the same level runs on this CPU, or all buffers are taken";
        Profile = 18, "profile", "the image's guard profile or mode is not supported here";
        Interrupted = 19, "interrupted", "a signal arrived";
        UnknownHook = 20, "unknown-hook", "there is no hook of that kind";
        BadHook = 21, "bad-hook", "the hook's name does not have the form of its kind";
        NoSuchPlace = 22, "no-such-place", "the kernel has no tracepoint, function or device of that name";
        GateUnfit = 23, "gate-unfit", "the image imports a gate that cannot be called from this hook";
        NoSuchAttachment = 24, "no-such-attachment", "no attachment has that number";
        HookPermission = 25, "hook-permission", "the caller lacks the capability that the hook needs";
        HookRefused = 26, "hook-refused", "the kernel does not let anything be attached there";
        WindowFull = 27, "window-full", "data, stacks, heap and ring do not fit in the window together";
    }
}

/// What a refused request leaves in its `refusal` field. All zero: not refused.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, FromBytes, IntoBytes, Immutable, KnownLayout,
)]
#[repr(C)]
pub struct Refusal {
    /// [`Reason`] number, 0 for none.
    pub reason: u32,
    /// [`crate::rule::Rule`] number when the reason is the verifier, else 0.
    pub rule: u32,
    /// Region offset of the word (verifier), or the number of the bad span ([`crate::request::SpanName`]).
    pub at: u32,
    /// The word at fault (verifier).
    pub word: u32,
    /// The value that was asked for (sizes, versions, counts).
    pub asked: u64,
    /// The limit that it met.
    pub limit: u64,
}
const _: () = assert!(size_of::<Refusal>() == 32);
