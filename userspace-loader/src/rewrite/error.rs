// SPDX-License-Identifier: GPL-2.0
//! What the rewriter refuses, with the evidence: where it stands and what to do about it.

use std::fmt;

/// A place in the source, from DWARF.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceLine {
    /// File as the compiler named it.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column, 0 for none.
    pub column: u32,
}

/// A place in an object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Input, with the member in parentheses for an archive.
    pub object: String,
    /// Section, empty when the whole object is meant.
    pub section: String,
    /// Offset in the section.
    pub offset: u64,
    /// The function around it.
    pub function: Option<String>,
    /// The word there, if it is code.
    pub word: Option<u32>,
    /// The source line, if the object has debug information.
    pub line: Option<SourceLine>,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.object)?;
        if !self.section.is_empty() {
            write!(f, ": {}+{:#x}", self.section, self.offset)?;
        }
        if let Some(function) = &self.function {
            write!(f, ": in {function}")?;
        }
        if let Some(line) = &self.line {
            write!(f, " ({}:{})", line.file, line.line)?;
        }
        if let Some(word) = self.word {
            write!(f, ": {word:08x} {}", disassemble(word))?;
        }
        Ok(())
    }
}

/// The word as an assembler would write it, for messages only.
pub fn disassemble(word: u32) -> String {
    match bad64::decode(word, 0) {
        Ok(insn) => insn.to_string(),
        Err(_) => "(no instruction)".into(),
    }
}

/// What about a place of code or data cannot be carried over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The word is no instruction that extensions may use.
    Instruction,
    /// An FP or SIMD instruction.
    FloatingPoint,
    /// A system register, a hint or a barrier that extensions may not use.
    System,
    /// SVC, HVC and their kin.
    Exception,
    /// `ldr xN, =literal` or `adr`: data or labels in the text.
    Literal,
    /// A computed branch inside a function.
    ComputedBranch,
    /// x9 to x11, x13 to x15 or x18 is used.
    ReservedRegister(u8),
    /// A temporary register is read that nothing has written: the function, or one that it calls, has a calling
    /// convention of its own (compat).
    OwnConvention(u8),
    /// A part of functions that the compiler put elsewhere, with a calling convention of its own (compat).
    Outlined,
    /// No other register is left for this one (compat).
    Crowded(u8),
    /// The return address is read.
    ReturnAddress,
    /// A branch that ends outside every function.
    WildBranch,
    /// Control runs off the end of the function.
    FallsOff,
    /// Thread-local data.
    ThreadLocal,
    /// The address of a label inside a function is taken.
    LabelAddress,
    /// A relocation of a kind that is not supported there.
    Relocation(u32),
    /// A relocation's value does not fit.
    RelocationRange(u32),
    /// Constructors, which nobody would run.
    Constructor,
    /// The function is too large for its own branches after rewriting.
    BranchRange,
    /// The address of a gate is taken.
    GateAddress,
    /// A part of a function stands elsewhere and shares its frame.
    SplitFunction,
    /// A function pointer is stored where it is not 8 bytes wide.
    NarrowFunctionPointer,
    /// Something in the file is cut off or points outside.
    Malformed(&'static str),
}

impl Problem {
    /// What is wrong.
    pub fn text(self) -> String {
        match self {
            Problem::Instruction => "an extension may not use this instruction".into(),
            Problem::FloatingPoint => "floating point and SIMD are not available".into(),
            Problem::System => "system registers and this hint are not available".into(),
            Problem::Exception => "exceptions cannot be raised".into(),
            Problem::Literal => "addresses relative to the code cannot be kept".into(),
            Problem::ComputedBranch => "a computed branch inside a function".into(),
            Problem::ReservedRegister(n) => format!("x{n} is reserved"),
            Problem::OwnConvention(n) => {
                format!(
                    "x{n} is read where nothing has written it: a calling convention of its own"
                )
            }
            Problem::Outlined => "outlined code has a calling convention of its own".into(),
            Problem::Crowded(n) => {
                format!("x{n} is reserved, and no other register is left for it")
            }
            Problem::ReturnAddress => "the return address is read".into(),
            Problem::WildBranch => "a branch to a place that is in no function".into(),
            Problem::FallsOff => "control runs off the end of the function".into(),
            Problem::ThreadLocal => "thread-local data is not available".into(),
            Problem::LabelAddress => "the address of a label inside a function is taken".into(),
            Problem::Relocation(kind) => {
                format!("relocation {} is not supported here", reloc_name(kind))
            }
            Problem::RelocationRange(kind) => {
                format!("the value of relocation {} does not fit", reloc_name(kind))
            }
            Problem::Constructor => "constructors (.init_array) are not run".into(),
            Problem::BranchRange => "the function is too large for its conditional branches".into(),
            Problem::NarrowFunctionPointer => {
                "a function's address is stored in less than 8 bytes".into()
            }
            Problem::GateAddress => "the address of a gate is taken".into(),
            Problem::SplitFunction => "a part of the function stands in another section".into(),
            Problem::Malformed(what) => format!("the object is damaged: {what}"),
        }
    }

