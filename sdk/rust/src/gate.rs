// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! The gates: calls into the kernel. The rewriter resolves the symbols, the kernel checks arguments.

unsafe extern "C" {
    safe fn lore_gate_log(level: u32, text: *const u8, len: usize) -> i64;
    safe fn lore_gate_heap_grow(bytes: usize) -> i64;
    safe fn lore_gate_time_now() -> u64;
    safe fn lore_gate_abort(code: u64, text: *const u8, len: usize) -> !;
}

/// Why a gate refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GateError {
    /// An address range is not mapped in the window.
    BadSpan,
    /// A length is above the gate's limit.
    TooLong,
    /// Memory is short.
    NoMemory,
    /// An argument has no meaning.
    BadValue,
    /// The heap has reached its limit.
    HeapFull,
    /// A number that this crate does not know.
    Unknown(i64),
}

/// Levels of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u32)]
pub enum Level {
    /// Something failed.
    Error = 1,
    /// Something is odd.
    Warn = 2,
    /// Something happened.
    Info = 3,
    /// For the author.
    Debug = 4,
}

/// Errors are the last 4095 numbers, which no address is.
fn checked(answer: i64) -> Result<u64, GateError> {
    match answer {
        -1 => Err(GateError::BadSpan),
        -2 => Err(GateError::TooLong),
        -3 => Err(GateError::NoMemory),
        -4 => Err(GateError::BadValue),
        -5 => Err(GateError::HeapFull),
        -4095..=-6 => Err(GateError::Unknown(-answer)),
        _ => Ok(answer as u64),
    }
}

/// Writes one line of at most 256 bytes to the kernel's log.
pub fn log_text(level: Level, text: &str) -> Result<(), GateError> {
    checked(lore_gate_log(level as u32, text.as_ptr(), text.len())).map(|_| ())
}

/// Maps more pages of the heap; the address of the first new byte.
pub(crate) fn heap_grow(bytes: usize) -> Result<u64, GateError> {
    checked(lore_gate_heap_grow(bytes))
}

/// Nanoseconds of the monotonic clock.
pub fn time_now() -> u64 {
    lore_gate_time_now()
}

/// Ends the activation with a code and a message of at most 256 bytes.
pub fn abort(code: u64, text: &str) -> ! {
    lore_gate_abort(code, text.as_ptr(), text.len())
}
