// SPDX-License-Identifier: GPL-2.0
//! The words of one function, with its labels and with what is still open until all functions have their places.

mod exits;
mod guard;
mod items;
mod sums;
mod walk;

use super::arguments::Arguments;
use super::cfg::{build, Body, Cfg, Exit};
use super::decode::{decode, Op};
use super::error::{Error, Problem};
use super::frame;
use super::layout::Layout;
use super::live;
use super::lower::{lower, Lowered};
use super::place::biased::{self, Biased};
use super::place::loops::{self, Loops};
use super::place::short::{self, Known};
use super::place::{narrow, place, small, Context};
use super::program::Program;
use super::stack;
use super::steps::Step;
use super::steps::Without;
use crate::image::NoteKind;
use lore_abi::image::Profile;
use lore_iface::Gate;
use sums::Sums;
use walk::Emit;

/// What a word still needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Distance to a function.
    Function(u32),
    /// Distance to a gate's slot.
    Gate(Gate),
    /// Distance to the table, in pages.
    Table,
    /// Distance to the trap word at the end of the code.
    Trap,
}

/// A label, by word of the function.
#[derive(Clone, Copy, Debug)]
pub struct LocalLabel {
    /// Word.
    pub at: u32,
    /// Claimed registers.
    pub registers: u32,
    /// Their class.
    pub class: u8,
    /// Class of x14.
    pub class14: u8,
    /// Frame list.
    pub list: u64,
}

/// A rewritten function.
pub struct Output {
    /// Its number.
    pub function: u32,
    /// Words; branches within the function are done.
    pub words: Vec<u32>,
    /// For each word the word of the object's function that it stands for.
    pub from: Vec<u32>,
    /// Word and need, ascending.
    pub needs: Vec<(u32, Need)>,
    /// First words of the pairs that are filled in at load, ascending.
    pub guards: Vec<u32>,
    /// Labels but the entry's, ascending.
    pub labels: Vec<LocalLabel>,
    /// Word and kind, ascending.
    pub notes: Vec<(u32, NoteKind)>,
    /// Something within the function goes back to its first word.
    pub loops: bool,
    /// Its last word leads away, so that nothing goes on behind it, not even for a moment.
    pub closed: bool,
    /// Functions that are called without what they claim, and the registers.
    pub unmet: Vec<(u32, u32)>,
    /// What its words come to, for all that is known of how often they run.
    pub cost: u64,
}

/// What is the same for all functions.
#[derive(Clone, Copy)]
pub struct Settings {
    /// Bytes of the table.
    pub table_len: u32,
    /// Facts do not outlive calls.
    pub strict: bool,
    /// Ways round pass checks.
    pub metered: bool,
    /// x9 is the biased base.
    pub biased: bool,
    /// How accesses are kept inside the window.
    pub guard: Profile,
    /// Bytes of the window, of the profile `mask`.
    pub window_len: u64,
    /// Steps that are left out.
    pub without: Without,
}

/// A function, read and lowered; where its guards stand is open.
pub struct Prepared<'a> {
    /// The words it is of.
    pub body: &'a Body,
    /// Its graph.
    pub cfg: Cfg,
    /// Its frame.
    pub frame: frame::Frame,
    /// Its items.
    pub lowered: Lowered,
    /// Registers that may be read at each item or behind it.
    pub live: Vec<u32>,
    /// In the profile `low`, what is known before each item of registers that have no upper half.
    pub known: Vec<Known>,
}

impl Prepared<'_> {
    /// What is the same wherever its guards stand, but for x14 and the blocks that are branched to.
    pub fn context<'b>(
        &'b self,
        stack: &'b stack::Stack,
        labels: &'b [bool],
        arguments: &'b Arguments,
        settings: &Settings,
    ) -> Context<'b> {
        let mut context = Context {
            cfg: &self.cfg,
            lowered: &self.lowered,
            frame: &self.frame,
            stack,
            labels,
            early: Vec::new(),
            small: Vec::new(),
            known: &self.known,
            biased: Biased::default(),
            function: self.body.function,
            arguments,
            strict: settings.strict,
            guard: settings.guard,
            without: settings.without,
        };
        if !context.without.has(Step::Indices) {
            context.small = small::find(&context);
        }
        context
    }
}

impl Prepared<'_> {
    /// Has words that make pointers, and indices without an upper half, write 32 bits.
    pub fn narrow(&mut self, arguments: &Arguments, settings: &Settings) {
        let labels = labels(&self.cfg, &vec![false; self.cfg.blocks.len()]);
        let stack = stack::analyse(&self.cfg, &self.lowered, &labels);
        let found = narrow::find(&self.context(&stack, &labels, arguments, settings));
        self.replace(found);
        let (known, found) = short::find(&self.cfg, &self.lowered);
        self.known = known;
        self.replace(found);
    }

    fn replace(&mut self, words: Vec<(usize, u32)>) {
        for (at, word) in words {
            self.lowered.items[at].insn = decode(word);
        }
    }
}

/// Reads one function.
pub fn prepare<'a>(
    program: &Program<'_>,
    layout: &Layout<'_>,
    body: &'a Body,
    returns: &[bool],
    without: Without,
) -> Result<Prepared<'a>, Error> {
    let fail = |(at, problem): (usize, Problem)| body.error(program, layout, at, problem);
    let cfg = build(program, layout, body, returns)?;
    let frame = frame::analyse(body, &cfg).map_err(fail)?;
    let lowered = lower(program, layout, body, &cfg, &frame, without)?;
    Ok(Prepared {
        body,
        live: live::before(&cfg, &lowered),
        cfg,
        frame,
        lowered,
        known: Vec::new(),
    })
}

