// SPDX-License-Identifier: GPL-2.0
//! The Rust SDK's allocator under several threads, in a window made of host memory.

#[path = "../../sdk/rust/src/heap.rs"]
mod heap;

/// The gate, as the allocator sees it.
mod interface {
    use rustix::mm::{mmap_anonymous, MapFlags, ProtFlags};
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::sync::OnceLock;

    /// What a window has; its heap begins at `AT`.
    const WINDOW: usize = 4 << 30;
    const AT: u64 = 16 << 20;
    const LIMIT: u64 = 256 << 20;

    pub static GROWN: AtomicU64 = AtomicU64::new(AT);

    fn window() -> u64 {
        static BASE: OnceLock<u64> = OnceLock::new();
        *BASE.get_or_init(|| {
            let (prot, flags) = (ProtFlags::READ | ProtFlags::WRITE, MapFlags::PRIVATE);
            // SAFETY: Fresh memory, that nobody unmaps.
            let at = unsafe {
                mmap_anonymous(
                    std::ptr::null_mut(),
                    2 * WINDOW,
                    prot,
                    flags | MapFlags::NORESERVE,
                )
            };
            at.unwrap().expose_provenance().next_multiple_of(WINDOW) as u64
        })
    }

    pub const HEAP_GROW_BYTES_MAX: u64 = 4 << 20;

    pub fn heap_grow(bytes: u64) -> Result<u64, ()> {
        assert!(
            bytes <= HEAP_GROW_BYTES_MAX,
            "more than the gate maps at once"
        );
        let len = bytes.next_multiple_of(4096);
        let at = GROWN.fetch_add(len, Ordering::Relaxed);
        if at + len > AT + LIMIT {
            return Err(());
        }
        Ok(window() + at)
    }
}

use heap::Heap;
use std::alloc::{GlobalAlloc, Layout};

struct Held {
    at: *mut u8,
    layout: Layout,
    fill: u8,
}

impl Held {
    fn new(layout: Layout, fill: u8) -> Held {
        // SAFETY: No layout here has size zero; the block is as large as it says.
        unsafe {
            let at = Heap.alloc(layout);
            assert!(!at.is_null() && at as usize % layout.align() == 0);
            at.write_bytes(fill, layout.size());
            Held { at, layout, fill }
        }
    }

    fn check(&self) {
        // SAFETY: The block is this one's alone.
        let bytes = unsafe { std::slice::from_raw_parts(self.at, self.layout.size()) };
        assert!(
            bytes.iter().all(|byte| *byte == self.fill),
            "somebody else wrote here"
        );
    }

    fn resize(&mut self, size: usize) {
        // SAFETY: The layout is the block's, and the new size is not zero.
        unsafe {
            self.at = Heap.realloc(self.at, self.layout, size);
            let kept = self.layout.size().min(size);
            self.layout = Layout::from_size_align(size, self.layout.align()).unwrap();
            assert!(!self.at.is_null());
            let bytes = std::slice::from_raw_parts(self.at, kept);
            assert!(bytes.iter().all(|byte| *byte == self.fill));
            self.at.write_bytes(self.fill, size);
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.check();
        // SAFETY: Given with this layout, and not used again.
        unsafe { Heap.dealloc(self.at, self.layout) }
    }
}

fn hammer(seed: u64) {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut held: Vec<Option<Held>> = (0..64).map(|_| None).collect();
    for _ in 0..30_000 {
        let slot = random.usize(..held.len());
        let (size, align) = (random.usize(1..=3000), 1 << random.u32(..8));
        match &mut held[slot] {
            Some(block) if random.u32(..3) == 0 => block.resize(size),
            place => {
                let layout = Layout::from_size_align(size, align).unwrap();
                *place = Some(Held::new(layout, random.u8(..)));
            }
        }
    }
}

#[test]
fn threads_share_a_heap_and_use_again_what_they_gave_back() {
    std::thread::scope(|scope| {
        for seed in 1..5 {
            scope.spawn(move || hammer(seed));
        }
    });
    let grown = interface::GROWN.load(std::sync::atomic::Ordering::Relaxed);
    assert!(grown < 48 << 20, "the heap grew to {grown} bytes");
    let large = Layout::from_size_align(9 << 20, 4096).unwrap();
    drop(Held::new(large, 7));
    let wrong = Layout::from_size_align(16, 8192).unwrap();
    // SAFETY: The layouts have sizes; nothing is done with the answers.
    unsafe {
        assert!(Heap.alloc(wrong).is_null(), "no page is aligned so far");
        let beyond = Layout::from_size_align(1 << 29, 8).unwrap();
        assert!(Heap.alloc(beyond).is_null(), "the limit is an answer");
    }
}
