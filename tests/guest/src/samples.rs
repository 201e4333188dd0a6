// SPDX-License-Identifier: GPL-2.0
//! The kernel's own profiler by plain system calls: a clock that takes samples of this thread.

use crate::mapping::{BOTH, PAGE};
use rustix::mm::{mmap, munmap, MapFlags};
use std::ffi::c_void;
use std::os::fd::{FromRawFd, OwnedFd};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where the kernel says how far it has written, in the first page of the ring.
const HEAD_AT: usize = 1024;

/// Samples that are being taken.
pub struct Samples {
    _event: OwnedFd,
    ring: *mut c_void,
    /// Bytes of records, behind the first page.
    room: usize,
}

impl Samples {
    /// Takes samples as `struct perf_event_attr` says, into so many pages. The attributes' second half of the first word is their
    /// size.
    pub fn begin(attributes: &[u64], pages: usize) -> Samples {
        assert_eq!(attributes[0] >> 32, 8 * attributes.len() as u64);
        // SAFETY: The kernel reads as much of the array as it has; the numbers are this thread, any CPU, no group, no flags.
        let event =
            unsafe { libc::syscall(libc::SYS_perf_event_open, attributes.as_ptr(), 0, -1, -1, 0) };
        assert!(event >= 0, "{}", std::io::Error::last_os_error());
        // SAFETY: The kernel has just made it.
        let event = unsafe { OwnedFd::from_raw_fd(event as i32) };
        let (page, room) = (PAGE as usize, PAGE as usize * pages);
        // SAFETY: A new mapping, where nothing is.
        let ring = unsafe { mmap(null_mut(), page + room, BOTH, MapFlags::SHARED, &event, 0) };
        Samples {
            _event: event,
            ring: ring.expect("a ring"),
            room,
        }
    }

    /// The records that there was room for.
    pub fn end(self) -> Vec<u8> {
        // SAFETY: `data_head` of the mapping's first page, which the kernel writes like an atomic.
        let head = unsafe { AtomicU64::from_ptr(self.ring.byte_add(HEAD_AT).cast()) };
        let len = (head.load(Ordering::Acquire) as usize).min(self.room);
        // SAFETY: In the pages behind the first, of which the kernel writes nothing twice: nobody moves its tail.
        let records = unsafe {
            std::slice::from_raw_parts(self.ring.byte_add(PAGE as usize).cast::<u8>(), len)
        };
        records.to_vec()
    }
}

impl Drop for Samples {
    fn drop(&mut self) {
        // SAFETY: Mapped by `begin`, and nobody keeps a part of it.
        unsafe { munmap(self.ring, PAGE as usize + self.room) }.expect("it is unmapped");
    }
}
