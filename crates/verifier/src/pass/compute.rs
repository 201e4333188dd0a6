// SPDX-License-Identifier: GPL-2.0
//! Words that compute or access memory: the registers they may name, the fact an access needs, the facts they make.

use super::Pass;
use crate::bind::pair;
use crate::classes::{absent, derives, find, goes_on, is_plain_load, Class};
use crate::facts::Interval;
use crate::insn::{self, Access, Index};
use crate::profile::Contract;
use crate::rules::{frame, memory, registers};
use crate::shape::{shape_of, Shape};
use lore_abi::contract::{REG_BASE, REG_SHADOW, TRAP_WORD};
use lore_abi::rule::Rule;

/// How many words before an access the one may stand that makes its index small.
const INDEX_WORDS: u32 = 8;

/// The fact after adding `step`.
#[inline(always)]
fn shifted<C: Contract>(interval: Interval, step: i32) -> Option<Interval> {
    if C::LOW {
        interval.shifted_firmly(step)
    } else {
        interval.shifted(step)
    }
}

impl<C: Contract> Pass<'_, C> {
    /// A word that computes or accesses memory.
    #[inline(always)]
    pub(super) fn compute(
        &mut self,
        at: u32,
        word: u32,
        class: Class,
        shape: Shape,
    ) -> Result<(), Rule> {
        let (reads, writes) = shape.registers(word);
        let Some(touch) = &shape.touch else {
            self.may_name(word, reads, writes)?;
            if derives(class) || C::DERIVES == Some(class) {
                let made = self.derive(at, word, class);
                // Lossless: five bits.
                self.state.facts.replace(writes, insn::rd(word) as u8, made);
            } else {
                self.state.facts.forget(writes);
            }
            self.learn_halves(word, class);
            return Ok(());
        };
        let access = touch.access(word);
        if access.base == REG_SHADOW {
            return self.move_shadow(word, writes);
        }
        self.may_name(word, reads, writes)?;
        let judged = match access.index {
            Some(index) if !index.is_half => self.access_by_index(at, &access, index, writes),
            _ => self.access(&access, writes),
        };
        let lacks_fact = matches!(judged, Err(Rule::Unguarded | Rule::RegisterOffset));
        if C::FREE_LOADS && lacks_fact && is_plain_load(class) {
            // It may have touched anything, so there is nothing to learn, and a base that it steps is as unknown as before.
            self.state.facts.forget(writes);
            return Ok(());
        }
        judged?;
        self.learn_halves(word, class);
        if class == Class::LoadUnscaled && word == TRAP_WORD {
            self.trap(at);
        }
        Ok(())
    }

    /// Where the window begins at address 0: what a word writes as 32 bits lies in it.
    #[inline(always)]
    fn learn_halves(&mut self, word: u32, class: Class) {
        if C::LOW {
            self.state
                .facts
                .learn_inside(insn::halves_written(word, class));
        }
    }

    /// The rules about the registers that a word reads and writes.
    #[inline(always)]
    pub(super) fn may_name(&self, word: u32, reads: u32, writes: u32) -> Result<(), Rule> {
        // None of them can refuse a word that names nothing of this, which is nearly every one.
        if ((reads | writes) & registers::UNNAMEABLE) | (writes & self.state.unwritable) == 0 {
            return Ok(());
        }
        registers::check(word, reads, writes, self.state.kept)?;
        frame::saved_is_pushed(writes, self.state.list)
    }

    /// A push or a pop.
    #[inline(never)]
    fn move_shadow(&mut self, word: u32, writes: u32) -> Result<(), Rule> {
        let moved = frame::shadow_access_is_a_move(word)?;
        let list = frame::move_fits_list(moved, self.state.list)?;
        self.state.set_list(list, None);
        self.state.facts.forget(writes);
        Ok(())
    }

    /// An access: the fact that it needs, and the one about its base that it leaves.
    #[inline(always)]
    fn access(&mut self, access: &Access, writes: u32) -> Result<(), Rule> {
        if C::MASKS {
            memory::window_is_whole(access)?;
        }
        let before =
            memory::base_covers_access(access, &self.state.facts, self.state.has_biased())?;
        let facts = &mut self.state.facts;
        let Some(before) = before else {
            facts.forget(writes);
            return Ok(());
        };
        let touch = |interval: Interval, offset: i32| {
            if !access.kind.surely_touches() {
                interval
            } else if C::LOW {
                interval.touched_firmly(offset, access.size)
            } else {
                interval.touched(offset, access.size)
            }
        };
        let Some(step) = access.step else {
            // A load into its own base leaves no fact, hence the order.
            facts.narrow(access.base, touch(before, access.offset));
            facts.forget(writes);
            return Ok(());
        };
        let after = if access.offset != 0 {
            // Pre-index: the step is the offset, and the address is the new base.
            shifted::<C>(before, step).map(|new| touch(new, 0))
        } else {
            shifted::<C>(touch(before, 0), step)
        };
        // The base is written by nothing else: that would be constrained unpredictable.
        facts.replace(writes, access.base, after);
        Ok(())
    }

    /// An access by a whole register. It leaves no fact about its base, which was not what it touched.
    #[inline(never)]
    fn access_by_index(
        &mut self,
        at: u32,
        access: &Access,
        index: Index,
        writes: u32,
    ) -> Result<(), Rule> {
        if C::LOW && memory::sum_is_low(access, index, &self.state.facts) {
            self.state.facts.forget(writes);
            return Ok(());
        }
        let most = memory::index_is_small(self.bits_of(at, index.register))?;
        memory::base_covers_index(access, index.shift, most, &self.state.facts)?;
        self.state.facts.forget(writes);
        Ok(())
    }

    /// How many bits a register has at most before the word at hand, if one of the few words before it says so and control
    /// cannot come between.
    fn bits_of(&self, at: u32, register: u8) -> Option<u32> {
        let absent = absent(self.policy.features);
        let mut at = at;
        for _ in 0..INDEX_WORDS {
            if at == self.entered {
                return None;
            }
            at = at.checked_sub(4)?;
            let word = self.word(at)?;
            let class = find(word, absent).filter(|&class| goes_on(class))?;
            let (_, writes) = shape_of(class).registers(word);
            if writes & 1u32.wrapping_shl(u32::from(register)) != 0 {
                let is_result = insn::rd(word) == u32::from(register);
                return insn::bits_left(word, class).filter(|_| is_result);
            }
        }
        None
    }

    /// The fact that a computation makes of facts, about its `rd`.
    #[inline(always)]
    fn derive(&self, at: u32, word: u32, class: Class) -> Option<Interval> {
        let facts = &self.state.facts;
        let (n, m) = (insn::rn(word) as u8, insn::rm(word) as u8); // Lossless: five bits.
        match class {
            Class::AddSubImm64 => {
                let imm = insn::add_sub_imm(word);
                if n == REG_BASE && imm >= 0 {
                    return self.behind_base(imm);
                }
                shifted::<C>(facts.of(n)?, imm)
            }
            // add xD, x15, wN, uxtw
            Class::AddSubExtended if !C::MASKS && word & 0xffe0_ffe0 == 0x8b20_41e0 => {
                Some(Interval::INSIDE)
            }
            // mov xD, xS
            Class::LogicalShifted if word & 0xffe0_ffe0 == 0xaa00_03e0 => facts.of(m),
            Class::MoveKeep if self.ends_pair(at, word) => Some(Interval::INSIDE),
            Class::Binary if self.ends_mask(at, word) => Some(Interval::INSIDE),
            _ => None,
        }
    }

    /// What lies `imm` behind the window's start, which 16 MiB behind it is still inside a window of 4 GiB.
    #[inline(always)]
    fn behind_base(&self, imm: i32) -> Option<Interval> {
        if !C::MASKS {
            return Some(Interval::INSIDE);
        }
        // Behind the end by what it passes the size by. Lossless: not negative, and at most `imm`.
        let beyond = u64::from(imm.unsigned_abs()).saturating_sub(self.image.window_len) as i32;
        Interval::INSIDE.shifted(beyond)
    }

    /// Whether a word is the second of the two that cut a register down to the window's size and put it inside, and cannot be
    /// reached but through the first.
    #[inline(always)]
    fn ends_mask(&self, at: u32, word: u32) -> bool {
        let d = insn::rd(word);
        // and xD, xN, #size - 1: as many ones as the size has zeros, from bit 0 on.
        let ones = self.image.window_len.trailing_zeros();
        let and = 0x9240_0000 | (ones.wrapping_sub(1) & 63) << 10 | d;
        let add = 0x8b00_0000 | d << 16 | u32::from(REG_BASE) << 5 | d;
        let before = at.checked_sub(4).and_then(|before| self.word(before));
        let is_masked = before.is_some_and(|before| before & !(31 << 5) == and);
        word == add && is_masked && self.entered != at
    }

    /// Whether a word is the second of the two that put the window's upper half into a register, and cannot be reached but
    /// through the first.
    #[inline(always)]
    fn ends_pair(&self, at: u32, word: u32) -> bool {
        let [middle, top] = pair(self.policy.window, insn::rd(word));
        let before = at.checked_sub(4).and_then(|before| self.word(before));
        word == top && before == Some(middle) && self.entered != at
    }
}
