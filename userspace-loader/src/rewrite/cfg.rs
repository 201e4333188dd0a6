// SPDX-License-Identifier: GPL-2.0
//! A function's words, where its branches go, and its blocks.

use super::decode::{decode, Insn, Op};
use super::error::{Error, Problem};
use super::layout::Layout;
use super::program::{Program, Target};
use crate::object::reloc::{classify, Use};
use lore_iface::Gate;
use std::collections::{BTreeMap, BTreeSet};

/// No relocation, no block.
pub const NONE: u32 = u32::MAX;

/// A function's words, decoded.
pub struct Body {
    /// Index of the function.
    pub function: u32,
    /// All its words.
    pub insns: Vec<Insn>,
    /// Index in the section's relocations of each word's first one, or [`NONE`].
    pub relocs: Vec<u32>,
    /// The word of the object that each word stands for.
    pub origin: Vec<u32>,
    /// Where control gets that goes to a word of the object.
    pub place: Vec<u32>,
    /// Branches that the object does not have, and the words where they go.
    pub made: BTreeMap<u32, u32>,
    /// Registers that the words must not name.
    pub reserved: u32,
    /// Words that name the rewriter's scratch register all the same.
    pub scratch: BTreeSet<u32>,
}

/// Registers that belong to LoRe.
pub const RESERVED: u32 = 1 << 9 | 1 << 10 | 1 << 11 | 1 << 13 | 1 << 14 | 1 << 15 | 1 << 18;

/// Where a direct branch goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// A word of the same function, by index.
    Here(u32),
    /// The first word of a function.
    Function(u32),
    /// A gate.
    Gate(Gate),
    /// A weak function that does not exist.
    Nowhere,
}

impl Body {
    /// Decodes function `index`.
    pub fn read(program: &Program<'_>, layout: &Layout<'_>, index: u32) -> Body {
        let function = &layout.functions[index as usize];
        let section = program.section(function.section);
        let bytes = &section.bytes[function.start as usize..function.end as usize];
        let insns: Vec<Insn> = bytes
            .chunks_exact(4)
            .map(|b| decode(u32::from_le_bytes([b[0], b[1], b[2], b[3]])))
            .collect();
        let mut relocs = vec![NONE; insns.len()];
        let first = section
            .relocs
            .partition_point(|r| r.offset < u64::from(function.start));
        for (at, reloc) in section.relocs.iter().enumerate().skip(first) {
            if reloc.offset >= u64::from(function.end) {
                break;
            }
            let word = (reloc.offset as usize - function.start as usize) / 4;
            if classify(reloc.kind) != Use::None && relocs[word] == NONE {
                relocs[word] = at as u32;
            }
        }
        let same: Vec<u32> = (0..insns.len() as u32).collect();
        Body {
            function: index,
            insns,
            relocs,
            origin: same.clone(),
            place: same,
            made: BTreeMap::new(),
            reserved: RESERVED,
            scratch: BTreeSet::new(),
        }
    }

    /// A problem with word `at`.
    pub fn error(
        &self,
        program: &Program<'_>,
        layout: &Layout<'_>,
        at: usize,
        problem: Problem,
    ) -> Error {
        let function = &layout.functions[self.function as usize];
        let origin = self.origin.get(at).copied().unwrap_or(0);
        let offset = u64::from(function.start) + u64::from(origin) * 4;
        program.error(function.section, offset, problem)
    }

    /// The goal of the direct branch at word `at`.
    pub fn goal(
        &self,
        program: &Program<'_>,
        layout: &Layout<'_>,
        at: usize,
    ) -> Result<Goal, Problem> {
        if let Some(&to) = self.made.get(&(at as u32)) {
            return Ok(Goal::Here(to));
        }
        let function = &layout.functions[self.function as usize];
        let (section, offset) = if self.relocs[at] != NONE {
            let reloc = &program.section(function.section).relocs[self.relocs[at] as usize];
            if classify(reloc.kind) != Use::Branch {
                return Err(Problem::Relocation(reloc.kind));
            }
            match program.target(function.section, reloc.symbol) {
                Target::Place { section, offset } => {
                    (section, offset.wrapping_add(reloc.addend as u64))
                }
                Target::Gate(gate) => return Ok(Goal::Gate(gate)),
                Target::Null => return Ok(Goal::Nowhere),
                _ => return Err(Problem::WildBranch),
            }
        } else {
            let distance = self.insns[at]
                .branch_distance()
                .ok_or(Problem::WildBranch)?;
            let from = i64::from(function.start) + i64::from(self.origin[at]) * 4;
            (function.section, from.wrapping_add(distance) as u64)
        };
        let within = u64::from(function.start)..u64::from(function.end);
        let call = self.insns[at].op == Op::Bl;
        if section == function.section
            && within.contains(&offset)
            && !(call && offset == within.start)
        {
            let word = ((offset - within.start) / 4) as usize;
            return Ok(Goal::Here(self.place[word]));
        }
        layout
            .function_from(section, offset)
            .map(Goal::Function)
            .ok_or(Problem::WildBranch)
    }
}

