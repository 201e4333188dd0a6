// SPDX-License-Identifier: GPL-2.0
//! How control came to where a fault was: each call that was open, with the functions that stand in line there, by name,
//! place and line of the source.

use crate::view::{Frame, Place, View};
use lore_abi::fault::{Fault, CUT};
use serde_json::{json, Value};

/// The calls for people.
pub fn backtrace(view: Option<&View<'_>>, fault: &Fault) -> String {
    let call = |depth: usize, at: u32| match view {
        Some(view) => frames(view, depth, at),
        None => format!("\n {depth:>2}: +{at:#x}"),
    };
    let mut text = "backtrace, innermost first".to_owned();
    text.push_str(&call(0, fault.at));
    let calls = calls(fault);
    let mut depth = 0;
    while let Some(at) = calls.get(depth) {
        text.push_str(&call(depth + 1, *at));
        // Recursion is said once.
        let same = calls[depth..]
            .iter()
            .take_while(|other| *other == at)
            .count();
        if same > 2 {
            text.push_str(&format!("\n     ... {} times more", same - 1));
            depth += same - 1;
        }
        depth += 1;
    }
    if fault.flags & CUT != 0 {
        text.push_str("\n     ... and more");
    }
    text
}

/// The functions of one call: those in line by their names alone, each with its line of the source.
fn frames(view: &View<'_>, depth: usize, at: u32) -> String {
    let mut text = String::new();
    let mut number = format!("{depth:>2}:");
    for frame in view.frames(at) {
        let inlined = if frame.is_inlined { ", inlined" } else { "" };
        text.push_str(&format!("\n {number} {}", frame.function));
        if let Some(place) = &frame.place {
            text.push_str(&format!(" ({}:{}){inlined}", place.path, place.line));
            if let Some(line) = view.source_line(place) {
                text.push_str(&format!("\n         {}", line.trim()));
            }
        } else {
            text.push_str(inlined);
        }
        number = "   ".to_owned();
    }
    text
}

/// The call words that were open, the innermost first.
pub fn calls(fault: &Fault) -> &[u32] {
    let depth = (fault.depth as usize).min(fault.backtrace.len());
    &fault.backtrace[..depth]
}

/// The functions that a word belongs to, for programs.
pub fn frames_json(view: &View<'_>, at: u32) -> Value {
    let frame = |frame: Frame<'_>| {
        let text = frame.place.as_ref().and_then(|it| view.source_line(it));
        json!({
            "function": frame.function,
            "inlined": frame.is_inlined,
            "source": frame.place.as_ref().map(place_json),
            "text": text,
        })
    };
    view.frames(at).into_iter().map(frame).collect()
}

/// A place in the source, for programs.
pub fn place_json(place: &Place<'_>) -> Value {
    json!({ "file": place.path, "line": place.line, "column": place.column })
}
