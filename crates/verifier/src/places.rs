// SPDX-License-Identifier: GPL-2.0
//! Which words have a label, and which label: a bit for every word of the code, and counts, so that the end of a branch
//! is found by one look, where a search of a table of thousands would cost more than all else about the branch.

use crate::tables::Labels;
use lore_abi::image::Label;

/// Words that one [`Note`] is about.
const WORDS: u32 = u32::BITS;

/// Bytes of them.
const CODE_LEN: usize = 128;
const _: () = assert!(CODE_LEN == WORDS as usize * 4);

/// What the verifier notes about 32 words of code. Its user only provides the room.
#[derive(Clone, Copy, Debug, Default)]
pub struct Note {
    /// Bit n: word n has a label.
    labelled: u32,
    /// How many labels come before these words.
    before: u32,
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
        for label in labels.iter() {
            let word = label.at.wrapping_sub(code_at) >> 2;
            if let Some(note) = notes.get_mut((word / WORDS) as usize) {
                note.labelled |= 1u32.wrapping_shl(word % WORDS);
            }
        }
        let mut before = 0u32;
        for note in notes.iter_mut() {
            note.before = before;
            before = before.saturating_add(note.labelled.count_ones());
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
        let word = at.wrapping_sub(self.code_at) >> 2;
        let note = self.notes.get((word / WORDS) as usize)?;
        let bit = 1u32.wrapping_shl(word % WORDS);
        if note.labelled & bit == 0 {
            return None;
        }
        let below = (note.labelled & bit.wrapping_sub(1)).count_ones();
        let label = self.labels.get(note.before.wrapping_add(below) as usize)?;
        Some(label).filter(|label| label.at == at)
    }
}
