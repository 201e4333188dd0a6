// SPDX-License-Identifier: GPL-2.0
//! The window in user space: what a mapping shows, what it refuses, and what it leaves behind.

use lore::kernel::LoadOptions;
use lore_abi::request::WindowPlan;
use lore_guest_tests::{device, pages, patient, Assist, Ended, Op};
use rustix::fd::AsFd;
use rustix::io::Errno;
use rustix::mm::{
    mmap, mprotect, mremap_fixed, munmap, MapFlags, MprotectFlags, MremapFlags, ProtFlags,
};
use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

const WINDOW: usize = 1 << 32;
const PAGE: u64 = 4096;
const BOTH: ProtFlags = ProtFlags::READ.union(ProtFlags::WRITE);

/// A mapping of a part of a window, from offset `at` on.
struct Mapping {
    start: *mut c_void,
    at: u64,
    len: usize,
}

// SAFETY: Shared memory, touched by atomics only.
unsafe impl Sync for Mapping {}
// SAFETY: As above.
unsafe impl Send for Mapping {}

fn map_at(
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
    fn whole(assist: &Assist) -> Mapping {
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
    fn word(&self, address: u64) -> &AtomicU64 {
        let offset = (address & 0xffff_ffff) - self.at;
        assert!(offset as usize + 8 <= self.len && offset % 8 == 0);
        // SAFETY: Inside the mapping. A touch of what is not there is what some tests are about.
        unsafe { AtomicU64::from_ptr(self.start.byte_add(offset as usize).cast()) }
    }

    /// Whether the kernel, on this program's behalf, can read the word.
    fn can_read(&self, address: u64) -> bool {
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

    fn unmap_part(&self, from: u64, len: usize) {
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

fn plan(assist: &Assist) -> WindowPlan {
    assist.extension.window().expect("where its parts lie")
}

fn small() -> LoadOptions {
    LoadOptions {
        heap_max: 1 << 20,
        ..patient()
    }
}

#[test]
fn both_sides_see_one_memory_at_one_offset() {
    let assist = Assist::load();
    let mapping = Mapping::whole(&assist);
    assert_eq!(mapping.start.addr() % WINDOW, 0);
    let runs = assist.result(Op::Address, &[]);
    assert_eq!(mapping.word(runs).load(Relaxed), 40, "initialised data");
    assert_eq!(assist.result(Op::Count, &[]), 41);
    assert_eq!(mapping.word(runs).load(Relaxed), 41);
    mapping.word(runs).store(99, Relaxed);
    assert_eq!(assist.result(Op::Count, &[]), 100);
    let grown = assist.result(Op::Grow, &[64 << 10]);
    assert_eq!(grown & 0xffff_ffff, plan(&assist).heap_at);
    assert_eq!(
        mapping.word(grown + 0xf000).load(Relaxed),
        1,
        "growth is visible"
    );
    mapping.word(grown + 8).store(7, Relaxed);
    assert_eq!(assist.result(Op::Load, &[grown + 8]), 7);
}

#[test]
fn a_users_touch_populates_the_heap_to_its_limit_and_nothing_else() {
    let before = pages();
    let assist = Assist::load_with(&small());
    assist.is_well();
    let (mapping, plan) = (Mapping::whole(&assist), plan(&assist));
    assert_eq!(plan.heap_end - plan.heap_at, 1 << 20);
    let held = pages();
    let last = plan.heap_end - 8;
    assert_eq!(mapping.word(last).load(Relaxed), 0, "zeroed");
    assert_eq!(pages(), held + 1);
    assert_eq!(
        assist.status().heap_len,
        0,
        "the extension was given nothing"
    );
    mapping.word(last).store(5, Relaxed);
    assert_eq!(assist.result(Op::Load, &[last]), 5);
    // The extension's own growth takes what is there, and fills the rest.
    for _ in 0..4 {
        assist.result(Op::Grow, &[256 << 10]);
    }
    assert_eq!(assist.result(Op::Load, &[last]), 5);
    assert_eq!(assist.status().heap_len, 1 << 20);

    for at in [
        0,
        plan.data_at - 8,
        plan.data_end,
        plan.heap_at - 8,
        plan.heap_end,
        WINDOW as u64 - (4 << 20) - 8, // the last run buffer
        WINDOW as u64 - 8,
    ] {
        assert!(!mapping.can_read(at), "{at:#x}");
    }
    assert!(mapping.can_read(plan.data_at) && mapping.can_read(plan.heap_end - 8));
    drop(mapping);
    drop(assist);
    assert_eq!(pages(), before);
}

#[test]
fn stacks_are_seen_once_they_are_used() {
    let assist = Assist::load();
    let (mapping, plan) = (Mapping::whole(&assist), plan(&assist));
    let seen = || {
        let stacks = (plan.data_end..plan.heap_at).step_by(PAGE as usize);
        stacks.filter(|at| mapping.can_read(*at)).count() as u64
    };
    assert_eq!(seen(), 0);
    assist.is_well();
    assert_eq!(seen(), assist.status().stack_len / PAGE);
}

#[test]
fn a_touch_of_nothing_is_a_bus_error_of_the_program() {
    use std::os::unix::process::ExitStatusExt;
    let mut child = std::process::Command::new(std::env::current_exe().expect("own path"));
    let child = child.args(["--ignored", "--exact", "share::child_that_touches_nothing"]);
    let status = child
        .stdout(std::process::Stdio::null())
        .status()
        .expect("a child");
    assert_eq!(status.signal(), Some(libc::SIGBUS));
    assert_eq!(device().info().expect("info").extensions, 0);
}

#[test]
#[ignore = "the child of a_touch_of_nothing_is_a_bus_error_of_the_program"]
fn child_that_touches_nothing() {
    let assist = Assist::load_with(&small());
    let mapping = Mapping::whole(&assist);
    mapping.word(plan(&assist).heap_end).load(Relaxed);
}

#[test]
fn what_would_not_be_the_window_is_refused() {
    let assist = Assist::load();
    let file = &assist.extension;
    let page = PAGE as usize;
    let try_map = |wish: usize, at: u64, len: usize, prot: ProtFlags, flags: MapFlags| {
        let wish = std::ptr::without_provenance_mut(wish);
        map_at(file, wish, at, len, prot, flags).map(|mapping| mapping.start.addr())
    };
    let (shared, fixed) = (MapFlags::SHARED, MapFlags::SHARED | MapFlags::FIXED);
    assert_eq!(
        try_map(0, 0, WINDOW, BOTH, MapFlags::PRIVATE),
        Err(Errno::INVAL)
    );
    assert_eq!(
        try_map(0, 0, WINDOW + page, BOTH, shared),
        Err(Errno::INVAL)
    );
    assert_eq!(try_map(0, PAGE, WINDOW, BOTH, shared), Err(Errno::INVAL));
    assert_eq!(try_map(0, 1 << 32, page, BOTH, shared), Err(Errno::INVAL));
    assert_eq!(try_map(0, 1 << 62, page, BOTH, shared), Err(Errno::INVAL));
    let executable = BOTH | ProtFlags::EXEC;
    assert_eq!(try_map(0, 0, WINDOW, executable, shared), Err(Errno::PERM));
    let free = try_map(0, 0, WINDOW, BOTH, shared).expect("a free address");
    assert_eq!(
        try_map(free + page, 0, page, BOTH, fixed),
        Err(Errno::INVAL)
    );
    assert_eq!(try_map(free, PAGE, page, BOTH, fixed), Err(Errno::INVAL));
    // A wish that does not fit is a wish; one that fits is granted.
    let elsewhere = try_map(free + page, 0, WINDOW, BOTH, shared).expect("elsewhere");
    assert_eq!(elsewhere % WINDOW, 0);
    assert_eq!(try_map(free, 0, WINDOW, BOTH, shared), Ok(free));
    assert_eq!(
        try_map(0, 5 * PAGE, page, BOTH, shared).map(|a| a % WINDOW),
        Ok(5 * page)
    );
    assert_eq!(
        try_map(free + page, PAGE, page, BOTH, fixed),
        Ok(free + page)
    );
}

#[test]
fn mappings_change_only_so_that_pointers_keep_their_meaning() {
    let assist = Assist::load_with(&small());
    let (mapping, plan) = (Mapping::whole(&assist), plan(&assist));
    let heap_len = (plan.heap_end - plan.heap_at) as usize;
    let heap = mapping.word(plan.heap_at).as_ptr().cast::<c_void>();
    // SAFETY: Only the mapping's own pages are named, and they are touched through the kernel.
    unsafe {
        let exec = MprotectFlags::READ | MprotectFlags::EXEC;
        assert_eq!(mprotect(heap, heap_len, exec), Err(Errno::ACCESS));
        mprotect(heap, heap_len, MprotectFlags::READ).expect("read only");
        let mut zero = std::fs::File::open("/dev/zero").expect("zeros");
        let bytes = std::slice::from_raw_parts_mut(heap.cast::<u8>(), 8);
        let refused = std::io::Read::read(&mut zero, bytes).map_err(|e| e.raw_os_error());
        assert_eq!(refused, Err(Some(libc::EFAULT)));
        mprotect(heap, heap_len, MprotectFlags::READ | MprotectFlags::WRITE).expect("writable");
        assert_eq!(
            std::io::Read::read(&mut zero, bytes).expect("writable again"),
            8
        );

        // Elsewhere, at the same low half or another one. A mapping does not grow.
        let free = Mapping::whole(&assist).start;
        let (to, wrong) = (free.byte_add(plan.heap_at as usize), free);
        let moving = |to, len| mremap_fixed(heap, heap_len, len, MremapFlags::MAYMOVE, to);
        assert_eq!(moving(wrong, heap_len), Err(Errno::INVAL));
        assert_eq!(moving(to, heap_len + PAGE as usize), Err(Errno::FAULT));
        mapping.word(plan.heap_at).store(3, Relaxed);
        assert_eq!(moving(to, heap_len), Ok(to));
        assert_eq!(AtomicU64::from_ptr(to.cast()).load(Relaxed), 3);
        assert!(!mapping.can_read(plan.heap_at), "moved away");
        munmap(to, heap_len).expect("munmap");
    }
    assert!(
        mapping.can_read(plan.data_at),
        "what was not moved is there"
    );
    mapping.unmap_part(plan.data_at, PAGE as usize);
    assert!(!mapping.can_read(plan.data_at), "unmapped");
    assist.is_well();
}

#[test]
fn a_forked_child_shares_the_window() {
    let assist = Assist::load();
    let (mapping, plan) = (Mapping::whole(&assist), plan(&assist));
    mapping.word(plan.heap_at).store(1, Relaxed);
    // SAFETY: The child touches the mapping and ends, nothing else.
    let child = unsafe { libc::fork() };
    if child == 0 {
        let seen = mapping.word(plan.heap_at).fetch_add(1, Relaxed);
        mapping.word(plan.heap_at + PAGE).store(7, Relaxed);
        // SAFETY: Ends the child.
        unsafe { libc::_exit(seen as i32) };
    }
    let mut status = 0;
    // SAFETY: Waits for the child above.
    unsafe { libc::waitpid(child, &mut status, 0) };
    assert_eq!(libc::WEXITSTATUS(status), 1);
    assert_eq!(mapping.word(plan.heap_at).load(Relaxed), 2);
    assert_eq!(assist.result(Op::Load, &[plan.heap_at + PAGE]), 7);
}

#[test]
fn a_mapping_holds_its_extension_and_the_module() {
    let before = pages();
    let assist = Assist::load();
    let (mapping, plan, id) = (Mapping::whole(&assist), plan(&assist), assist.id);
    mapping.word(plan.heap_at).store(1, Relaxed);
    drop(assist);
    let alive = || device().list().expect("list").iter().any(|s| s.id == id);
    assert!(alive());
    assert_eq!(mapping.word(plan.heap_at).load(Relaxed), 1);
    mapping.word(plan.heap_at + PAGE).store(2, Relaxed);
    let name = std::ffi::CString::new("lore").expect("no zero byte");
    let nonblock = rustix::fs::OFlags::NONBLOCK.bits() as i32;
    assert_eq!(
        rustix::system::delete_module(&name, nonblock),
        Err(Errno::AGAIN)
    );
    // In two parts: the last one ends it.
    let half = WINDOW / 2;
    mapping.unmap_part(half as u64, half);
    assert!(alive());
    drop(mapping);
    assert!(!alive());
    assert_eq!(pages(), before);
}

/// The pages outlive the extension where the kernel itself holds them for a program: in a pipe.
#[test]
fn pages_that_are_pinned_elsewhere_outlive_the_window() {
    let before = pages();
    let (from, to) = rustix::pipe::pipe().expect("a pipe");
    let assist = Assist::load();
    let mapping = Mapping::whole(&assist);
    let word = mapping.word(plan(&assist).heap_at);
    word.store(0x1234_5678_9abc_def0, Relaxed);
    // SAFETY: A part of the mapping, that nobody changes any more.
    let bytes = unsafe { std::slice::from_raw_parts(word.as_ptr().cast::<u8>(), 8) };
    let slices = [rustix::pipe::IoSliceRaw::from_slice(bytes)];
    // SAFETY: Not gifted: the pages stay the window's.
    let sent = unsafe { rustix::pipe::vmsplice(&to, &slices, rustix::pipe::SpliceFlags::empty()) };
    assert_eq!(sent, Ok(8));
    drop((mapping, assist));
    assert_eq!(pages(), before, "no window counts it any more");
    let mut bytes = [0; 8];
    assert_eq!(rustix::io::read(&from, &mut bytes), Ok(8));
    assert_eq!(u64::from_le_bytes(bytes), 0x1234_5678_9abc_def0);
}

/// Both sides touch the same fresh pages at once: each page comes to be once.
#[test]
fn growth_and_faults_race_for_every_page() {
    let before = pages();
    for _ in 0..4 {
        let how = LoadOptions {
            heap_max: 16 << 20,
            ..patient()
        };
        let assist = Assist::load_with(&how);
        let (mapping, plan) = (Mapping::whole(&assist), plan(&assist));
        let held = pages();
        std::thread::scope(|scope| {
            let (assist, mapping) = (&assist, &mapping);
            for side in 0..2 {
                scope.spawn(move || {
                    for at in (plan.heap_at..plan.heap_end).step_by(PAGE as usize) {
                        mapping.word(at + 8 + 8 * side).store(at, Relaxed);
                    }
                });
            }
            for _ in 0..2 {
                scope.spawn(move || {
                    assert_eq!(assist.result(Op::Burst, &[64 << 10, 128]), 128);
                });
            }
        });
        let heap = (plan.heap_end - plan.heap_at) / PAGE;
        let status = assist.status();
        let stacks = status.pages - status.data_len.div_ceil(PAGE) - heap;
        assert!(pages() >= held + heap, "every page is there");
        assert!(stacks < 4 * 16 + 300, "{stacks} pages beside the heap");
        for at in (plan.heap_at..plan.heap_end).step_by(PAGE as usize) {
            assert_eq!(mapping.word(at + 8).load(Relaxed), at);
            assert_eq!(mapping.word(at + 16).load(Relaxed), at);
        }
    }
    assert_eq!(pages(), before);
}

/// A hostile program writes everywhere while 4 CPUs run the extension: it may fault, the kernel does not care.
#[test]
fn garbage_everywhere_harms_the_extension_alone() {
    let before = pages();
    let stop = AtomicBool::new(false);
    for _ in 0..3 {
        let how = LoadOptions {
            budget_us: 20_000,
            ..small()
        };
        let assist = Assist::load_with(&how);
        let (mapping, plan) = (Mapping::whole(&assist), plan(&assist));
        assist.is_well();
        stop.store(false, Relaxed);
        std::thread::scope(|scope| {
            let (assist, mapping, stop) = (&assist, &mapping, &stop);
            for seed in 1..3u64 {
                scope.spawn(move || scribble(mapping, plan, seed, stop));
            }
            let runners: Vec<_> = (0..4)
                .map(|_| {
                    scope.spawn(move || {
                        for round in 0..150u64 {
                            let op = [Op::Pointer, Op::Recurse, Op::Count, Op::Grow, Op::Deep];
                            let op = op[(round % 5) as usize];
                            // Whatever comes back: the memory that it is computed from is anybody's.
                            assist
                                .try_ask(op, &[200, 1])
                                .map(|_: Ended| ())
                                .expect("runs or faults");
                        }
                    })
                })
                .collect();
            for runner in runners {
                runner.join().expect("a runner");
            }
            stop.store(true, Relaxed);
        });
    }
    assert_eq!(pages(), before);
    Assist::load().is_well();
}

fn scribble(mapping: &Mapping, plan: WindowPlan, seed: u64, stop: &AtomicBool) {
    let mut state = seed;
    while !stop.load(Relaxed) {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        let at = plan.data_at + (state >> 33) % (plan.heap_end - plan.data_at) & !7;
        let page = at & !(PAGE - 1);
        // Stacks that are not there would end this program.
        let stacks = (plan.data_end..plan.heap_at).contains(&at);
        if stacks && !mapping.can_read(page) {
            continue;
        }
        for word in 0..64 {
            let near = page | (at + word * 8) & (PAGE - 1);
            mapping
                .word(near)
                .store(state.rotate_left(word as u32), Relaxed);
        }
    }
}

/// Programs that map, fault and die at any moment, while the extension's name comes and goes.
#[test]
fn exits_faults_and_unloads_at_once() {
    use lore::kernel::Who;
    let before = pages();
    let image = lore_guest_tests::fixture("assist").image;
    let how = LoadOptions {
        name: Some("shared".into()),
        ..small()
    };
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                for _ in 0..40 {
                    drop(device().load(&image, &how));
                    std::thread::yield_now();
                    drop(device().unload(&Who::Name("shared".into())));
                }
            });
        }
        for seed in 0..2u64 {
            scope.spawn(move || {
                for round in 0..40u64 {
                    let found = device().extension(&Who::Name("shared".into()));
                    let Ok((extension, _)) = found else { continue };
                    let plan = extension.window().expect("where its parts lie");
                    let mapping = map_at(&extension, null_mut(), 0, WINDOW, BOTH, MapFlags::SHARED)
                        .expect("maps");
                    drop(extension);
                    // SAFETY: The child touches the mapping until it is killed, or ends at once.
                    let child = unsafe { libc::fork() };
                    if child == 0 {
                        for at in (plan.heap_at..plan.heap_end).step_by(PAGE as usize).cycle() {
                            mapping.word(at).fetch_add(seed, Relaxed);
                            if seed == 0 && at > plan.heap_at + round * PAGE {
                                // SAFETY: Ends the child.
                                unsafe { libc::_exit(0) };
                            }
                        }
                    }
                    // SAFETY: The child above.
                    unsafe {
                        libc::kill(child, libc::SIGKILL);
                        libc::waitpid(child, null_mut(), 0);
                    }
                }
            });
        }
    });
    drop(device().unload(&Who::Name("shared".into())));
    assert_eq!(device().info().expect("info").extensions, 0);
    assert_eq!(pages(), before);
}
