// SPDX-License-Identifier: GPL-2.0
//! The corpus's structures as eBPF programs under the kernel's JIT: of `bench/ebpf`, one object a structure and peer, one
//! program an operation, run by BPF_PROG_TEST_RUN.

mod arena;
mod map;

use aya::programs::{ProgramFd, RawTracePoint};
use aya::{Ebpf, EbpfLoader};
use std::os::fd::{AsFd, AsRawFd};
use std::time::{Duration, Instant};

/// Where a structure lies.
trait Memory {
    /// What the last operation answered.
    fn checksum(&self) -> u64;
}

/// The memory of an object, which is made with its input before a program that uses it is loaded.
fn memory_of(name: &str, object: &mut Ebpf, input: &[u8]) -> Box<dyn Memory> {
    match name {
        "arena" => Box::new(arena::Arena::of(object, input)),
        "map" => Box::new(map::Maps::of(object, input)),
        other => panic!("no memory is called {other}"),
    }
}

/// The programs of a structure, loaded.
pub struct Programs {
    memory: Box<dyn Memory>,
    programs: Vec<ProgramFd>,
    /// How long the kernel took to verify and to compile all of them.
    pub load_time: Duration,
    /// What it made of them.
    pub code_len: u64,
}

impl Programs {
    /// Loads `names` out of an object.
    pub fn load<'a>(
        object: &[u8],
        memory: &str,
        names: impl Iterator<Item = &'a str>,
        input: &[u8],
    ) -> Programs {
        // It has no type for arenas, but makes them.
        let loader = &mut EbpfLoader::new();
        let mut object = loader
            .allow_unsupported_maps()
            .load(object)
            .unwrap_or_else(|error| panic!("{error:#?}"));
        let memory = memory_of(memory, &mut object, input);
        let start = Instant::now();
        let loaded: Vec<_> = names.map(|name| load(&mut object, name)).collect();
        Programs {
            memory,
            load_time: start.elapsed(),
            code_len: loaded.iter().map(|(_, len)| len).sum(),
            programs: loaded.into_iter().map(|(program, _)| program).collect(),
        }
    }

    /// Runs a program and gives its checksum.
    pub fn run(&self, number: usize) -> u64 {
        test_run(&self.programs[number]);
        self.memory.checksum()
    }
}

/// A program, and how many bytes the kernel made of it.
fn load(object: &mut Ebpf, name: &str) -> (ProgramFd, u64) {
    let program = object.program_mut(&format!("operation_{name}"));
    let program = program.unwrap_or_else(|| panic!("there is no operation {name}"));
    let program: &mut RawTracePoint = program.try_into().expect("a raw tracepoint");
    let loaded = program.load();
    loaded.unwrap_or_else(|error| panic!("{name}: {error:#?}"));
    let info = program.info().expect("it is loaded");
    let fd = program.fd().expect("it is loaded").try_clone();
    (fd.expect("a descriptor"), u64::from(info.size_jitted()))
}

/// The system call's arguments.
#[repr(C)]
#[derive(Default)]
struct TestRun {
    prog_fd: u32,
    retval: u32,
    data_size_in: u32,
    data_size_out: u32,
    data_in: u64,
    data_out: u64,
    repeat: u32,
    duration: u32,
    ctx_size_in: u32,
    ctx_size_out: u32,
    ctx_in: u64,
    ctx_out: u64,
    flags: u32,
    cpu: u32,
    batch_size: u32,
    zero: u32,
}

fn test_run(program: &ProgramFd) {
    const BPF_PROG_TEST_RUN: i32 = 10;
    let mut request = TestRun {
        prog_fd: program.as_fd().as_raw_fd() as u32,
        ..TestRun::default()
    };
    assert_eq!(bpf(BPF_PROG_TEST_RUN, &mut request), 0);
    assert_eq!(request.retval, 0, "the program failed");
}

/// The system call, which succeeds.
pub fn bpf<T>(command: i32, attr: &mut T) -> libc::c_long {
    // SAFETY: The kernel reads and writes no more than the struct, whose addresses are of live data.
    let done = unsafe { libc::syscall(libc::SYS_bpf, command, attr, size_of::<T>()) };
    assert!(done >= 0, "bpf: {}", std::io::Error::last_os_error());
    done
}
