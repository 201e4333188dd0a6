// SPDX-License-Identifier: GPL-2.0
//! The walk over a function that finds its saves and restores, and with them the frame list at every block.

use super::stack::{is_bare, move_stack, Link, State};
use super::{
    is_trap, Bases, Frame, List, FP, LINK, LINK_READ, LINK_WRITE, RESTORE_A, RESTORE_D, SAVED,
    SAVE_A, SAVE_D,
};
use crate::rewrite::cfg::{Body, Cfg, Exit};
use crate::rewrite::decode::{Insn, Op};
use crate::rewrite::error::Problem;
use crate::rewrite::memory::{access_of, Access, Mode};
use std::collections::BTreeSet;

/// Why the discipline does not work out.
pub(super) enum Break {
    /// It needs pushes of its own.
    Discipline,
    /// It cannot be kept at all: word and problem.
    Problem(usize, Problem),
}

pub(super) struct Walk<'a> {
    body: &'a Body,
    cfg: &'a Cfg,
    natural: bool,
    states: Vec<Option<State>>,
    acts: Vec<u8>,
    pops: Vec<(u32, Vec<u8>)>,
    pushed: u32,
    looks_above: bool,
    bases: Vec<Bases>,
    /// Stores of x30 that store a value of the program.
    values: BTreeSet<usize>,
    /// Stores of x30 that looked like saves on some way, and those that stored a value on some.
    stores: [BTreeSet<usize>; 2],
    /// All states are known; what is wrong now is wrong.
    settled: bool,
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        body: &'a Body,
        cfg: &'a Cfg,
        natural: bool,
        values: BTreeSet<usize>,
    ) -> Walk<'a> {
        Walk {
            body,
            cfg,
            natural,
            states: vec![None; cfg.blocks.len()],
            acts: vec![0; body.insns.len()],
            pops: Vec::new(),
            pushed: 0,
            looks_above: false,
            bases: vec![Bases::default(); body.insns.len()],
            values,
            stores: Default::default(),
            settled: false,
        }
    }

    pub(super) fn run(&mut self) -> Result<(), Break> {
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

    /// Stores of x30 that were taken for saves before it was known that the program has a value in it there.
    pub(super) fn mistaken(&self) -> impl Iterator<Item = usize> + '_ {
        let [saves, values] = &self.stores;
        saves.intersection(values).copied()
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
                if state.link != Link::Callers && self.settled {
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
        self.bases[at].before = [state.sp, state.fp];
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
        self.looks_above |= looks_above(&insn, access.as_ref(), state);
        move_stack(&insn, access.as_ref(), state);
        self.bases[at].behind = [state.sp, state.fp];
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
                let is_link = register != LINK || self.stores_link(at, state);
                if place.is_some() && callers && is_link {
                    self.acts[at] |= save;
                    saved |= 1 << register;
                    state.slots[register as usize - 19] = place.unwrap_or(i32::MIN);
                }
            }
        }
        (saved, restored)
    }

    /// Whether a store of x30 stores the caller's link.
    fn stores_link(&mut self, at: usize, state: &State) -> bool {
        let is_link = state.link == Link::Callers && !self.values.contains(&at);
        if is_link {
            self.stores[0].insert(at);
        }
        if state.link == Link::General {
            self.stores[1].insert(at);
        }
        is_link
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

    pub(super) fn finish(mut self) -> Frame {
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
            looks_above,
            bases,
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
            looks_above,
            bases,
        }
    }
}

/// Whether a word reaches from the frame to what lies above it, or begins to, by a step that is too large to tell.
fn looks_above(insn: &Insn, access: Option<&Access>, state: &State) -> bool {
    let base = match insn.n() {
        31 => state.sp,
        FP => state.fp,
        _ => None,
    };
    let Some(base) = base else {
        return false;
    };
    match access {
        Some(access) => access.mode != Mode::Post && base + access.at() + access.size > 0,
        None if insn.op == Op::AddImm && !matches!(insn.d(), 31 | FP) => {
            base + insn.add_imm() >= 0 || insn.add_imm() >= 4096
        }
        None => false,
    }
}

/// Restores that were seen and are not yet pops.
struct Pending {
    registers: u32,
    last: u32,
}
