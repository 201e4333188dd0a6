// SPDX-License-Identifier: GPL-2.0
//! Where guards stand: a forward must-analysis of facts with guards made on demand, and guards moved up to where an
//! access follows on all ways (DESIGN 3.7).
//!
//! The state at the start of a block that is branched to is exactly what its label will claim; so what is found here is
//! what the verifier finds.

pub mod biased;
mod flow;
pub mod loops;
pub mod narrow;
pub mod short;
pub mod small;
mod wanted;

use super::arguments::Arguments;
use super::cfg::Cfg;
use super::decode::Insn;
use super::encode as e;
use super::facts::{Facts, Span};
use super::frame::{Frame, SAVED};
use super::lower::{Kind, Lowered};
use super::memory::{access_of, is_by_whole, Access, Mode};
use super::stack::{move_stack, Stack};
use super::steps::{Step, Without};
use biased::Biased;
use flow::Flow;
use lore_abi::contract::{bound_of_class, BOUND_CLASS_STACK, REACH_LEN, REG_BASE, REG_STACK};
use lore_abi::image::Profile;
use short::Known;
use small::Small;
pub use wanted::{at_entry, Sense};
use wanted::{backward, early_guards};

/// Farthest bound that a label claims: within it, accesses with small offsets still make facts.
pub const CLAIM_MAX: i32 = 2048;

/// Registers that labels may claim.
const CLAIMABLE: u32 = !(1 << 13 | 1 << 14 | 1 << 15 | 1 << 18 | 1 << 30 | 1 << 31);

/// How an access is made legal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// A fact covers it.
    Fact,
    /// It needs no fact.
    Free,
    /// As `[x15, wN, uxtw]`.
    FormZ,
    /// As `[x9, wN, uxtw]`, by the biased base.
    Biased,
    /// The base is guarded first.
    Guard,
    /// The guarded base is in scratch, because the base may not be written.
    Scratch,
    /// The index is small, and a fact covers the base, or none is needed.
    Index,
    /// The index is small, and the base is guarded first.
    GuardIndex,
    /// The sum is made in scratch first.
    Sum,
}

/// What a label claims.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Claim {
    /// Registers.
    pub registers: u32,
    /// Their class.
    pub class: u8,
}

/// The function at hand.
pub struct Context<'a> {
    /// Its graph.
    pub cfg: &'a Cfg,
    /// Its items.
    pub lowered: &'a Lowered,
    /// Its frame.
    pub frame: &'a Frame,
    /// Its x14.
    pub stack: &'a Stack,
    /// Blocks that are branched to.
    pub labels: &'a [bool],
    /// Registers that are guarded before an item because it copies them (see [`wanted::early_guards`]).
    pub early: Vec<u32>,
    /// Of each item, the small index that it accesses by.
    pub small: Vec<Option<Small>>,
    /// In the profile `low`, what is known before each item of registers that have no upper half.
    pub known: &'a [Known],
    /// Where there is a biased base.
    pub biased: Biased,
    /// Its number.
    pub function: u32,
    /// What functions claim of their arguments, this one among them.
    pub arguments: &'a Arguments,
    /// Facts do not outlive calls.
    pub strict: bool,
    /// How accesses are kept inside the window.
    pub guard: Profile,
    /// Steps that are left out.
    pub without: Without,
}

/// The result.
pub struct Placement {
    /// Facts at the start of each block.
    pub starts: Vec<Facts>,
    /// Claims of each block's label.
    pub claims: Vec<Claim>,
    /// Registers guarded before the last branch of each block.
    pub end_guards: Vec<u32>,
    /// Registers guarded behind the last branch of each block, on the way on.
    pub fall_guards: Vec<u32>,
}

impl Claim {
    /// What is known where it holds.
    pub fn facts(self, stack: Span) -> Facts {
        let mut facts = Facts::nothing(stack);
        for register in bits(self.registers) {
            facts.set(
                register,
                Span::within(bound_of_class(self.class).unwrap_or(0)),
            );
        }
        facts
    }
}

