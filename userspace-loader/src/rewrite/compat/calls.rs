// SPDX-License-Identifier: GPL-2.0
//! What functions read, change and leave alone, over the whole program.

use super::live::{backward, results, Live};
use super::{Callee, Function, Transfer, ARGUMENTS, TEMPORARIES};

/// What is known about all functions.
pub(super) struct Calls {
    /// Functions, callers before their callees but for cycles.
    pub(super) order: Vec<u32>,
    /// Registers in which values come back.
    pub(super) results: u32,
    /// Temporaries that each function reads at its entry.
    reads: Vec<u32>,
    /// Temporaries that each function changes, its callees included.
    clobbers: Vec<u32>,
    /// Temporaries that a caller of each function relies on, or of a function that calls it.
    preserved: Vec<u32>,
    /// Functions that may take arguments on the stack.
    looks_above: Vec<bool>,
    callees: Vec<Vec<u32>>,
}

impl Calls {
    pub(super) fn new(functions: &[Option<Function>]) -> Calls {
        let count = functions.len();
        let callees: Vec<Vec<u32>> = functions
            .iter()
            .map(|function| {
                let mut callees: Vec<u32> = function.iter().flat_map(Function::callees).collect();
                callees.sort_unstable();
                callees.dedup();
                callees
            })
            .collect();
        let mut calls = Calls {
            order: Vec::new(),
            results: 0b11,
            reads: vec![0; count],
            clobbers: vec![0; count],
            preserved: vec![0; count],
            looks_above: vec![false; count],
            callees,
        };
        calls.sort(functions);
        calls.find_clobbers(functions);
        calls.find_stack_arguments(functions);
        calls.find_results(functions);
        for function in functions.iter().flatten() {
            let live = backward(function, &calls);
            for (callee, relied) in calls.relied(function, &live) {
                calls.preserve(callee, relied);
            }
        }
        calls
    }

    /// Callers before callees: a walk in depth, backwards.
    fn sort(&mut self, functions: &[Option<Function>]) {
        let mut seen = vec![false; functions.len()];
        for root in 0..functions.len() as u32 {
            if functions[root as usize].is_none() {
                continue;
            }
            let mut open = vec![(root, 0)];
            while let Some((index, next)) = open.pop() {
                if next == 0 && std::mem::replace(&mut seen[index as usize], true) {
                    continue;
                }
                match self.callees[index as usize].get(next) {
                    Some(&callee) => open.extend([(index, next + 1), (callee, 0)]),
                    None => self.order.push(index),
                }
            }
        }
        self.order.reverse();
    }

    fn find_clobbers(&mut self, functions: &[Option<Function>]) {
        for (index, function) in functions.iter().enumerate() {
            let Some(function) = function else { continue };
            let own = function
                .words()
                .fold(0, |mask, at| mask | function.body.insns[at].writes);
            let unknown = function.transfers.values().any(|transfer| {
                matches!(
                    transfer,
                    Transfer::Call(Callee::Unknown) | Transfer::Tail(Callee::Unknown)
                )
            });
            self.clobbers[index] = if unknown {
                TEMPORARIES
            } else {
                own & TEMPORARIES
            };
        }
        let mut changed = true;
        while changed {
            changed = false;
            for &index in self.order.iter().rev() {
                let before = self.clobbers[index as usize];
                let callees = self.callees[index as usize].iter();
                let after = callees.fold(before, |mask, &to| mask | self.clobbers[to as usize]);
                self.clobbers[index as usize] = after;
                changed |= after != before;
            }
        }
    }

    /// What comes back from calls, and with it what functions read: a result may be passed on as it is.
    fn find_results(&mut self, functions: &[Option<Function>]) {
        loop {
            self.find_reads(functions);
            let all = functions.iter().flatten();
            let found = all.fold(0, |found, function| found | results(function, self));
            if self.results & found == found {
                return;
            }
            self.results |= found;
        }
    }

    fn find_reads(&mut self, functions: &[Option<Function>]) {
        let mut changed = true;
        while changed {
            changed = false;
            for &index in self.order.clone().iter().rev() {
                let Some(function) = &functions[index as usize] else {
                    continue;
                };
                let live = backward(function, self);
                let reads = live.ins[0] & TEMPORARIES;
                changed |= reads != self.reads[index as usize];
                self.reads[index as usize] = reads;
            }
        }
    }

    /// A function that another jumps to takes the other's arguments.
    fn find_stack_arguments(&mut self, functions: &[Option<Function>]) {
        let mut changed = true;
        while changed {
            changed = false;
            for &index in self.order.iter().rev() {
                let Some(function) = &functions[index as usize] else {
                    continue;
                };
                let by_jump = function.transfers.values().any(|transfer| match transfer {
                    Transfer::Tail(Callee::Known(to)) => self.looks_above[*to as usize],
                    Transfer::Tail(_) => true,
                    _ => false,
                });
                let looks = function.frame.looks_above || by_jump;
                changed |= looks != self.looks_above[index as usize];
                self.looks_above[index as usize] = looks;
            }
        }
    }

    /// Whether a function may take arguments on the stack.
    pub(super) fn looks_above(&self, function: u32) -> bool {
        self.looks_above[function as usize]
    }

    /// Registers that a callee reads.
    pub(super) fn arguments(&self, callee: Callee) -> u32 {
        match callee {
            Callee::Known(to) => self.reads[to as usize],
            Callee::Unknown => ARGUMENTS,
            Callee::Nothing => 0,
        }
    }

    /// Temporaries that a callee changes.
    pub(super) fn clobbers(&self, callee: Callee) -> u32 {
        match callee {
            Callee::Known(to) => self.clobbers[to as usize],
            Callee::Unknown => TEMPORARIES,
            Callee::Nothing => 0,
        }
    }

    /// Temporaries that a function must leave alone though the convention gives them to it.
    pub(super) fn preserved(&self, function: u32) -> u32 {
        self.preserved[function as usize]
    }

    /// Callees of a function and the temporaries that it relies on over their calls.
    fn relied(&self, function: &Function, live: &Live) -> Vec<(u32, u32)> {
        let calls = function.transfers.iter();
        calls
            .filter_map(|(&at, transfer)| {
                let Transfer::Call(callee @ Callee::Known(to)) = *transfer else {
                    return None;
                };
                let relied = live.outs[at as usize] & TEMPORARIES & !self.clobbers(callee);
                (relied != 0).then_some((to, relied))
            })
            .collect()
    }

    /// Temporaries that a function relies on over any call.
    pub(super) fn relied_by(&self, function: &Function, live: &Live) -> u32 {
        let relied = self.relied(function, live);
        relied
            .into_iter()
            .fold(0, |mask, (_, relied)| mask | relied)
    }

    /// Keeps registers from a function and all that it calls. None of them has got other registers yet: who relies on a
    /// register over a call writes it, so in a circle of calls nobody can.
    pub(super) fn preserve(&mut self, function: u32, registers: u32) {
        let mut work = vec![function];
        while let Some(index) = work.pop() {
            let known = &mut self.preserved[index as usize];
            if *known & registers != registers {
                *known |= registers;
                work.extend(&self.callees[index as usize]);
            }
        }
    }
}
