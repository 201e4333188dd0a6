// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! A line of text in a fixed buffer, so that logging and panicking need no heap.

use core::fmt;

/// The longest text that the gates take.
const MAX: usize = 256;

/// A text of at most 256 bytes; what does not fit is cut at a character.
pub struct Text {
    bytes: [u8; MAX],
    len: usize,
}

impl Text {
    /// An empty text.
    #[expect(
        clippy::new_without_default,
        reason = "a text is only made to be written to"
    )]
    pub const fn new() -> Text {
        Text {
            bytes: [0; MAX],
            len: 0,
        }
    }

    /// What was written.
    pub fn as_str(&self) -> &str {
        // Whole characters only are written, so this is never empty for another reason.
        core::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

impl fmt::Write for Text {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut len = text.len().min(MAX - self.len);
        while !text.is_char_boundary(len) {
            len -= 1;
        }
        self.bytes[self.len..self.len + len].copy_from_slice(&text.as_bytes()[..len]);
        self.len += len;
        if len == text.len() {
            Ok(())
        } else {
            Err(fmt::Error)
        }
    }
}
