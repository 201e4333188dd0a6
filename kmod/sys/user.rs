// SPDX-License-Identifier: GPL-2.0
//! User memory, as requests name it.

use super::bindings;
use core::ffi::c_void;
use kernel::{
    prelude::*,
    uaccess::{UserPtr, UserSlice},
};
use zerocopy::{FromBytes, IntoBytes};

/// Copies a request in.
pub(crate) fn read<T: FromBytes + IntoBytes>(addr: usize) -> Result<T> {
    let mut value = T::new_zeroed();
    read_bytes(addr, value.as_mut_bytes())?;
    Ok(value)
}

/// Copies a request or a record out.
pub(crate) fn write<T: IntoBytes + zerocopy::Immutable>(addr: usize, value: &T) -> Result {
    UserSlice::new(UserPtr::from_addr(addr), size_of::<T>())
        .writer()
        .write_slice(value.as_bytes())
}

/// Copies bytes in.
pub(crate) fn read_bytes(addr: usize, to: &mut [u8]) -> Result {
    UserSlice::new(UserPtr::from_addr(addr), to.len())
        .reader()
        .read_slice(to)
}

/// Copies from user memory to an address of a window.
///
/// # Safety
///
/// `to..to + len` must be mapped. Its contents may be written by others meanwhile.
pub(crate) unsafe fn copy_raw_in(to: usize, from: u64, len: u64) -> Result {
    // SAFETY: By this function's contract; the user's side is checked by the copy.
    let left = unsafe { bindings::lore_user_in(to as *mut c_void, from as usize, len as usize) };
    if left == 0 {
        Ok(())
    } else {
        Err(EFAULT)
    }
}

/// Copies from an address of a window to user memory.
///
/// # Safety
///
/// `from..from + len` must be mapped. Its contents may be written by others meanwhile.
pub(crate) unsafe fn copy_raw_out(to: u64, from: usize, len: u64) -> Result {
    // SAFETY: By this function's contract; the user's side is checked by the copy.
    let left = unsafe { bindings::lore_user_out(to as usize, from as *const c_void, len as usize) };
    if left == 0 {
        Ok(())
    } else {
        Err(EFAULT)
    }
}
