// SPDX-License-Identifier: GPL-2.0
//! Which upper halves pass between functions: of arguments, those that a callee may read other than for an address; of results, those
//! that a caller may.
//!
//! ```text
//!   nothing is read -> what each function reads at its start, and behind its calls, by what is known so far
//!                   -> (grows until nothing changes)
//! ```
//!
//! The convention has nine registers for them, of which most functions use one or two. What nobody reads need not be kept: a guard may
//! stand there, or a word of 32 bits. What the kernel takes of a gate's arguments, or as an entry's result, is read whole.

use super::emit::Prepared;
use super::layout::Layout;
use super::live::{self, Halves, PASSED};
use super::lower::Kind;

/// What is read of what passes into a function, and of what comes back.
#[derive(Clone, Copy, Default)]
struct Sides {
    arguments: u32,
    results: u32,
}

impl Sides {
    /// Says whether there is more than before.
    fn add(&mut self, other: Sides) -> bool {
        let before = *self;
        self.arguments |= other.arguments;
        self.results |= other.results;
        self.arguments != before.arguments || self.results != before.results
    }
}

/// Finds what is read, and leaves it with the items that lead from one function to another.
pub fn find(functions: &mut [Option<Prepared<'_>>], layout: &Layout<'_>) {
    let mut known = Known {
        sides: vec![Sides::default(); functions.len()],
        // The kernel takes what comes back from an entry.
        by_pointer: Sides {
            arguments: 0,
            results: 1,
        },
    };
    let mut more = true;
    while std::mem::take(&mut more) {
        for (number, function) in functions.iter_mut().enumerate() {
            let Some(function) = function else { continue };
            // Functions whose address is taken: who calls one may call each.
            if layout.functions[number].slot != 0 {
                more |= known.by_pointer.add(known.sides[number]);
                more |= known.sides[number].add(known.by_pointer);
            }
            known.tell(function);
            more |= known.look(function);
        }
    }
}

struct Known {
    sides: Vec<Sides>,
    by_pointer: Sides,
}

impl Known {
    /// Leaves with the items of a function what is known by now.
    fn tell(&self, function: &mut Prepared<'_>) {
        let own = self.sides[function.body.function as usize];
        for item in &mut function.lowered.items {
            item.passed = match item.kind {
                Kind::Call(callee) | Kind::Tail(callee) => self.sides[callee as usize].arguments,
                Kind::Table => self.by_pointer.arguments,
                Kind::Return => own.results,
                Kind::Gate(gate) => (1 << gate.signature().registers()) - 1,
                _ => continue,
            };
        }
    }

    /// Adds what a function reads of its arguments, and of what comes back from its calls; says whether there is more than before.
    fn look(&mut self, function: &Prepared<'_>) -> bool {
        let (cfg, lowered) = (&function.cfg, &function.lowered);
        let number = function.body.function as usize;
        let (starts, ends) = live::whole(cfg, lowered, Halves::Kept);
        let mut more = self.sides[number].add(Sides {
            arguments: starts[0] & PASSED,
            results: 0,
        });
        for (block, mut live) in ends.into_iter().enumerate() {
            for at in lowered.block(block).rev() {
                let item = &lowered.items[at];
                let behind = |results| Sides {
                    arguments: 0,
                    results,
                };
                more |= match item.kind {
                    Kind::Call(callee) => self.sides[callee as usize].add(behind(live & PASSED)),
                    Kind::Table => self.by_pointer.add(behind(live & PASSED)),
                    // What it jumps to gives back what it gives back.
                    Kind::Tail(callee) => {
                        let own = self.sides[number].results;
                        self.sides[callee as usize].add(behind(own))
                    }
                    _ => false,
                };
                live = live::whole_before(live, item, Halves::Kept);
            }
        }
        more
    }
}
