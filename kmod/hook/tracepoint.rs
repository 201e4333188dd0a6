// SPDX-License-Identifier: GPL-2.0
//! `tracepoint/NAME`: the entry gets the arguments by position, the first seven.
//!
//! Attack: a tracepoint passes addresses of kernel objects. The kernel does not keep the types of the arguments, so what
//! could be an address is hidden, whatever it is; registers behind the last argument hold anything, and are hidden too.
//! Where it is known that an argument is a task, an extension that can ask tasks anything gets a handle in its place, lent
//! for the activation.

use super::{
    place::{refused, Place},
    Armed, Attachment,
};
use crate::{
    object::kinds::task::Task,
    refused::Refused,
    sys::hook::{self as c, TRACEPOINT_ARGS},
};
use lore_iface::{Gate, Kind, Resource};

pub(super) fn arm(attachment: &Attachment, name: &[u8]) -> Result<(), Refused> {
    let name = Place::new(name)?;
    attachment.arm(|| {
        if asks_tasks(attachment) {
            attachment.lend_tasks(c::tasks_of(name.as_c()));
        }
        let hook = c::Tracepoint::attach(name.as_c(), attachment).map_err(refused)?;
        Ok(Armed::Tracepoint(hook))
    })
}

/// Whether a handle of a task is of any use to the extension.
fn asks_tasks(attachment: &Attachment) -> bool {
    let imports = attachment.extension.tables.imports.iter();
    let mut gates = imports.filter_map(|number| Gate::from_u32(*number));
    gates.any(|gate| {
        let mut params = gate.signature().params.iter();
        params.any(|(_, kind)| *kind == Kind::Borrow(Resource::Task))
    })
}

/// What an extension may see of a number that may be an address: kernel addresses have their top bit set, and so does no
/// other number but those that are negative, of which errors are small.
#[inline(always)]
pub(super) fn visible(value: u64) -> u64 {
    let is_error = value >= (-4095i64) as u64;
    if value >> 63 == 0 || is_error {
        value
    } else {
        0
    }
}

impl Attachment {
    /// The tracepoint fires, and does not go the straight way of sys/shim_tracepoint.c. `task` takes a reference of an
    /// argument that is a task.
    pub(crate) fn fire_tracepoint(
        &self,
        raw: [u64; TRACEPOINT_ARGS],
        task: impl Fn(u64) -> Option<Task>,
    ) {
        let tasks = self.tasks();
        if tasks == 0 {
            let _ = self.fire(raw.map(visible));
            return;
        }
        let _ = self.fire_giving(|objects| {
            let mut args = raw.map(visible);
            for (at, (arg, raw)) in args.iter_mut().zip(raw).enumerate() {
                if tasks & 1 << at != 0 {
                    let lent = task(raw).and_then(|task| objects.lend(task).ok());
                    *arg = lent.unwrap_or(0);
                }
            }
            args
        });
    }
}
