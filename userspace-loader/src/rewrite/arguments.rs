// SPDX-License-Identifier: GPL-2.0
//! Facts that pass into functions: what is known of the arguments wherever a function is called, its label claims, so
//! that it need not guard them.
//!
//! ```text
//!  what each function accesses memory through (grows until nothing changes)
//!    -> what it could claim: that much
//!    -> what is known at each call; a claim that some call cannot meet is dropped (shrinks until nothing changes)
//! ```
//!
//! Only functions that nobody takes the address of can claim anything. A call that lacks a fact can make it by a guard, but
//! only where the callee surely accesses memory through the register: a guard changes what is no pointer.

use super::emit::{labels, Prepared, Settings};
use super::facts::Facts;
use super::frame::SAVED;
use super::layout::Layout;
use super::lower::Kind;
use super::place::{at_entry, bits, class_of, place, Claim, Sense, CLAIM_MAX};
use super::stack::{analyse, Stack};
use super::steps::Step;

/// Registers of arguments: x0 to x7.
const COUNT: usize = 8;
const ARGUMENTS: u32 = (1 << COUNT) - 1;

/// What functions claim of their arguments.
#[derive(Clone)]
pub struct Arguments {
    claims: Vec<Claim>,
    /// Registers that a call has to guard if nothing is known of them.
    guarded: Vec<u32>,
}

impl Arguments {
    /// Nothing is claimed, of so many functions.
    fn nothing(count: usize) -> Arguments {
        Arguments {
            claims: vec![Claim::default(); count],
            guarded: vec![0; count],
        }
    }

    /// What the label of a function claims.
    pub fn claim(&self, function: u32) -> Claim {
        self.claims[function as usize]
    }

    /// Registers whose facts are of use to a function, or that are guarded for it.
    pub fn wanted(&self, function: u32, sense: Sense) -> u32 {
        match sense {
            Sense::Some | Sense::Known => self.claim(function).registers,
            Sense::All | Sense::Touched => self.guarded[function as usize],
        }
    }

    /// Has a function not claim some registers.
    pub fn drop(&mut self, function: u32, registers: u32) {
        self.claims[function as usize].registers &= !registers;
        self.guarded[function as usize] &= !registers;
    }
}

/// A call of a function that claims something, and what is known there.
struct Site {
    callee: u32,
    facts: Facts,
}

/// A function with what does not change while claims do.
struct Work<'a> {
    function: &'a Prepared<'a>,
    labels: Vec<bool>,
    stack: Stack,
    sites: Vec<Site>,
}

/// Finds what functions claim.
pub fn find(
    functions: &[Option<Prepared<'_>>],
    layout: &Layout<'_>,
    settings: &Settings,
) -> Arguments {
    let mut works: Vec<Work<'_>> = functions.iter().flatten().map(Work::new).collect();
    let mut arguments = Arguments::nothing(functions.len());
    if settings.without.has(Step::Arguments) {
        return arguments;
    }
    let can_claim = |work: &Work<'_>| {
        let number = work.function.body.function as usize;
        layout.functions[number].slot == 0 && !work.labels[0]
    };
    loop {
        let mut grows = false;
        for work in works.iter().filter(|work| can_claim(work)) {
            grows |= work.want(&mut arguments, settings);
        }
        if !grows {
            break;
        }
    }
    let surely = std::mem::replace(&mut arguments.guarded, vec![0; functions.len()]);
    let mut changed = vec![true; functions.len()];
    while changed.contains(&true) {
        for work in &mut works {
            if work.concerned(&changed) {
                work.look(&arguments, settings);
            }
        }
        changed = settle(&works, &mut arguments, &surely);
    }
    for (guarded, (claim, surely)) in arguments
        .guarded
        .iter_mut()
        .zip(arguments.claims.iter().zip(surely))
    {
        *guarded = claim.registers & surely;
    }
    arguments
}

