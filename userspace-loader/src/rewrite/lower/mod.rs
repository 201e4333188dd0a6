// SPDX-License-Identifier: GPL-2.0
//! A function in terms of the contract: SP is x14, saves are pushes, addresses are window and table offsets. Guards are still missing.

mod address;
mod frame;
mod near;

use super::cfg::{Body, Cfg, Exit, Goal, NONE};
use super::decode::{decode, Insn, Op, SP_BIT};
use super::encode as e;
use super::error::{Error, Problem};
use super::frame::{Frame, LINK_READ, LINK_WRITE};
use super::layout::Layout;
use super::live::PASSED;
use super::program::Program;
use super::steps::{Step, Without};
use crate::image::NoteKind;
use lore_abi::contract::{REG_STACK, TRAP_WORD};
use lore_iface::Gate;

/// What an item is, beyond its word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word that stays as it is.
    Plain,
    /// An access whose address has to be covered.
    Access,
    /// A prefetch, which may be left out.
    Prefetch,
    /// A move of x14 by a constant.
    Adjust(i32),
    /// A branch to a block.
    Jump(u32),
    /// A conditional branch to a block.
    Cond(u32),
    /// A call of a function.
    Call(u32),
    /// A call of a gate.
    Gate(Gate),
    /// A jump to a function.
    Tail(u32),
    /// A call by the pointer in Rn of the word.
    Table,
    /// A return.
    Return,
    /// A trap word.
    Trap,
}

/// One word, or a sequence that stands for one.
#[derive(Clone, Copy, Debug)]
pub struct Item {
    /// The word, decoded.
    pub insn: Insn,
    /// What it is.
    pub kind: Kind,
    /// Where control leaves the function, what upper halves the other side may read of what passes.
    pub passed: u32,
    /// Index of the word it comes from.
    pub from: u32,
    /// Why it is not as the compiler wrote it.
    pub note: Option<NoteKind>,
}

/// A lowered function.
pub struct Lowered {
    /// All items.
    pub items: Vec<Item>,
    /// Start of each block in `items`; one more at the end.
    pub starts: Vec<u32>,
    /// Items before the first block: the function's own pushes.
    pub prologue: Vec<u32>,
}

impl Lowered {
    /// The items of a block.
    pub fn block(&self, block: usize) -> std::ops::Range<usize> {
        self.starts[block] as usize..self.starts[block + 1] as usize
    }
}

/// Lowers a function.
pub fn lower(
    program: &Program<'_>,
    layout: &Layout<'_>,
    body: &Body,
    cfg: &Cfg,
    frame: &Frame,
    without: Without,
) -> Result<Lowered, Error> {
    let mut lower = Lower {
        program,
        layout,
        body,
        frame,
        items: Vec::new(),
        block_start: 0,
        round: false,
        last: false,
    };
    let mut starts = Vec::with_capacity(cfg.blocks.len() + 1);
    let mut pops = frame.pops.iter().peekable();
    for block in &cfg.blocks {
        starts.push(lower.items.len() as u32);
        lower.block_start = lower.items.len();
        lower.round = false;
        for at in block.first..block.end {
            lower.last = at + 1 == block.end;
            lower
                .word(
                    at as usize,
                    if lower.last { Some(block.exit) } else { None },
                )
                .map_err(|problem| body.error(program, layout, at as usize, problem))?;
            while let Some((_, registers)) = pops.next_if(|(place, _)| *place == at) {
                lower.pops(at, registers);
            }
        }
    }
    starts.push(lower.items.len() as u32);
    let prologue = pairs(frame.own.registers())
        .map(|pair| match pair {
            [a, b] => e::push2(*a, *b),
            other => e::push(other[0]),
        })
        .collect();
    let prologue = if frame.natural { Vec::new() } else { prologue };
    let mut lowered = Lowered {
        items: lower.items,
        starts,
        prologue,
    };
    if !without.has(Step::Near) {
        near::share(cfg, &mut lowered);
    }
    Ok(lowered)
}

fn pairs(registers: &[u8]) -> impl Iterator<Item = &[u8]> {
    registers.chunks(2)
}

/// Why an instruction of this kind is refused wherever it stands.
pub fn refusal(op: Op) -> Option<Problem> {
    Some(match op {
        Op::Literal => Problem::Literal,
        Op::System => Problem::System,
        Op::Exception => Problem::Exception,
        Op::Fp => Problem::FloatingPoint,
        Op::ReadsLink => Problem::ReturnAddress,
        Op::Unknown => Problem::Instruction,
        _ => return None,
    })
}

struct Lower<'a> {
    program: &'a Program<'a>,
    layout: &'a Layout<'a>,
    body: &'a Body,
    frame: &'a Frame,
    items: Vec<Item>,
    block_start: usize,
    /// The ADRP before was rounded up, and the ADD that follows takes off again.
    round: bool,
    /// The word at hand ends its block.
    last: bool,
}

