// SPDX-License-Identifier: GPL-2.0
//! Why a guard is still there: where the pointer comes from that it makes safe. Found in the image alone, by looking back from the
//! guard for the word that wrote its register.

use crate::image::NoteKind;
use crate::rewrite::{guarded_by, written_by, Written};
use crate::view::View;
use std::collections::HashSet;

/// Where a pointer comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Out of memory, which holds whatever somebody has left there.
    Loaded,
    /// It is the sum of a pointer and an index.
    Indexed,
    /// It has been computed otherwise.
    Computed,
    /// A call has given it back, or may have changed it.
    Returned,
    /// It is an argument of a function that is called from afar.
    Argument,
    /// Ways meet on which it is not the same.
    Joined,
}

impl Reason {
    /// All of them.
    pub const ALL: [Reason; 6] = [
        Reason::Loaded,
        Reason::Indexed,
        Reason::Computed,
        Reason::Returned,
        Reason::Argument,
        Reason::Joined,
    ];

    /// In a word.
    pub fn id(self) -> &'static str {
        match self {
            Reason::Loaded => "loaded",
            Reason::Indexed => "indexed",
            Reason::Computed => "computed",
            Reason::Returned => "returned",
            Reason::Argument => "argument",
            Reason::Joined => "joined",
        }
    }
}

/// Finds reasons in an image.
pub struct Reasons<'a> {
    view: &'a View<'a>,
    labels: HashSet<u32>,
}

impl<'a> Reasons<'a> {
    /// Of an image.
    pub fn of(view: &'a View<'a>) -> Reasons<'a> {
        let labels = view
            .file
            .image
            .labels
            .iter()
            .map(|label| label.at)
            .collect();
        Reasons { view, labels }
    }

    /// Why the word at an offset is there, if it is a sum, a guard, or the first word of one.
    pub fn why(&self, at: u32) -> Option<Reason> {
        match self.view.note(at)? {
            NoteKind::Guard => {}
            NoteKind::Sum => return Some(Reason::Indexed),
            _ => return None,
        }
        let register = guarded_by(self.view.word(at)?)?;
        let first = self.view.function(at)?.at;
        let mut at = at;
        while at > first {
            if self.labels.contains(&at) {
                return Some(Reason::Joined);
            }
            at -= 4;
            match written_by(self.view.word(at)?, register) {
                Written::Not => {}
                Written::Load => return Some(Reason::Loaded),
                Written::Call => return Some(Reason::Returned),
                Written::Sum => return Some(Reason::Indexed),
                Written::Other => return Some(Reason::Computed),
            }
        }
        Some(Reason::Argument)
    }
}
