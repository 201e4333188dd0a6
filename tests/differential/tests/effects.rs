// SPDX-License-Identifier: GPL-2.0
//! What the table says of a word, against what the word does: single instructions in the emulator.
//!
//! A third opinion beside the decoders. Registers that change must be written by the table; memory must be touched
//! exactly where it says; control must go where it says.
#![cfg(feature = "emulator")]

use fastrand::Rng;
use lore_differential::machine::REGISTERS;
use lore_verifier::classes::{lookup, Class, Row, ROWS};
use lore_verifier::insn::{branch_target, effects, Access, AccessKind, Effects};
use std::collections::BTreeMap;
use unicorn_engine::unicorn_const::{Arch, HookType, MemType, Mode, Prot};
use unicorn_engine::{Arm64CpuModel, RegisterARM64, Unicorn};

const CODE: u64 = 0x0041_5a00_0000;
const PAGE: u64 = 4096;
/// Words of each row.
const EACH: u32 = 60;

/// Accesses of one instruction: store or load, address, bytes.
type Seen = Vec<(bool, u64, u64)>;

fn machine() -> Unicorn<'static, Seen> {
    let mut engine = Unicorn::new_with_data(Arch::ARM64, Mode::LITTLE_ENDIAN, Seen::new()).unwrap();
    engine.ctl_set_cpu_model(Arm64CpuModel::MAX as i32).unwrap();
    engine.mem_map(CODE, PAGE, Prot::READ | Prot::EXEC).unwrap();
    let every = HookType::MEM_READ | HookType::MEM_WRITE;
    engine
        .add_mem_hook(every, 0, u64::MAX, |engine, kind, at, len, _| {
            engine
                .get_data_mut()
                .push((kind == MemType::WRITE, at, len as u64));
            true
        })
        .unwrap();
    let missing = HookType::MEM_READ_UNMAPPED | HookType::MEM_WRITE_UNMAPPED;
    engine
        .add_mem_hook(missing, 0, u64::MAX, |engine, _, at, len, _| {
            // One page or both, wherever it is: nothing faults here.
            for page in [at & !(PAGE - 1), (at + len as u64 - 1) & !(PAGE - 1)] {
                let _ = engine.mem_map(page, PAGE, Prot::READ | Prot::WRITE);
            }
            true
        })
        .unwrap();
    engine
}

fn read(engine: &Unicorn<'_, Seen>) -> [u64; 32] {
    REGISTERS.map(|id| engine.reg_read(id).unwrap())
}

/// Executes one word; `None` if the emulator does not know it or it faults (alignment of atomics).
fn execute(
    engine: &mut Unicorn<'static, Seen>,
    word: u32,
    before: &[u64; 32],
) -> Option<([u64; 32], u64, Seen)> {
    for (id, value) in REGISTERS.iter().zip(before) {
        engine.reg_write(*id, *value).unwrap();
    }
    let at = CODE + 0x800;
    engine.mem_write(at, &word.to_le_bytes()).unwrap();
    engine.ctl_remove_cache(at, at + 4).unwrap();
    engine.get_data_mut().clear();
    engine.emu_start(at, u64::MAX, 0, 1).ok()?;
    let pc = engine.reg_read(RegisterARM64::PC).unwrap();
    let seen = std::mem::take(engine.get_data_mut());
    Some((read(engine), pc, seen))
}

fn judge(
    word: u32,
    class: Class,
    effects: &Effects,
    before: &[u64; 32],
    after: &([u64; 32], u64, Seen),
) -> Result<(), String> {
    let (registers, pc, seen) = after;
    for register in 0..32 {
        if registers[register] != before[register] && effects.writes >> register & 1 == 0 {
            return Err(format!("x{register} changed"));
        }
    }
    let at = 0x800;
    let next = CODE + at + 4;
    let jump = branch_target(at as u32, word, class).map(|to| CODE.wrapping_add_signed(to));
    let goes = match class {
        Class::Branch | Class::Call => Some(*pc) == jump,
        Class::BranchIf | Class::BranchZero | Class::BranchBit => *pc == next || Some(*pc) == jump,
        Class::Return | Class::TableCall => *pc == before[30],
        _ => *pc == next,
    };
    if !goes {
        return Err(format!("PC is {pc:#x}"));
    }
    match &effects.access {
        None if seen.is_empty() => Ok(()),
        None => Err(format!("touched {seen:x?}")),
        Some(access) => judge_access(access, before, registers, seen),
    }
}