    /// What to do about it: a flag to add, or a change to the source.
    pub fn advice(self) -> Option<&'static str> {
        Some(match self {
            Problem::FloatingPoint => "compile with -mgeneral-regs-only (Rust: the target aarch64-unknown-none-softfloat)",
            Problem::ReservedRegister(_) => {
                "compile with -ffixed-x9 -ffixed-x10 -ffixed-x11 -ffixed-x13 -ffixed-x14 -ffixed-x15 -ffixed-x18 \
                 (Rust: -Ctarget-feature=+reserve-x9,... and core rebuilt with it), or rewrite with --compat, which gives \
                 the code other registers"
            }
            Problem::OwnConvention(_) => "compile with -mno-outline (Rust: -Cllvm-args=-enable-machine-outliner=never), and without shadow call stack, preserve_most or nested functions",
            Problem::Outlined => "compile with -mno-outline (Rust: -Cllvm-args=-enable-machine-outliner=never)",
            Problem::Crowded(_) => "compile this function with -ffixed-x9 -ffixed-x10 -ffixed-x11 -ffixed-x13 -ffixed-x14 -ffixed-x15 -ffixed-x18, or with -fno-ipa-ra (gcc)",
            Problem::Literal | Problem::ComputedBranch => {
                "compile with -fno-jump-tables (Rust: -Cjump-tables=no), -mcmodel=small, and without computed goto"
            }
            Problem::LabelAddress => "compile with -fno-jump-tables; where the source takes addresses of labels (computed goto), with \
                 the macro by which it does without: -DONIG_DISABLE_DIRECT_THREADING, -DLUA_USE_JUMPTABLE=0, ...",
            Problem::ReturnAddress => "compile with -mno-outline (Rust: -Cllvm-args=-enable-machine-outliner=never), and do not use __builtin_return_address",
            Problem::ThreadLocal => "use a plain global variable, or an array with one element per CPU",
            Problem::Constructor => "call the initialisation from the entry",
            Problem::Exception | Problem::System => "remove the inline assembly or the intrinsic, or compile without -mbranch-protection features that need it",
            Problem::Instruction => "compile for plain armv8-a (with +lse at most) and without inline assembly",
            Problem::BranchRange => "split the function, or compile it with -Os",
            Problem::Relocation(_) | Problem::RelocationRange(_) => "compile with -fno-pic -mcmodel=small (Rust: -Crelocation-model=static)",
            Problem::FallsOff => "return at its end; for __builtin_unreachable() there, compile with -mllvm -trap-unreachable (clang) or -fsanitize=unreachable -fsanitize-trap=unreachable (gcc: -fsanitize-undefined-trap-on-error)",
            Problem::WildBranch => "call and jump to functions only, by names of type @function",
            Problem::NarrowFunctionPointer => "keep the function's address in a pointer or in a 64-bit integer",
            Problem::GateAddress => "take the address of a function that calls the gate",
            Problem::SplitFunction => "compile with -fno-reorder-blocks-and-partition (gcc), -mno-outline or -mllvm -hot-cold-split=false (clang)",
            Problem::Malformed(_) => return None,
        })
    }
}

/// An undefined symbol and those who need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undefined {
    /// Symbol.
    pub symbol: String,
    /// The first few places that refer to it.
    pub referrers: Vec<Place>,
}

/// Why objects could not become an image.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The input is no object or archive of this kind.
    #[error("{object}: {why}")]
    Input {
        /// Input or member.
        object: String,
        /// What it is instead.
        why: String,
    },
    /// Strong symbols that nobody defines.
    #[error("{}", undefined_text(.symbols))]
    Undefined {
        /// All of them.
        symbols: Vec<Undefined>,
    },
    /// Two strong definitions.
    #[error("{symbol} is defined in {first} and in {second}")]
    Duplicate {
        /// Symbol.
        symbol: String,
        /// One object.
        first: String,
        /// The other.
        second: String,
    },
    /// No function is marked as an entry.
    #[error("no entry: no object has a .lore.entry section and none was named")]
    NoEntry,
    /// A named entry or a record of `.lore.entry` that is none.
    #[error("entry {symbol}: {why}")]
    Entry {
        /// Symbol, or the object of the record.
        symbol: String,
        /// What is wrong with it.
        why: String,
    },
    /// A place that cannot be carried over.
    #[error("{place}: {}", .problem.text())]
    Place {
        /// Where.
        place: Box<Place>,
        /// What.
        problem: Problem,
    },
    /// The image would be larger than any kernel takes.
    #[error("too many {what}: {count}, at most {limit}")]
    TooLarge {
        /// Of what.
        what: &'static str,
        /// How many.
        count: u64,
        /// At most.
        limit: u64,
    },
}

impl Error {
    /// What to do about it.
    pub fn advice(&self) -> Option<&'static str> {
        match self {
            Error::Place { problem, .. } => problem.advice(),
            Error::Undefined { .. } => Some("add the object or archive that defines it, or compile with -ffreestanding and link the SDK"),
            Error::NoEntry => Some("mark a function with the SDK's entry macro, or name one"),
            _ => None,
        }
    }
}

fn undefined_text(symbols: &[Undefined]) -> String {
    let mut text = String::new();
    for undefined in symbols {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str("undefined symbol ");
        text.push_str(&undefined.symbol);
        for place in &undefined.referrers {
            text.push_str(&format!("\n  needed by {place}"));
        }
    }
    text
}

/// Name of a relocation of the AArch64 ELF ABI, as far as it occurs.
pub fn reloc_name(kind: u32) -> String {
    goblin::elf::reloc::r_to_str(kind, goblin::elf::header::EM_AARCH64).into()
}
