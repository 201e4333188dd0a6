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

#[cfg(not(target_os = "none"))]
impl RawRun {
    /// A context as the kernel would lay it out.
    pub(crate) fn new(input: &[u8], output: &mut [u8], arg: u64) -> RawRun {
        RawRun {
            input: input.as_ptr(),
            input_len: input.len(),
            output: output.as_mut_ptr(),
            output_cap: output.len(),
            output_len: 0,
            arg,
        }
    }

    /// How much of the output is the answer.
    pub(crate) fn written(&self) -> usize {
        self.output_len
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
