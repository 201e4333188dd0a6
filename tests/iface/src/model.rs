// SPDX-License-Identifier: GPL-2.0
//! What the generators work on: plain data, in the order of gate numbers, already held to the rules of `wit/README.md`.

use std::collections::BTreeMap;

/// The contexts that `@fits` knows, in the order of `lore_iface::Context`.
pub const CONTEXTS: [&str; 4] = ["task", "softirq", "network", "anywhere"];
/// Registers that carry arguments.
pub const REGISTERS: usize = 7;

/// A doc comment.
#[derive(Clone, Debug, Default)]
pub struct Docs {
    /// First paragraph, one line.
    pub summary: String,
    /// The other paragraphs, one line each.
    pub more: Vec<String>,
    /// `@` lines: word and what follows.
    pub tags: Vec<(String, String)>,
}

impl Docs {
    /// What follows an `@` line's word, if there is one.
    pub fn tag(&self, word: &str) -> Option<&str> {
        let found = self.tags.iter().find(|(known, _)| known == word);
        found.map(|(_, rest)| rest.as_str())
    }

    /// All paragraphs.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.summary.as_str()).chain(self.more.iter().map(String::as_str))
    }

    /// The summary as the middle of a sentence.
    pub fn phrase(&self) -> String {
        let text = self.summary.trim_end_matches('.');
        let mut chars = text.chars();
        let first = chars.next().map(|c| c.to_ascii_lowercase());
        first.into_iter().chain(chars).collect()
    }
}

/// An integer type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Int {
    /// 8 to 64.
    pub bits: u32,
    /// Whether it has a sign.
    pub signed: bool,
}

impl Int {
    /// In Rust.
    pub fn rust(self) -> String {
        format!("{}{}", if self.signed { 'i' } else { 'u' }, self.bits)
    }

    /// In C.
    pub fn c(self) -> String {
        format!("{}int{}_t", if self.signed { "" } else { "u" }, self.bits)
    }

    /// In WIT.
    pub fn wit(self) -> String {
        format!("{}{}", if self.signed { 's' } else { 'u' }, self.bits)
    }
}

/// What an argument is. Names are WIT's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A number, at most `max` if there is a limit.
    Number(Int, Option<u64>),
    /// 0 or 1.
    Bool,
    /// A case of an enumeration.
    Enum(String),
    /// Address and length of bytes to be read; text if the flag is set.
    Span {
        /// Whether it is text.
        text: bool,
        /// Most bytes.
        max: Option<u64>,
    },
    /// Address of a record to be read.
    Record(String),
    /// A handle that the callee only looks at.
    Borrow(String),
    /// A handle that the callee takes.
    Own(String),
}

/// What a gate answers when it does not refuse.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// 0.
    Nothing,
    /// A number.
    Number(Int),
    /// 0 or 1.
    Bool,
    /// Address and room come behind the arguments; the answer is the length. Text if the flag is set.
    Room {
        /// Whether it is text.
        text: bool,
    },
    /// The address of a record comes behind the arguments; the answer is 0.
    Record(String),
    /// A new handle.
    Own(String),
}

/// An argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Param {
    /// WIT's name.
    pub name: String,
    /// What it is.
    pub kind: Kind,
}

impl Param {
    /// An object of one's own, by its kind's name.
    pub fn own(resource: &str) -> Param {
        Param {
            name: snake(resource),
            kind: Kind::Own(resource.to_owned()),
        }
    }
}

/// A gate.
#[derive(Clone, Debug)]
pub struct Gate {
    /// In import lists.
    pub number: u32,
    /// Unique, with underscores; the symbol is `lore_gate_` and this.
    pub id: String,
    /// Interface or resource that it belongs to, with underscores: its file in `kmod/gate/calls/`.
    pub family: String,
    /// Its name there.
    pub name: String,
    /// What it does.
    pub docs: Docs,
    /// Where it may be called, as bits in the order of [`CONTEXTS`].
    pub fits: u8,
    /// Arguments, `self` first.
    pub params: Vec<Param>,
    /// What comes back.
    pub answer: Answer,
    /// Whether it can refuse.
    pub fallible: bool,
    /// Whether the activation ends.
    pub never_returns: bool,
    /// Resource of which it is a method or a static function.
    pub resource: Option<String>,
    /// Whether it is the resource's drop, which has no function of its own.
    pub drops: bool,
    /// Whether it has an object outlive the activation, which is the table's work.
    pub keeps: bool,
}

