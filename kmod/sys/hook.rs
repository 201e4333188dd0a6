// SPDX-License-Identifier: GPL-2.0
//! What the kernel calls an attachment by. Each type detaches when it is dropped, and then nobody calls any more.

use super::bindings;
use crate::hook::Attachment;
use core::{
    ffi::{c_void, CStr},
    marker::PhantomData,
    ptr::NonNull,
};
use kernel::{error::to_result, prelude::*};
use lore_abi::attach::Verdict;

/// Netfilter's numbers of families.
pub(crate) const IPV4: u8 = 2;
/// See [`IPV4`].
pub(crate) const IPV6: u8 = 10;
/// Arguments that the hook `function` passes.
pub(crate) const FUNCTION_ARGS: usize = bindings::LORE_ARGS_MAX as usize;

/// Arguments of a tracepoint that its probe passes on; what a tracepoint does not have is 0.
pub(crate) const TRACEPOINT_ARGS: usize = 7;

const _: () = assert!(Verdict::Drop.number() == bindings::LORE_DROP);
const _: () = assert!(Verdict::Reply.number() == bindings::LORE_REPLY);
const _: () = assert!(Verdict::Redirect.number() == bindings::LORE_REDIRECT);

/// What C hands back to us with each call. It stays valid: the attachment owns what is made of it.
fn context(attachment: &Attachment) -> *mut c_void {
    core::ptr::from_ref(attachment).cast_mut().cast()
}

/// A hook of C, as it is attached: `attach` fills a pointer, `detach` takes it.
macro_rules! hooks {
    ($( $(#[$meta:meta])* $name:ident($c:ident, $detach:ident); )+) => { $(
        $(#[$meta])*
        ///
        /// # Invariants
        ///
        /// Attached, and detached once, in `drop`. The attachment that it calls owns it.
        pub(crate) struct $name(NonNull<bindings::$c>);

        // SAFETY: The kernel's functions on it may be called by any task.
        unsafe impl Send for $name {}
        // SAFETY: As above.
        unsafe impl Sync for $name {}

        impl $name {
            fn made(error: i32, hook: *mut bindings::$c) -> Result<$name> {
                to_result(error)?;
                // INVARIANT: Just attached.
                NonNull::new(hook).map($name).ok_or(ENOMEM)
            }
        }

        impl Drop for $name {
            fn drop(&mut self) {
                // SAFETY: By the type's invariant. In a task that may sleep.
                unsafe { bindings::$detach(self.0.as_ptr()) };
            }
        }
    )+ };
}

hooks! {
    /// A tracepoint.
    Tracepoint(lore_tracepoint, lore_tracepoint_detach);
    /// A timer.
    Timer(lore_timer, lore_timer_detach);
    /// A kernel function.
    Function(lore_function, lore_function_detach);
    /// Packets at a point of the network stack, or of a device.
    Packets(lore_packets, lore_packets_detach);
}

impl Tracepoint {
    pub(crate) fn attach(name: &CStr, attachment: &Attachment) -> Result<Tracepoint> {
        let mut hook = core::ptr::null_mut();
        let seats = attachment.straight().ok_or(EINVAL)?;
        // SAFETY: The attachment owns the result and the seats, so it is valid until the detaching.
        let error = unsafe {
            bindings::lore_tracepoint_attach(
                &mut hook,
                name.as_ptr(),
                context(attachment),
                seats.ready().as_ptr(),
                seats.ends_by_itself(),
            )
        };
        Tracepoint::made(error, hook)
    }
}

/// Positions of tasks among the arguments of a tracepoint, as bits.
pub(crate) fn tasks_of(name: &CStr) -> u64 {
    // SAFETY: The name ends with a zero. Called in a task.
    u64::from(unsafe { bindings::lore_tracepoint_tasks(name.as_ptr()) })
}

impl Timer {
    pub(crate) fn attach(period_ns: u64, attachment: &Attachment) -> Result<Timer> {
        let mut hook = core::ptr::null_mut();
        // SAFETY: As for tracepoints.
        let error =
            unsafe { bindings::lore_timer_attach(&mut hook, period_ns, context(attachment)) };
        Timer::made(error, hook)
    }
}

impl Function {
    pub(crate) fn attach(
        name: &CStr,
        enters: bool,
        returns: bool,
        attachment: &Attachment,
    ) -> Result<Function> {
        let mut hook = core::ptr::null_mut();
        // SAFETY: As for tracepoints.
        let error = unsafe {
            bindings::lore_function_attach(
                &mut hook,
                name.as_ptr(),
                enters,
                returns,
                context(attachment),
            )
        };
        Function::made(error, hook)
    }
}

impl Packets {
    /// In the caller's namespace.
    pub(crate) fn netfilter(
        family: u8,
        point: u32,
        priority: i32,
        attachment: &Attachment,
    ) -> Result<Packets> {
        let mut hook = core::ptr::null_mut();
        // SAFETY: As for tracepoints. A request runs, so the task has a namespace.
        let error = unsafe {
            bindings::lore_netfilter_attach(&mut hook, family, point, priority, context(attachment))
        };
        Packets::made(error, hook)
    }

    /// Of a device in the caller's namespace.
    pub(crate) fn netdev(
        name: &CStr,
        order: i32,
        attachment: &Attachment,
        _rtnl: &Rtnl,
    ) -> Result<Packets> {
        let mut hook = core::ptr::null_mut();
        // SAFETY: As for tracepoints. The RTNL is held.
        let error = unsafe {
            bindings::lore_netdev_attach(&mut hook, name.as_ptr(), order, context(attachment))
        };
        Packets::made(error, hook)
    }

    pub(crate) fn is_of_net(&self, net: *const c_void) -> bool {
        // SAFETY: Compares addresses.
        unsafe { bindings::lore_packets_of_net(self.0.as_ptr(), net) }
    }

    pub(crate) fn is_of_device(&self, device: *const c_void) -> bool {
        // SAFETY: Compares addresses.
        unsafe { bindings::lore_packets_of_device(self.0.as_ptr(), device) }
    }
}

/// The lock of network devices.
pub(crate) struct Rtnl(PhantomData<*mut ()>);

impl Rtnl {
    /// In a task that holds no lock of ours.
    pub(crate) fn lock() -> Rtnl {
        // SAFETY: Released in `drop`, by the same task.
        unsafe { bindings::lore_rtnl_lock() };
        Rtnl(PhantomData)
    }
}

impl Drop for Rtnl {
    fn drop(&mut self) {
        // SAFETY: Locked by `lock`.
        unsafe { bindings::lore_rtnl_unlock() };
    }
}
