// SPDX-License-Identifier: GPL-2.0
//! The frame discipline: which words of the compiler save and restore registers, and what x30 is where.
//!
//! A register of x19 to x30 that is not on the frame list holds the caller's value. A store of such
//! a register to the frame is a save and becomes a push; the load from the same slot becomes the pop. Where that does not
//! work out (different orders on different ways, a write without a save) the function gets pushes
//! of its own at its entry and pops at its exits, and the compiler's saves stay what they look like.

use super::cfg::{Body, Cfg, Exit};
use super::decode::{Insn, Op, SP_BIT};
use super::error::Problem;
use super::memory::{access_of, Access, Mode};
use lore_abi::image::frame_list::code_of;

/// The field D of a word is a save.
pub const SAVE_D: u8 = 1;
/// The field A of a word is a save.
pub const SAVE_A: u8 = 2;
/// The field D of a word is a restore.
pub const RESTORE_D: u8 = 4;
/// The field A of a word is a restore.
pub const RESTORE_A: u8 = 8;
/// x30 is read as a general register.
pub const LINK_READ: u8 = 16;
/// x30 is written as a general register.
pub const LINK_WRITE: u8 = 32;

const LINK: u8 = 30;
const FP: u8 = 29;
/// x19 to x29.
pub const SAVED: u32 = 0x3ff8_0000;

/// A frame list: registers in the order of their pushes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct List {
    registers: [u8; 12],
    len: u8,
}

impl List {
    /// The registers, oldest first.
    pub fn registers(&self) -> &[u8] {
        &self.registers[..self.len as usize]
    }

    /// Whether a register is on the list.
    pub fn has(&self, register: u8) -> bool {
        self.registers().contains(&register)
    }

    /// Appends a register that is not on the list.
    pub fn push(&mut self, register: u8) {
        self.registers[self.len as usize] = register;
        self.len += 1;
    }

    fn pop(&mut self) {
        self.len -= 1;
    }

    /// As an image holds it.
    pub fn encode(&self) -> u64 {
        self.registers()
            .iter()
            .enumerate()
            .map(|(at, &register)| u64::from(code_of(register).unwrap_or(0)) << (4 * at))
            .sum()
    }
}

/// What x30 holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// The caller's link.
    Callers,
    /// A value of the program.
    General,
    /// Nothing that anybody may read.
    Dead,
}

