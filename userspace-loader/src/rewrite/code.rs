// SPDX-License-Identifier: GPL-2.0
//! All functions rewritten, each at its place.

use super::align;
use super::arguments::{self, Arguments};
use super::cfg::{find_returns, Body, Goal};
use super::compat::give_registers;
use super::decode::Op;
use super::emit::{prepare, rewrite, Need, Output, Prepared, Settings};
use super::encode as e;
use super::error::Error;
use super::layout::Layout;
use super::lower::Kind;
use super::passed;
use super::program::{Program, SectionId};
use super::steps::{Step, Without};
use super::tables::expand;
use super::Options;
use crate::image::NoteKind;
use lore_abi::image::Profile;
use lore_sandbox::code::{plan, CodeLayout, Demand, Oversize, CODE_MAX, IMPORTS_MAX, TARGETS_MAX};
use lore_sandbox::fuel::METERED_CODE_MAX;
use std::collections::{BTreeSet, VecDeque};

/// Functions with their places.
pub struct Code {
    pub layout: CodeLayout,
    /// Region offset of its first word, output; ascending.
    pub placed: Vec<(u32, Output)>,
    /// Region offset of each function, 0 for those that are left out.
    pub at: Vec<u32>,
    /// Functions that are called or jumped to.
    pub called: Vec<bool>,
    /// What labels of functions claim.
    pub arguments: Arguments,
    /// Region offset of the last trap word, if it is needed.
    pub trap: Option<u32>,
    /// x9 is the biased base: that saves more than a sum in it would.
    pub biased: bool,
    /// Places in data of entries of jump tables that nobody reads any more.
    pub entries: BTreeSet<(SectionId, u64)>,
}

/// Rewrites all functions that the targets reach.
pub fn place_code(
    program: &Program<'_>,
    layout: &Layout<'_>,
    options: &Options,
) -> Result<Code, Error> {
    let mut demand = Demand {
        targets: layout.targets.len() as u64,
        imports: program.gates.len() as u64,
        code_len: 0,
    };
    let head = plan(demand).map_err(|which| too_large(which, &demand))?;
    let data_end = u64::from(layout.data_from) + layout.data_len + layout.bss_len;
    if options.guard == Profile::Mask && data_end > options.window_len {
        return Err(Error::TooLarge {
            what: "bytes of window in use",
            count: data_end,
            limit: options.window_len,
        });
    }
    let mut bodies = read_bodies(program, layout);
    let entries = expand(program, layout, &mut bodies);
    let returns = find_returns(program, layout, &bodies);
    if options.compat {
        give_registers(program, layout, &mut bodies, &returns, options.metered)?;
    } else {
        bodies.iter_mut().flatten().for_each(align::by_scratch);
    }
    let settings = Settings {
        table_len: head.table_len,
        strict: options.strict,
        metered: options.metered,
        biased: false,
        guard: options.guard,
        window_len: options.window_len,
        without: options.without,
    };
    let mut functions = prepare_all(program, layout, &bodies, &returns, options.without)?;
    if !options.without.has(Step::Passed) {
        passed::find(&mut functions, layout);
    }
    let mut arguments = arguments::find(&functions, layout, &settings);
    if options.guard == Profile::Low && !options.without.has(Step::Narrow) {
        for function in functions.iter_mut().flatten() {
            function.narrow(&arguments, &settings);
        }
        // More is known now where functions are called.
        arguments = arguments::find(&functions, layout, &settings);
    }
    let all = |biased: bool| {
        let settings = Settings { biased, ..settings };
        rewrite_all(program, layout, &functions, arguments.clone(), &settings)
    };
    let mut best = all(false)?;
    let mut biased = false;
    if options.may_be_biased() {
        let other = all(true)?;
        biased = other.cost() < best.cost();
        if biased {
            best = other;
        }
    }
    let Rewritten { outputs, arguments } = best;
    let mut at = vec![0; functions.len()];
    let mut called = vec![false; functions.len()];
    let mut trap = false;
    let mut placed = Vec::new();
    let mut next = u64::from(head.code_at);
    for output in in_order(outputs, &arguments) {
        for (_, need) in &output.needs {
            match need {
                Need::Function(to) => called[*to as usize] = true,
                Need::Trap => trap = true,
                Need::Gate(_) | Need::Table => {}
            }
        }
        at[output.function as usize] = next as u32;
        let len = output.words.len() as u64 * 4;
        placed.push((next as u32, output));
        next += len;
    }
    let trap = trap.then_some(next as u32);
    demand.code_len = next + if trap.is_some() { 4 } else { 0 } - u64::from(head.code_at);
    if options.metered && demand.code_len > METERED_CODE_MAX {
        return Err(Error::TooLarge {
            what: "bytes of metered code",
            count: demand.code_len,
            limit: METERED_CODE_MAX,
        });
    }
    Ok(Code {
        layout: plan(demand).map_err(|which| too_large(which, &demand))?,
        placed,
        at,
        called,
        trap,
        biased,
        arguments,
        entries,
    })
}