/// How a block ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Goes on with the next block.
    Fall(u32),
    /// Branches.
    Jump(u32),
    /// Branches or goes on.
    Cond {
        /// Where the branch goes.
        taken: u32,
        /// Where it goes on.
        next: u32,
    },
    /// Jumps to another function.
    Tail(u32),
    /// Jumps to a gate.
    TailGate(Gate),
    /// Jumps by pointer.
    TailPointer,
    /// Returns.
    Return,
    /// Nothing follows: a trap, or a call that does not return.
    Stop,
}

/// A block: words without a branch in or out but at its ends.
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// First word.
    pub first: u32,
    /// Behind the last word, the branch that ends it included.
    pub end: u32,
    /// How it ends.
    pub exit: Exit,
}

impl Block {
    /// The blocks that may follow.
    pub fn successors(&self) -> impl Iterator<Item = u32> {
        let (a, b) = match self.exit {
            Exit::Fall(next) | Exit::Jump(next) => (Some(next), None),
            Exit::Cond { taken, next } => (Some(next), (taken != next).then_some(taken)),
            _ => (None, None),
        };
        a.into_iter().chain(b)
    }
}

/// The reachable blocks of a function, in the order of its words; block 0 is the entry.
pub struct Cfg {
    /// Blocks.
    pub blocks: Vec<Block>,
    /// Predecessors of each block.
    pub preds: Vec<Vec<u32>>,
}

/// Builds the graph. `returns` says of a function whether it may return.
pub fn build(
    program: &Program<'_>,
    layout: &Layout<'_>,
    body: &Body,
    returns: &[bool],
) -> Result<Cfg, Error> {
    let fail = |at, problem| body.error(program, layout, at, problem);
    let goals = Goals {
        program,
        layout,
        body,
    };
    let mut marks = vec![0u8; body.insns.len()];
    let mut work = vec![0u32];
    marks[0] |= LEADER;
    while let Some(start) = work.pop() {
        let mut at = start as usize;
        loop {
            if at >= marks.len() {
                return Err(fail(at.saturating_sub(1), Problem::FallsOff));
            }
            if marks[at] & REACHED != 0 {
                break;
            }
            marks[at] |= REACHED;
            let step = goals
                .step(at, returns)
                .map_err(|problem| fail(at, problem))?;
            if let Some(target) = step.target {
                marks[target as usize] |= LEADER;
                work.push(target);
            }
            if step.ends {
                if let Some(mark) = marks.get_mut(at + 1) {
                    *mark |= LEADER;
                }
            }
            if !step.falls {
                break;
            }
            at += 1;
        }
    }
    cut(&goals, &marks, returns).map_err(|(at, problem)| fail(at, problem))
}

const LEADER: u8 = 1;
const REACHED: u8 = 2;

struct Goals<'a> {
    program: &'a Program<'a>,
    layout: &'a Layout<'a>,
    body: &'a Body,
}

/// Where control goes after one word.
struct Step {
    target: Option<u32>,
    ends: bool,
    falls: bool,
    exit: Option<Exit>,
}

