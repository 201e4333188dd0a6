// SPDX-License-Identifier: GPL-2.0
//! bad64, the second decoder: does it know the word, and which general registers does it name?

use bad64::{Op, Operand, Reg};

/// The registers that a word names by their W forms where results stand: first, or first and second of a pair that is loaded.
pub fn first_halves(word: u32) -> Option<u32> {
    let instruction = bad64::decode(word, 0).ok()?;
    let results = match instruction.op() {
        Op::LDP | Op::LDNP | Op::LDXP | Op::LDAXP => 2,
        _ => 1,
    };
    let narrow = instruction
        .operands()
        .iter()
        .take(results)
        .map(|operand| match *operand {
            Operand::Reg { reg, .. }
                if (Reg::W0 as u32..=Reg::W30 as u32).contains(&(reg as u32)) =>
            {
                bit(reg)
            }
            _ => 0,
        });
    Some(narrow.fold(0, |a, b| a | b))
}

/// The registers that a word names, as a set with SP at bit 31; `None` if it is no instruction to bad64.
pub fn registers(word: u32) -> Option<u32> {
    let instruction = bad64::decode(word, 0).ok()?;
    Some(
        instruction
            .operands()
            .iter()
            .map(of_operand)
            .fold(0, |a, b| a | b),
    )
}

fn of_operand(operand: &Operand) -> u32 {
    match *operand {
        Operand::ShiftReg { reg, .. }
        | Operand::Reg { reg, .. }
        | Operand::MemReg(reg)
        | Operand::MemOffset { reg, .. }
        | Operand::MemPreIdx { reg, .. }
        | Operand::MemPostIdxImm { reg, .. } => bit(reg),
        Operand::MemPostIdxReg(regs) | Operand::MemExt { regs, .. } => bit(regs[0]) | bit(regs[1]),
        Operand::Imm32 { .. }
        | Operand::Imm64 { .. }
        | Operand::Label(_)
        | Operand::Cond(_)
        | Operand::Name(_)
        | Operand::StrImm { .. }
        | Operand::ImplSpec { .. }
        | Operand::SysReg(_) => 0,
        // Vectors and matrices: no general-purpose instruction has them, so let the sets differ.
        Operand::FImm32(_)
        | Operand::QualReg { .. }
        | Operand::MultiReg { .. }
        | Operand::SmeTile { .. }
        | Operand::AccumArray { .. }
        | Operand::IndexedElement { .. } => u32::MAX,
    }
}

fn bit(reg: Reg) -> u32 {
    let number = reg as u32;
    match reg {
        Reg::WZR | Reg::XZR => 0,
        Reg::WSP | Reg::SP => 1 << 31,
        _ if (Reg::W0 as u32..=Reg::W30 as u32).contains(&number) => 1 << (number - Reg::W0 as u32),
        _ if (Reg::X0 as u32..=Reg::X30 as u32).contains(&number) => 1 << (number - Reg::X0 as u32),
        _ => u32::MAX,
    }
}
