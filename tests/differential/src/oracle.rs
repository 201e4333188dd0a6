// SPDX-License-Identifier: GPL-2.0
//! What an instruction does, said a second time: from LLVM's text and the Arm ARM, not from the verifier's table.
//!
//! Whatever is not named here is unknown, so a class that the table gains must be written down here as well before
//! the sweep passes.

use crate::text::{Address, Extend, Line, Operand, Register, WriteBack};

/// Where control goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    /// To the next word.
    Next,
    /// `b`: to this distance.
    Jump(i64),
    /// `bl`: to this distance.
    Call(i64),
    /// A conditional branch: to this distance or to the next word.
    Maybe(i64),
    /// `blr`.
    CallRegister,
    /// `br`.
    JumpRegister,
    /// `ret` through this register.
    Return(Register),
}

/// What an access does to memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    /// Where.
    pub address: Address,
    /// Bytes, of both registers of a pair together.
    pub size: u32,
    /// Reads memory.
    pub loads: bool,
    /// Writes memory, perhaps.
    pub stores: bool,
    /// It faults for sure if the address is not mapped (not so: prefetches and store-exclusives).
    pub touches: bool,
}

/// What an instruction does. Sets have bit n for xN, bit 31 for SP; the zero register is in none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Meaning {
    /// Registers written, by W forms and write-back too.
    pub writes: u32,
    /// Of those, the registers that are written by their W forms, whose upper halves are zero then. SP is not told.
    pub halves: u32,
    /// Registers read, bases and indices too.
    pub reads: u32,
    /// Memory.
    pub access: Option<Access>,
    /// Control.
    pub flow: Flow,
    /// The result depends on PC (`adr`, `adrp`), by this distance.
    pub pc_relative: Option<i64>,
}

/// Why the oracle does not vouch for an instruction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// No such instruction among those that the contract could allow.
    Unknown,
    /// Constrained unpredictable by the Arm ARM, whatever the decoder says.
    Unpredictable,
    /// It is known, but an operand is not of the kind that it takes.
    Shape,
}

const NOTHING: Meaning = Meaning {
    writes: 0,
    halves: 0,
    reads: 0,
    access: None,
    flow: Flow::Next,
    pc_relative: None,
};

/// The meaning of a line.
pub fn meaning(line: &Line<'_>) -> Result<Meaning, Doubt> {
    let ops = line.operands();
    match line.mnemonic {
        "nop" | "clrex" | "dmb" | "isb" | "sb" | "cfinv" => plain(ops),
        // The BTIs; other hints are not NOPs on every CPU.
        "hint" if matches!(ops, [Operand::Imm(32 | 34 | 36 | 38)]) => Ok(NOTHING),
        "bti" => plain(ops),
        "adc" | "adcs" | "add" | "adds" | "and" | "ands" | "asr" | "bic" | "bics" | "cls"
        | "clz" | "cnt" | "ctz" | "abs" | "csel" | "csinc" | "csinv" | "csneg" | "eon" | "eor"
        | "extr" | "lsl" | "lsr" | "madd" | "msub" | "mul" | "mneg" | "smaddl" | "smsubl"
        | "smull" | "smnegl" | "umaddl" | "umsubl" | "umull" | "umnegl" | "smulh" | "umulh"
        | "orn" | "orr" | "rbit" | "rev" | "rev16" | "rev32" | "ror" | "sbc" | "sbcs" | "sbfiz"
        | "sbfx" | "sdiv" | "smax" | "smin" | "sub" | "subs" | "sxtb" | "sxth" | "sxtw"
        | "ubfiz" | "ubfx" | "udiv" | "umax" | "umin" | "uxtb" | "uxth" | "neg" | "negs"
        | "ngc" | "ngcs" | "mvn" | "cinc" | "cinv" | "cneg" | "cset" | "csetm" | "mov" | "movz"
        | "movn" | "crc32b" | "crc32h" | "crc32w" | "crc32x" | "crc32cb" | "crc32ch"
        | "crc32cw" | "crc32cx" => first_is_result(ops, false),
        "bfi" | "bfxil" | "bfc" | "movk" => first_is_result(ops, true),
        "cmp" | "cmn" | "tst" | "ccmp" | "ccmn" | "rmif" | "setf8" | "setf16" => plain(ops),
        "adr" | "adrp" => match *ops {
            [Operand::Register(to, true), Operand::Imm(by)] => Ok(Meaning {
                writes: to.bit(),
                pc_relative: Some(by),
                ..NOTHING
            }),
            _ => Err(Doubt::Shape),
        },
        _ if line.mnemonic.starts_with(['b', 'c', 'r', 't']) => branch(line),
        _ => memory(line),
    }
}

