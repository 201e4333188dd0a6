// SPDX-License-Identifier: GPL-2.0
//! Which words have a label, and which label: a byte for every word of the code, and counts, so that the end of a branch
//! is found by one look, where a search of a table of thousands would cost more than all else about the branch.

use crate::tables::Labels;
use lore_abi::image::Label;

/// Words that one [`Note`] is about.
const WORDS: usize = 32;

/// Bytes of them.
const CODE_LEN: usize = WORDS * 4;

/// What the verifier notes about some words of code. Its user only provides the room.
#[derive(Clone, Copy, Debug, Default)]
pub struct Note {
    /// How many labels come before these words.
    before: u32,
    /// Of each word with a label, how many of these words up to it have one; 0 for the others.
    numbers: [u8; WORDS],
}

/// Which note a word's byte is in, and where there.
#[inline(always)]
const fn place_of(at: u32, code_at: u32) -> (usize, usize) {
    let word = at.wrapping_sub(code_at) as usize / 4;
    (word / WORDS, word % WORDS)
}

/// How many [`Note`]s code of `code_len` bytes takes.
pub const fn room_for(code_len: usize) -> usize {
    code_len.div_ceil(CODE_LEN)
}

/// The notes about a label table that is in order and in the code.
#[derive(Clone, Copy, Debug)]
pub struct Places<'a> {
    labels: Labels<'a>,
    code_at: u32,
    notes: &'a [Note],
}

impl<'a> Places<'a> {
    /// Notes where the labels are, of code that begins at `code_at`. A label that the notes have no room for is not
    /// noted, so branches to it are refused.
    pub fn new(labels: Labels<'a>, code_at: u32, notes: &'a mut [Note]) -> Places<'a> {
        notes.fill(Note::default());
        // The note at hand, and how many labels come before its words.
        let (mut at_hand, mut before) = (usize::MAX, 0);
        for (number, label) in (0u32..).zip(labels.iter()) {
            let (index, word) = place_of(label.at, code_at);
            if index != at_hand {
                (at_hand, before) = (index, number);
            }
            if let Some(note) = notes.get_mut(index) {
                note.before = before;
                if let Some(place) = note.numbers.get_mut(word) {
                    // Lossless: labels ascend, so a note has at most one for each of its words.
                    *place = number.wrapping_sub(before).wrapping_add(1) as u8;
                }
            }
        }
        Places {
            labels,
            code_at,
            notes,
        }
    }

    /// The table.
    pub const fn labels(&self) -> &Labels<'a> {
        &self.labels
    }

    /// The label that is exactly at the word `at`.
    #[inline(always)]
    pub fn find(&self, at: u32) -> Option<Label> {
        let (index, word) = place_of(at, self.code_at);
        let note = self.notes.get(index)?;
        let number = u32::from(*note.numbers.get(word)?).checked_sub(1)?;
        let label = self.labels.get(note.before.wrapping_add(number) as usize)?;
        Some(label).filter(|label| label.at == at)
    }
}
