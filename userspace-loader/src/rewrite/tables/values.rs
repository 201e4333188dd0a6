// SPDX-License-Identifier: GPL-2.0
//! What is in a register at a word, as far as jumps by table need it: addresses that words make out of nothing, and
//! bounds of an index.

use crate::object::reloc::{classify, Use};
use crate::rewrite::cfg::{Body, Goal, NONE};
use crate::rewrite::decode::{Insn, Op};
use crate::rewrite::layout::Layout;
use crate::rewrite::memory::{access_of, Mode};
use crate::rewrite::program::{Program, SectionId};
use std::collections::{BTreeMap, BTreeSet};

/// x0 to x7 and x30: what a call leaves there may be read behind it. What is read of the others was kept: gcc knows which
/// temporaries a function leaves alone (`-fipa-ra`).
const RESULTS: u32 = 0x4000_00ff;

/// Copies that are followed back, ways over the stack among them.
const DEPTH_MAX: u32 = 6;

/// The largest value that an index can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    pub(super) last: u32,
    /// A compare says so; else it is only what fits.
    pub(super) compared: bool,
}

/// Where a value is kept.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Home {
    Register(u8),
    /// 8 bytes at an offset from SP or the frame pointer, where nobody else writes: a compiler's own spill.
    Slot(u8, i32),
}

/// What a word does to a value's home.
enum Touched {
    Not,
    Written,
    /// In a way that says nothing about the value.
    Spoilt,
}

impl Home {
    fn touched(self, insn: &Insn) -> Touched {
        match self {
            Home::Register(register) if insn.writes & 1 << register != 0 => Touched::Written,
            Home::Register(register) => {
                let called = matches!(insn.op, Op::Bl | Op::Blr);
                match called && RESULTS & 1 << register != 0 {
                    true => Touched::Spoilt,
                    false => Touched::Not,
                }
            }
            Home::Slot(base, _) if insn.writes & 1 << base != 0 => Touched::Spoilt,
            Home::Slot(base, offset) => {
                if insn.op != Op::Memory || insn.n() != base {
                    return Touched::Not;
                }
                let access = access_of(insn.word);
                let apart = access.imm + access.size <= offset || offset + 8 <= access.imm;
                if slot_of(insn) == Some((self, false)) {
                    Touched::Written
                } else if access.load || access.mode == Mode::Offset && apart {
                    Touched::Not
                } else {
                    Touched::Spoilt
                }
            }
        }
    }
}

/// The slot that a word stores a register to or loads it from, and whether it loads.
fn slot_of(insn: &Insn) -> Option<(Home, bool)> {
    let load = match insn.word & 0xffc0_0000 {
        0xf900_0000 => false,
        0xf940_0000 => true,
        _ => return None,
    };
    let slot = Home::Slot(insn.n(), access_of(insn.word).imm);
    matches!(insn.n(), 29 | 31).then_some((slot, load))
}

/// An address that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// The page of a place, whose low part is still to be added.
    Page(SectionId, u64),
    /// A place in data.
    Data(SectionId, u64),
    /// A word of the function.
    Code(u32),
}

/// A function's words with the ways between them.
pub(super) struct Ways<'a> {
    pub(super) program: &'a Program<'a>,
    pub(super) layout: &'a Layout<'a>,
    pub(super) body: &'a Body,
    /// Branches to each word.
    sources: BTreeMap<u32, Vec<u32>>,
    /// Where each branch goes.
    targets: BTreeMap<u32, Vec<u32>>,
}

