// SPDX-License-Identifier: GPL-2.0
//! The window in user space: what a mapping shows, what it refuses, and what it leaves behind.

use lore_client::shared::Ptr;
use lore_client::window::{Access, PtrError};
use lore_guest_tests::mapping::{map_at, plan, small, Mapping, BOTH, PAGE, WINDOW};
use lore_guest_tests::{device, pages, Assist, Op};
use rustix::io::Errno;
use rustix::mm::{mprotect, mremap_fixed, munmap, MapFlags, MprotectFlags, MremapFlags, ProtFlags};
use std::ffi::c_void;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

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
fn a_mapping_to_be_read_shows_all_and_takes_nothing() {
    let assist = Assist::load();
    let runs = assist.result(Op::Address, &[]);
    let flags = MapFlags::SHARED;
    let mapping = map_at(
        &assist.extension,
        null_mut(),
        0,
        WINDOW,
        ProtFlags::READ,
        flags,
    );
    let mapping = mapping.expect("a window can be mapped");
    assert_eq!(mapping.word(runs).load(Relaxed), 40);
    assert_eq!(assist.result(Op::Count, &[]), 41);
    assert_eq!(mapping.word(runs).load(Relaxed), 41);
    // On this program's behalf the kernel would write there, if the program could.
    let (from, to) = rustix::pipe::pipe().expect("a pipe");
    rustix::io::write(&to, &[0xff; 8]).expect("eight bytes");
    // SAFETY: The kernel refuses to write there; if it did, the memory is anybody's.
    let room: &mut [u8] =
        unsafe { std::slice::from_raw_parts_mut(mapping.word(runs).as_ptr().cast(), 8) };
    assert_eq!(rustix::io::read(&from, room).err(), Some(Errno::FAULT));
    assert_eq!(assist.result(Op::Count, &[]), 42);

    let window = assist.extension.map(Access::Read).expect("maps");
    let at = Ptr::<AtomicU64>::new(runs as u32);
    assert_eq!(window.read(at).expect("in the data").into_inner(), 42);
    assert_eq!(window.get(at).err(), Some(PtrError::ReadOnly));
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