fn judge_access(
    access: &Access,
    before: &[u64; 32],
    after: &[u64; 32],
    seen: &Seen,
) -> Result<(), String> {
    let value = |register: u8| match register {
        31 => 0,
        n => before[usize::from(n)],
    };
    let base = before[usize::from(access.base)];
    let index = access
        .index
        .map_or(0, |index| index.of(value(index.register)));
    let start = base
        .wrapping_add_signed(i64::from(access.offset))
        .wrapping_add(index);
    let may_be_none = matches!(
        access.kind,
        AccessKind::StoreExclusive | AccessKind::Prefetch
    );
    if seen.is_empty() {
        return if may_be_none {
            Ok(())
        } else {
            Err("touched nothing".into())
        };
    }
    let first = seen.iter().map(|&(_, at, _)| at).min();
    let end = seen.iter().map(|&(_, at, len)| at + len).max();
    if first != Some(start) || end != Some(start + u64::from(access.size)) {
        return Err(format!(
            "touched {seen:x?}, not {} bytes at {start:#x}",
            access.size
        ));
    }
    let (stores, loads) = (
        seen.iter().any(|&(store, ..)| store),
        seen.iter().any(|&(store, ..)| !store),
    );
    if stores && !access.kind.stores() || loads && !stores && !access.kind.loads() {
        return Err(format!("touched {seen:x?}, but is a {:?}", access.kind));
    }
    match access.step {
        Some(step)
            if after[usize::from(access.base)] != base.wrapping_add_signed(i64::from(step)) =>
        {
            Err("the write-back differs".into())
        }
        _ => Ok(()),
    }
}

/// Registers that make every address good: far from the code, aligned for atomics, different from each other.
fn registers(rng: &mut Rng) -> [u64; 32] {
    let mut registers = [0; 32];
    for register in &mut registers {
        *register = 0x20_0000_0000 + u64::from(rng.u32(..) & 0x0007_ff00);
    }
    registers[30] = CODE + 0x100;
    registers
}

#[test]
fn words_do_what_the_table_says() {
    let mut engine = machine();
    let mut rng = Rng::with_seed(0xeffec7);
    let mut executed: BTreeMap<u32, u32> = BTreeMap::new();
    let mut wrong = Vec::new();
    for Row { mask, value, .. } in ROWS {
        for _ in 0..EACH {
            let mut word = value | rng.u32(..) & !mask;
            if word >> 26 & 0x1f == 0b00101 {
                word &= 0xfc00_003f; // `b`, `bl`: no farther than the page, or nothing is fetched there.
            }
            let (Some(class), Some(effects)) = (lookup(word, u64::MAX), effects(word, u64::MAX))
            else {
                continue;
            };
            let before = registers(&mut rng);
            let Some(after) = execute(&mut engine, word, &before) else {
                continue;
            };
            *executed.entry(*value).or_default() += 1;
            if let Err(what) = judge(word, class, &effects, &before, &after) {
                wrong.push(format!("{word:08x}: {what}"));
            }
        }
    }
    let silent: Vec<_> = ROWS
        .iter()
        .filter(|row| !executed.contains_key(&row.value))
        .collect();
    println!(
        "{} words of {} rows executed",
        executed.values().sum::<u32>(),
        executed.len()
    );
    for row in &silent {
        println!("not executed: {:08x} {:?}", row.value, row.class);
    }
    assert!(
        wrong.is_empty(),
        "{} differ:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(40)].join("\n")
    );
    assert!(
        silent.len() * 10 < ROWS.len(),
        "{} of {} rows were not executed",
        silent.len(),
        ROWS.len()
    );
}