impl<'a> Ways<'a> {
    /// The ways of direct branches, whether they are reached or not.
    pub(super) fn new(
        program: &'a Program<'a>,
        layout: &'a Layout<'a>,
        body: &'a Body,
    ) -> Ways<'a> {
        let mut ways = Ways {
            program,
            layout,
            body,
            sources: BTreeMap::new(),
            targets: BTreeMap::new(),
        };
        for (at, insn) in body.insns.iter().enumerate() {
            if matches!(insn.op, Op::B | Op::BCond | Op::Cbz | Op::Tbz) {
                if let Ok(Goal::Here(to)) = body.goal(program, layout, at) {
                    ways.add(at as u32, to);
                }
            }
        }
        ways
    }

    /// A way from a branch to a word.
    pub(super) fn add(&mut self, from: u32, to: u32) {
        let sources = self.sources.entry(to).or_default();
        if !sources.contains(&from) {
            sources.push(from);
            self.targets.entry(from).or_default().push(to);
        }
    }

    pub(super) fn insn(&self, at: u32) -> &Insn {
        &self.body.insns[at as usize]
    }

    /// Whether a branch goes to a word.
    pub(super) fn is_led_to(&self, at: u32) -> bool {
        self.sources.contains_key(&at)
    }

    /// Whether control may go on behind a word.
    fn falls(&self, at: u32) -> bool {
        !matches!(self.insn(at).op, Op::B | Op::Br | Op::Ret | Op::Trap)
    }

    /// The words that may have written a register as it is before word `at`; `None` if it is not only words of the
    /// function.
    pub(super) fn writers(&self, register: u8, at: u32) -> Option<BTreeSet<u32>> {
        self.writers_of(Home::Register(register), at)
    }

    fn writers_of(&self, home: Home, at: u32) -> Option<BTreeSet<u32>> {
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut work = vec![at];
        while let Some(mut at) = work.pop() {
            while seen.insert(at) {
                work.extend(self.sources.get(&at).into_iter().flatten());
                let before = at.checked_sub(1)?;
                if !self.falls(before) {
                    break;
                }
                at = before;
                match home.touched(self.insn(at)) {
                    Touched::Not => {}
                    Touched::Written => {
                        found.insert(at);
                        break;
                    }
                    Touched::Spoilt => return None,
                }
            }
        }
        (!found.is_empty()).then_some(found)
    }

    /// The address that is in a register before word `at`.
    pub(super) fn value(&self, register: u8, at: u32) -> Option<Value> {
        self.value_within(register, at, DEPTH_MAX)
    }

    fn value_within(&self, register: u8, at: u32, depth: u32) -> Option<Value> {
        self.value_of(Home::Register(register), at, depth)
    }

    fn value_of(&self, home: Home, at: u32, depth: u32) -> Option<Value> {
        let depth = depth.checked_sub(1)?;
        let writers = self.writers_of(home, at)?;
        let mut values = writers.into_iter().map(|writer| self.made(writer, depth));
        let first = values.next()??;
        values.all(|value| value == Some(first)).then_some(first)
    }

    /// The address that a word makes.
    fn made(&self, at: u32, depth: u32) -> Option<Value> {
        let insn = self.insn(at);
        let section = self.layout.functions[self.body.function as usize].section;
        let reloc = match self.body.relocs[at as usize] {
            NONE => None,
            index => Some(&self.program.section(section).relocs[index as usize]),
        };
        match (insn.op, reloc) {
            (Op::Adrp, Some(reloc)) if classify(reloc.kind) == Use::Page => {
                let (section, offset) = self.program.place_of_reloc(section, reloc)?;
                Some(Value::Page(section, offset))
            }
            (Op::AddImm, Some(reloc)) if classify(reloc.kind) == Use::LowAdd => {
                let (section, offset) = self.program.place_of_reloc(section, reloc)?;
                let page = self.value_within(insn.n(), at, depth)?;
                (page == Value::Page(section, offset)).then_some(Value::Data(section, offset))
            }
            (Op::Literal, None) => adr_distance(insn.word).and_then(|distance| {
                let to = i64::from(at) * 4 + distance;
                let within = to >= 0 && to % 4 == 0 && to / 4 < self.body.insns.len() as i64;
                within.then_some(Value::Code((to / 4) as u32))
            }),
            (Op::Mov, None) => self.value_within(insn.m(), at, depth),
            (Op::Memory, None) => {
                let (slot, load) = slot_of(insn)?;
                match load {
                    true => self.value_of(slot, at, depth),
                    false => self.value_within(insn.d(), at, depth),
                }
            }
            _ => None,
        }
    }

    /// The words that may read a register as word `at` leaves it, in words of their own: what a call or a caller reads
    /// is not followed, since no compiler passes on what these are asked about.
    pub(super) fn readers(&self, register: u8, at: u32) -> BTreeSet<u32> {
        let bit = 1 << register;
        let mut found = BTreeSet::new();
        let mut seen = BTreeSet::new();
        let mut work = self.following(at);
        while let Some(at) = work.pop() {
            if !seen.insert(at) {
                continue;
            }
            let insn = self.insn(at);
            if insn.reads & bit != 0 {
                found.insert(at);
            }
            let called = matches!(insn.op, Op::Bl | Op::Blr) && RESULTS & bit != 0;
            if insn.writes & bit == 0 && !called {
                work.extend(self.following(at));
            }
        }
        found
    }

    /// The words that control may go to from a word.
    fn following(&self, at: u32) -> Vec<u32> {
        let mut next = self.targets.get(&at).cloned().unwrap_or_default();
        if self.falls(at) && at as usize + 1 < self.body.insns.len() {
            next.push(at + 1);
        }
        next
    }

    /// The largest value that a register can have before word `at`, by what stands on the only way there.
    pub(super) fn bound(&self, register: u8, at: u32) -> Option<Bound> {
        let mut register = register;
        let mut at = at;
        for _ in 0..64 {
            let sources = self.sources.get(&at).map_or(&[][..], |sources| sources);
            let before = at.checked_sub(1).filter(|&before| self.falls(before));
            let (from, jumped) = match (before, sources) {
                (Some(before), []) => (before, false),
                (None, [source]) => (*source, true),
                _ => return None,
            };
            at = from;
            let insn = self.insn(at);
            if insn.op == Op::BCond {
                // The condition that holds on this way.
                let condition = (insn.word & 15) ^ u32::from(!jumped);
                if let Some(last) = self.compared(register, at, condition) {
                    return Some(Bound {
                        last,
                        compared: true,
                    });
                }
            }
            if matches!(insn.op, Op::Bl | Op::Blr) && RESULTS & 1 << register != 0 {
                return None;
            }
            if insn.writes & 1 << register != 0 {
                match made_bound(insn) {
                    Made::Copy(from) => register = from,
                    Made::AtMost(last) => {
                        return Some(Bound {
                            last,
                            compared: false,
                        })
                    }
                    Made::Anything => return None,
                }
            }
        }
        None
    }

    /// The bound of a register where a condition holds, by the compare before the branch at word `at`.
    fn compared(&self, register: u8, at: u32, condition: u32) -> Option<u32> {
        let mut at = at;
        loop {
            if self.is_led_to(at) {
                return None;
            }
            at = at.checked_sub(1)?;
            let insn = self.insn(at);
            // `cmp wN, #imm` or `cmp xN, #imm`.
            if insn.word & 0x7fc0_001f == 0x7100_001f && insn.n() == register {
                let imm = (insn.word >> 10) & 0xfff;
                return match condition {
                    9 => Some(imm),
                    3 => imm.checked_sub(1),
                    _ => None,
                };
            }
            let flags = insn.op == Op::AluFlags || matches!(insn.op, Op::Bl | Op::Blr);
            if flags || insn.writes & 1 << register != 0 || !self.falls(at) {
                return None;
            }
        }
    }
}

