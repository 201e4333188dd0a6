// SPDX-License-Identifier: GPL-2.0
//! Takes LLVM's assembly text apart: mnemonic and operands, nothing about what they mean.

/// Number that stands for SP (and, in `Register::zero`, the zero register is no register at all).
pub const SP: u8 = 31;

/// A general-purpose register as it was printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Register {
    /// x0 to x30 or w0 to w30.
    Number(u8),
    /// `sp` or `wsp`.
    Stack,
    /// `xzr` or `wzr`.
    Zero,
}

impl Register {
    /// The register as a bit of a set in which bit 31 is SP; the zero register is in no set.
    pub fn bit(self) -> u32 {
        match self {
            Register::Number(n) => 1 << n,
            Register::Stack => 1 << SP,
            Register::Zero => 0,
        }
    }
}

/// Whether and when the base is written back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriteBack {
    /// It is not.
    None,
    /// `[base, #offset]!`.
    Pre,
    /// `[base], #step`.
    Post,
}

/// An address in brackets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// Base register.
    pub base: Register,
    /// Index register, if any; whether it is a W register; `uxtw` and such, empty for none; the shift.
    pub index: Option<(Register, bool, Extend, u8)>,
    /// Immediate: the offset, or the step of a post-index.
    pub imm: i64,
    /// Write-back.
    pub write_back: WriteBack,
}

/// How an index is extended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extend {
    /// Not at all: `[x0, x1]`, `[x0, x1, lsl #3]`.
    Lsl,
    /// `uxtw`.
    Uxtw,
    /// `sxtw`.
    Sxtw,
    /// `sxtx`.
    Sxtx,
}

/// One operand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand<'a> {
    /// A general-purpose register; whether it is the 64-bit form.
    Register(Register, bool),
    /// `#n`.
    Imm(i64),
    /// An address.
    Memory(Address),
    /// Anything else: a condition, a shift, a barrier's domain.
    Word(&'a str),
}

/// Most operands of one instruction that is taken apart.
pub const OPERANDS_MAX: usize = 6;

/// A line of assembly, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// Mnemonic, `b.eq` included.
    pub mnemonic: &'a str,
    operands: [Operand<'a>; OPERANDS_MAX],
    len: usize,
}

impl<'a> Line<'a> {
    /// The operands.
    pub fn operands(&self) -> &[Operand<'a>] {
        &self.operands[..self.len]
    }
}

/// Takes a line apart; `None` if it has a shape that no general-purpose instruction has.
pub fn parse(text: &str) -> Option<Line<'_>> {
    let text = text.split("//").next()?; // LLVM remarks on some.
    let (mnemonic, mut rest) = text.split_once('\t').unwrap_or((text, ""));
    let mut line = Line {
        mnemonic: mnemonic.trim_end(),
        operands: [Operand::Imm(0); OPERANDS_MAX],
        len: 0,
    };
    rest = rest.trim();
    while !rest.is_empty() {
        let slot = line.operands.get_mut(line.len)?;
        line.len += 1;
        if rest.starts_with('[') {
            let (address, after) = address(rest)?;
            *slot = Operand::Memory(address);
            rest = after;
        } else {
            let (one, after) = rest.split_once(',').unwrap_or((rest, ""));
            *slot = operand(one.trim())?;
            rest = after.trim_start();
        }
    }
    Some(line)
}

fn operand(text: &str) -> Option<Operand<'_>> {
    if let Some(imm) = immediate(text) {
        return Some(Operand::Imm(imm));
    }
    Some(match register(text) {
        Some((register, wide)) => Operand::Register(register, wide),
        None => Operand::Word(text),
    })
}

/// `#12`, `#-0x4`.
fn immediate(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('#')?;
    let (negative, digits) = match digits.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, digits),
    };
    let magnitude = match digits.strip_prefix("0x") {
        Some(hex) => u64::from_str_radix(hex, 16).ok()? as i64, // Masks of logical immediates use all 64 bits.
        None => digits.parse::<i64>().ok()?,
    };
    Some(if negative {
        magnitude.wrapping_neg()
    } else {
        magnitude
    })
}

/// A register and whether it is the 64-bit form.
fn register(text: &str) -> Option<(Register, bool)> {
    match text {
        "sp" => return Some((Register::Stack, true)),
        "wsp" => return Some((Register::Stack, false)),
        "xzr" => return Some((Register::Zero, true)),
        "wzr" => return Some((Register::Zero, false)),
        _ => {}
    }
    let bytes = text.as_bytes();
    let wide = match bytes.first()? {
        b'x' => true,
        b'w' => false,
        _ => return None,
    };
    let number = match bytes[1..] {
        [a @ b'0'..=b'9'] => a - b'0',
        [a @ b'1'..=b'9', b @ b'0'..=b'9'] => (a - b'0') * 10 + (b - b'0'),
        _ => return None,
    };
    (number <= 30).then_some((Register::Number(number), wide))
}

