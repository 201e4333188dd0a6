// SPDX-License-Identifier: GPL-2.0
//! The programs of the corpus in Rust. Their drivers in C name these functions; the heap is the C programs'.
#![no_std]

extern crate alloc;

mod keys;
mod maps;
mod run;

include!(concat!(env!("OUT_DIR"), "/coremark.rs"));

use core::alloc::{GlobalAlloc, Layout};

unsafe extern "C" {
    fn malloc(len: usize) -> *mut u8;
    fn realloc(old: *mut u8, len: usize) -> *mut u8;
    fn free(old: *mut u8);
    fn abort() -> !;
}

/// C's heap, whose blocks are aligned to 16 bytes.
struct Heap;

// SAFETY: malloc() and its kind give what GlobalAlloc asks for; nothing here wants more than 16 bytes of alignment.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: Any length will do.
        unsafe { malloc(layout.size()) }
    }

    unsafe fn dealloc(&self, block: *mut u8, _: Layout) {
        // SAFETY: It came from alloc().
        unsafe { free(block) }
    }

    unsafe fn realloc(&self, block: *mut u8, _: Layout, len: usize) -> *mut u8 {
        // SAFETY: It came from alloc().
        unsafe { realloc(block, len) }
    }
}

#[global_allocator]
static HEAP: Heap = Heap;

#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    // SAFETY: It does not return.
    unsafe { abort() }
}
