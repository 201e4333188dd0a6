// SPDX-License-Identifier: GPL-2.0
//! Addresses of data that are made of one another.
//!
//! ```text
//!   add  x8, x15, #0x400000           add  x8, x15, #0x400000
//!   ldr  x0, [x8, #0x70]              ldr  x0, [x8, #0x70]
//!   add  x9, x15, #0x400000
//!   ldr  x9, [x9, #0x80]              ldr  x9, [x8, #0x80]
//! ```
//!
//! A compiler names symbols, whose places it does not know, so it makes each address anew; here they are known. What goes is a page
//! that only accesses and additions in the same block read, each while another register is near.

use super::{Item, Kind, Lowered};
use crate::image::NoteKind;
use crate::rewrite::cfg::Cfg;
use crate::rewrite::decode::{decode, Op, N};
use crate::rewrite::encode as e;
use crate::rewrite::facts::is_call;
use crate::rewrite::frame::SAVED;
use crate::rewrite::live;
use crate::rewrite::memory::{access_of, Mode};
use lore_abi::contract::REG_BASE;

/// What a register surely holds: an offset into the window, and by how much additions have moved it from a page. A label claims what
/// was moved a little only.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Held {
    offset: i32,
    moved: i32,
}

/// How far what a label claims may have been moved.
const MOVED_MAX: u32 = 1024;

/// What registers hold.
type Known = [Option<Held>; 32];

/// Makes addresses of others that are near.
pub(super) fn share(cfg: &Cfg, lowered: &mut Lowered) {
    let behind = live::behind(cfg, lowered);
    let mut kept = Vec::with_capacity(lowered.items.len());
    let mut starts = Vec::with_capacity(lowered.starts.len());
    let mut ends: Vec<Known> = Vec::with_capacity(cfg.blocks.len());
    for (block, &live) in behind.iter().enumerate() {
        starts.push(kept.len() as u32);
        let mut known = at_start(cfg, block, &ends);
        let range = lowered.block(block);
        for at in range.clone() {
            let is_spared = spare(&mut lowered.items[at..range.end], &known, live);
            let item = lowered.items[at];
            if !is_spared {
                learn(&mut known, &item);
                kept.push(item);
            }
        }
        ends.push(known);
    }
    starts.push(kept.len() as u32);
    (lowered.items, lowered.starts) = (kept, starts);
}

/// What all ways into a block bring, if all come from blocks before it.
fn at_start(cfg: &Cfg, block: usize, ends: &[Known]) -> Known {
    let mut ways = cfg.preds[block].iter().map(|&pred| ends.get(pred as usize));
    let Some(mut known) = ways.next().flatten().copied() else {
        return Known::default();
    };
    for other in ways {
        let other = other.copied().unwrap_or_default();
        for (held, other) in known.iter_mut().zip(other) {
            *held = held.filter(|_| *held == other);
        }
    }
    let alone = cfg.preds[block].len() == 1;
    known.map(|held| held.filter(|held| alone || held.moved.unsigned_abs() <= MOVED_MAX))
}

/// The offset that a word makes of the window's base.
fn page(word: u32) -> Option<i32> {
    let insn = decode(word);
    (insn.op == Op::AddImm && insn.n() == REG_BASE).then(|| step(word))
}

/// What `add` or `sub` of an immediate adds.
fn step(word: u32) -> i32 {
    let imm = (word >> 10 & 0xfff) << if word & 1 << 22 != 0 { 12 } else { 0 };
    let imm = imm as i32; // 24 bits.
    if word & 1 << 30 == 0 {
        imm
    } else {
        -imm
    }
}

/// What registers hold after an item.
fn learn(known: &mut Known, item: &Item) {
    let insn = &item.insn;
    let made = match (item.kind, insn.op) {
        (Kind::Plain, Op::AddImm) if insn.n() == REG_BASE => {
            page(insn.word).map(|offset| Held { offset, moved: 0 })
        }
        (Kind::Plain, Op::AddImm) => known[usize::from(insn.n())].and_then(|held| {
            Some(Held {
                offset: held.offset.checked_add(step(insn.word))?,
                moved: held.moved.checked_add(step(insn.word))?,
            })
        }),
        _ => None,
    };
    let lost = if is_call(item.kind) {
        !SAVED
    } else {
        insn.writes
    };
    for (_, offset) in known
        .iter_mut()
        .enumerate()
        .filter(|(r, _)| lost & 1 << r != 0)
    {
        *offset = None;
    }
    if made.is_some() {
        known[usize::from(insn.d())] = made;
    }
}

/// Whether the first of some items, which are the rest of a block, is a page that is not needed: each of its readers goes by a register
/// that is near. Those are rewritten then. `live` is what may be read behind them.
fn spare(items: &mut [Item], known: &Known, live: u32) -> bool {
    let Some((first, rest)) = items.split_first_mut() else {
        return false;
    };
    let is_page = first.kind == Kind::Plain && first.note == Some(NoteKind::Address);
    let Some(offset) = page(first.insn.word).filter(|_| is_page) else {
        return false;
    };
    let register = first.insn.d();
    let mut known = *known;
    known[usize::from(register)] = None;
    let mut moves = Vec::new();
    let mut is_over = false;
    for (at, item) in rest.iter().enumerate() {
        let insn = &item.insn;
        if reads(item) & 1 << register != 0 {
            let others = insn.read & !N;
            let is_base_alone =
                insn.n() == register && insn.replace(others, register, 31) == insn.word;
            let by = |other: u8| {
                moved(
                    item,
                    other,
                    offset.checked_sub(known[usize::from(other)]?.offset)?,
                )
            };
            match (0..31).find_map(by).filter(|_| is_base_alone) {
                Some(word) => moves.push((at, word)),
                None => return false,
            }
        }
        is_over = !is_call(item.kind) && insn.writes & 1 << register != 0;
        if is_over {
            break;
        }
        learn(&mut known, item);
    }
    if !is_over && live & 1 << register != 0 {
        return false;
    }
    for (at, word) in moves {
        rest[at].insn = decode(word);
    }
    true
}

/// Registers that an item may read, a callee's included.
fn reads(item: &Item) -> u32 {
    live::live_before(0, item)
}

/// An access or addition by another register, that the base is `away` from.
fn moved(item: &Item, base: u8, away: i32) -> Option<u32> {
    let word = item.insn.word;
    match (item.kind, item.insn.op) {
        (Kind::Plain, Op::AddImm) => {
            let sum = away.checked_add(step(word))?;
            (sum.unsigned_abs() < 4096).then(|| e::add_imm(item.insn.d(), base, sum))
        }
        (Kind::Access, Op::Memory) => {
            let access = access_of(word);
            let is_scaled = word & 0x3b00_0000 == 0x3900_0000;
            let offset = away.checked_add(access.imm)?;
            let size = access.size;
            let fits = access.mode == Mode::Offset && offset >= 0 && offset % size == 0;
            (is_scaled && fits && offset / size < 4096).then(|| {
                let field = (offset / size) as u32;
                item.insn.replace(N, item.insn.n(), base) & !(0xfff << 10) | field << 10
            })
        }
        _ => None,
    }
}