/// Reads its registers and writes none (flags are not part of the comparison).
fn plain(ops: &[Operand<'_>]) -> Result<Meaning, Doubt> {
    Ok(Meaning {
        reads: registers(ops)?,
        ..NOTHING
    })
}

fn first_is_result(ops: &[Operand<'_>], also_read: bool) -> Result<Meaning, Doubt> {
    let Some((&Operand::Register(result, wide), rest)) = ops.split_first() else {
        return Err(Doubt::Shape);
    };
    let reads = registers(rest)? | if also_read { result.bit() } else { 0 };
    Ok(Meaning {
        writes: result.bit(),
        halves: halves(&[(result, wide)]),
        reads,
        ..NOTHING
    })
}

/// Those of the registers that are W forms, but for SP.
fn halves(results: &[(Register, bool)]) -> u32 {
    let narrow = results.iter().filter(|(_, wide)| !wide);
    narrow.fold(0, |set, (register, _)| set | register.bit()) & !Register::Stack.bit()
}

/// The registers among operands none of which is an address.
fn registers(ops: &[Operand<'_>]) -> Result<u32, Doubt> {
    ops.iter().try_fold(0, |set, op| match op {
        Operand::Register(register, _) => Ok(set | register.bit()),
        Operand::Imm(_) | Operand::Word(_) => Ok(set),
        Operand::Memory(_) => Err(Doubt::Shape),
    })
}

const LINK: u32 = 1 << 30;

fn branch(line: &Line<'_>) -> Result<Meaning, Doubt> {
    let (flow, reads, writes) = match (line.mnemonic, line.operands()) {
        ("b", &[Operand::Imm(to)]) => (Flow::Jump(to), 0, 0),
        ("bl", &[Operand::Imm(to)]) => (Flow::Call(to), 0, LINK),
        ("cbz" | "cbnz", &[Operand::Register(r, _), Operand::Imm(to)]) => {
            (Flow::Maybe(to), r.bit(), 0)
        }
        ("tbz" | "tbnz", &[Operand::Register(r, _), Operand::Imm(_), Operand::Imm(to)]) => {
            (Flow::Maybe(to), r.bit(), 0)
        }
        // AL and NV branch always, but "maybe" only adds an edge.
        (
            "b.eq" | "b.ne" | "b.hs" | "b.lo" | "b.mi" | "b.pl" | "b.vs" | "b.vc" | "b.hi" | "b.ls"
            | "b.ge" | "b.lt" | "b.gt" | "b.le" | "b.al" | "b.nv",
            &[Operand::Imm(to)],
        ) => (Flow::Maybe(to), 0, 0),
        ("blr", &[Operand::Register(r, true)]) => (Flow::CallRegister, r.bit(), LINK),
        ("br", &[Operand::Register(r, true)]) => (Flow::JumpRegister, r.bit(), 0),
        ("ret", &[]) => (Flow::Return(Register::Number(30)), LINK, 0),
        ("ret", &[Operand::Register(r, true)]) => (Flow::Return(r), r.bit(), 0),
        _ => return memory(line),
    };
    Ok(Meaning {
        writes,
        reads,
        flow,
        ..NOTHING
    })
}

/// How the registers of an access are used.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `ldr t, [..]` and `ldp t, t2, [..]`: all written.
    Load,
    /// `str t, [..]` and `stp`: all read.
    Store,
    /// `stxr s, t, [..]` and `stxp`: status written, the rest read.
    StoreExclusive,
    /// `ldadd s, t, [..]`, `swp`: s read, t written.
    ReadModifyWrite,
    /// `stadd s, [..]`: s read.
    Modify,
    /// `cas s, t, [..]`: both read, s written; `casp` with pairs.
    Compare,
    /// `prfm op, [..]`: none.
    Prefetch,
}

fn memory(line: &Line<'_>) -> Result<Meaning, Doubt> {
    let shape = shape_of(line.mnemonic).ok_or(Doubt::Unknown)?;
    let Some((Operand::Memory(address), rest)) = line.operands().split_last() else {
        return Err(Doubt::Shape);
    };
    if let (Kind::Prefetch, [Operand::Word(_) | Operand::Imm(_)]) = (shape.kind, rest) {
        return finish(*address, shape, 0, 0, 0);
    }
    let mut registers = [(Register::Zero, false); 4];
    let slots = registers.get_mut(..rest.len()).ok_or(Doubt::Shape)?;
    for (slot, operand) in slots.iter_mut().zip(rest) {
        let Operand::Register(register, wide) = *operand else {
            return Err(Doubt::Shape);
        };
        if register == Register::Stack {
            return Err(Doubt::Shape);
        }
        *slot = (register, wide);
    }
    let registers = &registers[..rest.len()];
    let (results, sources) = match (shape.kind, shape.pair, registers.len()) {
        (Kind::Load, false, 1) | (Kind::Load, true, 2) => (registers, &[][..]),
        (Kind::Store, false, 1) | (Kind::Store, true, 2) => (&[][..], registers),
        (Kind::StoreExclusive, false, 2) | (Kind::StoreExclusive, true, 3) => registers.split_at(1),
        (Kind::ReadModifyWrite, false, 2) => (&registers[1..], &registers[..1]),
        (Kind::Modify, false, 1) => (&[][..], registers),
        (Kind::Compare, false, 2) => (&registers[..1], registers),
        (Kind::Compare, true, 4) => (&registers[..2], registers),
        _ => return Err(Doubt::Shape),
    };
    if shape.status_differs && results[0].1 {
        return Err(Doubt::Shape); // Status registers are W registers.
    }
    let writes = set(results);
    let reads = set(sources);
    if is_unpredictable(address, shape, results, sources) {
        return Err(Doubt::Unpredictable);
    }
    // The register whose width is the width of the access: never a status register, so the last one.
    let wide = registers.last().is_some_and(|&(_, wide)| wide);
    let one = shape.size.unwrap_or(if wide { 8 } else { 4 });
    let size = one * if shape.pair { 2 } else { 1 };
    Ok(Meaning {
        halves: halves(results),
        ..finish(*address, shape, size, reads, writes)?
    })
}

fn set(registers: &[(Register, bool)]) -> u32 {
    registers
        .iter()
        .fold(0, |set, (register, _)| set | register.bit())
}

/// Constrained unpredictable by the pseudocode of the Arm ARM ("CheckFor... ConstrainUnpredictable").
fn is_unpredictable(
    address: &Address,
    shape: Shape,
    results: &[(Register, bool)],
    sources: &[(Register, bool)],
) -> bool {
    // By number: register 31 is the zero register as a result and SP as a base, so the two never meet.
    let number = |(register, _): (Register, bool)| match register {
        Register::Zero => 31,
        Register::Number(n) => n,
        Register::Stack => 32,
    };
    let base = number((address.base, true));
    let same = |registers: &[(Register, bool)]| registers.iter().any(|&r| number(r) == base);
    let written_back = address.write_back != WriteBack::None;
    let base_is_transferred = written_back && (same(results) || same(sources));
    let equal_results =
        shape.kind == Kind::Load && shape.pair && number(results[0]) == number(results[1]);
    let status_meets = shape.status_differs && {
        let status = number(results[0]);
        status == base || sources.iter().any(|&r| number(r) == status)
    };
    base_is_transferred || equal_results || status_meets
}

fn finish(
    address: Address,
    shape: Shape,
    size: u32,
    reads: u32,
    writes: u32,
) -> Result<Meaning, Doubt> {
    let index = match address.index {
        Some((index, wide, extend, _)) => {
            // An X register goes with LSL and SXTX, a W register with the others: anything else is no A64.
            if wide != matches!(extend, Extend::Lsl | Extend::Sxtx) {
                return Err(Doubt::Shape);
            }
            index.bit()
        }
        None => 0,
    };
    let base = address.base.bit();
    let written_base = if address.write_back == WriteBack::None {
        0
    } else {
        base
    };
    let (loads, stores, touches) = match shape.kind {
        Kind::Load => (true, false, true),
        Kind::Store => (false, true, true),
        Kind::StoreExclusive => (false, true, false),
        Kind::ReadModifyWrite | Kind::Modify | Kind::Compare => (true, true, true),
        Kind::Prefetch => (false, false, false),
    };
    let access = Access {
        address,
        size,
        loads,
        stores,
        touches,
    };
    Ok(Meaning {
        writes: writes | written_base,
        reads: reads | base | index,
        access: Some(access),
        ..NOTHING
    })
}

/// What a mnemonic of memory says.
#[derive(Clone, Copy)]
struct Shape {
    kind: Kind,
    /// Two registers of memory.
    pair: bool,
    /// Bytes of each; `None`: by the width of the last register.
    size: Option<u32>,
    /// The first register must differ from all others.
    status_differs: bool,
}

fn shape_of(mnemonic: &str) -> Option<Shape> {
    let plain = |kind, size| Shape {
        kind,
        pair: false,
        size,
        status_differs: false,
    };
    let pair = |kind, size| Shape {
        kind,
        pair: true,
        size,
        status_differs: false,
    };
    let status = |pair, size| Shape {
        kind: Kind::StoreExclusive,
        pair,
        size,
        status_differs: true,
    };
    Some(match mnemonic {
        "ldr" | "ldur" | "ldar" | "ldapr" | "ldapur" | "ldxr" | "ldaxr" => plain(Kind::Load, None),
        "ldrb" | "ldurb" | "ldarb" | "ldaprb" | "ldapurb" | "ldxrb" | "ldaxrb" | "ldrsb"
        | "ldursb" | "ldapursb" => plain(Kind::Load, Some(1)),
        "ldrh" | "ldurh" | "ldarh" | "ldaprh" | "ldapurh" | "ldxrh" | "ldaxrh" | "ldrsh"
        | "ldursh" | "ldapursh" => plain(Kind::Load, Some(2)),
        "ldrsw" | "ldursw" | "ldapursw" => plain(Kind::Load, Some(4)),
        "str" | "stur" | "stlr" | "stlur" => plain(Kind::Store, None),
        "strb" | "sturb" | "stlrb" | "stlurb" => plain(Kind::Store, Some(1)),
        "strh" | "sturh" | "stlrh" | "stlurh" => plain(Kind::Store, Some(2)),
        "ldp" | "ldnp" | "ldxp" | "ldaxp" => pair(Kind::Load, None),
        "ldpsw" => pair(Kind::Load, Some(4)),
        "stp" | "stnp" => pair(Kind::Store, None),
        "stxr" | "stlxr" => status(false, None),
        "stxrb" | "stlxrb" => status(false, Some(1)),
        "stxrh" | "stlxrh" => status(false, Some(2)),
        "stxp" | "stlxp" => status(true, None),
        "prfm" | "prfum" => plain(Kind::Prefetch, Some(0)),
        "casp" | "caspa" | "caspl" | "caspal" => pair(Kind::Compare, None),
        _ => return atomic(mnemonic),
    })
}

/// LSE: a name, an order (`a`, `l`, `al`), a size (`b`, `h`).
fn atomic(mnemonic: &str) -> Option<Shape> {
    const OPERATIONS: [&str; 8] = ["add", "clr", "eor", "set", "smax", "smin", "umax", "umin"];
    let (kind, suffix) = if let Some(rest) = mnemonic.strip_prefix("cas") {
        (Kind::Compare, rest)
    } else if let Some(rest) = mnemonic.strip_prefix("swp") {
        (Kind::ReadModifyWrite, rest)
    } else {
        let (kind, rest) = match (mnemonic.strip_prefix("ld"), mnemonic.strip_prefix("st")) {
            (Some(rest), _) => (Kind::ReadModifyWrite, rest),
            (_, Some(rest)) => (Kind::Modify, rest),
            _ => return None,
        };
        (
            kind,
            OPERATIONS.iter().find_map(|op| rest.strip_prefix(op))?,
        )
    };
    let (order, size) = match suffix.strip_suffix('b') {
        Some(order) => (order, Some(1)),
        None => match suffix.strip_suffix('h') {
            Some(order) => (order, Some(2)),
            None => (suffix, None),
        },
    };
    matches!(order, "" | "a" | "l" | "al").then_some(Shape {
        kind,
        pair: false,
        size,
        status_differs: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::parse;

    fn of(text: &str) -> Result<Meaning, Doubt> {
        meaning(&parse(text).unwrap())
    }

    fn written_and_read(text: &str) -> (u32, u32) {
        let m = of(text).unwrap();
        (m.writes, m.reads)
    }

    #[test]
    fn second_destinations_status_and_write_back_are_seen() {
        assert_eq!(
            written_and_read("ldp\tx0, x15, [x1], #16"),
            (1 << 0 | 1 << 15 | 1 << 1, 1 << 1)
        );
        assert_eq!(
            written_and_read("stlxp\tw18, x2, xzr, [x3]"),
            (1 << 18, 1 << 2 | 1 << 3)
        );
        assert_eq!(
            written_and_read("caspal\tx14, x15, x2, x3, [x4]"),
            (1 << 14 | 1 << 15, 1 << 14 | 1 << 15 | 0b11100)
        );
        assert_eq!(
            written_and_read("swpal\tx2, x1, [x5]"),
            (1 << 1, 1 << 2 | 1 << 5)
        );
        assert_eq!(written_and_read("stadd\tx2, [x5]"), (0, 1 << 2 | 1 << 5));
        assert_eq!(written_and_read("bfi\tw0, w1, #2, #3"), (1, 0b11));
        assert_eq!(written_and_read("mov\tx0, sp"), (1, 1 << 31));
    }

    #[test]
    fn w_forms_are_halves() {
        let halves = |text| of(text).unwrap().halves;
        for text in [
            "add\tw1, w2, #8",
            "ldrsb\tw1, [x2]",
            "crc32x\tw1, w2, x3",
            "stxr\tw1, x2, [x3]",
        ] {
            assert_eq!(halves(text), 1 << 1, "{text}");
        }
        assert_eq!(halves("ldp\tw1, w2, [x3], #8"), 1 << 1 | 1 << 2);
        for text in [
            "sxtw\tx1, w2",
            "ldrsw\tx1, [x2], #4",
            "ldpsw\tx1, x2, [x3]",
            "add\twsp, w1, #8",
            "str\tw1, [x2]",
        ] {
            assert_eq!(halves(text), 0, "{text}");
        }
    }

    #[test]
    fn unpredictable_ones_are_refused_whatever_the_decoder_says() {
        for text in [
            "stxr\tw26, w26, [x23]",
            "stxr\tw23, w26, [x23]",
            "stlxp\tw1, x2, x1, [x3]",
            "ldp\tx0, x0, [x1]",
            "ldaxp\tx0, x0, [x1]",
            "ldr\tx1, [x1], #8",
            "stp\tx0, x1, [x1, #16]!",
        ] {
            assert_eq!(of(text), Err(Doubt::Unpredictable), "{text}");
        }
        // Plain loads into their own base are fine, and so is a store of the zero register over SP.
        assert!(of("ldr\tx1, [x1]").is_ok());
        assert!(of("str\txzr, [sp], #8").is_ok());
    }

    #[test]
    fn what_is_not_named_is_unknown() {
        for text in [
            "ldtr\tx0, [x1]",
            "ldraa\tx0, [x1]",
            "mrs\tx0, TTBR0_EL1",
            "ldg\tx0, [x1]",
            "brk\t#1",
        ] {
            assert_eq!(of(text), Err(Doubt::Unknown), "{text}");
        }
        assert_eq!(of("hint\t#25"), Err(Doubt::Unknown));
    }

    #[test]
    fn sizes() {
        let size = |text| of(text).unwrap().access.unwrap().size;
        assert_eq!(size("ldpsw\tx0, x1, [x2]"), 8);
        assert_eq!(size("ldp\tw0, w1, [x2]"), 8);
        assert_eq!(size("stlxp\tw0, x1, x4, [x2]"), 16);
        assert_eq!(size("ldursb\tx0, [x2, #-1]"), 1);
        assert_eq!(size("casp\tw0, w1, w2, w3, [x4]"), 8);
        assert_eq!(size("stxr\tw0, x1, [x4]"), 8);
        assert_eq!(size("ldsmaxalh\tw0, w1, [x4]"), 2);
    }
}
