// SPDX-License-Identifier: GPL-2.0
//! What a cancelled activation tells: its fault record.
//!
//! The address of an access is worked out from the word and the registers, as the verifier reads them, since the stub
//! is reached without the fault's syndrome.

use super::{
    backtrace::{self, Backtrace, ShadowCopy},
    Activation,
};
use crate::{arena, extension::Extension, sys, sys::bindings};
use kernel::sync::atomic::Relaxed;
use lore_abi::{
    contract::{REG_BASE, REG_FUEL, REG_LINK, REG_PLATFORM, REG_SHADOW, TRAP_WORD},
    fault::{Fault, FaultKind, CUT, HAS_ADDRESS, HAS_REGISTERS, IN_GATE, IS_STORE},
};
use lore_verifier::insn::{self, Access};
use zerocopy::FromZeros;

/// Region offset of the word that a cancelled activation stopped at.
pub(super) fn word_at(activation: &Activation) -> Option<u32> {
    let link = activation.link.load(Relaxed);
    match u32::try_from(activation.ended) {
        Ok(bindings::LORE_ENDED_FAULT) => {
            // The link is behind the stub of the word.
            let first = arena::stubs() as u64 + arena::STUB_LEN;
            let stub = link.checked_sub(first)? / arena::STUB_LEN;
            activation.offset_of(arena::start() as u64 + stub * 4)
        }
        Ok(bindings::LORE_ENDED_TICK) => activation.offset_of(link),
        // Behind the call.
        _ => activation.offset_of(link.wrapping_sub(4)),
    }
}

/// What ended the activation, as far as it is known without looking at the word.
fn kind_of(activation: &Activation) -> Option<FaultKind> {
    match u32::try_from(activation.ended) {
        Ok(bindings::LORE_ENDED_FAULT) => None,
        Ok(bindings::LORE_ENDED_WILD) => Some(FaultKind::WildCall),
        _ => activation.ends(),
    }
}

/// The record of a cancelled activation; its number is given when it is filed.
pub(crate) fn fault(activation: &Activation, copy: &ShadowCopy) -> Fault {
    let extension = activation.extension();
    let at = word_at(activation).unwrap_or(0);
    let mut fault = Fault {
        time_ns: sys::time_ns(),
        at,
        word: extension.region.word(at),
        entry: activation.entry_index,
        cpu: activation.cpu,
        ..Fault::new_zeroed()
    };
    let kind = match kind_of(activation) {
        Some(kind) => kind,
        None => judge(extension, activation, &mut fault),
    };
    fault.kind = kind.number();
    if activation.ended == u64::from(bindings::LORE_ENDED_GATE) {
        fault.flags |= IN_GATE;
        fault.gate = gate_of(extension, at, fault.word);
    } else {
        fault.flags |= HAS_REGISTERS;
        fault.registers = registers(activation);
    }
    if kind == FaultKind::Abort {
        fault.code = activation.abort_code.get();
        if let Some(text) = activation.abort_text.take() {
            let bytes = text.as_bytes();
            fault.text_len = bytes.len() as u32; // Lossless: at most TEXT_MAX.
            for (to, from) in fault.text.iter_mut().zip(bytes) {
                *to = *from;
            }
        }
    }
    let Backtrace { calls, depth, cut } = backtrace::walk(activation, copy);
    fault.backtrace = calls;
    fault.depth = depth;
    if cut {
        fault.flags |= CUT;
    }
    fault
}

/// The gate that a `bl` at `at` calls: the import of its slot. Not noted at the call, which would cost every call.
fn gate_of(extension: &Extension, at: u32, word: u32) -> u32 {
    // The field's sign is bit 25; in bytes, as an offset.
    let step = ((word << 6) as i32) >> 4;
    let slot = at.wrapping_add_signed(step);
    let import = slot.wrapping_sub(extension.layout.gates_at) / 4;
    extension
        .tables
        .imports
        .get(import as usize)
        .copied()
        .unwrap_or(0)
}

/// General registers that user space may see: those which verified code can read.
fn registers(activation: &Activation) -> [u64; 31] {
    let mut registers = activation.registers;
    for hidden in [REG_SHADOW, REG_BASE, REG_PLATFORM, REG_LINK] {
        registers[hidden as usize] = 0;
    }
    registers
}

/// A data abort: which access it was, and where.
fn judge(extension: &Extension, activation: &Activation, fault: &mut Fault) -> FaultKind {
    if fault.word == TRAP_WORD {
        // Fuel below zero is found by a check, whose branch leads to a trap word, and nowhere else.
        let spent = extension.fuel.is_some() && activation.registers[REG_FUEL as usize] >> 63 != 0;
        return if spent {
            FaultKind::Time
        } else {
            FaultKind::Trap
        };
    }
    let access = insn::effects(fault.word, extension.lore.features).and_then(|e| e.access);
    let Some(access) = access else {
        return FaultKind::Memory;
    };
    if access.kind.stores() {
        fault.flags |= IS_STORE;
    }
    if access.base == REG_SHADOW {
        return FaultKind::ShadowStack;
    }
    let address = address_of(activation, &access).wrapping_sub(activation.base);
    if address >= activation.extent().size() {
        // In a band outside, or that of a neighbour: the address is no offset in this window.
        return FaultKind::Memory;
    }
    fault.flags |= HAS_ADDRESS;
    fault.address = address;
    match extension
        .window
        .gap_below_stack(address, u64::from(access.size))
    {
        true => FaultKind::DataStack,
        false => FaultKind::Memory,
    }
}

fn address_of(activation: &Activation, access: &Access) -> u64 {
    let register = |n: u8| activation.registers.get(n as usize).copied().unwrap_or(0);
    match access.index {
        Some(index) => register(access.base).wrapping_add(index.of(register(index.register))),
        None => register(access.base).wrapping_add_signed(i64::from(access.offset)),
    }
}