impl Link {
    /// What it is where two ways meet. A compiler lets ways meet on one of which its value is
    /// missing, when it knows that the other was taken; so a value of the program wins.
    fn join(self, other: Link) -> Link {
        match (self, other) {
            (Link::General, _) | (_, Link::General) => Link::General,
            (Link::Callers, Link::Callers) => Link::Callers,
            _ => Link::Dead,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct State {
    sp: Option<i32>,
    fp: Option<i32>,
    link: Link,
    list: List,
    slots: [i32; 12],
    /// A register that MOVZ and MOVK gave a value: gcc moves SP by such a register.
    constant: Option<(u8, u32)>,
}

/// What was found about a function's frame.
pub struct Frame {
    /// The compiler's saves are the pushes; otherwise `own` is pushed at the entry and popped at exits.
    pub natural: bool,
    /// Bits by word.
    pub acts: Vec<u8>,
    /// Words behind which registers are popped, ascending, with the registers in the order of the pops.
    pub pops: Vec<(u32, Vec<u8>)>,
    /// Frame list at the start of each block.
    pub lists: Vec<List>,
    /// Registers of x19 to x30 that are on a list at some place.
    pub pushed: u32,
    /// What the function pushes itself.
    pub own: List,
    /// Nothing but saves lies in the frame: it can go.
    pub bare: bool,
}

/// Why the discipline does not work out.
enum Break {
    /// It needs pushes of its own.
    Discipline,
    /// It cannot be kept at all: word and problem.
    Problem(usize, Problem),
}

/// Analyses a function.
pub fn analyse(body: &Body, cfg: &Cfg) -> Result<Frame, (usize, Problem)> {
    for natural in [true, false] {
        let mut walk = Walk::new(body, cfg, natural);
        match walk.run() {
            Ok(()) => return Ok(walk.finish()),
            Err(Break::Discipline) if natural => {}
            Err(Break::Discipline) => return Err((0, Problem::ReturnAddress)),
            Err(Break::Problem(at, problem)) => return Err((at, problem)),
        }
    }
    unreachable!("the second turn returns")
}

struct Walk<'a> {
    body: &'a Body,
    cfg: &'a Cfg,
    natural: bool,
    states: Vec<Option<State>>,
    acts: Vec<u8>,
    pops: Vec<(u32, Vec<u8>)>,
    pushed: u32,
    /// All states are known; what is wrong now is wrong.
    settled: bool,
}

/// A block that is nothing but a trap word; edges into it need no agreement.
pub fn is_trap(body: &Body, cfg: &Cfg, block: u32) -> bool {
    let block = &cfg.blocks[block as usize];
    block.end == block.first + 1 && body.insns[block.first as usize].op == Op::Trap
}

impl<'a> Walk<'a> {
    fn new(body: &'a Body, cfg: &'a Cfg, natural: bool) -> Walk<'a> {
        Walk {
            body,
            cfg,
            natural,
            states: vec![None; cfg.blocks.len()],
            acts: vec![0; body.insns.len()],
            pops: Vec::new(),
            pushed: 0,
            settled: false,
        }
    }

    fn run(&mut self) -> Result<(), Break> {
        let entry = State {
            sp: Some(0),
            fp: None,
            link: Link::Callers,
            list: List::default(),
            slots: [i32::MIN; 12],
            constant: None,
        };
        self.states[0] = Some(entry);
        let mut work = vec![0u32];
        while let Some(index) = work.pop() {
            let Some(mut state) = self.states[index as usize] else {
                continue;
            };
            self.block(index, &mut state)?;
            for next in self.cfg.blocks[index as usize].successors() {
                if self.merge(next, &state)? {
                    work.push(next);
                }
            }
        }
        self.settled = true;
        for index in 0..self.cfg.blocks.len() {
            if let Some(mut state) = self.states[index] {
                self.block(index as u32, &mut state)?;
            }
        }
        Ok(())
    }

    /// Merges a state into a block's; says whether that changed it.
    fn merge(&mut self, block: u32, state: &State) -> Result<bool, Break> {
        let trap = is_trap(self.body, self.cfg, block);
        let Some(known) = &mut self.states[block as usize] else {
            self.states[block as usize] = Some(*state);
            return Ok(true);
        };
        if trap {
            return Ok(false);
        }
        if self.natural && known.list != state.list {
            return Err(Break::Discipline);
        }
        let before = *known;
        if known.sp != state.sp {
            known.sp = None;
        }
        if known.fp != state.fp {
            known.fp = None;
        }
        known.link = known.link.join(state.link);
        if known.constant != state.constant {
            known.constant = None;
        }
        for (slot, other) in known.slots.iter_mut().zip(state.slots) {
            if *slot != other {
                *slot = i32::MIN;
            }
        }
        Ok(*known != before)
    }

    fn block(&mut self, index: u32, state: &mut State) -> Result<(), Break> {
        let block = self.cfg.blocks[index as usize];
        self.pops
            .retain(|(at, _)| !(block.first..block.end).contains(at));
        let mut pending = Pending {
            registers: 0,
            last: 0,
        };
        for at in block.first..block.end {
            self.word(at as usize, state, &mut pending)?;
        }
        self.flush(state, &mut pending)?;
        let last = block.end.saturating_sub(1) as usize;
        match block.exit {
            Exit::Return | Exit::Tail(_) | Exit::TailGate(_) | Exit::TailPointer => {
                if block.exit == Exit::TailPointer && state.sp.is_some_and(|sp| sp != 0) {
                    return Err(Break::Problem(last, Problem::ComputedBranch));
                }
                if matches!(block.exit, Exit::Tail(_)) && state.sp.is_some_and(|sp| sp != 0) {
                    return Err(Break::Problem(last, Problem::SplitFunction));
                }
                if self.natural && (state.list.len != 0 || state.link != Link::Callers) {
                    return Err(Break::Discipline);
                }
                if state.link != Link::Callers {
                    return Err(Break::Problem(last, Problem::ReturnAddress));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn word(&mut self, at: usize, state: &mut State, pending: &mut Pending) -> Result<(), Break> {
        let insn = self.body.insns[at];
        self.acts[at] = 0;
        let access = if insn.op == Op::Memory {
            Some(access_of(insn.word))
        } else {
            None
        };
        let mut restored = 0u32;
        let mut saved = 0u32;
        if let Some(access) = access {
            (saved, restored) = self.saves(at, state, &access);
        }
        let plain_writes = insn.writes & !restored;
        let plain_reads = insn.reads & !saved;
        if (plain_reads | insn.writes & !restored) & pending.registers != 0
            || matches!(insn.op, Op::Bl | Op::Blr)
        {
            self.flush(state, pending)?;
        }
        self.link_use(at, state, plain_reads, plain_writes)?;
        let written = plain_writes & SAVED;
        if self.natural && (19..=29).any(|r| written & 1 << r != 0 && !state.list.has(r)) {
            return Err(Break::Discipline);
        }
        self.push_saves(insn.d(), insn.a(), self.acts[at], state);
        if restored != 0 {
            pending.registers |= restored;
            pending.last = at as u32;
            if !self.natural {
                state.link = Link::Callers;
                pending.registers = 0;
            }
        }
        if matches!(insn.op, Op::Bl | Op::Blr) {
            if self.natural && !state.list.has(LINK) {
                return Err(Break::Discipline);
            }
            state.link = Link::Dead;
        }
        move_stack(&insn, access.as_ref(), state);
        Ok(())
    }

    /// Which of the registers that a word moves are saved and restored by it.
    fn saves(&mut self, at: usize, state: &mut State, access: &Access) -> (u32, u32) {
        let insn = &self.body.insns[at];
        let base = match insn.n() {
            31 => state.sp,
            FP => state.fp,
            _ => return (0, 0),
        };
        let pair = access.size == 16 && (insn.word >> 27) & 7 == 0b101;
        let single = access.size == 8 && access.single && (insn.word >> 22) & 3 < 2;
        if !(pair || single) || access.mode == Mode::Register {
            return (0, 0);
        }
        let (mut saved, mut restored) = (0, 0);
        let mut fields = vec![(insn.d(), SAVE_D, RESTORE_D, 0)];
        if pair {
            fields.push((insn.a(), SAVE_A, RESTORE_A, 8));
        }
        for (register, save, restore, offset) in fields {
            if !(19..=30).contains(&register) || !self.natural && register != LINK {
                continue;
            }
            let place = base.map(|base| base + access.at() + offset);
            let slot = state.slots[register as usize - 19];
            if access.load {
                let there = place.is_none() && !self.natural || place == Some(slot);
                let on_list = !self.natural || state.list.has(register);
                if there && slot != i32::MIN && on_list {
                    self.acts[at] |= restore;
                    restored |= 1 << register;
                }
            } else {
                let callers = !self.natural || !state.list.has(register);
                let is_link = register != LINK || state.link == Link::Callers;
                if place.is_some() && callers && is_link {
                    self.acts[at] |= save;
                    saved |= 1 << register;
                    state.slots[register as usize - 19] = place.unwrap_or(i32::MIN);
                }
            }
        }
        (saved, restored)
    }

    fn push_saves(&mut self, d: u8, a: u8, acts: u8, state: &mut State) {
        for (bit, register) in [(SAVE_D, d), (SAVE_A, a)] {
            if acts & bit != 0 && self.natural {
                state.list.push(register);
                self.pushed |= 1 << register;
            }
        }
    }

    /// Judges reads and writes of x30 that are neither save nor restore.
    fn link_use(
        &mut self,
        at: usize,
        state: &mut State,
        reads: u32,
        writes: u32,
    ) -> Result<(), Break> {
        let insn = &self.body.insns[at];
        if insn.op == Op::ReadsLink {
            return Err(Break::Problem(at, Problem::ReturnAddress));
        }
        if reads & 1 << LINK != 0 {
            // Until all ways are known, a value may still turn up.
            if state.link != Link::General && self.settled {
                return Err(Break::Problem(at, Problem::ReturnAddress));
            }
            self.acts[at] |= LINK_READ;
        }
        if writes & 1 << LINK != 0 && !matches!(insn.op, Op::Bl | Op::Blr) {
            self.acts[at] |= LINK_WRITE;
            state.link = Link::General;
        }
        Ok(())
    }

    /// Turns the restores so far into pops, which come in the order of the list.
    fn flush(&mut self, state: &mut State, pending: &mut Pending) -> Result<(), Break> {
        if pending.registers == 0 {
            return Ok(());
        }
        let mut order = Vec::new();
        while pending.registers != 0 {
            let Some(&top) = state.list.registers().last() else {
                return Err(Break::Discipline);
            };
            if pending.registers & 1 << top == 0 {
                return Err(Break::Discipline);
            }
            pending.registers &= !(1 << top);
            state.list.pop();
            order.push(top);
            if top == LINK {
                state.link = Link::Callers;
            }
        }
        self.pops.push((pending.last, order));
        Ok(())
    }

    fn finish(mut self) -> Frame {
        self.pops.sort_by_key(|(at, _)| *at);
        let mut own = List::default();
        if !self.natural {
            let mut written = 0;
            let mut calls = false;
            for block in &self.cfg.blocks {
                for insn in &self.body.insns[block.first as usize..block.end as usize] {
                    written |= insn.writes & SAVED;
                    calls |= matches!(insn.op, Op::Bl | Op::Blr);
                }
            }
            (19..=29)
                .filter(|r| written & 1 << r != 0)
                .for_each(|r| own.push(r));
            if calls {
                own.push(LINK);
            }
            self.pushed = own.registers().iter().map(|r| 1 << r).sum();
        }
        let lists = (self.states.iter().enumerate())
            .map(|(block, state)| match state {
                _ if is_trap(self.body, self.cfg, block as u32) => List::default(),
                Some(state) if self.natural => state.list,
                _ => own,
            })
            .collect();
        let bare = self.natural && is_bare(self.body, self.cfg, &self.acts);
        let Walk {
            natural,
            acts,
            pops,
            pushed,
            ..
        } = self;
        Frame {
            natural,
            acts,
            pops,
            lists,
            pushed,
            own,
            bare,
        }
    }
}

/// Restores that were seen and are not yet pops.
struct Pending {
    registers: u32,
    last: u32,
}

fn move_stack(insn: &Insn, access: Option<&Access>, state: &mut State) {
    if let Some(access) = access {
        if insn.n() == 31 {
            state.sp = state.sp.map(|sp| sp + access.step());
        }
    }
    let (sp, fp) = (state.sp, state.fp);
    let of = |register: u8| match register {
        31 => sp,
        FP => fp,
        _ => None,
    };
    if insn.writes & SP_BIT != 0 && access.is_none() {
        let by_register = || {
            let (register, value) = state.constant?;
            let add = match insn.word & 0xffe0_ffff {
                0x8b20_63ff => 1,
                0xcb20_63ff => -1,
                _ => return None,
            };
            (insn.m() == register).then(|| sp.map(|sp| sp + add * value as i32))?
        };
        state.sp = match insn.op {
            Op::AddImm => of(insn.n()).map(|value| value + insn.add_imm()),
            _ => by_register(),
        };
    }
    state.constant = constant_after(insn, state.constant);
    if insn.writes & 1 << FP != 0 {
        state.fp = match insn.op {
            Op::AddImm => of(insn.n()).map(|value| value + insn.add_imm()),
            _ => None,
        };
    }
}

/// The constant that is known after a word. Larger ones than a frame can be are of no interest.
fn constant_after(insn: &Insn, before: Option<(u8, u32)>) -> Option<(u8, u32)> {
    let imm = (insn.word >> 5) & 0xffff;
    match (insn.word & 0xffe0_0000, before) {
        (0xd280_0000 | 0x5280_0000, _) => Some((insn.d(), imm)),
        (0xf2a0_0000 | 0x72a0_0000, Some((register, low)))
            if register == insn.d() && imm < 0x1000 =>
        {
            Some((register, low & 0xffff | imm << 16))
        }
        (_, Some((register, _))) if insn.writes & 1 << register != 0 => None,
        _ => before,
    }
}

/// Whether SP is used for nothing but saves and restores and its own way down and up.
fn is_bare(body: &Body, cfg: &Cfg, acts: &[u8]) -> bool {
    let mut fp_written = false;
    let mut fp_read = false;
    for block in &cfg.blocks {
        for at in block.first..block.end {
            let insn = &body.insns[at as usize];
            let act = acts[at as usize];
            let whole = is_whole(insn.word, act);
            if whole {
                continue;
            }
            let moves =
                insn.op == Op::AddImm && matches!(insn.n(), 31 | FP) && matches!(insn.d(), 31 | FP);
            if moves && insn.n() == 31 && insn.d() == FP {
                fp_written = true;
                continue;
            }
            if moves && insn.d() == 31 {
                continue;
            }
            fp_read |= insn.reads & 1 << FP != 0;
            if (insn.reads | insn.writes) & SP_BIT != 0 {
                return false;
            }
        }
    }
    !(fp_written && fp_read)
}

/// Whether every register that a word moves is saved or restored by it.
pub fn is_whole(word: u32, act: u8) -> bool {
    let pair = (word >> 27) & 7 == 0b101;
    let want = if pair {
        [SAVE_D | SAVE_A, RESTORE_D | RESTORE_A]
    } else {
        [SAVE_D, RESTORE_D]
    };
    want.contains(&(act & 15))
}
