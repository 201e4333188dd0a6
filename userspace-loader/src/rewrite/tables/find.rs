// SPDX-License-Identifier: GPL-2.0
//! Which branches of a function are jumps by table, and where they go.

use super::values::{Bound, Value, Ways};
use super::{Jump, Starts};
use crate::object::reloc::{classify, Use};
use crate::object::SectionKind;
use crate::rewrite::cfg::Body;
use crate::rewrite::decode::Op;
use crate::rewrite::layout::Layout;
use crate::rewrite::program::{Program, SectionId};
use std::collections::{BTreeMap, BTreeSet};

/// Entries of the largest table that is made compares of.
const ENTRIES_MAX: u64 = 1 << 14;

/// Whether a function has a branch that might be one.
pub(super) fn has_candidates(body: &Body) -> bool {
    body.insns.iter().any(|insn| insn.op == Op::Br)
}

/// A load of an entry: mask and value of the word, bytes, whether it extends the sign.
const LOADS: [(u32, u32, bool); 8] = [
    (0x3860_0800, 1, false),
    (0x38a0_0800, 1, true),
    (0x38e0_0800, 1, true),
    (0x7860_0800, 2, false),
    (0x78a0_0800, 2, true),
    (0x78e0_0800, 2, true),
    (0xb860_0800, 4, false),
    (0xb8a0_0800, 4, true),
];

/// How an entry becomes a distance.
#[derive(Clone, Copy)]
struct Reading {
    len: u32,
    signed: bool,
    /// Of the sum: the extension's number in an extended register, or 3 (all 64 bits).
    extend: u32,
    shift: u32,
}

impl Reading {
    fn distance(self, raw: u32) -> i64 {
        let wide = match (self.len, self.signed) {
            (1, true) => i64::from(raw as i8),
            (2, true) => i64::from(raw as i16),
            (4, true) => i64::from(raw as i32),
            _ => i64::from(raw),
        };
        let extended = match self.extend {
            0 => wide & 0xff,
            1 => wide & 0xffff,
            2 => wide & 0xffff_ffff,
            4 => i64::from(wide as i8),
            5 => i64::from(wide as i16),
            6 => i64::from(wide as i32),
            _ => wide,
        };
        extended << self.shift
    }
}

