// SPDX-License-Identifier: GPL-2.0
//! The function's words anew: webs that have a register by that, the others by a scratch register that is loaded from
//! their slot before the word and stored behind it.
//!
//! Slots that lie below the stack pointer are taken along by a word that moves it, and a call is made from below them.
//! Those in the frame stay where they are (`area`).

use super::area::{displaced, Side, AREA_LEN};
use super::assign::{Home, Homes, Slots, SLOTS};
use super::webs::Webs;
use super::{fields, is_status, Function, Transfer};
use crate::rewrite::cfg::{Body, NONE};
use crate::rewrite::decode::{decode, Insn, Op, D, M, N, SP_BIT};
use crate::rewrite::encode::{add_imm, SCRATCH};
use crate::rewrite::error::Problem;
use crate::rewrite::frame::SAVED;
use crate::rewrite::memory::{access_of, Mode};
use crate::rewrite::place::bits;
use std::collections::{BTreeMap, BTreeSet};

/// Writes the function without the stolen registers; `reserved` is what it must not name afterwards.
pub(super) fn write(
    function: &Function,
    webs: &Webs,
    homes: &Homes,
    reserved: u32,
    slots: Slots,
) -> Result<Body, (usize, Problem)> {
    let body = &function.body;
    let mut writer = Writer {
        function,
        webs,
        homes,
        slots,
        out: Body {
            function: body.function,
            insns: Vec::with_capacity(body.insns.len()),
            relocs: Vec::with_capacity(body.insns.len()),
            origin: Vec::with_capacity(body.insns.len()),
            place: Vec::new(),
            made: BTreeMap::new(),
            reserved,
            scratch: BTreeSet::new(),
        },
    };
    let mut reached = vec![false; body.insns.len()];
    function.words().for_each(|at| reached[at] = true);
    let mut places = Vec::with_capacity(body.insns.len());
    // What leads back to the first word has the larger frame already.
    writer.enlarge(0, -AREA_LEN);
    for (at, &reached) in reached.iter().enumerate() {
        places.push(writer.out.insns.len() as u32);
        if reached {
            writer.word(at)?;
        } else {
            writer.put_own(at, body.insns[at].word);
        }
    }
    let mut out = writer.out;
    let place = |&word: &u32| places[word as usize];
    out.place = body.place.iter().map(place).collect();
    out.made.values_mut().for_each(|to| *to = place(to));
    Ok(out)
}

struct Writer<'a> {
    function: &'a Function,
    webs: &'a Webs,
    homes: &'a Homes,
    slots: Slots,
    out: Body,
}

/// A web in a slot, as one word uses it.
struct Visit {
    web: u32,
    register: u8,
    slot: u8,
    /// Fields of the word that read it.
    read: u8,
    /// Fields of the word that write it.
    write: u8,
}

/// How slots go along with the stack pointer.
enum Carry {
    /// None has to.
    Nothing,
    /// By copies, since it is known how far: slots and distance.
    Copied(u32, i32),
    /// In registers meanwhile: register and slot.
    Held(Vec<(u8, u8)>),
}

/// Registers that are not to be had at one word: before it and behind it.
#[derive(Clone, Copy)]
struct Taken {
    ins: u32,
    outs: u32,
}

