// SPDX-License-Identifier: GPL-2.0
//! Requests as no loader would make them.

use crate::trace::{all, run, traced, MANY};
use lore_abi::refusal::{Reason, Refusal};
use lore_abi::request::{
    self, LoadRequest, OpenRequest, RunRequest, UserSpan, RUN_RETURNED, SPAN_COUNT,
};
use lore_abi::trace::{TraceRecord, TraceRequest, TRACE, TRACE_MAX};
use lore_guest_tests::{device, Assist, Op};
use rustix::io::Errno;
use rustix::mm::{mmap_anonymous, munmap, MapFlags, ProtFlags};
use std::fs::File;
use std::os::fd::{AsFd, AsRawFd};
use std::ptr::null_mut;
use zerocopy::{FromZeros, IntoBytes};

fn raw() -> File {
    File::options()
        .read(true)
        .write(true)
        .open(lore::kernel::DEVICE)
        .expect("the device opens")
}

/// An ioctl with any number and any address; the address must be of memory that may be overwritten.
fn ioctl(fd: i32, number: u32, address: usize) -> Result<i32, Errno> {
    // SAFETY: The kernel checks the address; every caller passes one of its own buffers, large enough
    // for the size in `number`, or an address where nothing of this process lies.
    let result = unsafe { libc::ioctl(fd, number as _, address) };
    if result < 0 {
        Err(Errno::from_io_error(&std::io::Error::last_os_error()).expect("an errno"))
    } else {
        Ok(result)
    }
}

fn send<T: IntoBytes + zerocopy::FromBytes>(number: u32, request: &mut T) -> Result<i32, Errno> {
    ioctl(raw().as_raw_fd(), number, request as *mut T as usize)
}

fn empty() -> LoadRequest {
    let mut request = LoadRequest::new_zeroed();
    request.abi_version = lore_abi::ABI_VERSION;
    request
}

fn reason(refusal: &Refusal) -> Option<Reason> {
    Reason::from_u32(refusal.reason)
}

#[test]
fn unknown_numbers_are_refused() {
    let mut page = [0u64; 512];
    for number in (0..256u32).chain([request::LOAD ^ 1 << 16, request::RUN, u32::MAX]) {
        let number = if number < 256 {
            0xc008_4c00 | number
        } else {
            number
        };
        let answer = ioctl(raw().as_raw_fd(), number, page.as_mut_ptr() as usize);
        assert_eq!(answer, Err(Errno::NOTTY), "{number:#x}");
    }
    let assist = Assist::load();
    assist.is_well();
}

#[test]
fn addresses_that_are_nowhere_are_refused() {
    for number in [
        request::INFO,
        request::LOAD,
        request::OPEN,
        request::UNLOAD,
        request::LIST,
    ] {
        for address in [0usize, 8, 0xffff_8000_0000_0000, usize::MAX - 7] {
            assert_eq!(ioctl(raw().as_raw_fd(), number, address), Err(Errno::FAULT));
        }
    }
}

#[test]
fn a_foreign_version_is_told_both() {
    let mut request = empty();
    request.abi_version = 77;
    assert!(send(request::LOAD, &mut request).is_err());
    assert_eq!(reason(&request.refusal), Some(Reason::AbiVersion));
    let versions = (request.refusal.asked, request.refusal.limit);
    assert_eq!(versions, (77, u64::from(lore_abi::ABI_VERSION)));
}

#[test]
fn reserved_fields_must_be_zero() {
    let mut request = OpenRequest::new_zeroed();
    request.reserved = 1;
    assert!(send(request::OPEN, &mut request).is_err());
    assert_eq!(reason(&request.refusal), Some(Reason::Reserved));
}

#[test]
fn a_trace_has_a_limit() {
    let mut request = empty();
    request.trace = TRACE_MAX + 1;
    assert!(send(request::LOAD, &mut request).is_err());
    assert_eq!(reason(&request.refusal), Some(Reason::TooLarge));
    let (asked, limit) = (request.refusal.asked, request.refusal.limit);
    assert_eq!((asked, limit), (u64::from(TRACE_MAX) + 1, TRACE_MAX.into()));
}

#[test]
fn a_record_that_cannot_be_given_stays_in_the_trace() {
    const LEN: usize = 8192;
    let extension = traced(64);
    let asks = |buffer: u64| {
        let mut request = TraceRequest {
            buffer,
            capacity: 4,
            count: 0,
            lost: 0,
        };
        let address = &raw mut request as usize;
        ioctl(extension.as_fd().as_raw_fd(), TRACE, address).map(|_| request.count)
    };
    assert_eq!(run(&extension, MANY, 8).ended, RUN_RETURNED);
    assert_eq!(asks(8), Err(Errno::FAULT));
    // Room for two, and behind them nothing.
    let (own, access) = (MapFlags::PRIVATE, ProtFlags::READ | ProtFlags::WRITE);
    // SAFETY: New memory of its own; its second half is given back and never used.
    let room = unsafe { mmap_anonymous(null_mut(), LEN, access, own) }.expect("memory");
    // SAFETY: As above.
    unsafe { munmap(room.byte_add(LEN / 2), LEN / 2) }.expect("it was mapped");
    let end = room as u64 + LEN as u64 / 2;
    assert_eq!(asks(end - 2 * size_of::<TraceRecord>() as u64), Ok(2));
    // SAFETY: As above.
    unsafe { munmap(room, LEN / 2) }.expect("it was mapped");
    let (records, lost) = all(&extension);
    let numbers: Vec<u64> = records.iter().map(|record| record.args[1]).collect();
    assert_eq!((numbers, lost), ((2..8).collect(), 0));
}