/// Rewrites one function.
pub fn rewrite(
    program: &Program<'_>,
    layout: &Layout<'_>,
    function: &Prepared<'_>,
    arguments: &Arguments,
    settings: &Settings,
) -> Result<Output, Error> {
    let work = Work {
        function,
        arguments,
        settings,
        is_target: layout.functions[function.body.function as usize].slot != 0,
    };
    let mut far = vec![false; function.cfg.blocks.len()];
    let settled = work.settle(&mut far, &Biased::default());
    let too_far = || {
        function
            .body
            .error(program, layout, 0, Problem::BranchRange)
    };
    let mut output = settled.ok_or_else(too_far)?;
    let loops = work.loops(&far);
    if settings.biased {
        let biased = work.bias(&far, &loops, &output);
        if biased.is_anywhere() {
            output = work.settle(&mut far, &biased).ok_or_else(too_far)?;
        }
    }
    output.cost = cost(&function.cfg, &loops, &output);
    for from in &mut output.from {
        *from = function.body.origin[*from as usize];
    }
    Ok(output)
}

/// A function that is being rewritten.
struct Work<'a> {
    function: &'a Prepared<'a>,
    arguments: &'a Arguments,
    settings: &'a Settings,
    /// The table has it, so it begins with a landing pad.
    is_target: bool,
}

impl Work<'_> {
    /// The words; or the blocks whose branches do not reach, if those in `far` are made long.
    fn attempt(&self, far: &[bool], biased: &Biased) -> Result<Output, Vec<usize>> {
        let function = self.function;
        let sums = Sums::new(function.body.reserved, &function.lowered, self.settings);
        self.with_context(far, |context| {
            context.biased = biased.clone();
            let placement = place(context);
            let emit = Emit::new(
                context,
                &placement,
                far,
                self.settings,
                sums,
                &function.live,
            );
            emit.run(self.is_target)
        })
    }

    /// The words. Branches that turn out too short are made long, which adds words, so again.
    fn settle(&self, far: &mut [bool], biased: &Biased) -> Option<Output> {
        for _ in 0..8 {
            match self.attempt(far, biased) {
                Ok(output) => return Some(output),
                Err(short) => short.into_iter().for_each(|block| far[block] = true),
            }
        }
        None
    }

    /// What there is to do with the function's context, before guards are placed in it.
    fn with_context<T>(&self, far: &[bool], work: impl FnOnce(&mut Context<'_>) -> T) -> T {
        let function = self.function;
        let labels = labels(&function.cfg, far);
        let stack = stack::analyse(&function.cfg, &function.lowered, &labels);
        work(&mut function.context(&stack, &labels, self.arguments, self.settings))
    }

    fn loops(&self, far: &[bool]) -> Loops {
        self.with_context(far, |context| Loops::of(context))
    }

    /// Where the base is biased, and by how much. `plain` are the words without.
    fn bias(&self, far: &[bool], loops: &Loops, plain: &Output) -> Biased {
        let cost = |output: &Output| cost(&self.function.cfg, loops, output);
        let cost_of = |biased: &Biased| {
            if !biased.is_anywhere() {
                return Some(cost(plain));
            }
            let output = self.attempt(far, biased).ok()?;
            // What a callee counts on is not to be lost.
            (output.unmet == plain.unmet).then(|| cost(&output))
        };
        self.with_context(far, |context| {
            let placement = place(context);
            biased::choose(context, &placement, loops, cost_of)
        })
    }
}

/// What a function's words come to: by how often they run, and a little each for being there.
fn cost(cfg: &Cfg, loops: &Loops, output: &Output) -> u64 {
    let mut cost = 0;
    let mut branch = None;
    for (&word, &from) in output.words.iter().zip(&output.from) {
        let block = cfg.blocks.partition_point(|block| block.end <= from);
        // Behind its branch a block goes on to the next one.
        let goes_on = branch == Some(from);
        let block = (block + usize::from(goes_on)).min(cfg.blocks.len() - 1);
        cost += loops.weights[block] + loops::ONCE;
        if matches!(decode(word).op, Op::BCond | Op::Cbz | Op::Tbz) {
            branch = Some(from);
        }
    }
    cost
}

/// Which blocks are branched to.
pub fn labels(cfg: &Cfg, far: &[bool]) -> Vec<bool> {
    let mut labels = vec![false; cfg.blocks.len()];
    for (index, block) in cfg.blocks.iter().enumerate() {
        match block.exit {
            Exit::Jump(to) => labels[to as usize] = true,
            Exit::Cond { taken, next } => {
                labels[taken as usize] = true;
                labels[next as usize] |= far[index];
            }
            _ => {}
        }
    }
    labels
}

/// A direct branch with its distance in words; `None` if it does not reach.
pub fn patch_branch(word: u32, distance: i64) -> Option<u32> {
    let (bits, shift) = match decode(word).op {
        Op::B | Op::Bl => (26, 0),
        Op::BCond | Op::Cbz => (19, 5),
        Op::Tbz => (14, 5),
        _ => return None,
    };
    let limit = 1i64 << (bits - 1);
    if !(-limit..limit).contains(&distance) {
        return None;
    }
    let field = (distance as u32 & ((1 << bits) - 1)) << shift;
    Some(word & !(((1 << bits) - 1) << shift) | field)
}
