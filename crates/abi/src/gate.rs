// SPDX-License-Identifier: GPL-2.0
//! The gates: entry points of the kernel that an extension may import.
//!
//! Arguments are in x0 to x7, the result in x0; everything else that a call may change is zero
//! afterwards. A negative result is [`GateError`] as a negative number.

codes! {
    /// A gate's number, as it stands in an image's import list.
    pub enum Gate {
        /// `log(level, text, len)`: one line in the kernel's log. Result 0.
        Log = 1, "log", "writes a line to the kernel's log";
        /// `heap_grow(bytes)`: maps more heap, whole pages, at most [`HEAP_GROW_MAX`] per call. Result: address of
        /// the first new byte, which follows the last one when nobody else grew the heap meanwhile; the end of the
        /// heap for 0 bytes.
        HeapGrow = 2, "heap_grow", "maps more pages of the heap";
        /// `time_now()`: nanoseconds of the monotonic clock.
        TimeNow = 3, "time_now", "reads the monotonic clock";
        /// `abort(code, text, len)`: ends the activation. Does not return.
        Abort = 4, "abort", "ends the activation with a code and a message";
    }
}

codes! {
    /// Why a gate refused; the gate's result is the negative number.
    pub enum GateError {
        BadSpan = 1, "bad-span", "an address range is not mapped in the window";
        TooLong = 2, "too-long", "a length is above the gate's limit";
        NoMemory = 3, "no-memory", "memory is short: the kernel, or the cgroup of the loader, has no page now";
        BadValue = 4, "bad-value", "an argument has no meaning";
        HeapFull = 5, "heap-full", "the heap has reached the limit that it was loaded with";
    }
}

codes! {
    /// Levels of the `log` gate.
    pub enum LogLevel {
        Error = 1, "error", "something failed";
        Warn = 2, "warn", "something is odd";
        Info = 3, "info", "something happened";
        Debug = 4, "debug", "for the author";
    }
}

/// Longest text that `log` and `abort` take, in bytes.
pub const TEXT_MAX: usize = 256;
/// Most bytes that one `heap_grow` maps: a gate does a bounded amount of work.
pub const HEAP_GROW_MAX: u64 = 4 << 20;
