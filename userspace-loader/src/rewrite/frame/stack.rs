// SPDX-License-Identifier: GPL-2.0
//! What is known at a word of SP, the frame pointer, x30 and the frame list.

use super::{is_whole, List, FP};
use crate::rewrite::cfg::{Body, Cfg};
use crate::rewrite::decode::{Insn, Op, SP_BIT};
use crate::rewrite::memory::Access;

/// What x30 holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// The caller's link.
    Callers,
    /// A value of the program.
    General,
    /// Nothing that anybody may read.
    Dead,
}

impl Link {
    /// What it is where two ways meet. A compiler lets ways meet on one of which its value is
    /// missing, when it knows that the other was taken; so a value of the program wins.
    pub(super) fn join(self, other: Link) -> Link {
        match (self, other) {
            (Link::General, _) | (_, Link::General) => Link::General,
            (Link::Callers, Link::Callers) => Link::Callers,
            _ => Link::Dead,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct State {
    pub(super) sp: Option<i32>,
    pub(super) fp: Option<i32>,
    pub(super) link: Link,
    pub(super) list: List,
    pub(super) slots: [i32; 12],
    /// A register that MOVZ and MOVK gave a value: gcc moves SP by such a register.
    pub(super) constant: Option<(u8, u32)>,
}

pub(super) fn move_stack(insn: &Insn, access: Option<&Access>, state: &mut State) {
    if let Some(access) = access {
        if insn.n() == 31 {
            state.sp = state.sp.map(|sp| sp + access.step());
        }
    }
    let (sp, fp) = (state.sp, state.fp);
    let of = |register: u8| match register {
        31 => sp,
        FP => fp,
        _ => None,
    };
    if insn.writes & SP_BIT != 0 && access.is_none() {
        let by_register = || {
            let (register, value) = state.constant?;
            let add = match insn.word & 0xffe0_ffff {
                0x8b20_63ff => 1,
                0xcb20_63ff => -1,
                _ => return None,
            };
            (insn.m() == register).then(|| sp.map(|sp| sp + add * value as i32))?
        };
        state.sp = match insn.op {
            Op::AddImm => of(insn.n()).map(|value| value + insn.add_imm()),
            _ => by_register(),
        };
    }
    state.constant = constant_after(insn, state.constant);
    if insn.writes & 1 << FP != 0 {
        state.fp = match insn.op {
            Op::AddImm => of(insn.n()).map(|value| value + insn.add_imm()),
            _ => None,
        };
    }
}

/// The constant that is known after a word. Larger ones than a frame can be are of no interest.
fn constant_after(insn: &Insn, before: Option<(u8, u32)>) -> Option<(u8, u32)> {
    let imm = (insn.word >> 5) & 0xffff;
    match (insn.word & 0xffe0_0000, before) {
        (0xd280_0000 | 0x5280_0000, _) => Some((insn.d(), imm)),
        (0xf2a0_0000 | 0x72a0_0000, Some((register, low)))
            if register == insn.d() && imm < 0x1000 =>
        {
            Some((register, low & 0xffff | imm << 16))
        }
        (_, Some((register, _))) if insn.writes & 1 << register != 0 => None,
        _ => before,
    }
}

/// Whether SP is used for nothing but saves and restores and its own way down and up.
pub(super) fn is_bare(body: &Body, cfg: &Cfg, acts: &[u8]) -> bool {
    let mut fp_written = false;
    let mut fp_read = false;
    for block in &cfg.blocks {
        for at in block.first..block.end {
            let insn = &body.insns[at as usize];
            let act = acts[at as usize];
            let whole = is_whole(insn.word, act);
            if whole {
                continue;
            }
            let moves =
                insn.op == Op::AddImm && matches!(insn.n(), 31 | FP) && matches!(insn.d(), 31 | FP);
            if moves && insn.n() == 31 && insn.d() == FP {
                fp_written = true;
                continue;
            }
            if moves && insn.d() == 31 {
                continue;
            }
            fp_read |= insn.reads & 1 << FP != 0;
            if (insn.reads | insn.writes) & SP_BIT != 0 {
                return false;
            }
        }
    }
    !(fp_written && fp_read)
}