fn too_large(which: Oversize, demand: &Demand) -> Error {
    let (what, count, limit) = match which {
        Oversize::Targets => (
            "functions whose address is taken",
            demand.targets,
            TARGETS_MAX,
        ),
        Oversize::Imports => ("gates", demand.imports, IMPORTS_MAX),
        Oversize::Code => ("bytes of code", demand.code_len, CODE_MAX),
    };
    Error::TooLarge { what, count, limit }
}

/// All functions, and what their labels claim in the end.
struct Rewritten {
    outputs: Vec<Output>,
    arguments: Arguments,
}

impl Rewritten {
    fn cost(&self) -> u64 {
        self.outputs.iter().map(|output| output.cost).sum()
    }
}

/// Rewrites all functions, with claims that all calls meet.
fn rewrite_all(
    program: &Program<'_>,
    layout: &Layout<'_>,
    functions: &[Option<Prepared<'_>>],
    mut arguments: Arguments,
    settings: &Settings,
) -> Result<Rewritten, Error> {
    loop {
        let rewritten = |function| rewrite(program, layout, function, &arguments, settings);
        let outputs: Vec<Output> = functions
            .iter()
            .flatten()
            .map(rewritten)
            .collect::<Result<_, _>>()?;
        let unmet: Vec<(u32, u32)> = outputs
            .iter()
            .flat_map(|output| output.unmet.clone())
            .collect();
        if unmet.is_empty() {
            return Ok(Rewritten { outputs, arguments });
        }
        // A branch had to be made long, and less is known behind it than was thought.
        for (callee, registers) in unmet {
            arguments.drop(callee, registers);
        }
    }
}

/// Decodes all functions that the targets reach.
fn read_bodies(program: &Program<'_>, layout: &Layout<'_>) -> Vec<Option<Body>> {
    let mut bodies: Vec<Option<Body>> = (0..layout.functions.len()).map(|_| None).collect();
    let mut work = layout.targets.clone();
    while let Some(index) = work.pop() {
        if bodies[index as usize].is_some() {
            continue;
        }
        let body = Body::read(program, layout, index);
        for (at, insn) in body.insns.iter().enumerate() {
            if matches!(insn.op, Op::B | Op::Bl) {
                if let Ok(Goal::Function(to)) = body.goal(program, layout, at) {
                    work.push(to);
                }
            }
        }
        bodies[index as usize] = Some(body);
    }
    bodies
}

/// Reads all functions that the targets reach by what is left of them.
fn prepare_all<'a>(
    program: &Program<'_>,
    layout: &Layout<'_>,
    bodies: &'a [Option<Body>],
    returns: &[bool],
    without: Without,
) -> Result<Vec<Option<Prepared<'a>>>, Error> {
    let mut functions: Vec<Option<Prepared<'a>>> = bodies.iter().map(|_| None).collect();
    let mut work = layout.targets.clone();
    while let Some(index) = work.pop() {
        if functions[index as usize].is_some() {
            continue;
        }
        let body = bodies[index as usize].as_ref().ok_or(Error::NoEntry)?;
        let function = prepare(program, layout, body, returns, without)?;
        work.extend(
            function
                .lowered
                .items
                .iter()
                .filter_map(|item| match item.kind {
                    Kind::Call(to) | Kind::Tail(to) => Some(to),
                    _ => None,
                }),
        );
        functions[index as usize] = Some(function);
    }
    Ok(functions)
}

/// The functions in an order in which few words stand between them.
///
/// Behind a return or a trap word the processor may go on for a moment, and what a label claims does not hold then. So a
/// function that claims something comes next after one that ends in a branch; where there is none left, a word parts
/// the two.
fn in_order(outputs: Vec<Output>, arguments: &Arguments) -> Vec<Output> {
    let mut order: Vec<Output> = Vec::with_capacity(outputs.len());
    let mut waiting = VecDeque::new();
    for output in outputs {
        let claims = arguments.claim(output.function).registers != 0;
        if claims {
            waiting.push_back(output);
        } else {
            order.push(output);
        }
        while order.last().is_none_or(|last| last.closed) {
            let Some(output) = waiting.pop_front() else {
                break;
            };
            order.push(output);
        }
    }
    for output in waiting {
        if let Some(last) = order.last_mut().filter(|last| !last.closed) {
            last.part();
        }
        order.push(output);
    }
    order
}

impl Output {
    /// Adds a word that nothing reaches.
    fn part(&mut self) {
        let at = self.words.len() as u32;
        self.needs.push((at, Need::Trap));
        self.notes.push((at, NoteKind::Trap));
        self.words.push(e::B);
        self.from.extend(self.from.last().copied());
        self.closed = true;
    }
}
