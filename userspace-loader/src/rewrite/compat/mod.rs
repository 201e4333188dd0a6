// SPDX-License-Identifier: GPL-2.0
//! Code of compilers that were not told about the reserved registers: a pass over the words of the object, before
//! everything else, that gives it other registers.
//!
//! ```text
//!  functions -> calls (who reads, clobbers and relies on what) -> callers first, per function:
//!      live -> webs -> assign -> body of the same meaning that names no stolen register
//! ```
//!
//! A *web* is a value of a stolen register with all words that write and read it. It is renamed where a register is free over
//! its whole range. Where none is, it is kept in a slot below the stack pointer, where nobody else writes: code for
//! AArch64 Linux and bare ELF has no red zone of its own, and no signal or interrupt uses an extension's data stack.
//! The words that name it then do so by a scratch register around them. What a loop names gets a saved register instead,
//! which the function then pushes and pops. Where slots below the stack pointer cannot be (arguments lie there, or it
//! moves while no register is free), the frame is made larger for them.
//!
//! Compilers make two assumptions beyond AAPCS64, and both are followed over the whole program:
//! gcc keeps values in temporaries over calls of functions that leave them alone (`-fipa-ra`), and LLVM returns up to
//! eight registers. What reads a temporary that nothing has written has a calling convention of its own, and is refused.

mod area;
mod assign;
mod calls;
mod live;
mod slots;
mod webs;

use super::cfg::{build, Body, Cfg, Exit, Goal};
use super::decode::{Insn, Op, SP_BIT};
use super::error::{Error, Problem};
use super::frame::{self, Frame, LINK_READ, LINK_WRITE, SAVED};
use super::layout::Layout;
use super::lower::refusal;
use super::program::Program;
use assign::{assign, Slots};
use calls::Calls;
use std::collections::BTreeMap;
use webs::Webs;

/// x0 to x8: arguments and the place of a result.
const ARGUMENTS: u32 = 0x1ff;
/// x0 to x18: what a callee may change.
const TEMPORARIES: u32 = 0x7_ffff;
const LINK: u32 = 1 << 30;
/// Registers that are always taken away: the rewriter's scratch, and those of the contract.
const STOLEN: u32 = 1 << 10 | 1 << 13 | 1 << 14 | 1 << 15 | 1 << 18;
/// The fuel of metered images.
const FUEL: u32 = 1 << 9;
/// The stand-in for x30 where a compiler used that as a general register.
const STAND_IN: u32 = 1 << 11;

/// `str x30, [x18], #8`: a shadow call stack.
const SHADOW_PUSH: u32 = 0xf800_865e;

/// What is called or jumped to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Callee {
    /// A function of the program.
    Known(u32),
    /// A gate, or whatever a pointer points to.
    Unknown,
    /// A weak function that does not exist.
    Nothing,
}

/// How a word leaves the function for a while or for good.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Transfer {
    Call(Callee),
    Tail(Callee),
    Return,
}

/// A function before it gets other registers.
struct Function {
    body: Body,
    cfg: Cfg,
    frame: Frame,
    transfers: BTreeMap<u32, Transfer>,
}

/// Takes the reserved registers away from all functions that the targets reach.
pub fn give_registers(
    program: &Program<'_>,
    layout: &Layout<'_>,
    bodies: &mut [Option<Body>],
    returns: &[bool],
    metered: bool,
) -> Result<(), Error> {
    let mut functions: Vec<Option<Function>> = (0..bodies.len()).map(|_| None).collect();
    let mut work = layout.targets.clone();
    while let Some(index) = work.pop() {
        let Some(body) = bodies[index as usize].take() else {
            continue;
        };
        let function = Function::new(program, layout, body, returns)?;
        work.extend(function.callees());
        functions[index as usize] = Some(function);
    }
    let mut calls = Calls::new(&functions);
    for index in calls.order.clone() {
        let Some(function) = &functions[index as usize] else {
            continue;
        };
        let fail = |(at, problem)| function.body.error(program, layout, at, problem);
        live::check(function, &calls).map_err(fail)?;
        let body = rename(index, function, &mut calls, metered).map_err(fail)?;
        bodies[index as usize] = Some(body);
    }
    Ok(())
}

/// The function's words without the stolen registers.
fn rename(
    index: u32,
    function: &Function,
    calls: &mut Calls,
    metered: bool,
) -> Result<Body, (usize, Problem)> {
    let live = live::backward(function, calls);
    let relied = calls.relied_by(function, &live);
    let stands_in = (function.frame.acts.iter()).any(|act| act & (LINK_READ | LINK_WRITE) != 0);
    let mut stolen = STOLEN;
    if metered {
        stolen |= FUEL;
    }
    // Every callee may use its stand-in, so nothing is kept there over calls.
    if stands_in || relied & STAND_IN != 0 {
        stolen |= STAND_IN;
    }
    let webs = Webs::new(function, calls, &live, stolen)?;
    let mut reserved = STOLEN & !(1 << 10);
    if metered {
        reserved |= FUEL;
    }
    let mut written = |slots| {
        let homes = assign(index, function, calls, &live, &webs, slots)?;
        slots::write(function, &webs, &homes, reserved, slots)
    };
    // The first refusal says more: what makes room in the frame asks for more, too.
    written(Slots::Below).or_else(|refusal| written(Slots::Frame).map_err(|_| refusal))
}

