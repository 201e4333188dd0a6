// SPDX-License-Identifier: GPL-2.0
//! One word, three opinions: the verifier's table, the oracle over LLVM's text, and bad64.

use crate::llvm::Llvm;
use crate::oracle::{self, Flow, Meaning};
use crate::text::{self, Address, Extend, Register, WriteBack};
use crate::{second, text::SP};
use lore_verifier::classes::{lookup, Class};
use lore_verifier::insn::{branch_target, effects, halves_written, AccessKind, Effects};

/// In what the opinions differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// LLVM refuses the word, or warns that it is constrained unpredictable.
    Llvm,
    /// bad64 refuses the word.
    Bad64,
    /// The oracle does not know the instruction.
    Unknown,
    /// The oracle says that it is constrained unpredictable.
    Unpredictable,
    /// LLVM's text could not be taken apart, or has operands that the oracle does not expect.
    Shape,
    /// Registers written.
    Writes,
    /// Registers of which the upper half is zero behind the word.
    Halves,
    /// Registers read.
    Reads,
    /// Memory: base, index, offset, size, write-back, direction.
    Access,
    /// Where control goes.
    Flow,
    /// The result depends on PC.
    PcRelative,
    /// bad64 names other registers than LLVM.
    Names,
}

/// Compares what the table says of a word that it accepts; `llvm` has the same features.
pub fn word(llvm: &mut Llvm, word: u32, features: u64) -> Result<(), Difference> {
    match (lookup(word, features), effects(word, features)) {
        (Some(class), Some(effects)) => opinions(llvm, word, class, &effects)
            .and_then(|meaning| halves(word, class, &meaning, halves_written(word, class))),
        _ => Ok(()), // Refused: nothing to hold against it.
    }
}

fn opinions(
    llvm: &mut Llvm,
    word: u32,
    class: Class,
    effects: &Effects,
) -> Result<Meaning, Difference> {
    let text = llvm.decode(word).ok_or(Difference::Llvm)?;
    let line = text::parse(text).ok_or(Difference::Shape)?;
    let meaning = oracle::meaning(&line).map_err(|doubt| match doubt {
        oracle::Doubt::Unknown => Difference::Unknown,
        oracle::Doubt::Unpredictable => Difference::Unpredictable,
        oracle::Doubt::Shape => Difference::Shape,
    })?;
    if meaning.writes != effects.writes {
        return Err(Difference::Writes);
    }
    if meaning.reads != effects.reads {
        return Err(Difference::Reads);
    }
    if !is_same_access(&meaning, effects) {
        return Err(Difference::Access);
    }
    if !is_same_flow(meaning.flow, class, word) {
        return Err(Difference::Flow);
    }
    if meaning.pc_relative.is_some() != (class == Class::TablePage) {
        return Err(Difference::PcRelative);
    }
    let names = second::registers(word).ok_or(Difference::Bad64)?;
    // The link is implied by calls and returns; some texts name it, some do not.
    let implied = if meaning.flow == Flow::Next {
        0
    } else {
        1 << 30
    };
    if (names ^ (meaning.reads | meaning.writes)) & !implied != 0 {
        return Err(Difference::Names);
    }
    Ok(meaning)
}

/// Of `told`, the table's: none too many by either decoder, and all of them where a class has any.
fn halves(word: u32, class: Class, meaning: &Meaning, told: u32) -> Result<(), Difference> {
    let names = second::first_halves(word).ok_or(Difference::Bad64)?;
    // The rows of which the verifier takes what they write for 64 bits: status, ordered, exclusive and atomic words, and the
    // checksum of 64 bits.
    let untold = match class {
        Class::StoreExclusive
        | Class::StoreExclusivePair
        | Class::LoadExclusive
        | Class::LoadExclusivePair
        | Class::LoadOrdered
        | Class::LoadOrderedUnscaled
        | Class::Atomic
        | Class::CompareSwap
        | Class::CompareSwapPair => true,
        Class::Binary => word & 0xffe0_ec00 == 0x9ac0_4c00,
        _ => false,
    };
    let all = if untold { 0 } else { meaning.halves };
    if told == all && told & !names == 0 {
        Ok(())
    } else {
        Err(Difference::Halves)
    }
}

fn is_same_access(meaning: &Meaning, effects: &Effects) -> bool {
    let (oracle, table) = match (&meaning.access, &effects.access) {
        (None, None) => return true,
        (Some(oracle), Some(table)) => (oracle, table),
        _ => return false,
    };
    let (offset, step) = offset_and_step(&oracle.address);
    let kind = match table.kind {
        AccessKind::Load => (true, false, true),
        AccessKind::Store => (false, true, true),
        AccessKind::Update => (true, true, true),
        AccessKind::StoreExclusive => (false, true, false),
        AccessKind::Prefetch => (false, false, false),
    };
    let index = match (oracle.address.index, table.index) {
        (None, None) => true,
        // The only indices that any rule could allow: half a register zero-extended and not shifted, or a whole one.
        (Some((register, false, Extend::Uxtw, 0)), Some(index)) => {
            index.is_half && index.shift == 0 && number(register) == index.register
        }
        (Some((register, true, Extend::Lsl, shift)), Some(index)) => {
            !index.is_half && shift == index.shift && number(register) == index.register
        }
        _ => false,
    };
    index
        && number(oracle.address.base) == table.base
        && offset == i64::from(table.offset)
        && step == table.step.map(i64::from)
        // A prefetch names an address; how many bytes it is taken for is the table's affair.
        && (oracle.size == u32::from(table.size) || table.kind == AccessKind::Prefetch)
        && kind == (oracle.loads, oracle.stores, oracle.touches)
}

