// SPDX-License-Identifier: GPL-2.0
//! Guards, as the profile writes them.
//!
//! ```text
//!   uxtw, stores       match
//!                      eor  x10, xN, x15       the window's base has no low half
//!                      lsr  x10, x10, #32
//!                      cbnz x10, trap          a trap word of its own, so that its place tells the access
//!   add xD, x15, wN, uxtw                      and in form Z nothing, but the compare all the same
//! ```
//!
//! In `movk` a guard in place is `movk xN, #0, lsl #32; movk xN, #0, lsl #48`, and its place goes into a table of the image: the
//! kernel fills in what belongs there. Form Z, guards into scratch and those of x14 stay: they are one word.
//!
//! In `mask` each guard, of x14 and of addresses too, is `and xD, xN, #size - 1; add xD, x15, xD` (`Emit::put` writes it so), and there is
//! no form Z.
//!
//! In `low` x15 is 0, and each guard that would add it, of x14 and of addresses too, is `mov wD, wN` (`Emit::put` writes it so).
//! Most are not there at all: `place/narrow.rs` has the words before write 32 bits.
//!
//! What the compare leaves alone is the pointer and the flags: the trap's record shows the one as it was, and the program
//! goes on with the other. x14 is not compared: it moves by what the frame is, and a guard of it is the rewriter's own.

use super::sums::Sum;
use super::walk::Emit;
use crate::image::NoteKind;
use crate::rewrite::decode::Insn;
use crate::rewrite::encode as e;
use crate::rewrite::facts::Facts;
use crate::rewrite::memory::access_of;
use crate::rewrite::steps::Step;
use lore_abi::contract::REG_BASE;
use lore_abi::image::Profile;

impl Emit<'_> {
    /// A guard of `n` into `d`.
    pub(super) fn guard(&mut self, from: u32, d: u8, n: u8, facts: &Facts) {
        self.compare(from, n, facts);
        let note = Some(NoteKind::Guard);
        if self.settings.guard == Profile::Movk && d == n {
            self.fill();
            self.put(from, e::movk(d, 0, 2), note);
            self.put(from, e::movk(d, 0, 3), note);
        } else {
            self.put(from, e::guard(d, n), note);
        }
        self.sums.forget(1 << d);
    }

    /// The compare that profile `match` has before the guard of `n`. What is in scratch the rewriter has made itself, and
    /// there is no other register to compare it in.
    pub(super) fn compare(&mut self, from: u32, n: u8, facts: &Facts) {
        if self.settings.guard != Profile::Match || n == e::SCRATCH {
            return;
        }
        self.put(
            from,
            e::eor(e::SCRATCH, n, REG_BASE),
            Some(NoteKind::Compare),
        );
        self.trap_if_wild(from, facts);
    }

    /// The sum of a register offset, its low half at least; in which register. `dead` are registers that nobody reads any more.
    pub(super) fn sum(&mut self, insn: &Insn, from: u32, facts: &Facts, dead: u32) -> u8 {
        let compares = self.settings.guard == Profile::Match;
        let sum = Sum {
            n: insn.n(),
            m: insn.m(),
            shift: access_of(insn.word).imm,
            extend: compares.then_some((insn.word >> 13) & 7),
        };
        let (register, is_there) = self.sums.place(sum, dead);
        if is_there && !self.settings.without.has(Step::Sums) {
            return register;
        }
        let shift = sum.shift as u32; // At most 3.
        if compares {
            let note = Some(NoteKind::Compare);
            self.put(from, e::whole_sum(e::SCRATCH, insn.word, shift), note);
            self.put(from, e::eor(e::SCRATCH, e::SCRATCH, REG_BASE), note);
            self.trap_if_wild(from, facts);
            self.sums.hold(register, sum);
        }
        let add = e::add32(register, sum.n, sum.m, shift);
        self.put(from, add, Some(NoteKind::Sum));
        if self.settings.guard == Profile::Mask {
            let guard = e::guard(register, register);
            self.put(from, guard, Some(NoteKind::Guard));
        }
        register
    }

    /// Traps if scratch, which holds what a pointer differs from the window's base by, has an upper half.
    fn trap_if_wild(&mut self, from: u32, facts: &Facts) {
        let note = Some(NoteKind::Compare);
        self.put(from, e::upper(e::SCRATCH, e::SCRATCH), note);
        self.exits.wild(self.at(), from, facts);
        self.put(from, e::cbnz(e::SCRATCH), note);
        self.sums.forget(1 << e::SCRATCH);
    }
}