impl<'a> Work<'a> {
    fn new(function: &'a Prepared<'a>) -> Work<'a> {
        let labels = labels(&function.cfg, &vec![false; function.cfg.blocks.len()]);
        let stack = analyse(&function.cfg, &function.lowered, &labels);
        Work {
            function,
            labels,
            stack,
            sites: Vec::new(),
        }
    }

    /// Adds what the function accesses memory through; says whether there is more than before.
    fn want(&self, arguments: &mut Arguments, settings: &Settings) -> bool {
        let number = self.function.body.function as usize;
        let context = self
            .function
            .context(&self.stack, &self.labels, arguments, settings);
        let [some, all] =
            [Sense::Some, Sense::All].map(|sense| at_entry(&context, sense) & ARGUMENTS & !SAVED);
        let (claim, surely) = (
            &mut arguments.claims[number].registers,
            &mut arguments.guarded[number],
        );
        let more = some & !*claim | all & !*surely;
        *claim |= some;
        *surely |= all;
        more != 0
    }

    /// Whether the function, or one that it calls, is among those that have changed.
    fn concerned(&self, changed: &[bool]) -> bool {
        let calls = || self.function.lowered.items.iter();
        changed[self.function.body.function as usize]
            || calls().any(|item| match item.kind {
                Kind::Call(callee) | Kind::Tail(callee) => changed[callee as usize],
                _ => false,
            })
    }

    /// Notes what is known at each call.
    fn look(&mut self, arguments: &Arguments, settings: &Settings) {
        let mut context = self
            .function
            .context(&self.stack, &self.labels, arguments, settings);
        let placement = place(&mut context);
        self.sites.clear();
        for block in 0..self.function.cfg.blocks.len() {
            let mut facts = placement.starts[block];
            for at in self.function.lowered.block(block) {
                let kind = self.function.lowered.items[at].kind;
                if let Kind::Call(callee) | Kind::Tail(callee) = kind {
                    if arguments.claim(callee).registers != 0 {
                        self.sites.push(Site { callee, facts });
                    }
                }
                context.after(at, &mut facts);
            }
        }
    }
}

/// Drops the claims that are not worth what calls would have to do for them; which functions claim something else now.
fn settle(works: &[Work<'_>], arguments: &mut Arguments, surely: &[u32]) -> Vec<bool> {
    let count = arguments.claims.len();
    let mut tallies = vec![[Tally::default(); COUNT]; count];
    for site in works.iter().flat_map(|work| &work.sites) {
        for (register, tally) in tallies[site.callee as usize].iter_mut().enumerate() {
            tally.add(&site.facts, register as u8);
        }
    }
    let mut changed = vec![false; count];
    for (number, (claim, tallies)) in arguments.claims.iter_mut().zip(&tallies).enumerate() {
        let mut new = Claim::default();
        let mut bound = 0;
        for register in bits(claim.registers) {
            let tally = tallies[register as usize];
            if tally.is_worth(surely[number] & 1 << register != 0) {
                new.registers |= 1 << register;
                bound = bound.max(tally.distance);
            }
        }
        new.class = class_of(bound).max(claim.class);
        changed[number] = new != *claim;
        *claim = new;
    }
    changed
}

/// What the calls of a function know of one register.
#[derive(Clone, Copy, Default)]
struct Tally {
    known: u32,
    lacking: u32,
    /// Of those who know, the farthest.
    distance: i32,
}

impl Tally {
    fn add(&mut self, facts: &Facts, register: u8) {
        match facts.get(register).map(|span| span.distance()) {
            Some(distance) if distance <= CLAIM_MAX => {
                self.known += 1;
                self.distance = self.distance.max(distance);
            }
            _ => self.lacking += 1,
        }
    }

    /// Whether guards at the calls that lack the fact cost less than the one that the function saves.
    fn is_worth(self, surely: bool) -> bool {
        self.known > 0 && (self.lacking == 0 || surely && self.lacking <= 1)
    }
}
