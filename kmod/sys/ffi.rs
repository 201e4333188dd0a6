// SPDX-License-Identifier: GPL-2.0
//! What C and assembly call. Each function turns pointers into references and makes one call.

use super::{
    bindings::{self, lore_cpu},
    hook::TRACEPOINT_ARGS,
    packet::Packet,
    poll::Poll,
    task::Task,
};
use crate::{
    device,
    entry::{self, Activation},
    extension::Extension,
    gate,
    hook::Attachment,
    lore::Lore,
    trace::Call,
};
use core::ffi::{c_long, c_ulong, c_void};
use kernel::{prelude::*, sync::Arc};
use lore_iface::{Gate, GateError};
use lore_sandbox::lasting::is_lasting;

fn answer(result: Result) -> c_long {
    match result {
        Ok(()) => 0,
        Err(error) => c_long::from(error.to_errno()),
    }
}

#[no_mangle]
extern "C" fn lore_rs_device_ioctl(lore: *mut c_void, request: u32, arg: c_ulong) -> c_long {
    // SAFETY: The context of `Device::register`, valid while the device can be open.
    let lore = unsafe { kernel::sync::ArcBorrow::from_raw(lore.cast::<Lore>()) };
    answer(device::request(lore, request, arg as usize))
}

#[no_mangle]
extern "C" fn lore_rs_file_ioctl(extension: *mut c_void, request: u32, arg: c_ulong) -> c_long {
    // SAFETY: The file's reference (`PendingFd::new`), valid until its release, which no request outlives.
    let extension = unsafe { kernel::sync::ArcBorrow::from_raw(extension.cast::<Extension>()) };
    answer(device::file_request(extension, request, arg as usize))
}

#[no_mangle]
extern "C" fn lore_rs_file_release(extension: *mut c_void) {
    // SAFETY: The file's reference, given back once: a file is released once.
    let extension = unsafe { Arc::from_raw(extension.cast::<Extension>()) };
    extension.lore.clone().release_file(extension);
}

/// A poll of an extension's file: events are there, or none will come any more.
#[no_mangle]
extern "C" fn lore_rs_file_poll(
    extension: *mut c_void,
    file: *mut bindings::file,
    table: *mut bindings::poll_table_struct,
) -> u32 {
    // SAFETY: As above.
    let extension = unsafe { &*extension.cast::<Extension>() };
    let poll = Poll { file, table };
    let ready = extension.window.ring().is_some_and(|ring| ring.wait(&poll));
    let over = extension.is_over();
    (if ready { bindings::LORE_POLL_READY } else { 0 })
        | (if over { bindings::LORE_POLL_OVER } else { 0 })
}

/// A user mapping's fault: the page at an offset of the window, with a reference; null for none.
#[no_mangle]
extern "C" fn lore_rs_file_page(extension: *mut c_void, at: u64) -> *mut bindings::page {
    // SAFETY: As above; the mapping holds the file.
    let extension = unsafe { &*extension.cast::<Extension>() };
    let page = extension.window.share(at);
    page.map_or(core::ptr::null_mut(), |page| page.into_raw())
}

/// Bytes of the window of a file's extension; `low` is where it begins, see shim.h.
#[no_mangle]
extern "C" fn lore_rs_file_window(extension: *mut c_void, low: *mut u64) -> u64 {
    // SAFETY: As above; the caller has the file.
    let extension = unsafe { &*extension.cast::<Extension>() };
    // SAFETY: The caller's own variable.
    unsafe { low.write(extension.window.low_half()) };
    extension.window.extent().size()
}

#[no_mangle]
extern "C" fn lore_rs_tick(cpu: *mut lore_cpu, pc: u64, link: *mut u64) -> u32 {
    // SAFETY: This CPU's slot, and a register that was interrupted, in its own hard interrupt: nobody else touches them
    // meanwhile.
    match entry::tick(unsafe { &mut *cpu }, pc, unsafe { &mut *link }) {
        entry::Verdict::Stop => bindings::LORE_TICK_STOP,
        entry::Verdict::Again => bindings::LORE_TICK_AGAIN,
        entry::Verdict::Land => bindings::LORE_TICK_LAND,
    }
}

/// What a hook was given to call.
///
/// # Safety
///
/// `context` is what the hook was attached with, and it is attached.
#[inline(always)]
unsafe fn attachment<'a>(context: *mut c_void) -> &'a Attachment {
    // SAFETY: The attachment owns the hook: it goes when nobody calls any more (sys/hook.rs).
    unsafe { &*context.cast::<Attachment>() }
}

#[no_mangle]
extern "C" fn lore_rs_tracepoint(context: *mut c_void, args: *const [u64; TRACEPOINT_ARGS]) {
    // SAFETY: Called by a tracepoint that is attached, with seven arguments.
    let (attachment, args) = unsafe { (attachment(context), *args) };
    attachment.fire_tracepoint(args, |raw| {
        // SAFETY: Asked only of arguments of this tracepoint that are tasks (shim_tasks.c), which stay until its probes
        // have returned.
        unsafe { Task::of_argument(raw) }
    });
}