impl Goals<'_> {
    fn step(&self, at: usize, returns: &[bool]) -> Result<Step, Problem> {
        let plain = Step {
            target: None,
            ends: false,
            falls: true,
            exit: None,
        };
        let stop = |exit| Step {
            target: None,
            ends: true,
            falls: false,
            exit: Some(exit),
        };
        let insn = &self.body.insns[at];
        Ok(match insn.op {
            Op::B => match self.body.goal(self.program, self.layout, at)? {
                Goal::Here(to) => Step {
                    target: Some(to),
                    ..stop(Exit::Jump(to))
                },
                Goal::Function(index) => stop(Exit::Tail(index)),
                Goal::Gate(gate) => stop(Exit::TailGate(gate)),
                Goal::Nowhere => stop(Exit::Stop),
            },
            Op::BCond | Op::Cbz | Op::Tbz => match self.body.goal(self.program, self.layout, at)? {
                Goal::Here(to) => Step {
                    target: Some(to),
                    ends: true,
                    exit: Some(Exit::Cond {
                        taken: to,
                        next: at as u32 + 1,
                    }),
                    ..plain
                },
                _ => return Err(Problem::SplitFunction),
            },
            Op::Bl => match self.body.goal(self.program, self.layout, at)? {
                Goal::Function(index) if !returns[index as usize] => stop(Exit::Stop),
                Goal::Gate(Gate::Abort) => stop(Exit::Stop),
                Goal::Here(_) => return Err(Problem::WildBranch),
                _ => plain,
            },
            Op::Br => stop(Exit::TailPointer),
            Op::Ret => stop(Exit::Return),
            Op::Trap => stop(Exit::Stop),
            _ => plain,
        })
    }
}

fn cut(goals: &Goals<'_>, marks: &[u8], returns: &[bool]) -> Result<Cfg, (usize, Problem)> {
    let mut block_of = vec![NONE; marks.len()];
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    for (at, &mark) in marks.iter().enumerate() {
        if mark & REACHED == 0 {
            open = false;
            continue;
        }
        if !open || mark & LEADER != 0 {
            block_of[at] = blocks.len() as u32;
            blocks.push(Block {
                first: at as u32,
                end: at as u32,
                exit: Exit::Fall(at as u32),
            });
        }
        open = true;
        let last = blocks.len() - 1;
        blocks[last].end = at as u32 + 1;
        let step = goals.step(at, returns).map_err(|problem| (at, problem))?;
        blocks[last].exit = step.exit.unwrap_or(Exit::Fall(at as u32 + 1));
    }
    let mut preds = vec![Vec::new(); blocks.len()];
    for (index, block) in blocks.iter_mut().enumerate() {
        block.exit = match block.exit {
            Exit::Fall(to) => Exit::Fall(block_of[to as usize]),
            Exit::Jump(to) => Exit::Jump(block_of[to as usize]),
            Exit::Cond { taken, next } => Exit::Cond {
                taken: block_of[taken as usize],
                next: block_of[next as usize],
            },
            other => other,
        };
        for next in block.successors() {
            preds[next as usize].push(index as u32);
        }
    }
    Ok(Cfg { blocks, preds })
}

/// Finds which functions may return: there is a path to a return or to a jump out of them.
///
/// A call ends a path as long as its callee is not known to return, so that cycles of functions that only call each
/// other do not.
pub fn find_returns(
    program: &Program<'_>,
    layout: &Layout<'_>,
    bodies: &[Option<Body>],
) -> Vec<bool> {
    let mut returns = vec![false; layout.functions.len()];
    let mut waiting: Vec<Vec<u32>> = vec![Vec::new(); layout.functions.len()];
    let mut queue: Vec<u32> = (0..layout.functions.len() as u32).collect();
    let mut seen = Vec::new();
    while let Some(index) = queue.pop() {
        let Some(body) = &bodies[index as usize] else {
            continue;
        };
        if returns[index as usize] {
            continue;
        }
        let goals = Goals {
            program,
            layout,
            body,
        };
        seen.clear();
        seen.resize(body.insns.len(), false);
        let mut work = vec![0usize];
        let mut found = false;
        while let Some(mut at) = work.pop() {
            while at < seen.len() && !seen[at] {
                seen[at] = true;
                // What cannot be followed is reported when the function is rewritten.
                let Ok(step) = goals.step(at, &returns) else {
                    break;
                };
                match step.exit {
                    Some(Exit::Return | Exit::TailPointer) => found = true,
                    Some(Exit::TailGate(gate)) => found |= gate != Gate::Abort,
                    Some(Exit::Tail(to)) if returns[to as usize] => found = true,
                    Some(Exit::Tail(to)) => waiting[to as usize].push(index),
                    Some(Exit::Stop) => {
                        if let Ok(Goal::Function(to)) = body.goal(program, layout, at) {
                            waiting[to as usize].push(index);
                        }
                    }
                    _ => {}
                }
                work.extend(step.target.map(|to| to as usize));
                if !step.falls {
                    break;
                }
                at += 1;
            }
        }
        if found {
            returns[index as usize] = true;
            queue.append(&mut waiting[index as usize]);
        }
    }
    returns
}