/// `[x0, w1, uxtw #3]`, `[x0, #8]!`, `[x0], #8`, and what follows it.
fn address(text: &str) -> Option<(Address, &str)> {
    let (inside, mut after) = text.strip_prefix('[')?.split_once(']')?;
    let mut parts = inside.split(',').map(str::trim);
    let (base, true) = register(parts.next()?)? else {
        return None;
    };
    let mut address = Address {
        base,
        index: None,
        imm: 0,
        write_back: WriteBack::None,
    };
    if let Some(second) = parts.next() {
        match register(second) {
            None => address.imm = immediate(second)?,
            Some((index, wide)) => {
                let (extend, shift) = extension(parts.next())?;
                address.index = Some((index, wide, extend, shift));
            }
        }
    }
    if parts.next().is_some() {
        return None;
    }
    if let Some(rest) = after.strip_prefix('!') {
        address.write_back = WriteBack::Pre;
        after = rest;
    }
    if let Some(step) = after.strip_prefix(", #") {
        if address.imm != 0 || address.index.is_some() || address.write_back != WriteBack::None {
            return None;
        }
        address.write_back = WriteBack::Post;
        let end = step.find(',').unwrap_or(step.len());
        address.imm = step[..end].parse().ok()?;
        after = &step[end..];
    }
    Some((address, after.trim_start_matches([',', ' '])))
}

/// `uxtw #3`, `lsl #2`, or nothing.
fn extension(text: Option<&str>) -> Option<(Extend, u8)> {
    let Some(text) = text else {
        return Some((Extend::Lsl, 0));
    };
    let (name, shift) = match text.split_once(' ') {
        Some((name, shift)) => (name, u8::try_from(immediate(shift)?).ok()?),
        None => (text, 0),
    };
    let extend = match name {
        "lsl" => Extend::Lsl,
        "uxtw" => Extend::Uxtw,
        "sxtw" => Extend::Sxtw,
        "sxtx" => Extend::Sxtx,
        _ => return None,
    };
    Some((extend, shift))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(text: &str) -> Address {
        match *parse(text).unwrap().operands().last().unwrap() {
            Operand::Memory(address) => address,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn addresses_of_every_kind() {
        let base = Register::Number(15);
        let plain = Address {
            base,
            index: None,
            imm: 0,
            write_back: WriteBack::None,
        };
        assert_eq!(memory("ldr\tx0, [x15]"), plain);
        assert_eq!(
            memory("ldur\txzr, [x15, #-8]"),
            Address { imm: -8, ..plain }
        );
        let post = Address {
            imm: 16,
            write_back: WriteBack::Post,
            ..plain
        };
        assert_eq!(memory("ldp\tx0, x1, [x15], #16"), post);
        let pre = Address {
            imm: -8,
            write_back: WriteBack::Pre,
            ..plain
        };
        assert_eq!(memory("str\tw0, [x15, #-8]!"), pre);
        let index = |wide, extend, shift| Address {
            index: Some((Register::Number(1), wide, extend, shift)),
            ..plain
        };
        assert_eq!(
            memory("ldr\tx0, [x15, w1, uxtw]"),
            index(false, Extend::Uxtw, 0)
        );
        assert_eq!(
            memory("ldr\tx0, [x15, x1, lsl #3]"),
            index(true, Extend::Lsl, 3)
        );
        assert_eq!(
            memory("ldrb\tw0, [x15, x1, sxtx #0]"),
            index(true, Extend::Sxtx, 0)
        );
    }

    #[test]
    fn operands_of_every_kind() {
        let line = parse("add\tw1, wsp, w2, uxtb #2").unwrap();
        assert_eq!(line.mnemonic, "add");
        assert_eq!(
            line.operands()[1],
            Operand::Register(Register::Stack, false)
        );
        assert_eq!(line.operands()[3], Operand::Word("uxtb #2"));
        assert_eq!(parse("nop").unwrap().operands(), []);
        assert_eq!(parse("b\t#-4").unwrap().operands(), [Operand::Imm(-4)]);
        let tst = parse("tst\tx8, #0xfff0000000000000").unwrap();
        assert_eq!(
            tst.operands()[1],
            Operand::Imm(0xfff0_0000_0000_0000_u64 as i64)
        );
    }
}
