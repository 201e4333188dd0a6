// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! What a gate answers on the host, and how it comes to whoever called.

use super::{kernel, Call};
use crate::interface::GateError;
use std::any::{type_name, Any};

/// What a gate answers: made of what the gate's function gives, by `Reply::from`.
#[derive(Debug)]
pub struct Reply(What);

#[derive(Debug)]
enum What {
    Number(u64),
    Bytes(Vec<u8>),
    Record(Box<dyn Any + Send>),
    Refused(GateError),
}

impl Reply {
    /// A record.
    pub(crate) fn record<T: Any + Send>(record: T) -> Reply {
        Reply(What::Record(Box::new(record)))
    }

    /// What the gate's register holds.
    pub(crate) fn number(self) -> i64 {
        match self.0 {
            What::Number(number) => number as i64,
            What::Refused(error) => -(error as i64),
            other => panic!("the gate answers a number, not {other:?}"),
        }
    }

    /// Bytes in the room for them.
    ///
    /// # Safety
    ///
    /// `room` is writable for `len` bytes.
    pub(crate) unsafe fn fill(self, room: *mut u8, len: usize) -> i64 {
        match self.0 {
            What::Bytes(bytes) => {
                let len = len.min(bytes.len());
                // SAFETY: Both are as long, by this function's own contract.
                unsafe { room.copy_from_nonoverlapping(bytes.as_ptr(), len) };
                len as i64
            }
            What::Refused(error) => -(error as i64),
            other => panic!("the gate answers bytes, not {other:?}"),
        }
    }

    /// A record where it is wanted.
    ///
    /// # Safety
    ///
    /// `to` is writable.
    pub(crate) unsafe fn write<T: Any>(self, to: *mut T) -> i64 {
        match self.0 {
            What::Record(record) => match record.downcast::<T>() {
                Ok(record) => {
                    // SAFETY: By this function's own contract.
                    unsafe { to.write(*record) };
                    0
                }
                Err(_) => panic!("the gate answers a {}", type_name::<T>()),
            },
            What::Refused(error) => -(error as i64),
            other => panic!("the gate answers a {}, not {other:?}", type_name::<T>()),
        }
    }

    /// What never comes back.
    pub(crate) fn end(self) -> ! {
        panic!("the activation would have ended here")
    }
}

impl From<u64> for Reply {
    fn from(number: u64) -> Reply {
        Reply(What::Number(number))
    }
}

impl From<u32> for Reply {
    fn from(number: u32) -> Reply {
        Reply(What::Number(number.into()))
    }
}

impl From<bool> for Reply {
    fn from(truth: bool) -> Reply {
        Reply(What::Number(truth.into()))
    }
}

impl From<()> for Reply {
    fn from((): ()) -> Reply {
        Reply(What::Number(0))
    }
}

impl From<Vec<u8>> for Reply {
    fn from(bytes: Vec<u8>) -> Reply {
        Reply(What::Bytes(bytes))
    }
}

impl From<&[u8]> for Reply {
    fn from(bytes: &[u8]) -> Reply {
        Reply(What::Bytes(bytes.to_vec()))
    }
}

impl From<GateError> for Reply {
    fn from(error: GateError) -> Reply {
        Reply(What::Refused(error))
    }
}

impl<T: Into<Reply>> From<Result<T, GateError>> for Reply {
    fn from(answer: Result<T, GateError>) -> Reply {
        answer.map_or_else(Reply::from, T::into)
    }
}

/// What the stand-in answers to a call, which it remembers.
pub(crate) fn answered(call: Call) -> Reply {
    kernel::answered(call)
}

/// Bytes that were passed.
///
/// # Safety
///
/// The parts are those of a slice.
pub(crate) unsafe fn bytes_of(at: *const u8, len: usize) -> Vec<u8> {
    // SAFETY: By this function's own contract.
    unsafe { std::slice::from_raw_parts(at, len) }.to_vec()
}

/// Text that was passed.
///
/// # Safety
///
/// The parts are those of a text.
pub(crate) unsafe fn text_of(at: *const u8, len: usize) -> String {
    // SAFETY: By this function's own contract.
    String::from_utf8_lossy(&unsafe { bytes_of(at, len) }).into_owned()
}
