// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! The allocator, on the gate `heap_grow`: a list of free blocks per power of two.
//!
//! Several CPUs run an extension at once, an interrupt may run it over itself, and an activation can
//! be cancelled at any instruction. A lock would then be held for ever, and the allocators to be had
//! (dlmalloc, talc, linked_list_allocator) would be left half changed. Here every change is one
//! compare-and-swap of a list's head: what a cancelled activation was about to take or give is lost,
//! no more, and the heap's limit bounds that. `sdk/c/src/heap.c` does the same for C.
//!
//! A head holds the low half of the first block's address, which is all of an address that counts,
//! and a counter that each change moves on, so that a head is never mistaken for an older one.

use crate::interface::{heap_grow, HEAP_GROW_BYTES_MAX};
use core::alloc::{GlobalAlloc, Layout};
use core::ptr::null_mut;
use core::sync::atomic::{AtomicU64, Ordering};

/// Blocks are of `1 << FIRST` to `1 << LAST` bytes.
const FIRST: u32 = 4;
/// See [`FIRST`].
const LAST: u32 = 30;
/// Blocks up to this size are made many at a time.
const CHUNK: usize = 65536;
/// Fresh memory begins on a page, so that is what large blocks are aligned to.
const ALIGN_MAX: usize = 4096;
const LOW: u64 = 0xffff_ffff;

static HEADS: [AtomicU64; LAST as usize + 1] = [const { AtomicU64::new(0) }; LAST as usize + 1];
/// Upper half of all addresses of the window; learnt from the first growth.
static WINDOW: AtomicU64 = AtomicU64::new(0);

/// The heap of the extension.
pub struct Heap;

fn class_of(layout: Layout) -> Option<u32> {
    if layout.align() > ALIGN_MAX || layout.size() > 1 << LAST {
        return None;
    }
    let size = layout.size().max(layout.align()).max(1 << FIRST);
    Some(size.next_power_of_two().trailing_zeros())
}

fn at(low: u64) -> *mut u8 {
    core::ptr::with_exposed_provenance_mut((WINDOW.load(Ordering::Relaxed) | low) as usize)
}

/// The link of a free block, in its first bytes.
///
/// # Safety
///
/// `block` is a block of this heap.
unsafe fn link<'a>(block: *mut u8) -> &'a AtomicU64 {
    // SAFETY: Blocks are mapped for ever and aligned to 16 at least.
    unsafe { AtomicU64::from_ptr(block.cast()) }
}

/// Puts a block on its list.
///
/// # Safety
///
/// `block` is a block of that class, and nobody uses it.
unsafe fn give(class: u32, block: *mut u8) {
    let head = &HEADS[class as usize];
    let mut seen = head.load(Ordering::Relaxed);
    loop {
        // SAFETY: By this function's own contract.
        unsafe { link(block) }.store(seen & LOW, Ordering::Relaxed);
        let changed = moved_on(seen) | (block.expose_provenance() as u64 & LOW);
        match head.compare_exchange_weak(seen, changed, Ordering::Release, Ordering::Relaxed) {
            Ok(_) => return,
            Err(now) => seen = now,
        }
    }
}

fn take(class: u32) -> Option<*mut u8> {
    let head = &HEADS[class as usize];
    let mut seen = head.load(Ordering::Acquire);
    while seen & LOW != 0 {
        let block = at(seen & LOW);
        // SAFETY: What was ever on a list is a block. It may be somebody else's by now, and hold
        // anything: then the counter has moved on and the exchange fails.
        let next = unsafe { link(block) }.load(Ordering::Relaxed) & LOW;
        let changed = moved_on(seen) | next;
        match head.compare_exchange_weak(seen, changed, Ordering::Acquire, Ordering::Acquire) {
            Ok(_) => return Some(block),
            Err(now) => seen = now,
        }
    }
    None
}

/// The counter of a changed head.
fn moved_on(head: u64) -> u64 {
    (head >> 32).wrapping_add(1) << 32
}

/// Fresh pages, in as many steps as the gate wants; `None` when there are no more, or when another
/// activation grew the heap in between (the steps that were done are lost then).
fn fresh_pages(len: usize) -> Option<u64> {
    let step = len.min(HEAP_GROW_BYTES_MAX as usize);
    let fresh = heap_grow(step as u64).ok()?;
    for done in (step..len).step_by(step) {
        if heap_grow(step as u64).ok()? != fresh + done as u64 {
            return None;
        }
    }
    Some(fresh)
}

/// New memory: the first block of it is the answer, the others are free.
fn grow(class: u32) -> Option<*mut u8> {
    let size = 1usize << class;
    let len = size.max(CHUNK);
    let fresh = fresh_pages(len)?;
    WINDOW.store(fresh & !LOW, Ordering::Relaxed);
    for offset in (size..len).step_by(size) {
        // SAFETY: Fresh memory, cut into blocks of this class; the first one is the caller's.
        unsafe { give(class, at((fresh + offset as u64) & LOW)) };
    }
    Some(at(fresh & LOW))
}

// SAFETY: A block is on no list while it is in use, is as large as its class says, and is aligned to
// its size or to a page, whichever is less.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let Some(class) = class_of(layout) else {
            return null_mut();
        };
        take(class).or_else(|| grow(class)).unwrap_or(null_mut())
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if let Some(class) = class_of(layout) {
            // SAFETY: `block` is of this heap with this layout: the caller's promise.
            unsafe { give(class, block) }
        }
    }

    unsafe fn realloc(&self, old: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: The caller promises that the size fits with this alignment.
        let wanted = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        if class_of(wanted) == class_of(layout) {
            return old;
        }
        // SAFETY: Both blocks are as large as the bytes that are copied, and apart.
        unsafe {
            let new = self.alloc(wanted);
            if !new.is_null() {
                core::ptr::copy_nonoverlapping(old, new, layout.size().min(size));
                self.dealloc(old, layout);
            }
            new
        }
    }
}