impl Function {
    fn new(
        program: &Program<'_>,
        layout: &Layout<'_>,
        body: Body,
        returns: &[bool],
    ) -> Result<Function, Error> {
        let fail = |(at, problem): (usize, Problem)| body.error(program, layout, at, problem);
        let name = layout.functions[body.function as usize].name;
        if name.starts_with("OUTLINED_FUNCTION_") {
            return Err(fail((0, Problem::Outlined)));
        }
        let cfg = build(program, layout, &body, returns)?;
        let mut transfers = BTreeMap::new();
        for at in cfg.blocks.iter().flat_map(|block| block.first..block.end) {
            let insn = &body.insns[at as usize];
            if let Some(problem) = refusal(insn.op) {
                return Err(fail((at as usize, problem)));
            }
            if insn.word == SHADOW_PUSH {
                return Err(fail((at as usize, Problem::OwnConvention(18))));
            }
            let callee = || match body.goal(program, layout, at as usize) {
                Ok(Goal::Function(to)) => Callee::Known(to),
                Ok(Goal::Nowhere) => Callee::Nothing,
                _ => Callee::Unknown,
            };
            let transfer = match insn.op {
                Op::Bl => Transfer::Call(callee()),
                Op::Blr => Transfer::Call(Callee::Unknown),
                _ => continue,
            };
            transfers.insert(at, transfer);
        }
        for block in &cfg.blocks {
            let transfer = match block.exit {
                Exit::Tail(to) => Transfer::Tail(Callee::Known(to)),
                Exit::TailGate(_) | Exit::TailPointer => Transfer::Tail(Callee::Unknown),
                Exit::Return => Transfer::Return,
                _ => continue,
            };
            transfers.insert(block.end - 1, transfer);
        }
        let frame = frame::analyse(&body, &cfg).map_err(fail)?;
        Ok(Function {
            body,
            cfg,
            frame,
            transfers,
        })
    }

    /// The functions that it calls or jumps to.
    fn callees(&self) -> impl Iterator<Item = u32> + '_ {
        self.transfers
            .values()
            .filter_map(|transfer| match transfer {
                Transfer::Call(Callee::Known(to)) | Transfer::Tail(Callee::Known(to)) => Some(*to),
                _ => None,
            })
    }

    /// All words that are reached.
    fn words(&self) -> impl Iterator<Item = usize> + '_ {
        let blocks = self.cfg.blocks.iter();
        blocks.flat_map(|block| block.first as usize..block.end as usize)
    }

    /// The words that control may go to from word `at` of `block`.
    fn next(&self, block: usize, at: usize) -> impl Iterator<Item = usize> + '_ {
        let block = &self.cfg.blocks[block];
        let last = at as u32 + 1 == block.end;
        let within = (!last).then_some(at + 1);
        let beyond = last.then(|| block.successors()).into_iter().flatten();
        within
            .into_iter()
            .chain(beyond.map(|next| self.cfg.blocks[next as usize].first as usize))
    }

    /// Registers that a word reads, those included that a callee or the caller reads.
    fn reads(&self, at: usize, calls: &Calls) -> u32 {
        let own = self.body.insns[at].reads & !SP_BIT;
        let beyond = match self.transfers.get(&(at as u32)) {
            None => 0,
            Some(Transfer::Call(callee)) => calls.arguments(*callee),
            Some(Transfer::Tail(callee)) => calls.arguments(*callee) | SAVED | LINK,
            Some(Transfer::Return) => calls.results | SAVED | LINK,
        };
        own | beyond
    }

    /// Registers that a word writes, those included that a callee changes.
    fn writes(&self, at: usize, calls: &Calls) -> u32 {
        let own = self.body.insns[at].writes & !SP_BIT;
        match self.transfers.get(&(at as u32)) {
            Some(Transfer::Call(callee)) => own | calls.clobbers(*callee) | LINK,
            _ => own,
        }
    }
}

/// Registers that are the same before and after a word because one field names them for both.
fn tied(insn: &Insn) -> u32 {
    let both = insn.read & insn.write;
    let mut mask = 0;
    for (bit, register) in fields(insn) {
        if both & bit != 0 {
            mask |= 1 << register;
        }
    }
    // A step of a pointer keeps its register, so that the pairs of an address stay pairs.
    if insn.op == Op::AddImm && insn.d() == insn.n() {
        mask |= 1 << insn.d();
    }
    mask
}

/// The fields of a word that name registers, SP and XZR left out.
fn fields(insn: &Insn) -> impl Iterator<Item = (u8, u8)> {
    use super::decode::{A, D, M, N};
    let used = insn.read | insn.write;
    [(D, insn.d()), (N, insn.n()), (M, insn.m()), (A, insn.a())]
        .into_iter()
        .filter(move |(bit, register)| used & bit != 0 && *register != 31)
}

/// A compare-and-swap of a pair, whose registers stand side by side.
fn is_paired(insn: &Insn) -> bool {
    insn.op == Op::Memory && insn.word & 0xbfa0_7c00 == 0x0820_7c00
}

/// A store-exclusive: its status must be none of the registers that it reads.
fn is_status(insn: &Insn) -> bool {
    let single = insn.word & 0x3fe0_0000 == 0x0800_0000;
    let pair = insn.word & 0xbfe0_0000 == 0x8820_0000;
    insn.op == Op::Memory && (single || pair)
}
