// SPDX-License-Identifier: GPL-2.0
//! Sums of register offsets, kept in scratch for accesses of the same sum that follow. Scratch are the rewriter's registers, and
//! temporaries of the function whose value nobody reads any more.

use super::walk::Emit;
use super::Settings;
use crate::rewrite::cfg::RESERVED;
use crate::rewrite::encode as e;
use crate::rewrite::lower::Lowered;
use crate::rewrite::place::bits;
use lore_abi::contract::REG_FUEL;

/// A sum of a register offset.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) n: u8,
    pub(super) m: u8,
    pub(super) shift: i32,
    /// How the second register was extended where all 64 bits were compared; the low half is the same however.
    pub(super) extend: Option<u32>,
}

/// The sums that scratch registers hold.
pub(super) struct Sums {
    /// Each register with its sum, the one that was used last in front.
    held: Vec<(u8, Option<Sum>)>,
    /// Temporaries with sums that are free until the function writes them.
    lent: Vec<(u8, Sum)>,
    /// Temporaries that the function writes itself, so that no caller keeps anything in them.
    temporaries: u32,
}

/// Registers that nobody has to give back, without LoRe's own.
const TEMPORARIES: u32 = 0x3_ffff & !RESERVED;

impl Sums {
    /// None yet, in the registers that are the rewriter's in this function and not used: `reserved` are those that its words
    /// did not name, and nobody's who calls it.
    pub(super) fn new(reserved: u32, lowered: &Lowered, settings: &Settings) -> Sums {
        let used = lowered
            .items
            .iter()
            .fold(0, |used, item| used | item.insn.reads | item.insn.writes);
        let is_taken = settings.metered || settings.biased;
        let used = used | u32::from(is_taken) << REG_FUEL;
        let more = [e::LINK_STAND_IN, REG_FUEL]
            .into_iter()
            .filter(|register| reserved & !used & 1 << register != 0);
        let written = lowered
            .items
            .iter()
            .fold(0, |all, item| all | item.insn.writes);
        Sums {
            lent: Vec::new(),
            temporaries: written & TEMPORARIES,
            held: std::iter::once(e::SCRATCH)
                .chain(more)
                .map(|register| (register, None))
                .collect(),
        }
    }

    /// Where a sum is, and whether it is there already; if not, it is to be made there now. `dead` are registers that nobody reads.
    pub(super) fn place(&mut self, sum: Sum, dead: u32) -> (u8, bool) {
        if let Some(&(register, _)) = self.lent.iter().find(|(_, held)| *held == sum) {
            return (register, true);
        }
        let found = self.held.iter().position(|&(_, held)| held == Some(sum));
        let free = || self.held.iter().position(|(_, held)| held.is_none());
        let index = found.or_else(free);
        if index.is_none() {
            let lent = self
                .lent
                .iter()
                .fold(0, |all, &(register, _)| all | 1 << register);
            if let Some(register) = bits(dead & self.temporaries & !lent).next() {
                self.lent.push((register, sum));
                return (register, false);
            }
        }
        let (register, _) = self.held.remove(index.unwrap_or(self.held.len() - 1));
        self.held.insert(0, (register, Some(sum)));
        (register, found.is_some())
    }

    /// A register holds a sum.
    pub(super) fn hold(&mut self, register: u8, sum: Sum) {
        for (of, held) in &mut self.held {
            if *of == register {
                *held = Some(sum);
            }
        }
    }

    /// Forgets what changes when `written`, a mask, is written.
    pub(super) fn forget(&mut self, written: u32) {
        let stale =
            |register: u8, sum: &Sum| written & (1 << sum.n | 1 << sum.m | 1 << register) != 0;
        for (register, held) in &mut self.held {
            *held = held.filter(|sum| !stale(*register, sum));
        }
        self.lent.retain(|(register, sum)| !stale(*register, sum));
    }
}

impl Emit<'_> {
    /// What follows may come from elsewhere, or from a callee.
    pub(super) fn forget_sums(&mut self) {
        self.sums.forget(u32::MAX);
    }
}
