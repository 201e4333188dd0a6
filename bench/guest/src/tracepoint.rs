// SPDX-License-Identifier: GPL-2.0
//! What an empty extension on a tracepoint costs, beside an empty eBPF program on the same one.
//!
//! The tracepoint is `task_rename`, which a program fires by renaming itself. The cost of one is the difference that two
//! more make to a tracepoint on which one is already: what the tracepoint itself costs once it is on drops out.

use lore::kernel::Extension;
use std::os::fd::{AsRawFd, FromRawFd, OwnedFd};

const TRACEPOINT: &str = "task_rename";
const MANY: u64 = 2_000;

fn rename() {
    // SAFETY: A name with a zero behind it.
    unsafe { libc::prctl(libc::PR_SET_NAME, c"bench".as_ptr()) };
}

/// Instructions of one renaming as things are.
fn cost() -> f64 {
    let many = || (0..MANY).for_each(|_| rename());
    super::least(many) as f64 / MANY as f64
}

/// Instructions of an attached extension that does nothing.
pub fn extension(load: impl Fn() -> Extension) -> f64 {
    let attach = || {
        let extension = load();
        let hook = format!("tracepoint/{TRACEPOINT}");
        extension.attach(&hook, None).expect("attached");
        extension
    };
    difference(attach)
}

/// Instructions of an attached eBPF program that does nothing.
pub fn ebpf() -> f64 {
    difference(|| open_tracepoint(&load_program()))
}

fn difference<T>(attach: impl Fn() -> T) -> f64 {
    let _first = attach();
    let one = cost();
    let _more = (attach(), attach());
    (cost() - one) / 2.0
}

/// The system call's arguments, as far as they are needed here.
#[repr(C)]
#[derive(Default)]
struct ProgLoad {
    prog_type: u32,
    insn_cnt: u32,
    insns: u64,
    license: u64,
    log_level: u32,
    log_size: u32,
    log_buf: u64,
    kern_version: u32,
    prog_flags: u32,
}

#[repr(C)]
struct RawOpen {
    name: u64,
    prog_fd: u32,
    zero: u32,
}

fn bpf<T>(command: i32, mut attr: T) -> OwnedFd {
    let fd = super::ebpf::bpf(command, &mut attr);
    // SAFETY: The commands that come here answer a new descriptor.
    unsafe { OwnedFd::from_raw_fd(fd as i32) }
}

/// `r0 = 0; exit`.
fn load_program() -> OwnedFd {
    const BPF_PROG_LOAD: i32 = 5;
    const RAW_TRACEPOINT: u32 = 17;
    const PROGRAM: [u64; 2] = [0xb7, 0x95];
    bpf(
        BPF_PROG_LOAD,
        ProgLoad {
            prog_type: RAW_TRACEPOINT,
            insn_cnt: PROGRAM.len() as u32,
            insns: PROGRAM.as_ptr() as u64,
            license: c"GPL".as_ptr() as u64,
            ..ProgLoad::default()
        },
    )
}

fn open_tracepoint(program: &OwnedFd) -> OwnedFd {
    const BPF_RAW_TRACEPOINT_OPEN: i32 = 17;
    let name = std::ffi::CString::new(TRACEPOINT).expect("no zero byte");
    bpf(
        BPF_RAW_TRACEPOINT_OPEN,
        RawOpen {
            name: name.as_ptr() as u64,
            prog_fd: program.as_raw_fd() as u32,
            zero: 0,
        },
    )
}
