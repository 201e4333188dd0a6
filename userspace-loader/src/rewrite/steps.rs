// SPDX-License-Identifier: GPL-2.0
//! What saves guards, step by step. Each step can be left out, to see what it is worth: the image is larger then, and does
//! the same.

use clap::ValueEnum;

/// A step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Step {
    /// Facts pass from block to block by what labels claim.
    Labels,
    /// Facts pass into functions by what their labels claim.
    Arguments,
    /// Guards move up to where an access follows on all ways, and before loops.
    Hoist,
    /// A pointer is guarded before it is copied.
    Copies,
    /// An access without an offset needs no guard.
    FormZ,
    /// A sum is made once for accesses that follow one another.
    Sums,
    /// An access by an index that is small needs no sum.
    Indices,
    /// A pointer that is used by one offset in a loop needs no guard.
    Biased,
    /// An address is made of another that is near.
    Near,
    /// The upper half of what passes between functions is kept only where the other side may read it.
    Passed,
    /// In the profile low: a word that makes a pointer writes 32 bits of it, which is its guard.
    Narrow,
}

impl Step {
    /// All of them.
    pub const ALL: [Step; 11] = [
        Step::Labels,
        Step::Arguments,
        Step::Hoist,
        Step::Copies,
        Step::FormZ,
        Step::Sums,
        Step::Indices,
        Step::Biased,
        Step::Near,
        Step::Passed,
        Step::Narrow,
    ];
}

/// Steps that are left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Without(u16);

impl Without {
    /// Whether a step is left out.
    pub fn has(self, step: Step) -> bool {
        self.0 & 1 << step as u16 != 0
    }
}

impl FromIterator<Step> for Without {
    fn from_iter<T: IntoIterator<Item = Step>>(steps: T) -> Without {
        Without(
            steps
                .into_iter()
                .fold(0, |all, step| all | 1 << step as u16),
        )
    }
}
