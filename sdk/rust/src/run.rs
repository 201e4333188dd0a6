// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! What an entry of the hook `run` works on.

use core::slice;

/// The context as the kernel lays it out.
#[repr(C)]
pub struct RawRun {
    input: *const u8,
    input_len: usize,
    output: *mut u8,
    output_cap: usize,
    output_len: usize,
    arg: u64,
}

/// A record of the section `.lore.entry`; [`crate::entry_run`] makes them.
#[repr(C)]
pub struct Entry {
    function: Function,
    hook: u32,
    zero: u32,
}

/// The address of an entry's function, whatever it takes. All of these are the same pointer to the kernel.
#[repr(C)]
#[derive(Clone, Copy)]
union Function {
    run: extern "C" fn(*mut RawRun) -> i64,
    timer: extern "C" fn(u64) -> u64,
    call: extern "C" fn(u64, u64, u64, u64, u64, u64, u64, u64) -> u64,
}

/// What an entry is called by; the numbers are the image's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Hook {
    /// Arguments of a tracepoint, the first seven.
    Tracepoint = 2,
    /// Periods that have passed since the last call.
    Timer = 3,
    /// A packet at a point of the network stack.
    Netfilter = 4,
    /// A packet that came in by a device.
    Netdev = 5,
    /// Arguments of a kernel function, the first eight.
    Function = 6,
    /// The result of a kernel function.
    Return = 7,
}

impl Entry {
    /// A record for the hook `run`.
    pub const fn run(function: extern "C" fn(*mut RawRun) -> i64) -> Entry {
        Entry {
            function: Function { run: function },
            hook: 1,
            zero: 0,
        }
    }

    /// A record for the hook `timer`, of an entry that gets no more than a number.
    pub const fn timer(timer: extern "C" fn(u64) -> u64) -> Entry {
        Entry {
            function: Function { timer },
            hook: Hook::Timer as u32,
            zero: 0,
        }
    }

    /// A record for another hook.
    pub const fn of(
        hook: Hook,
        call: extern "C" fn(u64, u64, u64, u64, u64, u64, u64, u64) -> u64,
    ) -> Entry {
        Entry {
            function: Function { call },
            hook: hook as u32,
            zero: 0,
        }
    }
}

/// The output is full.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoRoom;

/// One activation: what the caller gave, and room for the answer.
pub struct Run<'a> {
    raw: &'a mut RawRun,
}

impl<'a> Run<'a> {
    /// Takes the context that the kernel gave.
    ///
    /// # Safety
    ///
    /// `raw` is the argument of an entry, and this is the only `Run` of it.
    pub unsafe fn from_raw(raw: *mut RawRun) -> Run<'a> {
        // SAFETY: The caller's promise.
        Run {
            raw: unsafe { &mut *raw },
        }
    }

    /// What the caller gave.
    pub fn input(&self) -> &'a [u8] {
        // SAFETY: The kernel has mapped these bytes for this activation, apart from the output.
        unsafe { slice::from_raw_parts(self.raw.input, self.raw.input_len) }
    }

    /// All room for the answer. [`Run::set_output_len`] says how much of it is one.
    pub fn output(&mut self) -> &mut [u8] {
        // SAFETY: The kernel has mapped these bytes for this activation, and `self` is borrowed.
        unsafe { slice::from_raw_parts_mut(self.raw.output, self.raw.output_cap) }
    }

    /// How many bytes of the output are the answer, at most all of it.
    pub fn set_output_len(&mut self, len: usize) {
        self.raw.output_len = len.min(self.raw.output_cap);
    }

    /// Appends to the answer.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), NoRoom> {
        let from = self.raw.output_len;
        let end = from.checked_add(bytes.len()).ok_or(NoRoom)?;
        self.output()
            .get_mut(from..end)
            .ok_or(NoRoom)?
            .copy_from_slice(bytes);
        self.raw.output_len = end;
        Ok(())
    }

    /// A number that the caller gave.
    pub fn arg(&self) -> u64 {
        self.raw.arg
    }
}
