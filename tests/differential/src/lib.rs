// SPDX-License-Identifier: GPL-2.0
//! Tries to prove the verifier wrong, with means that its author did not write.
//!
//! ```text
//! word --> verifier's table ----------------------------> effects ---+
//!   |                                                                +--> equal, or in the list of exceptions
//!   +--> LLVM --> text --> oracle (Arm ARM, said again) --> meaning --+
//!   +--> bad64 ------------------------------------------> registers +
//!
//! random words, mutations --> verifier accepts --> emulator, every step under watch --> no escape
//! ```
//!
//! Nothing here may be written by looking at the verifier's sources: two readings of the manual are worth more than
//! one reading twice.

pub mod compare;
pub mod draft;
pub mod exceptions;
pub mod file;
pub mod grow;
pub mod llvm;
#[cfg(feature = "emulator")]
pub mod machine;
pub mod oracle;
pub mod second;
pub mod sweep;
pub mod text;
#[cfg(feature = "emulator")]
pub mod watch;
pub mod words;

use fastrand::Rng;

/// Where the window stands, but for the profile `low`, of which it begins at 0; 4 GiB aligned.
pub const WINDOW: u64 = 0x12 << 32;

/// One of a few, which are not none.
pub fn pick<T: Copy>(rng: &mut Rng, of: &[T]) -> T {
    of[rng.usize(..of.len())]
}

/// True once in `n`.
pub fn one_in(rng: &mut Rng, n: u32) -> bool {
    rng.u32(..n) == 0
}
