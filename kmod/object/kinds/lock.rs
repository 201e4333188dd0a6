// SPDX-License-Identifier: GPL-2.0
//! A lock that is held: a word in the extension's memory, which anybody there may write.
//!
//! The kernel keeps nothing but who wrote what where, so whatever is in the word can only hurt those who share it.

use crate::heap::Word;

/// # Invariants
///
/// `mine` was put into the word in place of 0, and is not 0.
pub(crate) struct Lock {
    word: Word,
    mine: u32,
}

/// Why a lock was not taken.
pub(crate) enum Taken {
    /// By this very holder.
    ByMe,
    /// By another one.
    ByOther,
}

impl Lock {
    /// Takes the lock if it is free. `mine` says who holds it.
    pub(crate) fn try_take(word: Word, mine: u32) -> Result<Lock, Taken> {
        match word.swap(0, mine) {
            // INVARIANT: Just put there.
            0 if mine != 0 => Ok(Lock { word, mine }),
            seen if seen == mine => Err(Taken::ByMe),
            _ => Err(Taken::ByOther),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A word that somebody has overwritten meanwhile stays as it is.
        self.word.swap(self.mine, 0);
    }
}
