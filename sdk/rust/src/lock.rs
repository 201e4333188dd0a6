// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! A lock between the activations of an extension, on all CPUs.

use crate::interface::{GateError, Lock};
use core::cell::UnsafeCell;
use core::ops::{Deref, DerefMut};
use core::sync::atomic::AtomicU32;

/// A value that one activation at a time may use.
///
/// An activation that is cancelled lets go of the lock wherever it was, so the value may be half changed.
#[derive(Debug, Default)]
#[repr(C)]
pub struct SpinLock<T> {
    word: AtomicU32,
    value: UnsafeCell<T>,
}

// SAFETY: The lock lets one holder at a time reach the value.
unsafe impl<T: Send> Sync for SpinLock<T> {}

/// The right to use the value, until it is dropped.
#[derive(Debug)]
pub struct Guard<'a, T> {
    value: &'a UnsafeCell<T>,
    _lock: Lock,
}

impl<T> SpinLock<T> {
    /// A free lock around a value.
    pub const fn new(value: T) -> SpinLock<T> {
        SpinLock {
            word: AtomicU32::new(0),
            value: UnsafeCell::new(value),
        }
    }

    /// Takes the lock, or waits for it as long as the activation has time. An error if this CPU holds it already, or if
    /// the activation holds as many objects as it may.
    pub fn lock(&self) -> Result<Guard<'_, T>, GateError> {
        let lock = Lock::take(self.word.as_ptr().expose_provenance() as u64)?;
        Ok(Guard {
            value: &self.value,
            _lock: lock,
        })
    }
}

impl<T> Deref for Guard<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        // SAFETY: The lock is held, so nobody else uses the value.
        unsafe { &*self.value.get() }
    }
}

impl<T> DerefMut for Guard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: The lock is held, so nobody else uses the value.
        unsafe { &mut *self.value.get() }
    }
}