impl Context<'_> {
    /// Facts at the function's first word.
    pub fn entry(&self) -> Facts {
        self.arguments.claim(self.function).facts(Span::STACK)
    }

    /// Registers that the function that an item goes to claims, and that have no such fact.
    pub fn lacking(&self, at: usize, facts: &Facts) -> u32 {
        let (Kind::Call(callee) | Kind::Tail(callee)) = self.lowered.items[at].kind else {
            return 0;
        };
        let claim = self.arguments.claim(callee);
        let bound = bound_of_class(claim.class).unwrap_or(0);
        let known = |&register: &u8| {
            facts
                .get(register)
                .is_some_and(|span| span.distance() <= bound)
        };
        let lacking = bits(claim.registers).filter(|register| !known(register));
        lacking.map(|register| 1 << register).sum()
    }

    /// Registers that are guarded before a call because the callee surely accesses memory through them.
    pub fn argument_guards(&self, at: usize, facts: &Facts) -> u32 {
        match self.lowered.items[at].kind {
            Kind::Call(callee) | Kind::Tail(callee) => {
                self.lacking(at, facts) & self.arguments.wanted(callee, Sense::All)
            }
            _ => 0,
        }
    }

    /// How an access is made legal under the given facts.
    pub fn way(&self, at: usize, facts: &Facts) -> Way {
        let item = &self.lowered.items[at];
        let access = access_of(item.insn.word);
        let base = item.insn.n();
        if access.mode == Mode::Register {
            return self.way_by_index(at, &access, facts);
        }
        if base == REG_BASE || facts.get(base).is_some_and(|span| span.covers(&access)) {
            return Way::Fact;
        }
        if self.is_free(at) {
            return Way::Free;
        }
        if self.z_able(&access) {
            return Way::FormZ;
        }
        if self.by_biased(at, &access, base) {
            return Way::Biased;
        }
        let saved = SAVED & 1 << base != 0;
        if saved && self.frame.pushed & 1 << base == 0 {
            Way::Scratch
        } else {
            Way::Guard
        }
    }

    /// How an access by a register is made legal.
    fn way_by_index(&self, at: usize, access: &Access, facts: &Facts) -> Way {
        let is_free = self.is_free(at);
        if self.may_keep_sum(at) && sum_is_low(&self.lowered.items[at].insn, access, facts) {
            return Way::Fact;
        }
        let Some(small) = self.small_at(at) else {
            return if is_free { Way::Free } else { Way::Sum };
        };
        if is_free {
            return Way::Index;
        }
        let farthest = small.farthest(access);
        if facts
            .get(small.base)
            .is_some_and(|span| span.covers(&farthest))
        {
            Way::Index
        } else if self.writable() & 1 << small.base != 0 {
            Way::GuardIndex
        } else {
            Way::Sum
        }
    }

    /// The small index that an item accesses by, if that is worth a guard of the base. A guard of two words costs more than a sum.
    pub fn small_at(&self, at: usize) -> Option<Small> {
        self.bounded_at(at).filter(|small| small.is_near)
    }

    /// The same, also where the word that makes it small stands elsewhere: the access then stays as it is if both registers have facts.
    pub fn bounded_at(&self, at: usize) -> Option<Small> {
        let is_short = self.guard != Profile::Movk;
        self.small.get(at).copied().flatten().filter(|_| is_short)
    }

    /// Whether an access by a sum stays as it is where both registers have facts.
    pub fn may_keep_sum(&self, at: usize) -> bool {
        let word = self.lowered.items[at].insn.word;
        let is_sum = access_of(word).mode == Mode::Register && is_by_whole(word);
        self.guard == Profile::Low && is_sum
    }

    /// What is known before an item of registers that have no upper half.
    pub fn known_at(&self, at: usize) -> Known {
        self.known.get(at).copied().unwrap_or_default()
    }

    /// Whether an access needs no fact whatever its address is. A small index makes a form of every load that has none.
    fn is_free(&self, at: usize) -> bool {
        let word = self.lowered.items[at].insn.word;
        let access = access_of(word);
        let by_small = || access.load && access.touches && self.small_at(at).is_some();
        self.guard == Profile::Stores && (access.is_plain_load(word) || by_small())
    }

    /// Facts after an item, guards made on demand included.
    pub fn after(&self, at: usize, facts: &mut Facts) {
        let item = &self.lowered.items[at];
        if self.stack.guards[at] {
            facts.set(REG_STACK, Span::EXACT);
        }
        self.guarded(self.early_at(at), facts);
        for register in bits(self.argument_guards(at, facts)) {
            self.compared(facts);
            facts.set(register, Span::EXACT);
        }
        match item.kind {
            Kind::Call(_) | Kind::Gate(_) | Kind::Table => facts.call(self.strict),
            Kind::Adjust(delta) => {
                let before = facts.get(REG_STACK).unwrap_or(Span::EXACT);
                let (words, after) = move_stack(delta, self.stack.touch, before);
                // A way up by a pair loads a word into scratch.
                if words.words().iter().any(|&word| word & 0x7c1f == 0x281f) {
                    facts.forget(1 << e::SCRATCH);
                }
                facts.set(REG_STACK, after);
            }
            Kind::Access => match self.way(at, facts) {
                Way::Fact => facts.word(&item.insn),
                Way::Guard => {
                    self.compared(facts);
                    facts.set(item.insn.n(), Span::EXACT);
                    facts.word(&item.insn);
                }
                Way::FormZ => {
                    self.compared(facts);
                    facts.forget(item.insn.writes);
                }
                Way::Free | Way::Biased => facts.forget(item.insn.writes),
                Way::GuardIndex => {
                    let base = self.small_at(at).map(|small| small.base);
                    self.compared(facts);
                    base.into_iter()
                        .for_each(|base| facts.set(base, Span::EXACT));
                    facts.forget(item.insn.writes | 1 << e::SCRATCH);
                }
                // A small index that stands too far away in the end is made a sum all the same.
                Way::Index | Way::Scratch | Way::Sum => {
                    facts.forget(item.insn.writes | 1 << e::SCRATCH)
                }
            },
            Kind::Plain => facts.word(&item.insn),
            _ => {}
        }
        if self.guard == Profile::Low {
            // Whatever has 32 bits is an address of the window.
            for register in bits(item.insn.halves()) {
                facts.set(register, Span::EXACT);
            }
        }
    }

    /// Facts after the guards in `registers`.
    pub fn guarded(&self, registers: u32, facts: &mut Facts) {
        for register in bits(registers) {
            if !near(facts.get(register)) {
                self.compared(facts);
                facts.set(register, Span::EXACT);
            }
        }
    }

    /// Facts after the compare that stands before a guard in the profile `match`: scratch is used up.
    fn compared(&self, facts: &mut Facts) {
        if self.guard == Profile::Match {
            facts.forget(1 << e::SCRATCH);
        }
    }

    /// Registers that are guarded before an item, whatever it is itself.
    pub fn early_at(&self, at: usize) -> u32 {
        self.early.get(at).copied().unwrap_or(0)
    }

    /// Registers that a guard in place may write.
    fn writable(&self) -> u32 {
        CLAIMABLE & (!SAVED | self.frame.pushed)
    }

    /// Whether an access can be written as `[x15, wN, uxtw]`.
    fn z_able(&self, access: &Access) -> bool {
        let plain = access.mode == Mode::Offset && access.imm == 0;
        let has_form = self.guard != Profile::Mask && !self.without.has(Step::FormZ);
        access.single && plain && has_form
    }

    /// Whether an access can be written as `[x9, wN, uxtw]`.
    fn by_biased(&self, at: usize, access: &Access, base: u8) -> bool {
        self.biased.at(at) == Some(access.imm) && biased::has_form(access, base)
    }

    /// The last item of a block if it is a branch: guards at the end stand before it.
    pub fn branch_of(&self, block: usize) -> Option<usize> {
        let last = self.lowered.block(block).next_back()?;
        let kind = self.lowered.items[last].kind;
        matches!(kind, Kind::Jump(_) | Kind::Cond(_)).then_some(last)
    }
}

