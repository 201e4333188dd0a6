// SPDX-License-Identifier: GPL-2.0
//! What is known about registers, by the contract's rules (DESIGN 3.3): signed intervals around the window.

use super::decode::{Insn, Op};
use super::frame::SAVED;
use super::lower::Kind;
use super::memory::{access_of, Access, Mode};
use lore_abi::contract::{REACH_LEN, REG_BASE, REG_STACK, STACK_BOUND, TOUCH_LEN};

/// How far a register may lie outside the window: from `lo` before its start on, to `hi` behind its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Lower bound, relative to the window's start.
    pub lo: i32,
    /// Upper bound, relative to the window's end.
    pub hi: i32,
}

impl Span {
    /// Inside the window.
    pub const EXACT: Span = Span { lo: 0, hi: 0 };
    /// Where x14 is when control comes from afar.
    pub const STACK: Span = Span {
        lo: -STACK_BOUND,
        hi: STACK_BOUND,
    };

    /// At most `bound` outside.
    pub const fn within(bound: i32) -> Span {
        Span {
            lo: -bound,
            hi: bound,
        }
    }

    /// How far outside the register can be.
    pub fn distance(self) -> i32 {
        (-self.lo).max(self.hi).max(0)
    }

    /// The interval of the register plus `step`; `None` if that is too far outside to be of use.
    pub fn shifted(self, step: i32) -> Option<Span> {
        let span = Span {
            lo: self.lo.checked_add(step)?,
            hi: self.hi.checked_add(step)?,
        };
        let span = if self.lo < 0 { span.leaning() } else { span };
        (span.distance() <= REACH_LEN).then_some(span)
    }

    /// With a lower bound below 0. In the profile `low` the verifier takes no other one from an access, nor from steps that began at
    /// such a one; in the others that costs nothing, so it is done in all.
    fn leaning(self) -> Span {
        Span {
            lo: self.lo.min(-1),
            ..self
        }
    }

    /// Whether an access is covered.
    pub fn covers(self, access: &Access) -> bool {
        self.distance() + access.at().abs() + access.size <= REACH_LEN
    }

    /// What is known after an access that did not fault, before its write-back.
    ///
    /// The limits are the verifier's: an access far away, or one that would prove much, proves nothing or less
    /// (its doc says why).
    pub fn touched(self, access: &Access) -> Span {
        let at = access.at();
        let far = -(self.lo + at) > TOUCH_LEN || self.hi + at + access.size > TOUCH_LEN;
        if !access.touches || far || at.abs() > TOUCH_OFFSET {
            return self;
        }
        let span = Span {
            lo: self.lo.max((-at).min(TOUCH_INSIDE)),
            hi: self.hi.min((-at).max(-TOUCH_INSIDE)),
        };
        match self.lo {
            ..0 => span.leaning(),
            lo => Span { lo, ..span },
        }
    }
}

/// An access makes a fact only at offsets up to this.
const TOUCH_OFFSET: i32 = STACK_BOUND;
/// An access moves no bound farther inside than this.
const TOUCH_INSIDE: i32 = 512;

/// What is known about all registers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Registers with an interval.
    pub known: u32,
    spans: [Span; 32],
}

impl Facts {
    /// Nothing is known but x14.
    pub fn nothing(stack: Span) -> Facts {
        let mut facts = Facts {
            known: 0,
            spans: [Span::EXACT; 32],
        };
        facts.set(REG_STACK, stack);
        facts
    }

    /// The interval of a register.
    pub fn get(&self, register: u8) -> Option<Span> {
        (self.known & 1 << register != 0).then(|| self.spans[register as usize])
    }

    /// Learns an interval.
    pub fn set(&mut self, register: u8, span: Span) {
        self.known |= 1 << register;
        self.spans[register as usize] = span;
    }

    fn put(&mut self, register: u8, span: Option<Span>) {
        match span {
            Some(span) => self.set(register, span),
            None => self.forget(1 << register),
        }
    }

    /// Forgets registers. Their intervals are cleared so that equal knowledge compares equal.
    pub fn forget(&mut self, registers: u32) {
        let mut gone = self.known & registers;
        self.known &= !registers;
        while gone != 0 {
            self.spans[gone.trailing_zeros() as usize] = Span::EXACT;
            gone &= gone - 1;
        }
    }

    /// After a call.
    pub fn call(&mut self, strict: bool) {
        let kept = if strict { 0 } else { SAVED };
        self.forget(!kept);
        self.set(REG_STACK, Span::STACK);
    }

    /// After a word that is no branch.
    pub fn word(&mut self, insn: &Insn) {
        match insn.op {
            Op::AddImm if insn.n() == REG_BASE => {
                self.put(insn.d(), (insn.word & 1 << 30 == 0).then_some(Span::EXACT));
            }
            Op::AddImm => {
                let span = self
                    .get(insn.n())
                    .and_then(|span| span.shifted(insn.add_imm()));
                self.put(insn.d(), span);
            }
            Op::Mov => self.put(insn.d(), self.get(insn.m())),
            Op::Alu if is_guard(insn.word) => self.set(insn.d(), Span::EXACT),
            Op::Memory => self.access(insn, &access_of(insn.word)),
            _ => self.forget(insn.writes),
        }
    }

    /// After an access by fact (or in form Z, where the base is x15).
    pub fn access(&mut self, insn: &Insn, access: &Access) {
        let base = insn.n();
        let span = if access.mode == Mode::Register {
            None
        } else {
            self.get(base)
        };
        let back = if access.step() != 0 || matches!(access.mode, Mode::Pre | Mode::Post) {
            1 << base
        } else {
            0
        };
        let mut after = span.map(|span| span.touched(access));
        if back != 0 {
            after = after.and_then(|span| span.shifted(access.step()));
        }
        self.forget(insn.writes & !back);
        // What the access itself loads into its base is not what was known about it.
        let overwritten = insn.writes & !back & 1 << base != 0;
        if let (Some(after), false) = (after, overwritten) {
            self.set(base, after);
        } else if back != 0 {
            self.forget(back);
        }
    }
}

/// `add xD, x15, wN, uxtw`.
pub const fn is_guard(word: u32) -> bool {
    word & 0xffe0_ffe0 == 0x8b20_41e0
}

/// Whether a kind of item leaves the function or comes back to it from afar, so that x14 must be within K.
pub const fn needs_stack(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Call(_) | Kind::Gate(_) | Kind::Table | Kind::Tail(_) | Kind::Return
    )
}

/// Whether a kind of item is a call.
pub const fn is_call(kind: Kind) -> bool {
    matches!(kind, Kind::Call(_) | Kind::Gate(_) | Kind::Table)
}
