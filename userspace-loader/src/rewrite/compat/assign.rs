// SPDX-License-Identifier: GPL-2.0
//! Where each web lives from now on: in a register that is free over its whole range, or in a slot.

use super::live::Live;
use super::webs::{Point, Web, Webs, HEAVY};
use super::{is_status, Callee, Calls, Function, Transfer, STAND_IN, TEMPORARIES};
use crate::rewrite::error::Problem;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Where a web lives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Home {
    Register(u8),
    Slot(u8),
}

/// Registers in the order in which they are given: those that hold no arguments first, saved ones last.
const ORDER: [u8; 24] = [
    12, 9, 11, 16, 17, 8, 7, 6, 5, 4, 3, 2, 1, 0, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28,
];

/// x19 to x28.
const SAVED: u32 = 0x1ff8_0000;

/// Slots of a function: as many as an unscaled offset reaches.
pub(super) const SLOTS: u32 = 32;

/// Where the slots of a function are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Slots {
    /// Below the stack pointer, wherever that is.
    Below,
    /// At the top of the function's frame, which is made larger.
    Frame,
}

/// The homes of all webs, and what is taken at each word.
pub(super) struct Homes {
    pub(super) of: Vec<Home>,
    /// Registers that hold a value before each word, those that it reads included.
    pub(super) ins: Vec<u32>,
    /// Registers that hold a value behind each word, or that it changes.
    pub(super) outs: Vec<u32>,
    /// Slots that hold a value before each word.
    pub(super) slot_ins: Vec<u32>,
    /// See `slot_ins`.
    pub(super) slot_outs: Vec<u32>,
    /// Slots that are kept over a call, by its word.
    pub(super) kept: BTreeMap<u32, u32>,
    /// Temporaries that may be used for a moment, in the order in which they are taken.
    pub(super) spare: Vec<u8>,
}

/// Finds a home for each web of function `index`.
pub(super) fn assign(
    index: u32,
    function: &Function,
    calls: &mut Calls,
    live: &Live,
    webs: &Webs,
    slots: Slots,
) -> Result<Homes, (usize, Problem)> {
    let kept = calls.preserved(index) | webs.stolen;
    let named = function.words().fold(function.frame.pushed, |mask, at| {
        mask | function.body.insns[at].reads | function.body.insns[at].writes
    });
    // Saved registers that hold the caller's value from end to end. Who writes one gets pushes of its own (`frame`).
    let unnamed = SAVED & !named;
    let may = |register: u8| {
        let bit = 1 << register;
        kept & bit == 0 && (TEMPORARIES | function.frame.pushed) & bit != 0
    };
    let pool: Vec<u8> = ORDER
        .into_iter()
        .filter(|&register| may(register))
        .collect();
    let spare = pool
        .iter()
        .copied()
        .filter(|register| TEMPORARIES & 1 << register != 0);
    let words = function.body.insns.len();
    let mut homes = Homes {
        of: vec![Home::Slot(0); webs.all.len()],
        ins: (live.ins.iter().map(|mask| mask & !(webs.stolen | unnamed))).collect(),
        outs: vec![0; words],
        slot_ins: vec![0; words],
        slot_outs: vec![0; words],
        kept: BTreeMap::new(),
        spare: spare.collect(),
    };
    for at in function.words() {
        let mut taken = live.outs[at] | function.writes(at, calls);
        match function.transfers.get(&(at as u32)) {
            Some(Transfer::Call(Callee::Known(_))) => taken |= STAND_IN,
            // Pushed registers are popped before the function is left, and before it jumps by one.
            Some(Transfer::Tail(_) | Transfer::Return) => homes.ins[at] |= unnamed,
            _ => {}
        }
        homes.outs[at] = taken & !(webs.stolen | unnamed);
    }
    let mut order: Vec<usize> = (0..webs.all.len()).collect();
    order.sort_by_key(|&web| {
        let web = &webs.all[web];
        (web.crosses.is_empty(), Reverse(web.weight))
    });
    for number in order {
        let web = &webs.all[number];
        let taken = homes.taken(function, web, (&homes.ins, &homes.outs));
        let more = match !web.crosses.is_empty() || web.weight >= HEAVY {
            true => unnamed,
            false => 0,
        };
        let more = ORDER
            .into_iter()
            .filter(|register| more & 1 << register != 0);
        let mut all = pool.iter().copied().chain(more);
        let home = match all.find(|&register| taken & 1 << register == 0) {
            Some(register) => {
                for &(_, callee) in &web.crosses {
                    calls.preserve(callee, 1 << register & TEMPORARIES);
                }
                put(web, register, &mut homes.ins, &mut homes.outs);
                Home::Register(register)
            }
            None => {
                let taken = homes.taken(function, web, (&homes.slot_ins, &homes.slot_outs));
                let slot = taken.trailing_ones();
                // Over a call, slots below the frame are kept by moving the stack pointer, and arguments there would
                // move too.
                let fixed = slots == Slots::Below
                    && (web.crosses.iter()).any(|&(_, callee)| calls.looks_above(callee));
                if slot >= SLOTS || fixed {
                    return Err((web.named_at, Problem::Crowded(web.register)));
                }
                for &(at, _) in web.crosses.iter().filter(|_| slots == Slots::Below) {
                    *homes.kept.entry(at).or_default() |= 1 << slot;
                }
                put(web, slot as u8, &mut homes.slot_ins, &mut homes.slot_outs);
                Home::Slot(slot as u8)
            }
        };
        homes.of[number] = home;
    }
    Ok(homes)
}

impl Homes {
    /// What is taken at any place of a web.
    fn taken(&self, function: &Function, web: &Web, (ins, outs): (&[u32], &[u32])) -> u32 {
        web.points.iter().fold(0, |mask, &Point { at, behind }| {
            let at = at as usize;
            let both = is_status(&function.body.insns[at]);
            let before = if both || !behind { ins[at] } else { 0 };
            let after = if both || behind { outs[at] } else { 0 };
            mask | before | after
        })
    }
}

fn put(web: &Web, bit: u8, ins: &mut [u32], outs: &mut [u32]) {
    for &Point { at, behind } in &web.points {
        let masks = if behind { &mut *outs } else { &mut *ins };
        masks[at as usize] |= 1 << bit;
    }
}