pub(super) struct Finder<'a> {
    program: &'a Program<'a>,
    layout: &'a Layout<'a>,
    body: &'a Body,
    starts: &'a Starts,
    /// Places of entries that have relocations.
    pub(super) entries: BTreeSet<(SectionId, u64)>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(
        program: &'a Program<'a>,
        layout: &'a Layout<'a>,
        body: &'a Body,
        starts: &'a Starts,
    ) -> Finder<'a> {
        Finder {
            program,
            layout,
            body,
            starts,
            entries: BTreeSet::new(),
        }
    }

    /// All jumps by table. Each makes ways, by which others are found or turn out to be none, until nothing changes.
    pub(super) fn run(&mut self) -> Vec<Jump> {
        let branches: Vec<u32> = (0..self.body.insns.len() as u32)
            .filter(|&at| self.body.insns[at as usize].op == Op::Br)
            .collect();
        let mut jumps: BTreeMap<u32, Jump> = BTreeMap::new();
        for _ in 0..branches.len() + 2 {
            let mut ways = Ways::new(self.program, self.layout, self.body);
            for jump in jumps.values() {
                jump.targets.iter().for_each(|&to| ways.add(jump.at, to));
            }
            self.entries.clear();
            let found: BTreeMap<u32, Jump> = branches
                .iter()
                .filter_map(|&at| Some((at, self.jump(&ways, at)?)))
                .collect();
            if found == jumps {
                return alone(&ways, jumps);
            }
            jumps = found;
        }
        Vec::new()
    }

    /// The jump at a branch.
    fn jump(&mut self, ways: &Ways<'_>, at: u32) -> Option<Jump> {
        let sum = before(ways, ways.insn(at).n(), at)?;
        let (base, entry, extend, shift) = sum_of(ways.insn(sum).word)?;
        let (base, entry) = match ways.value(base, sum) {
            Some(value) => (value, entry),
            // Without a shift the two may stand the other way round.
            None if shift == 0 && extend == 3 => (ways.value(entry, sum)?, base),
            None => return None,
        };
        let load = before(ways, entry, sum)?;
        let word = ways.insn(load).word;
        let kind = LOADS
            .iter()
            .find(|(value, ..)| word & 0xffe0_0c00 == *value)?;
        let (_, len, signed) = *kind;
        if len > 1 && word & 1 << 12 == 0 {
            return None;
        }
        let Value::Data(section, offset) = ways.value(ways.insn(load).n(), load)? else {
            return None;
        };
        let reading = Reading {
            len,
            signed,
            extend,
            shift,
        };
        let bound = ways.bound(ways.insn(load).m(), load);
        let (targets, open) = self.targets((section, offset), base, reading, bound)?;
        let made_of_code = matches!(base, Value::Code(_));
        let (left, right, ..) = sum_of(ways.insn(sum).word)?;
        let register = if right == entry { left } else { right };
        let bases = ways.writers(register, sum).filter(|_| made_of_code);
        Some(Jump {
            at,
            load,
            sum,
            bases: bases.unwrap_or_default().into_iter().collect(),
            targets,
            open,
        })
    }

    /// Where the entries of a table go, and whether there might be more. It has as many as the bound says, or as there
    /// is room for.
    fn targets(
        &mut self,
        (section, offset): (SectionId, u64),
        base: Value,
        reading: Reading,
        bound: Option<Bound>,
    ) -> Option<(Vec<u32>, bool)> {
        let data = self.program.section(section);
        if data.kind != SectionKind::Constant {
            return None;
        }
        let end = self.starts.next(section, offset).unwrap_or(data.size);
        let room = end.checked_sub(offset)? / u64::from(reading.len);
        let count = bound.map_or(room, |bound| u64::from(bound.last) + 1);
        let compared = bound.is_some_and(|bound| bound.compared);
        if compared && count > room || count.min(room) > ENTRIES_MAX {
            return None;
        }
        let mut targets = Vec::new();
        for index in 0..count.min(room) {
            let at = offset + index * u64::from(reading.len);
            match self.target((section, at), offset, base, reading) {
                Some(target) => targets.push(target),
                None if compared => return None,
                // Something else follows the table.
                None => break,
            }
        }
        let open = (targets.len() as u64) < count || bound.is_none();
        (!targets.is_empty()).then_some((targets, open))
    }

    /// Where one entry goes, if that is a word of the function.
    fn target(
        &mut self,
        (section, at): (SectionId, u64),
        table: u64,
        base: Value,
        reading: Reading,
    ) -> Option<u32> {
        let data = self.program.section(section);
        let relocs = &data.relocs;
        let first = relocs.partition_point(|reloc| reloc.offset < at);
        let reloc = relocs.get(first).filter(|reloc| reloc.offset == at);
        let function = &self.layout.functions[self.body.function as usize];
        let place = match (base, reloc) {
            (Value::Code(word), None) => {
                let bytes = data.bytes.get(at as usize..)?.get(..reading.len as usize)?;
                let raw = (bytes.iter().rev()).fold(0, |raw, &byte| raw << 8 | u32::from(byte));
                i64::from(word) * 4 + reading.distance(raw)
            }
            (Value::Data(of, offset), Some(reloc)) if (of, offset) == (section, table) => {
                let near = reading.len == 4 && reading.shift == 0;
                let (to, place) = self.program.place_of_reloc(section, reloc)?;
                if classify(reloc.kind) != Use::Distance(4) || !near || to != function.section {
                    return None;
                }
                self.entries.insert((section, at));
                place as i64 - (at - table) as i64 - i64::from(function.start)
            }
            _ => return None,
        };
        let words = self.body.insns.len() as i64;
        (place >= 0 && place % 4 == 0 && place / 4 < words).then_some((place / 4) as u32)
    }
}

/// The word that writes a register before word `at`, if nothing but the way straight on lies between, and nothing there
/// names it.
fn before(ways: &Ways<'_>, register: u8, at: u32) -> Option<u32> {
    let bit = 1 << register;
    let mut at = at;
    loop {
        if ways.is_led_to(at) {
            return None;
        }
        at = at.checked_sub(1)?;
        let insn = ways.insn(at);
        if insn.writes & bit != 0 {
            return Some(at);
        }
        if insn.reads & bit != 0 || insn.branch_distance().is_some() || insn.op == Op::Blr {
            return None;
        }
    }
}

/// The operands of a 64-bit sum: base, entry, extension of the entry, shift.
fn sum_of(word: u32) -> Option<(u8, u8, u32, u32)> {
    let (n, m) = (((word >> 5) & 31) as u8, ((word >> 16) & 31) as u8);
    match word & 0xffe0_0000 {
        0x8b00_0000 => Some((n, m, 3, (word >> 10) & 63)),
        0x8b20_0000 => Some((n, m, (word >> 13) & 7, (word >> 10) & 7)),
        _ => None,
    }
}

/// Leaves out jumps whose distance or base somebody else reads. What is left out leads nowhere, so all that hang
/// together by a base go together.
fn alone(ways: &Ways<'_>, jumps: BTreeMap<u32, Jump>) -> Vec<Jump> {
    let sums: BTreeSet<u32> = jumps.values().map(|jump| jump.sum).collect();
    let is_alone = |jump: &Jump| {
        let only = |register: u8, at: u32, reader: u32| {
            ways.readers(register, at).iter().all(|&at| at == reader)
        };
        only(ways.insn(jump.load).d(), jump.load, jump.sum)
            && only(ways.insn(jump.sum).d(), jump.sum, jump.at)
            && jump
                .bases
                .iter()
                .all(|&at| ways.readers(ways.insn(at).d(), at).is_subset(&sums))
    };
    if jumps.values().all(is_alone) {
        jumps.into_values().collect()
    } else {
        Vec::new()
    }
}
