// SPDX-License-Identifier: GPL-2.0
//! An extension's window in this program: shared values by the pointers that the extension uses.
//!
//! The extension, and every other program that maps the window, may change any of it at any time. So only [`Shared`]
//! types are reached by reference, and every pointer is checked before it is followed: whatever stands in the window, a
//! program that goes by this module does not fault (but when memory is short, as with any page that is touched first).

use crate::requests::{Error, Extension};
use lore_abi::request::WindowPlan;
use lore_shared::{Ptr, Shared};
use rustix::mm::{mmap, munmap, MapFlags, ProtFlags};
use std::ffi::c_void;
use std::ops::Range;

/// What a program may do with a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Read values, by [`Window::read`].
    Read,
    /// Share values, by [`Window::get`].
    ReadWrite,
}

/// Why a pointer was not followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PtrError {
    /// It points nowhere.
    #[error("the pointer is null")]
    Null,
    /// It is no place for such a value.
    #[error("{at:#x} is not aligned for the value")]
    Misaligned {
        /// Offset in the window.
        at: u32,
    },
    /// It points out of the data, the heap and the ring.
    #[error("{at:#x} and {len} bytes are not in the data, the heap or the ring")]
    Outside {
        /// Offset in the window.
        at: u32,
        /// Bytes of the value.
        len: usize,
    },
    /// The window was mapped to be read.
    #[error("the window is mapped to be read, and a shared value may be written")]
    ReadOnly,
}

/// A mapped window. The extension lives at least as long.
pub struct Window {
    start: *mut c_void,
    plan: WindowPlan,
    access: Access,
}

// SAFETY: Plain addresses; all access is by atomics.
unsafe impl Send for Window {}
// SAFETY: As above.
unsafe impl Sync for Window {}

impl Extension {
    /// Maps its window.
    pub fn map(&self, access: Access) -> Result<Window, Error> {
        let plan = self.window()?;
        let prot = match access {
            Access::Read => ProtFlags::READ,
            Access::ReadWrite => ProtFlags::READ | ProtFlags::WRITE,
        };
        // SAFETY: A new mapping where the kernel finds room.
        let start = unsafe {
            mmap(
                std::ptr::null_mut(),
                plan.window_len as usize,
                prot,
                MapFlags::SHARED,
                self,
                0,
            )
        };
        Ok(Window {
            start: start.map_err(Error::Failed)?,
            plan,
            access,
        })
    }
}

impl Window {
    /// Where its parts lie.
    pub fn plan(&self) -> &WindowPlan {
        &self.plan
    }

    /// A shared value.
    pub fn get<T: Shared>(&self, at: Ptr<T>) -> Result<&T, PtrError> {
        if self.access == Access::Read {
            return Err(PtrError::ReadOnly);
        }
        let address = self.place(at)?;
        // SAFETY: In a part that stays mapped as long as `self`, aligned; any bytes are a `T`, which may change.
        Ok(unsafe { &*address })
    }

    /// A value as it is now, word by word: others may change it meanwhile.
    pub fn read<T: Shared>(&self, at: Ptr<T>) -> Result<T, PtrError> {
        let address = self.place(at)?;
        // SAFETY: As above; read as volatile since it may change, and any bytes are a `T`.
        Ok(unsafe { address.read_volatile() })
    }

    /// A pointer to an offset in the window, which must be in it.
    pub fn pointer_to<T>(&self, offset: u64) -> Ptr<T> {
        // Lossless: a window does not straddle a multiple of 4 GiB.
        Ptr::new((self.plan.low + offset) as u32)
    }

    fn place<T>(&self, at: Ptr<T>) -> Result<*const T, PtrError> {
        // Of a window that does not begin at a multiple of 4 GiB, addresses below it wrap to far behind its end.
        let offset = at.offset().wrapping_sub(self.plan.low as u32);
        let len = size_of::<T>();
        if at.is_null() {
            return Err(PtrError::Null);
        }
        if offset as usize % align_of::<T>() != 0 {
            return Err(PtrError::Misaligned { at: offset });
        }
        let (start, end) = (u64::from(offset), u64::from(offset) + len as u64);
        let inside = |part: Range<u64>| part.start <= start && end <= part.end;
        let plan = &self.plan;
        let ring_end = plan.records_at + plan.ring_len;
        if inside(plan.data_at..plan.data_end)
            || inside(plan.heap_at..plan.heap_end)
            || inside(plan.ring_at..ring_end)
        {
            return Ok(at.near(self.start));
        }
        Err(PtrError::Outside { at: offset, len })
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // SAFETY: This value's own mapping; what was borrowed from it is gone. An error leaves it mapped, no more.
        let _ = unsafe { munmap(self.start, self.plan.window_len as usize) };
    }
}
