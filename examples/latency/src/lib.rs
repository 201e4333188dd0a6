// SPDX-License-Identifier: GPL-2.0
//! How long after each other the runs of this extension come: a histogram in its heap, which a program reads live.
//!
//! `lore load latency.lore`, `lore run latency --repeat 100000` from as many terminals as you like, and beside it
//! `latency-watch latency`. The program maps the window and follows the pointer that entry 1 answers.
#![no_std]

extern crate alloc;

use alloc::boxed::Box;
use core::sync::atomic::Ordering::Relaxed;
use lore_sdk::shared::{shared, Link, Ptr};
use lore_sdk::{time_now, Run};

#[path = "../histogram.rs"]
mod histogram;
use histogram::Histogram;

lore_sdk::entry_run!(measure);
lore_sdk::entry_run!(root);

static ROOT: Link<Histogram> = Link::new(Ptr::NULL);

/// Entry 0: counts the time since the last run, on whichever CPU that was.
fn measure(_run: &mut Run) -> i64 {
    let histogram = histogram();
    let now = time_now();
    match histogram.last.swap(now, Relaxed) {
        0 => {}
        last => histogram.count(now.saturating_sub(last)),
    }
    0
}

/// Entry 1: where the histogram is.
fn root(_run: &mut Run) -> i64 {
    i64::from(Ptr::of(histogram()).offset())
}

/// The one histogram, made by whoever comes first.
fn histogram() -> &'static Histogram {
    if ROOT.load().is_null() {
        let fresh = Box::leak(Box::new(Histogram::new()));
        // Another CPU may have been faster: then its histogram counts, and this one is lost.
        let _ = ROOT.replace(Ptr::NULL, Ptr::of(fresh));
    }
    // SAFETY: Set once, to a histogram that is never freed. A program that writes something else there harms this
    // extension alone.
    unsafe { &*ROOT.load().near(&raw const ROOT) }
}
