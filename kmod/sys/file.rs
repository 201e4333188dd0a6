// SPDX-License-Identifier: GPL-2.0
//! The device, the extensions' files, and references to the module.

use super::bindings;
use crate::{extension::Extension, lore::Lore};
use core::ffi::c_void;
use kernel::{error::to_result, prelude::*, sync::Arc};

/// `/dev/lore`, while it is registered. Its requests reach `lore`.
pub(crate) struct Device {
    lore: *const Lore,
}

// SAFETY: The pointer is only used to give the reference back.
unsafe impl Send for Device {}
// SAFETY: As above.
unsafe impl Sync for Device {}

impl Device {
    pub(crate) fn register(lore: Arc<Lore>) -> Result<Device> {
        let device = Device {
            lore: Arc::into_raw(lore),
        };
        // SAFETY: The pointer is valid until `drop`, which unregisters first. Called once.
        let result =
            to_result(unsafe { bindings::lore_device_register(device.lore as *mut c_void) });
        match result {
            Ok(()) => Ok(device),
            Err(error) => {
                let device = core::mem::ManuallyDrop::new(device);
                // SAFETY: The reference that `into_raw` gave up above; nobody else saw it.
                drop(unsafe { Arc::from_raw(device.lore) });
                Err(error)
            }
        }
    }
}

impl Drop for Device {
    fn drop(&mut self) {
        // SAFETY: Registered by `register`. No file is open: an open one holds the module.
        unsafe { bindings::lore_device_unregister() };
        // SAFETY: The reference that `into_raw` gave up; no request can use it any more.
        drop(unsafe { Arc::from_raw(self.lore) });
    }
}

/// A file descriptor that user space does not see yet.
///
/// # Invariants
///
/// `fd` is reserved for the current task, `file` is an extension's file that is not installed.
pub(crate) struct PendingFd {
    fd: i32,
    file: *mut bindings::file,
}

impl PendingFd {
    /// A file of `extension`; its release counts the extension's files down.
    ///
    /// On an error the caller still owns the count it took for the file.
    pub(crate) fn new(extension: Arc<Extension>) -> Result<PendingFd> {
        let pointer = Arc::into_raw(extension);
        let mut file = core::ptr::null_mut();
        // SAFETY: The file takes the reference over, if it comes to be.
        let fd = unsafe { bindings::lore_fd_new(pointer as *mut c_void, &mut file) };
        if fd < 0 {
            // SAFETY: No file came to be, so the reference is still ours.
            drop(unsafe { Arc::from_raw(pointer) });
            return Err(Error::from_errno(fd));
        }
        // INVARIANT: Just made.
        Ok(PendingFd { fd, file })
    }

    pub(crate) fn number(&self) -> i32 {
        self.fd
    }

    /// Lets user space have it.
    pub(crate) fn install(self) {
        let this = core::mem::ManuallyDrop::new(self);
        // SAFETY: By the type's invariant; `this` is not dropped, so this happens once.
        unsafe { bindings::lore_fd_install(this.fd, this.file) };
    }
}

impl Drop for PendingFd {
    fn drop(&mut self) {
        // SAFETY: By the type's invariant.
        unsafe { bindings::lore_fd_cancel(self.fd, self.file) };
    }
}

/// A reference to the module, held by a name so that `rmmod` is refused.
pub(crate) struct ModuleHold(());

impl ModuleHold {
    /// Only from a request: the open file holds the module meanwhile.
    pub(crate) fn take() -> ModuleHold {
        // SAFETY: A request runs, so the module has a reference already.
        unsafe { bindings::lore_module_get() };
        ModuleHold(())
    }
}

impl Drop for ModuleHold {
    fn drop(&mut self) {
        // SAFETY: Taken by `take`. Dropped in a request or a release, so this is not the last reference.
        unsafe { bindings::lore_module_put() };
    }
}
