// SPDX-License-Identifier: GPL-2.0
//! What looks after attachments while no request does: a work item, and notifications of the network.

use super::bindings;
use crate::lore::Lore;
use kernel::{error::to_result, prelude::*, sync::Arc};

/// The work item and the notifications, while the module is loaded.
pub(crate) struct Watch {
    lore: *const Lore,
}

// SAFETY: The pointer is only used to give the reference back.
unsafe impl Send for Watch {}
// SAFETY: As above.
unsafe impl Sync for Watch {}

impl Watch {
    /// Once, at module init.
    pub(crate) fn new(lore: Arc<Lore>) -> Result<Watch> {
        let watch = Watch {
            lore: Arc::into_raw(lore),
        };
        // SAFETY: The pointer is valid until `drop`, which stops both first. Called once.
        let error = unsafe {
            bindings::lore_tracepoints_init();
            bindings::lore_functions_init();
            bindings::lore_work_init(watch.lore.cast_mut().cast());
            bindings::lore_net_watch(watch.lore.cast_mut().cast())
        };
        match to_result(error) {
            Ok(()) => Ok(watch),
            Err(error) => {
                let watch = core::mem::ManuallyDrop::new(watch);
                // SAFETY: The reference that `into_raw` gave up above; nobody has used it.
                drop(unsafe { Arc::from_raw(watch.lore) });
                Err(error)
            }
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        // SAFETY: No extension is left, so nothing kicks the work item any more.
        unsafe {
            bindings::lore_net_unwatch();
            bindings::lore_work_exit();
        }
        // SAFETY: The reference that `into_raw` gave up; nobody can use it any more.
        drop(unsafe { Arc::from_raw(self.lore) });
    }
}

/// Has the work item run soon. In any context.
pub(crate) fn kick() {
    // SAFETY: May be called anywhere.
    unsafe { bindings::lore_work_kick() };
}

/// Waits until the work item, if it runs, is done with the attachments that it has. Sleeps; not under a lock that they are disarmed
/// under.
pub(crate) fn flush() {
    // SAFETY: May sleep, as this may.
    unsafe { bindings::lore_work_flush() };
}
