// SPDX-License-Identifier: GPL-2.0
//! The look-up of a word's row, prepared by the compiler, and the proof that rows do not overlap.

use crate::classes::{Class, Row, ROWS};

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

// The index: the rows that a few bits of a word leave possible, those which tell classes apart best. Built by the
// compiler, so that a look-up mostly tries one row where a search of the table would try a hundred.
const KEY_BITS: u32 = 13;
const KEYS: usize = 1 << KEY_BITS;

/// Bits 31 to 21, then 11 and 10.
const fn key(word: u32) -> u32 {
    (word >> 21) << 2 | (word >> 10) & 3
}

/// The bits of the key that a mask leaves free.
const fn free_keys(mask: u32) -> u32 {
    key(!mask)
}

/// The next larger subset of `free` after `sub`; 0 when `sub` was the last.
const fn next_subset(sub: u32, free: u32) -> u32 {
    sub.wrapping_sub(free) & free
}

/// How many (key, row) pairs the index holds.
const fn pairs(rows: &[Row]) -> usize {
    let mut n = 0;
    let mut i = 0;
    while i < rows.len() {
        n += 1 << free_keys(rows[i].mask).count_ones();
        i += 1;
    }
    n
}

/// Where each key's rows begin in `ORDER`, with one more for the end.
const fn starts(rows: &[Row]) -> [u16; KEYS + 1] {
    let mut out = [0u16; KEYS + 1];
    let mut i = 0;
    while i < rows.len() {
        let free = free_keys(rows[i].mask);
        let mut sub = 0;
        loop {
            out[(key(rows[i].value) | sub) as usize + 1] += 1;
            sub = next_subset(sub, free);
            if sub == 0 {
                break;
            }
        }
        i += 1;
    }
    let mut at = 0;
    while at < KEYS {
        out[at + 1] += out[at];
        at += 1;
    }
    out
}

/// The rows of every key, one after the other.
const fn order(rows: &[Row]) -> [u8; pairs(ROWS)] {
    let mut next = START;
    let mut out = [0u8; pairs(ROWS)];
    let mut i = 0;
    while i < rows.len() {
        let free = free_keys(rows[i].mask);
        let mut sub = 0;
        loop {
            let at = (key(rows[i].value) | sub) as usize;
            out[next[at] as usize] = i as u8; // Lossless: asserted below.
            next[at] += 1;
            sub = next_subset(sub, free);
            if sub == 0 {
                break;
            }
        }
        i += 1;
    }
    out
}

/// A row as the look-up wants it.
#[derive(Clone, Copy)]
#[repr(align(16))]
pub struct Entry {
    mask: u32,
    value: u32,
    /// [`Row::needs`], which fits (asserted below).
    pub needs: u32,
    /// [`Row::class`].
    pub class: Class,
}
const _: () = assert!(size_of::<Entry>() == 16);

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
    }
}

/// The rows by number, and behind them entries that match nothing, so that every `u8` is the number of one.
static TABLE: [Entry; 256] = {
    let mut out = [Entry {
        mask: 0,
        value: 1,
        ..entry(ROWS[0])
    }; 256];
    let mut i = 0;
    while i < ROWS.len() {
        out[i] = entry(ROWS[i]);
        i += 1;
    }
    out
};
const NO_ROW: u8 = 255;
const _: () = assert!(ROWS.len() < 256, "a row's number does not fit the index");

/// The first row of every key.
static FIRST: [u8; KEYS] = {
    let mut out = [NO_ROW; KEYS];
    let mut at = 0;
    while at < KEYS {
        if START[at] != START[at + 1] {
            out[at] = ORDER_LIST[START[at] as usize];
        }
        at += 1;
    }
    out
};
const START: [u16; KEYS + 1] = starts(ROWS);
static STARTS: [u16; KEYS + 1] = START;
const ORDER_LIST: [u8; pairs(ROWS)] = order(ROWS);
static ORDER: [u8; pairs(ROWS)] = ORDER_LIST;

/// The row that claims a word, whatever features the system has.
#[inline]
pub fn row_of(word: u32) -> Option<&'static Entry> {
    let at = key(word) as usize; // Lossless: 13 bits.
    let first = TABLE.get(usize::from(*FIRST.get(at)?))?;
    if word & first.mask == first.value {
        return Some(first);
    }
    search(word, at)
}

/// The same for a word that is not of its key's first row.
#[inline(never)]
fn search(word: u32, at: usize) -> Option<&'static Entry> {
    let start = usize::from(*STARTS.get(at)?);
    let end = usize::from(*STARTS.get(at.wrapping_add(1))?);
    ORDER
        .get(start..end)?
        .iter()
        .filter_map(|&i| TABLE.get(usize::from(i)))
        .find(|row| word & row.mask == row.value)
}
