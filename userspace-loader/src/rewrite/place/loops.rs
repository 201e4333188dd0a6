// SPDX-License-Identifier: GPL-2.0
//! The loops of a function, and how often its blocks run, for all that is known.

use super::flow::Round;
use super::Context;
use crate::rewrite::cfg::Cfg;

/// How often a loop turns.
const TURNS: u64 = 8;
/// The weight of what runs once, and of a word more.
pub const ONCE: u64 = 1 << 16;
/// The largest weight: of loops in loops, five deep.
const MOST: u64 = ONCE << 15;

/// Loops and weights.
pub struct Loops {
    /// The first block of each loop, and which blocks are in it; those with one way in.
    pub rings: Vec<(usize, Vec<bool>)>,
    /// How often each block runs.
    pub weights: Vec<u64>,
}

impl Loops {
    /// Of a function.
    pub fn of(context: &Context<'_>) -> Loops {
        let walk = Walk::of(context.cfg);
        let rings = walk.rings(context);
        let weights = weights(context.cfg, &walk, &rings);
        Loops { rings, weights }
    }
}

/// A walk of a graph, depth first.
pub(super) struct Walk {
    /// Blocks, each before those that come behind it unless that goes back.
    order: Vec<usize>,
    /// Edges that go back.
    back: Vec<(usize, usize)>,
}

impl Walk {
    /// The first block of each loop, and which blocks are in it; those with one way in.
    pub(super) fn rings(&self, context: &Context<'_>) -> Vec<(usize, Vec<bool>)> {
        let mut rings = Vec::new();
        for head in 0..context.cfg.blocks.len() {
            let back = |pred: u32| self.goes_back(pred as usize, head);
            if context.cfg.preds[head].iter().any(|&pred| back(pred)) {
                rings.extend(Round::of(context, head, back).map(|round| (head, round.blocks)));
            }
        }
        rings
    }

    /// Whether the way from one block to the next goes back to where a loop begins.
    pub(super) fn goes_back(&self, from: usize, to: usize) -> bool {
        self.back.contains(&(from, to))
    }

    pub(super) fn of(cfg: &Cfg) -> Walk {
        let (mut order, mut back) = (Vec::new(), Vec::new());
        let mut seen = vec![false; cfg.blocks.len()];
        let mut open = vec![false; cfg.blocks.len()];
        let mut stack = vec![(0usize, cfg.blocks[0].successors().collect::<Vec<_>>())];
        (seen[0], open[0]) = (true, true);
        while let Some((block, left)) = stack.last_mut() {
            let block = *block;
            match left.pop().map(|next| next as usize) {
                Some(next) if open[next] => back.push((block, next)),
                Some(next) if !seen[next] => {
                    (seen[next], open[next]) = (true, true);
                    stack.push((next, cfg.blocks[next].successors().collect()));
                }
                Some(_) => {}
                None => {
                    open[block] = false;
                    order.push(block);
                    stack.pop();
                }
            }
        }
        order.reverse();
        Walk { order, back }
    }
}

/// A loop turns [`TURNS`] times, and other branches go either way.
fn weights(cfg: &Cfg, walk: &Walk, rings: &[(usize, Vec<bool>)]) -> Vec<u64> {
    let mut weights = vec![0u64; cfg.blocks.len()];
    weights[0] = ONCE;
    for &block in &walk.order {
        if rings.iter().any(|&(head, _)| head == block) {
            weights[block] = (weights[block] * TURNS).min(MOST);
        }
        let weight = weights[block];
        let depth = |next: usize| {
            let around = rings.iter().filter(|(_, inside)| inside[block]);
            around.filter(|(_, inside)| inside[next]).count()
        };
        let next: Vec<usize> = cfg.blocks[block]
            .successors()
            .map(|next| next as usize)
            .collect();
        let deepest = next.iter().map(|&next| depth(next)).max().unwrap_or(0);
        let staying = next.iter().filter(|&&next| depth(next) == deepest).count() as u64;
        let leaving = next.len() as u64 - staying;
        for &to in next.iter().filter(|&&to| !walk.goes_back(block, to)) {
            let part = match depth(to) == deepest {
                true => (weight - leaving * (weight / TURNS)) / staying,
                false => weight / TURNS,
            };
            weights[to] = (weights[to] + part).min(MOST);
        }
    }
    weights
}
