// SPDX-License-Identifier: GPL-2.0
//! A refusal on its way to user space: the errno says the family, the evidence the case.

use crate::sys::{self, bindings};
use kernel::prelude::*;
use lore_abi::refusal::{Reason, Refusal};

/// Why a request was refused.
#[derive(Clone, Copy)]
pub(crate) struct Refused {
    pub(crate) errno: Error,
    pub(crate) refusal: Refusal,
}

impl Refused {
    /// A refusal without numbers.
    pub(crate) fn because(reason: Reason) -> Refused {
        let refusal = Refusal {
            reason: reason.number(),
            ..Refusal::default()
        };
        Refused {
            errno: errno_of(reason),
            refusal,
        }
    }

    /// A refusal of a number, with the limit that it met.
    pub(crate) fn beyond(reason: Reason, asked: u64, limit: u64) -> Refused {
        let mut refused = Refused::because(reason);
        refused.refusal.asked = asked;
        refused.refusal.limit = limit;
        refused
    }
}

/// Anything that runs out of memory on the way is refused for that.
impl From<kernel::alloc::AllocError> for Refused {
    fn from(_: kernel::alloc::AllocError) -> Refused {
        Refused::because(Reason::NoMemory)
    }
}

/// What the C side says is memory, an address, or a signal.
impl From<Error> for Refused {
    fn from(errno: Error) -> Refused {
        let reason = if errno == EFAULT {
            Reason::BadSpan
        } else if errno == EINTR {
            Reason::Interrupted
        } else {
            Reason::NoMemory
        };
        Refused {
            errno,
            ..Refused::because(reason)
        }
    }
}

fn errno_of(reason: Reason) -> Error {
    match reason {
        Reason::AbiVersion => sys::errno(bindings::EPROTO),
        Reason::Permission => EPERM,
        Reason::Reserved | Reason::BadName => EINVAL,
        Reason::BadSpan => EFAULT,
        Reason::Verifier => ENOEXEC,
        Reason::TooLarge | Reason::WindowFull => E2BIG,
        Reason::NoCodeRoom | Reason::NoWindow | Reason::TooMany => ENOSPC,
        Reason::NoMemory => ENOMEM,
        Reason::NameTaken => EEXIST,
        Reason::NoSuchExtension
        | Reason::NoSuchEntry
        | Reason::NoSuchAttachment
        | Reason::NoSuchPlace => ENOENT,
        Reason::UnknownHook | Reason::BadHook => EINVAL,
        Reason::GateUnfit | Reason::HookRefused => sys::errno(bindings::EOPNOTSUPP),
        Reason::HookPermission => EPERM,
        Reason::NoSuchRequest => ENOTTY,
        Reason::Detached => sys::errno(bindings::ESHUTDOWN),
        Reason::Busy => EBUSY,
        Reason::Profile => sys::errno(bindings::EOPNOTSUPP),
        Reason::Interrupted => EINTR,
    }
}
