// SPDX-License-Identifier: GPL-2.0
//! The image's tables, read from bytes of any alignment. Reading judges nothing; `rules` does.

use lore_abi::image::Label;

/// Bytes of a [`Label`] in an image.
pub const LABEL_LEN: usize = 12;

/// The little-endian `u32` of number `index`.
#[inline]
pub fn u32_at(bytes: &[u8], index: u32) -> Option<u32> {
    let start = usize::try_from(index).ok()?.checked_mul(4)?;
    let bytes = bytes.get(start..)?.first_chunk::<4>()?;
    Some(u32::from_le_bytes(*bytes))
}

/// The frame list of number `index`, as claimed.
pub fn list(lists: &[u8], index: u16) -> Option<u64> {
    let start = usize::from(index).checked_mul(8)?;
    let bytes = lists.get(start..)?.first_chunk::<8>()?;
    Some(u64::from_le_bytes(*bytes))
}

/// The label in its bytes.
#[inline(always)]
fn label_of(bytes: &[u8; LABEL_LEN]) -> Label {
    let &[a0, a1, a2, a3, r0, r1, r2, r3, class, class14, l0, l1] = bytes;
    Label {
        at: u32::from_le_bytes([a0, a1, a2, a3]),
        registers: u32::from_le_bytes([r0, r1, r2, r3]),
        class,
        class14,
        list: u16::from_le_bytes([l0, l1]),
    }
}

/// The labels of a table, one after the other.
#[derive(Clone, Debug)]
pub struct LabelIter<'a> {
    left: core::slice::ChunksExact<'a, u8>,
}

impl Iterator for LabelIter<'_> {
    type Item = Label;

    #[inline(always)]
    fn next(&mut self) -> Option<Label> {
        self.left.next()?.first_chunk().map(label_of)
    }
}

/// The label table.
#[derive(Clone, Copy, Debug)]
pub struct Labels<'a> {
    bytes: &'a [u8],
    count: usize,
}

impl<'a> Labels<'a> {
    /// The labels in `bytes`; a partial one at the end is left out.
    pub const fn new(bytes: &'a [u8]) -> Labels<'a> {
        Labels {
            bytes,
            count: bytes.len() / LABEL_LEN,
        }
    }

    /// All of them, in their order.
    pub fn iter(&self) -> LabelIter<'a> {
        LabelIter {
            left: self.bytes.chunks_exact(LABEL_LEN),
        }
    }

    /// The label of number `index`.
    #[inline(always)]
    pub fn get(&self, index: usize) -> Option<Label> {
        self.bytes_of(index).map(label_of)
    }

    /// The bytes of label `index`.
    #[inline(always)]
    fn bytes_of(&self, index: usize) -> Option<&'a [u8; LABEL_LEN]> {
        if index >= self.count {
            return None;
        }
        // Cannot wrap, since the bytes have as many labels.
        let start = index.wrapping_mul(LABEL_LEN);
        self.bytes.get(start..)?.first_chunk::<LABEL_LEN>()
    }

    /// The place of label `index`; beyond the table it is behind every word.
    #[inline(always)]
    pub fn place(&self, index: usize) -> u32 {
        self.bytes_of(index)
            .map_or(u32::MAX, |bytes| label_of(bytes).at)
    }

    /// How many labels of an ascending table lie before `at`.
    pub fn rank(&self, at: u32) -> usize {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low.midpoint(high);
            if self.place(middle) < at {
                low = middle.saturating_add(1);
            } else {
                high = middle;
            }
        }
        low
    }

    /// The label of an ascending table that is exactly at `at`.
    pub fn find(&self, at: u32) -> Option<Label> {
        self.get(self.rank(at)).filter(|label| label.at == at)
    }

    /// The last label of an ascending table at `at` or before it.
    pub fn at_or_before(&self, at: u32) -> Option<Label> {
        let rank = self.rank(at);
        match self.get(rank) {
            Some(label) if label.at == at => Some(label),
            _ => self.get(rank.checked_sub(1)?),
        }
    }
}
