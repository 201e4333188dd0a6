// SPDX-License-Identifier: GPL-2.0
//! Frames that are aligned beyond 16 bytes: LLVM makes their stack pointer in x9 whatever it is told about that register.
//! Such words get the rewriter's scratch register, which no compiler has a value in.
//!
//! ```text
//!  sub  x9, sp, #112                 sub  x10, sp, #112
//!  mov  x29, sp                ->    mov  x29, sp
//!  and  sp, x9, #-64                 and  sp, x10, #-64
//! ```

use super::cfg::Body;
use super::decode::{decode, Op, SP_BIT};
use super::encode::SCRATCH;

/// The register that LLVM takes.
const TAKEN: u8 = 9;

/// Gives these words of a function the scratch register, if nothing else names x9: who uses it for other things was not
/// compiled with it reserved, and is told so.
pub fn by_scratch(body: &mut Body) {
    let bit = 1 << TAKEN;
    let words = body.insns.iter().enumerate();
    let words = words.filter(|(_, insn)| (insn.reads | insn.writes) & bit != 0);
    let words: Vec<usize> = words.map(|(at, _)| at).collect();
    let Some((&last, sums)) = words.split_last() else {
        return;
    };
    let is_end = body.insns[last].word & 0xff80_03ff == 0x9200_001f | u32::from(TAKEN) << 5;
    let is_sum = |at: &usize| {
        let insn = &body.insns[*at];
        insn.op == Op::AddImm && insn.d() == TAKEN && [TAKEN, 31].contains(&insn.n())
    };
    let Some(&first) = sums.first() else {
        return;
    };
    // What stands between is the prologue's: nothing there is made words of that need scratch.
    let is_prologue = body.insns[first..last].iter().all(|insn| {
        let is_save = insn.op == Op::Memory && insn.n() == 31;
        (is_save || insn.op == Op::AddImm) && insn.writes & SP_BIT == 0
    });
    if !is_end || !is_prologue || !sums.iter().all(is_sum) || body.insns[first].n() != 31 {
        return;
    }
    for at in words {
        let insn = body.insns[at];
        body.insns[at] = decode(insn.replace(insn.read | insn.write, TAKEN, SCRATCH));
        body.scratch.insert(at as u32);
    }
}
