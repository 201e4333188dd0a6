// SPDX-License-Identifier: GPL-2.0
//! `function/NAME`: the entry of the hook `function` gets the arguments of a kernel function, that of the hook `return` its
//! result. An image may have both, or one.
//!
//! LoRe's own functions cannot be traced. Others that run on its way through a fault or a tick are refused: their calls
//! would come where the seat is taken, or between two steps of ours.

use super::{
    place::{refused, Place},
    tracepoint::visible,
    Armed, Attachment,
};
use crate::{refused::Refused, sys::hook as c};
use lore_abi::refusal::Reason;

/// How names begin that are not for extensions: what handles faults and ticks, and what counts us in and out.
const DENIED: [&[u8]; 14] = [
    b"lore_",
    b"do_mem_abort",
    b"do_translation_fault",
    b"do_page_fault",
    b"do_bad_area",
    b"fixup_exception",
    b"search_exception_table",
    b"search_module_extables",
    b"search_extable",
    b"hrtimer_",
    b"__hrtimer_",
    b"irq_work_",
    b"rcu_",
    b"__rcu_",
];

pub(super) fn arm(attachment: &Attachment, name: &[u8]) -> Result<(), Refused> {
    if DENIED.iter().any(|start| name.starts_with(start)) {
        return Err(Refused::because(Reason::HookRefused));
    }
    let name = Place::new(name)?;
    attachment.arm(|| {
        let (enters, returns) = attachment.sides();
        let hook =
            c::Function::attach(name.as_c(), enters, returns, attachment).map_err(refused)?;
        Ok(Armed::Function(hook))
    })
}

impl Attachment {
    /// The function is entered.
    #[inline(always)]
    pub(crate) fn fire_function(&self, raw: &[u64; c::FUNCTION_ARGS]) {
        let _ = self.fire(raw.map(visible));
    }

    /// The function returns.
    #[inline(always)]
    pub(crate) fn fire_function_return(&self, result: u64) {
        self.fire_return(visible(result));
    }
}