/// An enumeration; cases count from 1.
#[derive(Clone, Debug)]
pub struct Enum {
    /// WIT's name.
    pub name: String,
    /// What it is for.
    pub docs: Docs,
    /// Names and docs.
    pub cases: Vec<(String, Docs)>,
}

/// A record of integers.
#[derive(Clone, Debug)]
pub struct Record {
    /// WIT's name.
    pub name: String,
    /// What it is for.
    pub docs: Docs,
    /// Names, types and docs.
    pub fields: Vec<(String, Int, Docs)>,
}

/// A kind of kernel object.
#[derive(Clone, Debug)]
pub struct Resource {
    /// WIT's name.
    pub name: String,
    /// Its number.
    pub number: u32,
    /// What it is.
    pub docs: Docs,
}

/// The whole interface.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// By number.
    pub gates: Vec<Gate>,
    /// By name.
    pub enums: BTreeMap<String, Enum>,
    /// By name.
    pub records: BTreeMap<String, Record>,
    /// By number.
    pub resources: Vec<Resource>,
    /// Docs of interfaces and resources, by family.
    pub families: BTreeMap<String, Docs>,
}

impl Model {
    /// Whether objects of a kind can outlive activations.
    pub fn lasts(&self, resource: &str) -> bool {
        let of = |gate: &Gate| gate.keeps && gate.resource.as_deref() == Some(resource);
        self.gates.iter().any(of)
    }
}

impl Gate {
    /// Registers that the arguments and the answer's place take.
    pub fn registers(&self) -> usize {
        let params: usize = self.params.iter().map(|p| p.kind.registers()).sum();
        params
            + match self.answer {
                Answer::Room { .. } => 2,
                Answer::Record(_) => 1,
                _ => 0,
            }
    }

    /// Names of the contexts where it may be called.
    pub fn contexts(&self) -> impl Iterator<Item = &'static str> + '_ {
        let fits = |i: usize| self.fits & 1 << i != 0;
        CONTEXTS
            .into_iter()
            .enumerate()
            .filter(move |(i, _)| fits(*i))
            .map(|(_, context)| context)
    }
}

impl Kind {
    /// Registers that it takes.
    pub fn registers(&self) -> usize {
        match self {
            Kind::Span { .. } => 2,
            _ => 1,
        }
    }

    /// Whether a value of it can be refused.
    pub fn refusable(&self) -> bool {
        !matches!(self, Kind::Number(_, None))
    }

    /// Its limit, if it has one.
    pub fn max(&self) -> Option<u64> {
        match self {
            Kind::Number(_, max) | Kind::Span { max, .. } => *max,
            _ => None,
        }
    }
}

/// `heap-grow` as `heap_grow`.
pub fn snake(name: &str) -> String {
    name.replace('-', "_")
}

/// `heap-grow` or `heap_grow` as `HeapGrow`.
pub fn camel(name: &str) -> String {
    let upper = |word: &str| {
        let (first, rest) = word.split_at(1);
        first.to_ascii_uppercase() + rest
    };
    name.split(['-', '_']).map(upper).collect()
}

/// `heap-grow` or `heap_grow` as `HEAP_GROW`.
pub fn shout(name: &str) -> String {
    snake(name).to_ascii_uppercase()
}

/// The constant of a parameter's limit.
pub fn max_name(gate: &Gate, param: &Param) -> String {
    format!("{}_{}_MAX", shout(&gate.id), shout(&param.name))
}