impl Lower<'_> {
    fn put(&mut self, at: u32, word: u32, kind: Kind, note: Option<NoteKind>) {
        self.items.push(Item {
            insn: decode(word),
            kind,
            passed: PASSED,
            from: at,
            note,
        });
    }

    fn word(&mut self, at: usize, exit: Option<Exit>) -> Result<(), Problem> {
        let insn = self.body.insns[at];
        let from = at as u32;
        let reserved = (insn.reads | insn.writes) & self.body.reserved;
        if reserved != 0 && !self.body.scratch.contains(&from) {
            return Err(Problem::ReservedRegister(reserved.trailing_zeros() as u8));
        }
        if self.body.relocs[at] != NONE
            && !matches!(insn.op, Op::B | Op::Bl | Op::BCond | Op::Cbz | Op::Tbz)
        {
            return self.address(at);
        }
        match insn.op {
            Op::Hint => {}
            Op::Memory if self.frame.acts[at] & 15 != 0 => self.save_or_restore(at),
            Op::Memory => {
                let word = self.renamed(at);
                // A pair without the hint to bypass the cache is the same pair.
                let plain = if word & 0x3b80_0000 == 0x2800_0000 {
                    word | 1 << 24
                } else {
                    word
                };
                let note = self.note(at, plain);
                self.put(from, plain, Kind::Access, note);
            }
            Op::Prefetch => {
                let word = self.renamed(at);
                self.put(from, word, Kind::Prefetch, None);
            }
            Op::AddImm | Op::Alu if insn.writes & SP_BIT != 0 => self.set_stack(at),
            Op::AddImm if self.frame.bare && insn.reads & SP_BIT != 0 => {}
            Op::AddImm | Op::Alu | Op::AluFlags | Op::Mov => {
                let word = self.renamed(at);
                let note = self.note(at, word);
                self.put(from, word, Kind::Plain, note);
            }
            Op::Barrier => self.put(from, insn.word, Kind::Plain, None),
            Op::Bl => self.call(at)?,
            Op::Blr => {
                let word = self.renamed(at);
                self.put(from, word, Kind::Table, Some(NoteKind::Table));
            }
            Op::B | Op::Br | Op::Ret => self.leave(at, exit)?,
            Op::BCond | Op::Cbz | Op::Tbz => {
                let Some(Exit::Cond { taken, .. }) = exit else {
                    return Err(Problem::WildBranch);
                };
                let word = if insn.op == Op::BCond {
                    insn.word & !(1 << 4)
                } else {
                    self.renamed(at)
                };
                let note = self.note(at, word);
                self.put(from, word, Kind::Cond(taken), note);
            }
            Op::Trap => self.put(from, TRAP_WORD, Kind::Trap, Some(NoteKind::Trap)),
            Op::Adrp => return Err(Problem::Literal),
            Op::Literal | Op::System | Op::Exception | Op::Fp | Op::ReadsLink | Op::Unknown => {
                return Err(refusal(insn.op).unwrap_or(Problem::Instruction))
            }
        }
        if exit == Some(Exit::Stop) && insn.op == Op::Bl {
            self.put(from, TRAP_WORD, Kind::Trap, Some(NoteKind::Trap));
        }
        Ok(())
    }

    /// The word with SP and a general x30 renamed.
    fn renamed(&self, at: usize) -> u32 {
        let insn = self.body.insns[at];
        let acts = self.frame.acts[at];
        let mut out = Insn {
            word: insn.replace(insn.sp, 31, REG_STACK),
            ..insn
        };
        if acts & LINK_READ != 0 {
            out.word = out.replace(insn.read, 30, e::LINK_STAND_IN);
        }
        if acts & LINK_WRITE != 0 {
            out.word = out.replace(insn.write, 30, e::LINK_STAND_IN);
        }
        out.word
    }

    fn note(&self, at: usize, word: u32) -> Option<NoteKind> {
        let linked = self.frame.acts[at] & (LINK_READ | LINK_WRITE) != 0;
        (linked && word != self.body.insns[at].word).then_some(NoteKind::Link)
    }

    fn call(&mut self, at: usize) -> Result<(), Problem> {
        let from = at as u32;
        match self.body.goal(self.program, self.layout, at)? {
            Goal::Function(index) => self.put(from, e::BL, Kind::Call(index), None),
            Goal::Gate(gate) => self.put(from, e::BL, Kind::Gate(gate), None),
            // The ELF ABI: a call of a weak function that is absent does nothing.
            Goal::Nowhere => self.put(from, e::NOP, Kind::Plain, Some(NoteKind::Other)),
            Goal::Here(_) => return Err(Problem::WildBranch),
        }
        Ok(())
    }

    /// The end of the function, or a branch within it.
    fn leave(&mut self, at: usize, exit: Option<Exit>) -> Result<(), Problem> {
        let from = at as u32;
        let exit = exit.ok_or(Problem::WildBranch)?;
        let leaves = !matches!(exit, Exit::Jump(_) | Exit::Stop);
        if leaves && !self.frame.natural {
            let order: Vec<u8> = self.frame.own.registers().iter().rev().copied().collect();
            self.pops(from, &order);
        }
        match exit {
            Exit::Jump(block) => self.put(from, e::B, Kind::Jump(block), None),
            Exit::Tail(index) => self.put(from, e::B, Kind::Tail(index), None),
            Exit::Return => self.put(from, e::RET, Kind::Return, None),
            Exit::TailPointer | Exit::TailGate(_) => {
                self.put(from, e::push(30), Kind::Plain, Some(NoteKind::Shadow));
                if let Exit::TailGate(gate) = exit {
                    self.put(from, e::BL, Kind::Gate(gate), Some(NoteKind::Other));
                } else {
                    let word = self.renamed(at);
                    self.put(from, word | 1 << 21, Kind::Table, Some(NoteKind::Table));
                }
                self.put(from, e::pop(30), Kind::Plain, Some(NoteKind::Shadow));
                self.put(from, e::RET, Kind::Return, Some(NoteKind::Other));
            }
            _ => self.put(from, TRAP_WORD, Kind::Trap, Some(NoteKind::Trap)),
        }
        Ok(())
    }
}
