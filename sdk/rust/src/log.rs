// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! Lines in the kernel's log.

/// Writes a formatted line to the kernel's log: `log!(LogLevel::Info, "{n} packets")`. Cut at 256 bytes.
#[macro_export]
macro_rules! log {
    ($level:expr, $($arg:tt)+) => {{
        let mut text = $crate::Text::new();
        // What does not fit is cut.
        let _ = ::core::fmt::Write::write_fmt(&mut text, ::core::format_args!($($arg)+));
        // Nobody would hear that it was not written.
        let _ = $crate::log($level, text.as_str());
    }};
}

/// [`log!`](crate::log!) of what failed.
#[macro_export]
macro_rules! error {
    ($($arg:tt)+) => { $crate::log!($crate::LogLevel::Error, $($arg)+) };
}

/// [`log!`](crate::log!) of what is odd.
#[macro_export]
macro_rules! warn {
    ($($arg:tt)+) => { $crate::log!($crate::LogLevel::Warn, $($arg)+) };
}

/// [`log!`](crate::log!) of what happened.
#[macro_export]
macro_rules! info {
    ($($arg:tt)+) => { $crate::log!($crate::LogLevel::Info, $($arg)+) };
}

/// [`log!`](crate::log!) for the author.
#[macro_export]
macro_rules! debug {
    ($($arg:tt)+) => { $crate::log!($crate::LogLevel::Debug, $($arg)+) };
}