impl Writer<'_> {
    fn put(&mut self, at: usize, word: u32, reloc: u32) {
        self.out.insns.push(decode(word));
        self.out.relocs.push(reloc);
        self.out.origin.push(self.function.body.origin[at]);
    }

    /// Puts what word `at` has become.
    fn put_own(&mut self, at: usize, word: u32) {
        let body = &self.function.body;
        if let Some(&to) = body.made.get(&(at as u32)) {
            self.out.made.insert(self.out.insns.len() as u32, to);
        }
        self.put(at, word, body.relocs[at]);
    }

    /// Moves the stack pointer by the room for slots in the frame, if they are there.
    fn enlarge(&mut self, at: usize, by: i32) {
        if self.slots == Slots::Frame {
            self.put(at, add_imm(31, 31, by), NONE);
        }
    }

    /// Loads or stores a register from or to its slot, before the word or behind it. Below the stack pointer, the slot
    /// lies `step` bytes beside where it lies otherwise.
    fn access(
        &mut self,
        at: usize,
        load: bool,
        register: u8,
        slot: u8,
        side: Side,
    ) -> Result<(), (usize, Problem)> {
        let word = match (self.slots, side) {
            (Slots::Below, Side::Before(step) | Side::Behind(step)) => {
                let offset = step - 8 * (i32::from(slot) + 1);
                let word = if load { 0xf840_0000 } else { 0xf800_0000 };
                word | (offset as u32 & 0x1ff) << 12 | 31 << 5
            }
            (Slots::Frame, _) => {
                let (base, offset) = side
                    .slot(&self.function.frame.bases[at], slot)
                    .ok_or((at, Problem::Crowded(register)))?;
                let word = if load { 0xf940_0000 } else { 0xf900_0000 };
                word | (offset / 8) << 10 | u32::from(base) << 5
            }
        };
        self.put(at, word | u32::from(register), NONE);
        Ok(())
    }

    fn word(&mut self, at: usize) -> Result<(), (usize, Problem)> {
        let insn = self.function.body.insns[at];
        if insn.op == Op::Bl {
            self.call(at);
            return Ok(());
        }
        let transfer = self.function.transfers.get(&(at as u32));
        if let Some(Transfer::Return | Transfer::Tail(_)) = transfer {
            self.enlarge(at, AREA_LEN);
        }
        let (mut word, visits) = self.visits(at);
        if self.slots == Slots::Frame {
            word = displaced(&insn, word, &self.function.frame.bases[at])
                .ok_or((at, Problem::Crowded(SCRATCH)))?;
        }
        let mut taken = Taken {
            ins: self.homes.ins[at],
            outs: self.homes.outs[at],
        };
        let carry = self.carry(at, &visits, &mut taken)?;
        if visits.is_empty() && matches!(carry, Carry::Nothing) {
            self.put_own(at, word);
            return Ok(());
        }
        let named = fields(&decode(word))
            .filter(|(_, register)| self.webs.stolen & 1 << register == 0)
            .fold(0, |mask, (_, register)| mask | 1 << register);
        let mut victims: Vec<(u8, u8)> = Vec::new();
        let mut scratches = Vec::new();
        for visit in &visits {
            let copied = matches!(carry, Carry::Copied(..));
            let register = match self.scratch(at, visit, taken, copied) {
                Some(register) => register,
                None => {
                    let victim = self.victim(at, named, &scratches, &victims);
                    let crowded = (at, Problem::Crowded(visit.register));
                    let victim = victim.ok_or(crowded)?;
                    victims.push(victim);
                    victim.0
                }
            };
            let both = is_status(&insn);
            taken.ins |= u32::from(visit.read != 0 || both) << register;
            taken.outs |= u32::from(visit.write != 0 || both) << register;
            word = with_fields(word, visit.read | visit.write, register);
            scratches.push(register);
        }
        for &(register, slot) in &victims {
            self.access(at, false, register, slot, Side::Before(0))?;
        }
        let step = self.before(at, &carry)?;
        for (visit, &register) in visits.iter().zip(&scratches) {
            if visit.read != 0 {
                self.access(at, true, register, visit.slot, Side::Before(step))?;
            }
        }
        self.put_own(at, word);
        self.behind(at, &carry)?;
        for (visit, &register) in visits.iter().zip(&scratches) {
            if visit.write != 0 {
                self.access(at, false, register, visit.slot, Side::Behind(0))?;
            }
        }
        for &(register, slot) in &victims {
            self.access(at, true, register, slot, Side::Behind(0))?;
        }
        Ok(())
    }

    /// Before a word that moves the stack pointer: down, the slots go ahead. Says where they lie then.
    fn before(&mut self, at: usize, carry: &Carry) -> Result<i32, (usize, Problem)> {
        match carry {
            Carry::Copied(slots, step) if *step < 0 => {
                // The lowest first, so that none is written over before it is read.
                for slot in (0..SLOTS as u8).rev().filter(|slot| slots & 1 << slot != 0) {
                    self.access(at, true, SCRATCH, slot, Side::Before(0))?;
                    self.access(at, false, SCRATCH, slot, Side::Before(*step))?;
                }
                return Ok(*step);
            }
            Carry::Held(held) => {
                for &(register, slot) in held {
                    self.access(at, true, register, slot, Side::Before(0))?;
                }
            }
            _ => {}
        }
        Ok(0)
    }

    /// Behind it: up, the slots follow.
    fn behind(&mut self, at: usize, carry: &Carry) -> Result<(), (usize, Problem)> {
        match carry {
            Carry::Copied(slots, step) if *step > 0 => {
                for slot in bits(*slots) {
                    self.access(at, true, SCRATCH, slot, Side::Behind(-step))?;
                    self.access(at, false, SCRATCH, slot, Side::Behind(0))?;
                }
            }
            Carry::Held(held) => {
                for &(register, slot) in held {
                    self.access(at, false, register, slot, Side::Behind(0))?;
                }
            }
            _ => {}
        }
        Ok(())
    }

    /// A call, with the slots that live on over it out of the callee's reach.
    fn call(&mut self, at: usize) {
        let kept = self.homes.kept.get(&(at as u32)).copied().unwrap_or(0);
        // The way down may be written as a store of zeros at its end (`stack`), where no slot may lie.
        let len = ((32 - kept.leading_zeros()) * 8).next_multiple_of(16) as i32 + 16;
        if kept != 0 {
            self.put(at, add_imm(31, 31, -len), NONE);
        }
        self.put_own(at, self.function.body.insns[at].word);
        if kept != 0 {
            self.put(at, add_imm(31, 31, len), NONE);
        }
    }

    /// The word with the webs that have registers renamed, and the others that it uses.
    fn visits(&self, at: usize) -> (u32, Vec<Visit>) {
        let insn = self.function.body.insns[at];
        let mut word = insn.word;
        let mut visits: Vec<Visit> = Vec::new();
        for (field, register) in fields(&insn) {
            let (read, write) = (insn.read & field, insn.write & field);
            if self.webs.stolen & 1 << register == 0 {
                continue;
            }
            let Some(web) = self.webs.at(register, at, read == 0) else {
                continue;
            };
            match self.homes.of[web as usize] {
                Home::Register(home) => word = with_fields(word, field, home),
                Home::Slot(slot) => match visits.iter_mut().find(|visit| visit.web == web) {
                    Some(visit) => {
                        visit.read |= read;
                        visit.write |= write;
                    }
                    None => visits.push(Visit {
                        web,
                        register,
                        slot,
                        read,
                        write,
                    }),
                },
            }
        }
        (word, visits)
    }

    /// What to do about slots when the word moves the stack pointer.
    fn carry(
        &self,
        at: usize,
        visits: &[Visit],
        taken: &mut Taken,
    ) -> Result<Carry, (usize, Problem)> {
        let insn = self.function.body.insns[at];
        if insn.writes & SP_BIT == 0 || self.slots == Slots::Frame {
            return Ok(Carry::Nothing);
        }
        let mut slots = 0u32;
        for register in bits(self.webs.stolen) {
            let before = self.webs.at(register, at, false);
            let through = before == self.webs.at(register, at, true);
            if let (Some(web), true) = (before, through) {
                if let Home::Slot(slot) = self.homes.of[web as usize] {
                    slots |= 1 << slot;
                }
            }
        }
        let read = visits.iter().filter(|visit| visit.read != 0);
        let read = read.fold(0, |mask, visit| mask | 1 << visit.slot);
        if slots == 0 {
            return Ok(Carry::Nothing);
        }
        let reach = 8 * (32 - (slots | read).leading_zeros()) as i32;
        if let Some(step) = step_of(&insn).filter(|step| step.abs() + reach <= 256) {
            // Down, what the word itself reads goes along, or a copy might lie over it.
            return Ok(Carry::Copied(
                if step < 0 { slots | read } else { slots },
                step,
            ));
        }
        let mut held = Vec::new();
        for slot in bits(slots) {
            let free = |register: &u8| (taken.ins | taken.outs) & 1 << register == 0;
            let register = self.homes.spare.iter().copied().find(free);
            let register = register.ok_or((at, Problem::Crowded(SCRATCH)))?;
            taken.ins |= 1 << register;
            taken.outs |= 1 << register;
            held.push((register, slot));
        }
        Ok(Carry::Held(held))
    }

    /// A register that holds nothing where the word needs it; `copied` if slots are copied around it.
    fn scratch(&self, at: usize, visit: &Visit, taken: Taken, copied: bool) -> Option<u8> {
        let both = is_status(&self.function.body.insns[at]);
        let (read, write) = (visit.read != 0 || both, visit.write != 0 || both);
        let ins = if read { taken.ins } else { 0 };
        let outs = if write { taken.outs } else { 0 };
        let free = |register: &u8| (ins | outs) & 1 << register == 0;
        let rewriters = self.rewriters_is_free(at, visit) && !(copied && write);
        let spare = self.homes.spare.iter().copied();
        let first = rewriters.then_some(SCRATCH);
        first.into_iter().chain(spare).find(free)
    }

    /// Whether what is made of the word later leaves the rewriter's scratch register alone for as long as the web
    /// needs it there.
    fn rewriters_is_free(&self, at: usize, visit: &Visit) -> bool {
        let insn = self.function.body.insns[at];
        if insn.op != Op::Memory {
            return true;
        }
        if self.function.frame.acts[at] & 15 != 0 {
            return false;
        }
        let by_register = access_of(insn.word).mode == Mode::Register;
        let address = if by_register { N | M } else { N };
        let data = visit.read & !address;
        data == 0 || !by_register && SAVED & 1 << insn.n() == 0
    }

    /// A register that the word does not name, and a slot to keep its value in meanwhile.
    fn victim(
        &self,
        at: usize,
        named: u32,
        scratches: &[u8],
        victims: &[(u8, u8)],
    ) -> Option<(u8, u8)> {
        let insn = self.function.body.insns[at];
        let moves = insn.writes & SP_BIT != 0 && self.slots == Slots::Below;
        if moves || is_transfer(&insn) {
            return None;
        }
        // It gets its value back, so it may be one that is kept for a caller.
        let register = (0..18).find(|register| {
            (named | self.webs.stolen) & 1 << register == 0 && !scratches.contains(register)
        })?;
        let held = self.homes.slot_ins[at] | self.homes.slot_outs[at];
        let held = victims
            .iter()
            .fold(held, |mask, (_, slot)| mask | 1 << slot);
        let slot = held.trailing_ones();
        (slot < SLOTS).then_some((register, slot as u8))
    }
}

/// How far a word moves the stack pointer, if that is a constant.
fn step_of(insn: &Insn) -> Option<i32> {
    match insn.op {
        Op::AddImm if insn.n() == 31 => Some(insn.add_imm()),
        Op::Memory => Some(access_of(insn.word).step()),
        _ => None,
    }
}

/// Whether control may not go on behind a word.
fn is_transfer(insn: &Insn) -> bool {
    use Op::{BCond, Bl, Blr, Br, Cbz, Ret, Tbz, Trap, B};
    matches!(insn.op, B | Bl | BCond | Cbz | Tbz | Br | Blr | Ret | Trap)
}

/// A word with a register in some of its fields.
fn with_fields(word: u32, fields: u8, register: u8) -> u32 {
    use crate::rewrite::decode::A;
    let mut word = word;
    for (bit, shift) in [(D, 0), (N, 5), (M, 16), (A, 10)] {
        if fields & bit != 0 {
            word = word & !(31 << shift) | u32::from(register) << shift;
        }
    }
    word
}
