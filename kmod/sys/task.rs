// SPDX-License-Identifier: GPL-2.0
//! References to tasks.

use super::{atomic, bindings};
use core::{mem::ManuallyDrop, ptr::NonNull, sync::atomic::AtomicI32};
use kernel::bindings::task_struct;
use lore_iface::{TaskIds, TaskTimes};

/// Bytes of a task's name.
const NAME_LEN: usize = bindings::LORE_TASK_NAME_LEN as usize;

/// A reference to a task, which may have exited.
///
/// # Invariants
///
/// The task was got by this value and is put once, in `drop`.
pub(crate) struct Task(NonNull<bindings::lore_task>);

// SAFETY: A counted reference may be read and put by any task.
unsafe impl Send for Task {}
// SAFETY: As above.
unsafe impl Sync for Task {}

impl Task {
    /// The task that runs on this CPU; `None` if its count is broken. In line, as C's `get_task_struct(current)` is.
    #[inline(always)]
    pub(crate) fn current() -> Option<Task> {
        let task: *mut bindings::lore_task;
        // SAFETY: In the kernel that register holds the task that runs, which always is.
        let task = unsafe {
            core::arch::asm!("mrs {}, sp_el0", out(reg) task,
                options(pure, nomem, nostack, preserves_flags));
            NonNull::new_unchecked(task)
        };
        // INVARIANT: The reference is this value's: it is taken here.
        let this = Task(task);
        // As `refcount_inc()` has it: of a count that was not positive, or is no longer, something is wrong.
        if atomic::increment(this.usage()) <= 1 {
            // Not put: the count stays where that puts it.
            overgot(ManuallyDrop::new(this).0);
            return None;
        }
        Some(this)
    }

    /// What counts the references. C's side goes by the same word, atomically too.
    #[inline(always)]
    fn usage(&self) -> &AtomicI32 {
        let task = self.0.as_ptr().cast::<task_struct>();
        // SAFETY: Valid by the type's invariant; aligned; only changed atomically.
        unsafe { AtomicI32::from_ptr(&raw mut (*task).usage.refs.counter) }
    }

    /// Another reference to it.
    pub(crate) fn again(&self) -> Task {
        // SAFETY: Valid by the type's invariant.
        // INVARIANT: The new reference is the new value's.
        Task(unsafe { NonNull::new_unchecked(bindings::lore_task_get(self.0.as_ptr())) })
    }

    /// What the kernel has passed as a task, if it is not null.
    ///
    /// # Safety
    ///
    /// It is null, or a task that stays for as long as this call takes.
    pub(super) unsafe fn of_argument(raw: u64) -> Option<Task> {
        let task = NonNull::new(raw as *mut bindings::lore_task)?;
        // SAFETY: By this function's contract.
        // INVARIANT: The reference is this value's.
        NonNull::new(unsafe { bindings::lore_task_get(task.as_ptr()) }).map(Task)
    }

    /// The task of a number in the initial PID namespace.
    pub(crate) fn by_pid(number: u32) -> Option<Task> {
        // SAFETY: Any number will do.
        // INVARIANT: The reference is this value's.
        NonNull::new(unsafe { bindings::lore_task_by_pid(number) }).map(Task)
    }

    /// The task that waits for its end; `None` when it was reaped.
    pub(crate) fn parent(&self) -> Option<Task> {
        // SAFETY: Valid by the type's invariant.
        // INVARIANT: The reference is this value's.
        NonNull::new(unsafe { bindings::lore_task_parent(self.0.as_ptr()) }).map(Task)
    }

    /// Its numbers, in the initial namespaces.
    pub(crate) fn ids(&self) -> TaskIds {
        let mut ids = bindings::lore_task_ids::default();
        // SAFETY: Valid by the type's invariant; the other side is our own.
        unsafe { bindings::lore_task_ids(self.0.as_ptr(), &mut ids) };
        TaskIds {
            pid: ids.pid,
            process: ids.process,
            user: ids.user,
            group: ids.group,
        }
    }

    /// How long it ran, and since when it is there.
    pub(crate) fn times(&self) -> TaskTimes {
        let mut times = bindings::lore_task_times::default();
        // SAFETY: As above.
        unsafe { bindings::lore_task_times(self.0.as_ptr(), &mut times) };
        TaskTimes {
            user_ns: times.user_ns,
            system_ns: times.system_ns,
            running_ns: times.running_ns,
            started_ns: times.started_ns,
        }
    }

    /// Its name, padded with zeros, the last byte one of them.
    pub(crate) fn name(&self) -> [u8; NAME_LEN] {
        let mut name = [0; NAME_LEN];
        // SAFETY: As above; the room is as long as the function writes.
        unsafe { bindings::lore_task_name(self.0.as_ptr(), name.as_mut_ptr()) };
        name
    }

    /// Its number in the initial PID namespace.
    pub(crate) fn pid(&self) -> u32 {
        // SAFETY: Valid by the type's invariant.
        unsafe { bindings::lore_task_pid(self.0.as_ptr()) }
    }
}

impl Drop for Task {
    #[inline(always)]
    fn drop(&mut self) {
        // As `refcount_dec_and_test()` has it.
        let after = atomic::decrement_release(self.usage());
        if after <= 0 {
            put_last(self.0, after);
        }
    }
}

/// Apart, like all that is not usual here, so that the usual way needs no frame.
#[cold]
#[inline(never)]
fn overgot(task: NonNull<bindings::lore_task>) {
    // SAFETY: Called for a task that is.
    unsafe { bindings::lore_task_overgot(task.as_ptr()) };
}

#[cold]
#[inline(never)]
fn put_last(task: NonNull<bindings::lore_task>, after: i32) {
    // SAFETY: Called for a reference that was the last one, or that was none. Does not sleep.
    unsafe { bindings::lore_task_put_last(task.as_ptr(), after) };
}

/// Waits until what was dropped last is gone. Sleeps; nothing is dropped meanwhile.
pub(crate) fn wait_for_puts() {
    // SAFETY: At the module's end, in task context.
    unsafe { bindings::lore_tasks_exit() };
}