/// What a word says about the value that it writes.
enum Made {
    Copy(u8),
    AtMost(u32),
    Anything,
}

fn made_bound(insn: &Insn) -> Made {
    match insn.word {
        // `mov wD, wM`.
        word if word & 0xffe0_ffe0 == 0x2a00_03e0 => Made::Copy(insn.m()),
        // `mov xD, xM`.
        word if word & 0xffe0_ffe0 == 0xaa00_03e0 => Made::Copy(insn.m()),
        // `and wD, wN, #mask` and `ubfx wD, wN, #0, #width` with the low bits.
        word if word & 0xffff_8000 == 0x1200_0000 => low_bits((word >> 10) & 31),
        word if word & 0xffff_8000 == 0x5300_0000 => low_bits((word >> 10) & 31),
        // `ldrb`, by an immediate or by a register.
        word if word & 0xffc0_0000 == 0x3940_0000 => Made::AtMost(0xff),
        word if word & 0xffe0_0000 == 0x3840_0000 => Made::AtMost(0xff),
        word if word & 0xffe0_0c00 == 0x3860_0800 => Made::AtMost(0xff),
        _ => Made::Anything,
    }
}

fn low_bits(last: u32) -> Made {
    match last {
        0..=15 => Made::AtMost((1 << (last + 1)) - 1),
        _ => Made::Anything,
    }
}

/// How far from itself an ADR points; `None` if it is a literal load.
fn adr_distance(word: u32) -> Option<i64> {
    if word & 0x9f00_0000 != 0x1000_0000 {
        return None;
    }
    let imm = ((word >> 5) & 0x7_ffff) << 2 | (word >> 29) & 3;
    Some(i64::from((imm as i32) << 11 >> 11))
}