#[test]
fn spans_that_lie_are_refused_by_their_number() {
    for span in 0..SPAN_COUNT {
        // A kernel address, an unmapped one, one that wraps: each with a length that looks right.
        for addr in [0xffff_8000_0000_0000, 4096, u64::MAX - 11] {
            let mut request = empty();
            request.spans[span] = UserSpan { addr, len: 24 };
            assert!(send(request::LOAD, &mut request).is_err());
            let refusal = request.refusal;
            assert_eq!(
                reason(&refusal),
                Some(Reason::BadSpan),
                "span {span} at {addr:#x}"
            );
            assert_eq!(refusal.at, span as u32);
        }
        let mut request = empty();
        request.spans[span] = UserSpan {
            addr: 4096,
            len: u64::MAX,
        };
        assert!(send(request::LOAD, &mut request).is_err());
        assert!(
            matches!(
                reason(&request.refusal),
                Some(Reason::TooLarge | Reason::NoMemory)
            ),
            "span {span}: {:?}",
            request.refusal
        );
    }
}

#[test]
fn a_load_of_random_bytes_is_refused_a_thousand_times() {
    let mut random = fastrand::Rng::with_seed(1);
    for _ in 0..1000 {
        let mut request = empty();
        request.as_mut_bytes()[4..]
            .chunks_exact_mut(8)
            .for_each(|chunk| {
                if random.u32(..4) == 0 {
                    chunk.copy_from_slice(&random.u64(..).to_le_bytes());
                }
            });
        assert!(send(request::LOAD, &mut request).is_err());
    }
    assert_eq!(device().info().expect("info").extensions, 0);
}

#[test]
fn run_buffers_that_lie_are_refused() {
    let assist = Assist::load();
    let fd = assist.extension.as_fd().as_raw_fd();
    for (input, output) in [
        (
            UserSpan {
                addr: 0xffff_8000_0000_0000,
                len: 64,
            },
            UserSpan::default(),
        ),
        (UserSpan { addr: 8, len: 64 }, UserSpan::default()),
        (
            UserSpan {
                addr: u64::MAX,
                len: u64::MAX,
            },
            UserSpan::default(),
        ),
        (
            UserSpan::default(),
            UserSpan {
                addr: 8,
                len: u64::MAX,
            },
        ),
    ] {
        let mut request = RunRequest::new_zeroed();
        (request.repeat, request.arg) = (1, Op::Echo as u64);
        (request.input, request.output) = (input, output);
        assert!(ioctl(fd, request::RUN, &mut request as *mut _ as usize).is_err());
    }
    let mut request = RunRequest::new_zeroed();
    assert!(
        ioctl(fd, request::RUN, &mut request as *mut _ as usize).is_err(),
        "no repetition"
    );
    assist.is_well();
}

#[test]
fn an_extensions_file_takes_only_its_own_requests() {
    let assist = Assist::load();
    let mut page = [0u64; 512];
    for number in [
        request::INFO,
        request::LOAD,
        request::OPEN,
        request::UNLOAD,
        request::LIST,
    ] {
        let answer = ioctl(
            assist.extension.as_fd().as_raw_fd(),
            number,
            page.as_mut_ptr() as usize,
        );
        assert_eq!(answer, Err(Errno::NOTTY), "{number:#x}");
    }
}

#[test]
fn without_capabilities_nothing_is_done() {
    // Forked, since dropping capabilities is for good.
    let path = std::env::current_exe().expect("own path");
    let status = std::process::Command::new(path)
        .args([
            "--ignored",
            "--exact",
            "hostile::child_without_capabilities",
        ])
        .stdout(std::process::Stdio::null())
        .status()
        .expect("a child");
    assert!(status.success(), "{status}");
}

#[test]
#[ignore = "the child of without_capabilities_nothing_is_done"]
fn child_without_capabilities() {
    let fd = raw();
    rustix::thread::set_capabilities(
        None,
        rustix::thread::CapabilitySets {
            effective: rustix::thread::CapabilitySet::empty(),
            permitted: rustix::thread::CapabilitySet::empty(),
            inheritable: rustix::thread::CapabilitySet::empty(),
        },
    )
    .expect("capabilities can be dropped");
    let mut request = empty();
    let address = &mut request as *mut LoadRequest as usize;
    assert_eq!(
        ioctl(fd.as_raw_fd(), request::LOAD, address),
        Err(Errno::PERM)
    );
    assert_eq!(reason(&request.refusal), Some(Reason::Permission));
}