fn offset_and_step(address: &Address) -> (i64, Option<i64>) {
    match address.write_back {
        WriteBack::None => (address.imm, None),
        WriteBack::Pre => (address.imm, Some(address.imm)),
        WriteBack::Post => (0, Some(address.imm)),
    }
}

fn number(register: Register) -> u8 {
    match register {
        Register::Number(n) => n,
        Register::Stack | Register::Zero => SP,
    }
}

/// The distance is asked of the verifier at two places, so that an absolute target would show.
fn is_same_flow(flow: Flow, class: Class, word: u32) -> bool {
    let by = |distance: i64| {
        [0, 0x40_0000]
            .iter()
            .all(|&at| branch_target(at, word, class) == Some(i64::from(at) + distance))
    };
    match flow {
        Flow::Next => !matches!(
            class,
            Class::Branch
                | Class::Call
                | Class::BranchIf
                | Class::BranchZero
                | Class::BranchBit
                | Class::Return
                | Class::TableCall
        ),
        Flow::Jump(distance) => class == Class::Branch && by(distance),
        Flow::Call(distance) => class == Class::Call && by(distance),
        Flow::Maybe(distance) => {
            matches!(
                class,
                Class::BranchIf | Class::BranchZero | Class::BranchBit
            ) && by(distance)
        }
        Flow::CallRegister => class == Class::TableCall,
        Flow::JumpRegister => false,
        Flow::Return(register) => class == Class::Return && register == Register::Number(30),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lore_verifier::insn::Index;

    /// What comes of it when the table lies about a word.
    fn lie(word: u32, tell: impl Fn(&mut Effects)) -> Result<(), Difference> {
        let class = lookup(word, u64::MAX).expect("the table has it");
        let mut effects = effects(word, u64::MAX).expect("the table has it");
        tell(&mut effects);
        opinions(&mut Llvm::new(u64::MAX), word, class, &effects).map(|_| ())
    }

    /// What comes of it when the table tells these halves of a word.
    fn tell(word: u32, told: u32) -> Result<(), Difference> {
        let class = lookup(word, u64::MAX).expect("the table has it");
        let effects = effects(word, u64::MAX).expect("the table has it");
        let meaning = opinions(&mut Llvm::new(u64::MAX), word, class, &effects)?;
        halves(word, class, &meaning, told)
    }

    #[test]
    fn every_lie_about_halves_shows() {
        for (word, truth) in [
            (0x1100_2041, 1 << 1),          // add w1, w2, #8
            (0x9340_7c41, 0),               // sxtw x1, w2
            (0x39c0_0041, 1 << 1),          // ldrsb w1, [x2]
            (0xb980_0041, 0),               // ldrsw x1, [x2]
            (0x28c1_0861, 1 << 1 | 1 << 2), // ldp w1, w2, [x3], #8
            (0x68c1_0861, 0),               // ldpsw x1, x2, [x3], #8
            (0x885f_7c41, 0),               // ldxr w1, [x2], of which nothing is told
            (0x9ac3_4c41, 0),               // crc32x w1, w2, x3, of which nothing is told
        ] {
            assert_eq!(tell(word, truth), Ok(()), "{word:08x}");
            for lie in [1 << 1, 1 << 2, 1 << 3] {
                assert_eq!(
                    tell(word, truth ^ lie),
                    Err(Difference::Halves),
                    "{word:08x}"
                );
            }
        }
    }

    #[test]
    fn every_lie_shows() {
        const LDP_POST: u32 = 0xa8c1_0440; // ldp x0, x1, [x2], #16
        assert_eq!(lie(LDP_POST, |_| {}), Ok(()));
        assert_eq!(lie(LDP_POST, |e| e.writes &= !2), Err(Difference::Writes));
        assert_eq!(lie(LDP_POST, |e| e.writes &= !4), Err(Difference::Writes));
        assert_eq!(
            lie(LDP_POST, |e| e.reads |= 1 << 18),
            Err(Difference::Reads)
        );
        let access = |change: fn(&mut lore_verifier::insn::Access)| {
            lie(LDP_POST, |e| change(e.access.as_mut().expect("it has one")))
        };
        assert_eq!(access(|a| a.size = 8), Err(Difference::Access));
        assert_eq!(access(|a| a.base = 3), Err(Difference::Access));
        assert_eq!(access(|a| a.step = None), Err(Difference::Access));
        assert_eq!(access(|a| a.offset = 16), Err(Difference::Access));
        const INDEX: Index = Index {
            register: 1,
            is_half: true,
            shift: 0,
        };
        assert_eq!(access(|a| a.index = Some(INDEX)), Err(Difference::Access));
        assert_eq!(
            access(|a| a.kind = AccessKind::Store),
            Err(Difference::Access)
        );
        assert_eq!(lie(LDP_POST, |e| e.access = None), Err(Difference::Access));
    }

    #[test]
    fn a_word_of_another_class_shows() {
        let mut llvm = Llvm::new(u64::MAX);
        let nop = effects(0xd503_201f, u64::MAX).expect("the table has it");
        let mut say = |word, class| opinions(&mut llvm, word, class, &nop).map(|_| ());
        assert_eq!(say(0x1400_0001, Class::Plain), Err(Difference::Flow)); // b .+4
        assert_eq!(say(0xd503_201f, Class::Branch), Err(Difference::Flow)); // nop
        assert_eq!(say(0xd61f_0000, Class::Plain), Err(Difference::Reads)); // br x0
        assert_eq!(say(0xd69f_03e0, Class::Plain), Err(Difference::Unknown)); // eret
        assert_eq!(say(0x0000_0000, Class::Plain), Err(Difference::Unknown)); // udf #0
        assert_eq!(say(0xc8df_0c00, Class::Plain), Err(Difference::Llvm)); // ldar, should-be-one bits zero
    }
}
