// SPDX-License-Identifier: GPL-2.0
//! A window in user space, by plain system calls: what the client library would not do is what tests are about.

use crate::{patient, Assist};
use lore::kernel::LoadOptions;
use lore_abi::request::WindowPlan;
use rustix::fd::AsFd;
use rustix::io::Errno;
use rustix::mm::{mmap, munmap, MapFlags, ProtFlags};
use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::atomic::AtomicU64;

/// Bytes of a window.
pub const WINDOW: usize = 1 << 32;
/// Bytes of a page.
pub const PAGE: u64 = 4096;
/// To be read and written.
pub const BOTH: ProtFlags = ProtFlags::READ.union(ProtFlags::WRITE);

/// A mapping of a part of a window, from offset `at` on.
pub struct Mapping {
    /// First byte.
    pub start: *mut c_void,
    /// Its offset.
    pub at: u64,
    /// Bytes.
    pub len: usize,
}

// SAFETY: Shared memory, touched by atomics only.
unsafe impl Sync for Mapping {}
// SAFETY: As above.
unsafe impl Send for Mapping {}

/// Maps a part of the window of an extension's file.
#[expect(
    clippy::not_unsafe_ptr_arg_deref,
    reason = "the wish is an address, behind which nothing is looked at"
)]
pub fn map_at(
    file: impl AsFd,
    wish: *mut c_void,
    at: u64,
    len: usize,
    prot: ProtFlags,
    flags: MapFlags,
) -> Result<Mapping, Errno> {
    // SAFETY: Nothing else lies where these tests map with MAP_FIXED.
    let start = unsafe { mmap(wish, len, prot, flags, file, at) }?;
    Ok(Mapping { start, at, len })
}

impl Mapping {
    /// All of it.
    pub fn whole(assist: &Assist) -> Mapping {
        let mapped = map_at(
            &assist.extension,
            null_mut(),
            0,
            WINDOW,
            BOTH,
            MapFlags::SHARED,
        );
        mapped.expect("a window can be mapped")
    }

    /// A word of the window, by its address on either side.
    pub fn word(&self, address: u64) -> &AtomicU64 {
        let offset = (address & 0xffff_ffff) - self.at;
        assert!(offset as usize + 8 <= self.len && offset % 8 == 0);
        // SAFETY: Inside the mapping. A touch of what is not there is what some tests are about.
        unsafe { AtomicU64::from_ptr(self.start.byte_add(offset as usize).cast()) }
    }

    /// Whether the kernel, on this program's behalf, can read the word.
    pub fn can_read(&self, address: u64) -> bool {
        let (from, to) = rustix::pipe::pipe().expect("a pipe");
        // SAFETY: The kernel reads 8 bytes of the mapping, or refuses to.
        let bytes = unsafe { std::slice::from_raw_parts(self.word(address).as_ptr().cast(), 8) };
        let written = rustix::io::write(&to, bytes);
        drop(from);
        match written {
            Ok(8) => true,
            Err(Errno::FAULT) => false,
            other => panic!("{address:#x}: {other:?}"),
        }
    }

    /// Unmaps a part.
    pub fn unmap_part(&self, from: u64, len: usize) {
        // SAFETY: A part of this mapping, that the test does not touch any more.
        unsafe { munmap(self.start.byte_add((from - self.at) as usize), len) }.expect("munmap");
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: This mapping, whose user is gone.
        unsafe { munmap(self.start, self.len) }.expect("munmap");
    }
}

/// Where the parts of its window lie.
pub fn plan(assist: &Assist) -> WindowPlan {
    assist.extension.window().expect("where its parts lie")
}

/// With a heap of 1 MiB.
pub fn small() -> LoadOptions {
    LoadOptions {
        heap_max: 1 << 20,
        ..patient()
    }
}