#[no_mangle]
extern "C" fn lore_rs_tracepoint_ended(
    context: *mut c_void,
    prepared: *mut bindings::lore_prepared,
    cancelled: bool,
) {
    // SAFETY: Called by a tracepoint that is attached.
    let attachment = unsafe { attachment(context) };
    // SAFETY: shim_tracepoint.c has the seat still, and `prepared` from what the attachment has ready.
    attachment.after_straight(|pending| unsafe { entry::finish(prepared, cancelled, pending) });
}

#[no_mangle]
extern "C" fn lore_rs_timer(context: *mut c_void, periods: u64) {
    // SAFETY: Called by a timer that is attached.
    let _ = unsafe { attachment(context) }.fire([periods]);
}

#[no_mangle]
extern "C" fn lore_rs_function(context: *mut c_void, args: *const [u64; 8]) {
    // SAFETY: Called by a function that is attached, with eight arguments.
    unsafe { attachment(context).fire_function(&*args) };
}

#[no_mangle]
extern "C" fn lore_rs_return(context: *mut c_void, result: u64) {
    // SAFETY: Called by a function that is attached.
    unsafe { attachment(context) }.fire_function_return(result);
}

/// The default verdict is to let packets pass.
#[no_mangle]
extern "C" fn lore_rs_packet(context: *mut c_void, packet: *mut bindings::lore_packet) -> u64 {
    let result = core::ptr::NonNull::new(packet).and_then(|packet| {
        // SAFETY: Called by a packet hook that is attached, for a packet that is its own until this returns.
        unsafe { attachment(context).fire_lending(Packet::lent(packet)) }
    });
    result.unwrap_or(u64::from(lore_abi::attach::Verdict::Pass.number()))
}

/// The module's state, for notifications.
///
/// # Safety
///
/// `context` is what `Watch::new` gave away, and the notifications are still on.
unsafe fn lore<'a>(context: *mut c_void) -> &'a Lore {
    // SAFETY: `Watch` holds a reference until they are off.
    unsafe { &*context.cast::<Lore>() }
}

#[no_mangle]
extern "C" fn lore_rs_work(context: *mut c_void) {
    // SAFETY: Called by the work item.
    unsafe { lore(context) }.look_after_attachments();
}

#[no_mangle]
extern "C" fn lore_rs_device_gone(context: *mut c_void, device: *const c_void) {
    // SAFETY: Called by the notification of devices.
    unsafe { lore(context) }.device_gone(device);
}

#[no_mangle]
extern "C" fn lore_rs_namespace_gone(context: *mut c_void, net: *const c_void) {
    // SAFETY: Called by the notification of namespaces.
    unsafe { lore(context) }.namespace_gone(net);
}

/// A gate: its name in crossing.S and the safe function behind it.
macro_rules! gates {
    ($($variant:ident $id:ident $trampoline:ident $function:ident $traced:ident;)+) => { $(
        #[no_mangle]
        extern "C" fn $function(
            x0: u64,
            x1: u64,
            x2: u64,
            x3: u64,
            x4: u64,
            x5: u64,
            x6: u64,
            activation: *mut Activation,
        ) -> u64 {
            // Apart, with the same arguments, so that the usual way needs no frame.
            #[cold]
            #[inline(never)]
            extern "C" fn lasting(
                x0: u64,
                x1: u64,
                x2: u64,
                x3: u64,
                x4: u64,
                x5: u64,
                x6: u64,
                activation: *mut Activation,
            ) -> u64 {
                // SAFETY: As below.
                let activation = unsafe { &*activation };
                // SAFETY: As below; the references of the first try are gone.
                let objects = unsafe { activation.objects() };
                let x = [x0, x1, x2, x3, x4, x5, x6];
                gate::answer(gate::dispatch::$id::<true>(activation, objects, x))
            }

            // SAFETY: crossing.S passes the activation that runs on this CPU, whose owner waits in `lore_cross`.
            let this = unsafe { &*activation };
            // SAFETY: The gate that runs is the only one of the activation.
            let objects = unsafe { this.objects() };
            let x = [x0, x1, x2, x3, x4, x5, x6];
            match gate::dispatch::$id::<false>(this, objects, x) {
                // No table of an activation has such a handle, so nothing was done yet.
                Err(GateError::BadHandle) if const { gate::dispatch::may_last(Gate::$variant) } && is_lasting(x0) => {
                    lasting(x0, x1, x2, x3, x4, x5, x6, activation)
                }
                answer => gate::answer(answer),
            }
        }

        #[no_mangle]
        extern "C" fn $traced(
            x0: u64,
            x1: u64,
            x2: u64,
            x3: u64,
            x4: u64,
            x5: u64,
            x6: u64,
            activation: *mut Activation,
        ) -> u64 {
            // SAFETY: As above.
            let this = unsafe { &*activation };
            let x = [x0, x1, x2, x3, x4, x5, x6];
            let call = Call::begin(this, Gate::$variant, x);
            let result = $function(x0, x1, x2, x3, x4, x5, x6, activation);
            call.end(this, x, result);
            result
        }
    )+ };
}
lore_iface::for_each_gate!(gates);