/// Whether both registers of a sum have facts by which the verifier takes it: an index that may lie before the window is not shifted,
/// and the two together lie no farther before it than one may.
fn sum_is_low(insn: &Insn, access: &Access, facts: &Facts) -> bool {
    let (Some(base), Some(index)) = (facts.get(insn.n()), facts.get(insn.m())) else {
        return false;
    };
    index.lo >= 0 || access.imm == 0 && base.lo + index.lo >= -REACH_LEN
}

/// The set bits of a mask.
pub fn bits(mut mask: u32) -> impl Iterator<Item = u8> {
    std::iter::from_fn(move || {
        let bit = (mask != 0).then(|| mask.trailing_zeros() as u8)?;
        mask &= mask - 1;
        Some(bit)
    })
}

/// The smallest class of a label's claim that covers a bound of at most [`CLAIM_MAX`].
pub fn class_of(bound: i32) -> u8 {
    (0..=BOUND_CLASS_STACK + 1)
        .find(|&class| bound_of_class(class).is_some_and(|limit| limit >= bound))
        .unwrap_or(0)
}

/// Whether a label could claim the interval.
pub fn near(span: Option<Span>) -> bool {
    span.is_some_and(|span| span.distance() <= CLAIM_MAX)
}

/// Finds the places of all guards of a function.
pub fn place(context: &mut Context<'_>) -> Placement {
    let count = context.cfg.blocks.len();
    let (some, all) = (
        backward(context, Sense::Some),
        backward(context, Sense::All),
    );
    if !context.without.has(Step::Copies) {
        context.early = early_guards(context, &some, &all);
    }
    let context = &*context;
    let known = match context.guard {
        Profile::Low => backward(context, Sense::Known),
        _ => some.clone(),
    };
    let mut flow = Flow {
        context,
        wanted: some,
        known,
        ends: vec![None; count],
        falls: vec![None; count],
        visits: vec![0; count],
        banned: vec![0; count],
        placement: Placement {
            starts: vec![Facts::nothing(Span::STACK); count],
            claims: vec![Claim::default(); count],
            end_guards: vec![0; count],
            fall_guards: vec![0; count],
        },
    };
    flow.run();
    if !context.without.has(Step::Hoist) && flow.hoist(&all) {
        flow.run();
    }
    flow.placement
}
