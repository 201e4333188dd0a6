// SPDX-License-Identifier: GPL-2.0
//! The look-up of a word's row, prepared by the compiler, and the proof that rows do not overlap.

use crate::classes::{has_exceptions, Class, Row, ROWS};

/// Whether no word fits two rows.
const fn disjoint(rows: &[Row]) -> bool {
    let mut i = 0;
    while i < rows.len() {
        let mut j = 0;
        while j < i {
            if (rows[i].value ^ rows[j].value) & rows[i].mask & rows[j].mask == 0 {
                return false;
            }
            j += 1;
        }
        i += 1;
    }
    true
}
const _: () = assert!(disjoint(ROWS), "two classes claim the same word");

/// Whether every row fixes only bits that its mask has, so that it can match at all.
const fn matchable(rows: &[Row]) -> bool {
    let mut i = 0;
    while i < rows.len() {
        if rows[i].value & !rows[i].mask != 0 {
            return false;
        }
        i += 1;
    }
    true
}
const _: () = assert!(matchable(ROWS), "a row can never match");

// The index: the rows that the top bits of a word leave possible. Built by the compiler, so that a look-up tries one
// or two rows where a search of the table would try a hundred.
const TOP_SHIFT: u32 = 21;
const TOPS: usize = 1 << (32 - TOP_SHIFT);

/// The next larger subset of `free` after `sub`; 0 when `sub` was the last.
const fn next_subset(sub: u32, free: u32) -> u32 {
    sub.wrapping_sub(free) & free
}

/// How many (top, row) pairs the index holds.
const fn pairs(rows: &[Row]) -> usize {
    let mut n = 0;
    let mut i = 0;
    while i < rows.len() {
        n += 1 << (!rows[i].mask >> TOP_SHIFT).count_ones();
        i += 1;
    }
    n
}

/// Where each top's rows begin in `ORDER`, with one more for the end.
const fn starts(rows: &[Row]) -> [u16; TOPS + 1] {
    let mut out = [0u16; TOPS + 1];
    let mut i = 0;
    while i < rows.len() {
        let free = !rows[i].mask >> TOP_SHIFT;
        let mut sub = 0;
        loop {
            out[((rows[i].value >> TOP_SHIFT) | sub) as usize + 1] += 1;
            sub = next_subset(sub, free);
            if sub == 0 {
                break;
            }
        }
        i += 1;
    }
    let mut top = 0;
    while top < TOPS {
        out[top + 1] += out[top];
        top += 1;
    }
    out
}

/// The rows of every top, one after the other.
const fn order(rows: &[Row]) -> [u8; pairs(ROWS)] {
    let mut next = START;
    let mut out = [0u8; pairs(ROWS)];
    let mut i = 0;
    while i < rows.len() {
        let free = !rows[i].mask >> TOP_SHIFT;
        let mut sub = 0;
        loop {
            let top = ((rows[i].value >> TOP_SHIFT) | sub) as usize;
            out[next[top] as usize] = i as u8; // Lossless: asserted below.
            next[top] += 1;
            sub = next_subset(sub, free);
            if sub == 0 {
                break;
            }
        }
        i += 1;
    }
    out
}
const _: () = assert!(ROWS.len() <= 256, "a row's number does not fit the index");

/// A row as the look-up wants it: 16 bytes, and one look says whether the masks are the whole truth.
#[derive(Clone, Copy)]
pub struct Entry {
    mask: u32,
    value: u32,
    /// [`Row::needs`], which fits (asserted below).
    pub needs: u32,
    /// [`Row::class`].
    pub class: Class,
    /// Whether words of the class can be reserved or constrained unpredictable.
    pub has_exceptions: bool,
}

const fn entry(row: Row) -> Entry {
    assert!(
        row.needs <= u32::MAX as u64,
        "a feature's bit does not fit the index"
    );
    Entry {
        mask: row.mask,
        value: row.value,
        needs: row.needs as u32, // Lossless: asserted above.
        class: row.class,
        has_exceptions: has_exceptions(row.class),
    }
}

static TABLE: [Entry; ROWS.len()] = {
    let mut out = [entry(ROWS[0]); ROWS.len()];
    let mut i = 0;
    while i < ROWS.len() {
        out[i] = entry(ROWS[i]);
        i += 1;
    }
    out
};
const START: [u16; TOPS + 1] = starts(ROWS);
static STARTS: [u16; TOPS + 1] = START;
static ORDER: [u8; pairs(ROWS)] = order(ROWS);

/// The row that claims a word, whatever features the system has.
#[inline]
pub fn row_of(word: u32) -> Option<&'static Entry> {
    let top = (word >> TOP_SHIFT) as usize; // Lossless: 11 bits.
    let start = usize::from(*STARTS.get(top)?);
    let end = usize::from(*STARTS.get(top.wrapping_add(1))?);
    for &i in ORDER.get(start..end)? {
        let row = TABLE.get(usize::from(i))?;
        if word & row.mask == row.value {
            return Some(row);
        }
    }
    None
}
