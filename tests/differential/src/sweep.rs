// SPDX-License-Identifier: GPL-2.0
//! Words by the million, over all threads.

use crate::compare::{self, Difference};
use crate::exceptions;
use crate::llvm::Llvm;
use crate::{oracle, text};
use fastrand::Rng;
use lore_verifier::classes::{lookup, ROWS};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU32, Ordering};

/// Every feature that a class may need.
pub fn all_features() -> u64 {
    lore_abi::feature::ALL
        .iter()
        .fold(0, |set, (bit, _)| set | bit)
}

/// How many of the words 0, `stride`, 2 `stride`, ... the table accepts.
pub fn count(stride: u32, features: u64) -> u64 {
    over_threads(|share| {
        share
            .words(stride)
            .map(|word| u64::from(lookup(word, features).is_some()))
            .sum::<u64>()
    })
    .into_iter()
    .sum()
}

/// What a comparison of many words came to.
#[derive(Debug, Default)]
pub struct Report {
    /// Words that the table accepts.
    pub accepted: u64,
    /// Words with a listed exception.
    pub excepted: u64,
    /// Words in which the opinions differ, and the first few of them.
    pub differences: BTreeMap<Difference, (u64, Vec<u32>)>,
}

impl Report {
    fn add(&mut self, difference: Difference, word: u32) {
        let (count, words) = self.differences.entry(difference).or_default();
        *count += 1;
        if words.len() < 16 {
            words.push(word);
        }
    }

    fn merge(mut self, other: Report) -> Report {
        self.accepted += other.accepted;
        self.excepted += other.excepted;
        for (difference, (count, words)) in other.differences {
            let mine = self.differences.entry(difference).or_default();
            mine.0 += count;
            mine.1.extend(words);
        }
        self
    }

    /// How often the opinions differ.
    pub fn total(&self) -> u64 {
        self.differences.values().map(|(count, _)| count).sum()
    }
}

/// Compares the words 0, `stride`, 2 `stride`, ... of the 2^32.
pub fn compare(stride: u32, features: u64) -> Report {
    let reports = over_threads(|share| compare_words(share.words(stride), features));
    reports.into_iter().fold(Report::default(), Report::merge)
}

/// Compares words of every row of the table, however narrow: its free bits all zero, all one, and at random.
pub fn compare_rows(each: u32, features: u64) -> Report {
    let mut rng = Rng::with_seed(0x10fe);
    let words = ROWS.iter().flat_map(|row| {
        let fillings = (0..each).map(|_| rng.u32(..)).chain([0, u32::MAX]);
        fillings
            .map(|filling| row.value | filling & !row.mask)
            .collect::<Vec<_>>()
    });
    compare_words(words, features)
}

fn compare_words(words: impl Iterator<Item = u32>, features: u64) -> Report {
    let mut llvm = Llvm::new(features);
    let mut report = Report::default();
    for word in words.filter(|&word| lookup(word, features).is_some()) {
        report.accepted += 1;
        if let Err(difference) = compare::word(&mut llvm, word, features) {
            match exceptions::reason(word, difference) {
                Some(_) => report.excepted += 1,
                None => report.add(difference, word),
            }
        }
    }
    report
}

/// Words of the rows that need a feature: with all the others and without it, the table and LLVM refuse them.
///
/// Gives how many were tried, and those that one of the two accepts.
pub fn without(each: u32, feature: u64) -> (u64, Vec<u32>) {
    let less = all_features() & !feature;
    let mut llvm = Llvm::new(less & !that_imply(feature));
    let mut rng = Rng::with_seed(feature);
    let (mut tried, mut wrong) = (0, Vec::new());
    for row in ROWS.iter().filter(|row| row.needs & feature != 0) {
        for _ in 0..each {
            let word = row.value | rng.u32(..) & !row.mask;
            tried += u64::from(lookup(word, all_features()).is_some());
            // Words in the space of system registers are always something to LLVM, but nothing that the oracle knows.
            let line = llvm.decode(word).and_then(text::parse);
            let known = line.is_some_and(|line| oracle::meaning(&line).is_ok());
            if lookup(word, less).is_some() || known {
                wrong.push(word);
            }
        }
    }
    (tried, wrong)
}

/// The words 0, `stride`, 2 `stride`, ... that the table accepts without a feature must be LLVM's without it.
pub fn compare_without(stride: u32, feature: u64) -> Report {
    compare(stride, all_features() & !feature & !that_imply(feature))
}

/// Features that LLVM (and the Arm ARM) takes to include another.
fn that_imply(feature: u64) -> u64 {
    match feature {
        lore_abi::feature::LRCPC => lore_abi::feature::LRCPC2,
        _ => 0,
    }
}

/// A thread's way to get at words: pieces of 2^24, taken in turn.
pub struct Share<'a>(&'a AtomicU32);

impl Share<'_> {
    /// Words of this thread's pieces that are multiples of `stride`.
    pub fn words(&self, stride: u32) -> impl Iterator<Item = u32> + '_ {
        let pieces = std::iter::from_fn(|| {
            Some(self.0.fetch_add(1, Ordering::Relaxed)).filter(|&p| p < 256)
        });
        pieces.flat_map(move |piece| {
            let start = piece << 24;
            let first = start.next_multiple_of(stride.max(1));
            let end = start | 0x00ff_ffff;
            (first..=end).step_by(stride as usize)
        })
    }
}

fn over_threads<T: Send>(work: impl Fn(Share<'_>) -> T + Sync) -> Vec<T> {
    let next = AtomicU32::new(0);
    let threads = std::thread::available_parallelism().map_or(1, |n| n.get());
    std::thread::scope(|scope| {
        let running: Vec<_> = (0..threads)
            .map(|_| scope.spawn(|| work(Share(&next))))
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().expect("a sweep thread ends"))
            .collect()
    })
}
