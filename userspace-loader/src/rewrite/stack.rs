// SPDX-License-Identifier: GPL-2.0
//! x14 over a function: where it must be guarded or its frame touched, and what labels claim about it.
//!
//! `sub x14, x14, #n` can be a store with write-back and `add x14, x14, #n` a load, at no cost in words; both make
//! a fact of x14. Three ways are tried, and the one with the fewest words added is taken.

use super::cfg::{Cfg, Exit};
use super::encode as e;
use super::facts::{is_call, is_guard, needs_stack, Span};
use super::lower::{Item, Kind, Lowered};
use super::memory::access_of;
use lore_abi::contract::{bound_of_class, BOUND_CLASS_MAX, BOUND_CLASS_STACK, REG_STACK};

/// How moves of x14 are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Touch {
    /// As arithmetic.
    Never,
    /// Ways up touch the frame they leave.
    Up,
    /// Ways down touch the frame they make, too.
    Both,
}

/// The words of a move of x14.
#[derive(Clone, Copy, Debug, Default)]
pub struct Move {
    words: [u32; 3],
    len: usize,
}

impl Move {
    fn put(&mut self, word: u32) {
        self.words[self.len] = word;
        self.len += 1;
    }

    /// The words.
    pub fn words(&self) -> &[u32] {
        &self.words[..self.len]
    }
}

/// Farther than this x14 is not left without a guard.
const FAR: i32 = 64 << 10;

/// How a move of x14 is written, and where x14 is then.
pub fn move_stack(delta: i32, touch: Touch, span: Span) -> (Move, Span) {
    let mut words = Move::default();
    let short = match touch {
        Touch::Both if delta < 0 => e::touch_down(-delta),
        Touch::Up | Touch::Both if delta > 0 => e::touch_up(delta),
        _ => None,
    };
    if let Some(word) = short {
        words.put(word);
        let insn = super::decode::decode(word);
        let mut facts = super::facts::Facts::nothing(span);
        facts.word(&insn);
        return (words, facts.get(REG_STACK).unwrap_or(Span::EXACT));
    }
    let (pages, rest) = (delta / 4096 * 4096, delta % 4096);
    let mut now = Some(span);
    for part in [pages, rest] {
        if part != 0 {
            words.put(e::add_imm(REG_STACK, REG_STACK, part));
            now = now.and_then(|span| span.shifted(part));
        }
    }
    let wanted = touch == Touch::Both || touch == Touch::Up && delta > 0;
    match now {
        Some(span) if span.distance() <= FAR && !(wanted && delta.abs() > 504) => (words, span),
        _ => {
            words.put(e::guard(REG_STACK, REG_STACK));
            (words, Span::EXACT)
        }
    }
}

/// What is known of x14 in a function.
pub struct Stack {
    /// How its moves are written.
    pub touch: Touch,
    /// Interval at the start of each block.
    pub spans: Vec<Span>,
    /// Class that each block's label claims.
    pub classes: Vec<u8>,
    /// Items before which x14 is guarded.
    pub guards: Vec<bool>,
    /// Blocks whose last branch has a guard of x14 before it.
    pub end_guards: Vec<bool>,
    cost: usize,
}

/// The smallest class that covers an interval.
fn class_of(span: Span) -> Option<u8> {
    (BOUND_CLASS_STACK..=BOUND_CLASS_MAX)
        .find(|&class| bound_of_class(class).is_some_and(|bound| bound >= span.distance()))
}

/// Analyses x14; `labels` says which blocks are branched to.
pub fn analyse(cfg: &Cfg, lowered: &Lowered, labels: &[bool]) -> Stack {
    let ways = [Touch::Never, Touch::Up, Touch::Both].map(|touch| run(cfg, lowered, labels, touch));
    // The first of the cheapest: arithmetic is cheaper than an access when the words are equal.
    ways.into_iter()
        .min_by_key(|stack| stack.cost)
        .unwrap_or_else(|| run(cfg, lowered, labels, Touch::Both))
}

fn run(cfg: &Cfg, lowered: &Lowered, labels: &[bool], touch: Touch) -> Stack {
    let count = cfg.blocks.len();
    let mut walk = Stack {
        touch,
        spans: vec![Span::STACK; count],
        classes: vec![BOUND_CLASS_STACK; count],
        guards: vec![false; lowered.items.len()],
        end_guards: vec![false; count],
        cost: 0,
    };
    let mut visited = vec![false; count];
    visited[0] = true;
    let mut work = std::collections::BTreeSet::from([0u32]);
    while let Some(index) = work.pop_first() {
        let block = index as usize;
        let mut span = walk.spans[block];
        for at in lowered.block(block) {
            span = walk.item(&lowered.items[at], at, span, touch);
        }
        if walk.end_guards[block] {
            span = Span::EXACT;
        }
        for next in cfg.blocks[block].successors() {
            let next = next as usize;
            // A word after a call is reached from afar, and so is the function's first.
            let fixed = next == 0 || after_call(cfg, lowered, next);
            let mut new = span;
            if labels[next] {
                let limit = if fixed {
                    BOUND_CLASS_STACK
                } else {
                    BOUND_CLASS_STACK + 4
                };
                let class = class_of(span).filter(|&class| class <= limit);
                let class = class.unwrap_or_else(|| {
                    walk.end_guards[block] = true;
                    BOUND_CLASS_STACK
                });
                let class = class.max(walk.classes[next]);
                walk.classes[next] = class;
                new = Span::within(bound_of_class(class).unwrap_or(0));
            }
            if !visited[next] || walk.spans[next] != new {
                visited[next] = true;
                walk.spans[next] = new;
                work.insert(next as u32);
            }
        }
    }
    walk.cost = walk.count(lowered);
    walk
}

/// Whether control falls into a block behind a call.
fn after_call(cfg: &Cfg, lowered: &Lowered, block: usize) -> bool {
    let Some(before) = block.checked_sub(1) else {
        return false;
    };
    let falls = matches!(cfg.blocks[before].exit, Exit::Fall(next) if next as usize == block);
    falls
        && lowered
            .block(before)
            .next_back()
            .is_some_and(|at| is_call(lowered.items[at].kind))
}

impl Stack {
    /// x14 after an item.
    pub fn item(&mut self, item: &Item, at: usize, before: Span, touch: Touch) -> Span {
        let mut span = before;
        if needs_stack(item.kind) {
            self.guards[at] = span.distance() > Span::STACK.distance();
            if is_call(item.kind) {
                return Span::STACK;
            }
            return if self.guards[at] { Span::EXACT } else { span };
        }
        match item.kind {
            Kind::Adjust(delta) => return move_stack(delta, touch, span).1,
            Kind::Access if item.insn.n() == REG_STACK => {
                let access = access_of(item.insn.word);
                if access.mode != super::memory::Mode::Register {
                    span = span.touched(&access);
                    span = span.shifted(access.step()).unwrap_or(span);
                }
            }
            Kind::Plain if is_guard(item.insn.word) && item.insn.d() == REG_STACK => {
                span = Span::EXACT
            }
            _ => {}
        }
        span
    }

    fn count(&self, lowered: &Lowered) -> usize {
        let moves: usize = lowered
            .items
            .iter()
            .map(|item| match item.kind {
                Kind::Adjust(delta) => move_stack(delta, self.touch, Span::STACK).0.len,
                _ => 0,
            })
            .sum();
        let guards = self
            .guards
            .iter()
            .chain(&self.end_guards)
            .filter(|&&guard| guard)
            .count();
        moves + guards
    }
}
