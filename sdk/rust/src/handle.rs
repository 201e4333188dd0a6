// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! Handles of kernel objects: what the generated types are made of.

use crate::interface::GateError;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ops::Deref;

/// A number that names a kernel object for one activation, on one CPU: neither `Send` nor `Sync`.
#[derive(Debug)]
pub struct Handle {
    number: u64,
    _here: PhantomData<*mut ()>,
}

impl Handle {
    pub(crate) fn new(number: u64) -> Handle {
        Handle {
            number,
            _here: PhantomData,
        }
    }

    pub(crate) fn number(&self) -> u64 {
        self.number
    }
}

/// A type of [`crate::interface`] that stands for a kernel object.
pub trait Object {
    /// The value of a handle; dropping it drops the object.
    ///
    /// # Safety
    ///
    /// The handle is of that kind, and nobody else drops it. (A wrong one is an error of every call, no more.)
    unsafe fn from_handle(handle: Handle) -> Self;
}

/// An object that the kernel lends for the activation: it is looked at, never dropped.
///
/// Entries get it by a lifetime of their own, so it can be kept nowhere.
#[derive(Debug)]
pub struct Lent<'a, T: Object> {
    object: ManuallyDrop<T>,
    _activation: PhantomData<&'a ()>,
}

impl<T: Object> Lent<'_, T> {
    /// What an entry was called with.
    ///
    /// # Safety
    ///
    /// The number is a handle that the kernel has lent to this activation, of this kind; the lifetime does not leave it.
    pub unsafe fn from_raw(number: u64) -> Self {
        Lent {
            // SAFETY: By this function's own contract; it is never dropped.
            object: ManuallyDrop::new(unsafe { T::from_handle(Handle::new(number)) }),
            _activation: PhantomData,
        }
    }
}

impl<T: Object> Deref for Lent<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.object
    }
}

/// An object that outlives the activation: any activation of the extension may use it, on any CPU, until it is dropped or the
/// extension ends. What only one can use at a time answers `Busy` to others.
#[derive(Debug)]
pub struct Kept<T: Object>(T);

// SAFETY: The kernel looks a lasting handle up for whoever asks, and keeps the object until the call is done.
unsafe impl<T: Object> Send for Kept<T> {}
// SAFETY: As above.
unsafe impl<T: Object> Sync for Kept<T> {}

impl<T: Object> Kept<T> {
    /// # Safety
    ///
    /// The number is a lasting handle of that kind, nobody else's, and `old` names nothing any more.
    pub(crate) unsafe fn replace(old: T, number: u64) -> Kept<T> {
        core::mem::forget(old);
        // SAFETY: By this function's own contract.
        Kept(unsafe { T::from_handle(Handle::new(number)) })
    }

    /// The object, for a call that takes it.
    pub fn into_inner(self) -> T {
        self.0
    }
}

impl<T: Object> Deref for Kept<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

/// A gate's answer: errors are the last 4095 numbers.
pub(crate) fn checked(answer: i64) -> Result<u64, GateError> {
    match answer {
        -4095..=-1 => Err(GateError::of(answer.unsigned_abs())),
        _ => Ok(answer as u64),
    }
}
