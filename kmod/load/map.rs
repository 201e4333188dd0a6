// SPDX-License-Identifier: GPL-2.0
//! Code that is verified comes into the arena, and its data into a window.

use super::{
    image::numbers,
    limits::{within, Limits},
    Mapped, Verified, DATA_MAX,
};
use crate::{
    arena::Contents,
    counters::Counters,
    extension::EntryPoint,
    heap::{self, Window},
    hook::alarm,
    lore::Lore,
    object::Lasting,
    refused::Refused,
    sys::{self, low::Low},
};
use kernel::{alloc::flags::GFP_KERNEL_ACCOUNT, prelude::*};
use lore_abi::{
    contract::{BTI_C, TRAP_WORD},
    image::{Entry, Hook, Profile, FLAG_METERED},
    refusal::Reason,
    request::SpanName,
};
use lore_iface::Gate;
use lore_sandbox::window::{self, WindowLayout};
use zerocopy::FromBytes;

/// Whether a gate reaches sockets of others without a hook of the network, which would ask for the capability itself.
///
/// Attack: who may load extensions but not touch the network sends datagrams from the socket of another user's program.
fn reaches_sockets(gate: Gate) -> bool {
    match gate {
        Gate::SocketFind | Gate::SocketSend => true,
        // Each by its name, so that nobody adds a gate without saying.
        Gate::Log
        | Gate::HeapGrow
        | Gate::TimeNow
        | Gate::Abort
        | Gate::TaskDrop
        | Gate::TaskCurrent
        | Gate::TaskPid
        | Gate::TaskByPid
        | Gate::TaskParent
        | Gate::TaskIds
        | Gate::TaskTimes
        | Gate::TaskName
        | Gate::TimeWall
        | Gate::Random
        | Gate::CpuId
        | Gate::EventReserve
        | Gate::EventSubmit
        | Gate::EventDiscard
        | Gate::PacketDrop
        | Gate::PacketInfo
        | Gate::PacketRead
        | Gate::PacketWrite
        | Gate::PacketChecksum
        | Gate::PacketResize
        | Gate::PacketClone
        | Gate::SocketDrop
        | Gate::SocketFindAt
        | Gate::SocketOfPacket
        | Gate::SocketInfo
        | Gate::TimerDrop
        | Gate::TimerCreate
        | Gate::TimerArm
        | Gate::TimerCancel
        | Gate::PacketTransmit
        | Gate::PacketRoute
        | Gate::LockDrop
        | Gate::LockTake
        | Gate::CounterAdd
        | Gate::CounterSum
        | Gate::TaskKeep
        | Gate::PacketKeep
        | Gate::SocketKeep
        | Gate::TimerKeep
        | Gate::TaskClone => false,
    }
}

impl Verified {
    /// Puts the code into the arena and the data into a window.
    pub(super) fn map(mut self, lore: &Lore, limits: &Limits) -> Result<Mapped, Refused> {
        let no_room = || {
            let left = lore.params.arena_len - lore.arena.used();
            Refused::beyond(Reason::NoCodeRoom, u64::from(self.layout.region_len), left)
        };
        let targets = numbers(self.image.span(SpanName::Targets))?;
        let mut gates = KVec::new();
        for number in numbers(self.image.span(SpanName::Imports))? {
            // The verifier knows the same gates; a number it let pass that is none would be its bug, not a gate.
            let gate = Gate::from_u32(number).ok_or(Refused::because(Reason::Verifier))?;
            if reaches_sockets(gate) && !sys::may_net() {
                return Err(Refused::beyond(Reason::Permission, number.into(), 0));
            }
            gates.push(gate, GFP_KERNEL)?;
        }
        let mut code = self.image.take(SpanName::Code);
        if limits.stop_at != 0 {
            self.stop_at(&mut code, limits.stop_at)?;
        }
        let contents = Contents {
            layout: &self.layout,
            code: &code,
            targets: &targets,
            gates: &gates,
            metered: self.image.flags & FLAG_METERED != 0,
            traced: limits.trace != 0,
        };
        let region = lore.arena.place(&contents)?.ok_or_else(no_room)?;
        drop(code);

        let low = match self.image.profile {
            Profile::Low => {
                let no_window = || Refused::because(Reason::NoWindow);
                Some(Low::new().ok_or_else(no_window)?)
            }
            _ => None,
        };
        let plan = self.plan(limits)?;
        let entries = self.entries(&targets)?;
        // Both are at most DATA_MAX: the plan was made with them.
        let data_len = self.image.span(SpanName::Data).len() as u64 + limits.bss_len;
        let mut data = self.image.take(SpanName::Data);
        relocate(
            &mut data,
            self.image.span(SpanName::Relocs),
            heap::seen_from(&self.slot, low.as_ref()),
        )?;
        let grows = gates.contains(&Gate::HeapGrow);
        let window = Window::new(self.slot, plan, low, &data, grows)?;
        let counters = Counters::new(&gates)?;
        let lasting = Lasting::new(&gates)?;
        let alarms = alarm::alarms(&gates, &entries)?;
        Ok(Mapped {
            image: self.image,
            layout: self.layout,
            region,
            window,
            entries,
            counters,
            lasting,
            alarms,
            data_len,
            targets: targets.len() as u32, // Lossless: at most TARGETS_MAX.
        })
    }

    /// Puts the trap word over a verified word. Whatever was proven of the words behind it still holds: a trap is the end
    /// of the activation. A place where indirect calls land has to stay what the CPU wants there.
    fn stop_at(&self, code: &mut [u8], at: u32) -> Result<(), Refused> {
        let word = at
            .checked_sub(self.layout.code_at)
            .filter(|from| from % 4 == 0)
            .and_then(|from| code.get_mut(from as usize..)?.get_mut(..4))
            .filter(|word| **word != BTI_C.to_le_bytes());
        let end = u64::from(self.layout.code_end);
        let word = word.ok_or(Refused::beyond(Reason::BadSpan, at.into(), end))?;
        word.copy_from_slice(&TRAP_WORD.to_le_bytes());
        Ok(())
    }

    fn plan(&self, limits: &Limits) -> Result<WindowLayout, Refused> {
        // Cannot wrap: both are at most DATA_MAX.
        let data_len = within(
            self.image.span(SpanName::Data).len() as u64 + limits.bss_len,
            DATA_MAX,
        )?;
        let demand = window::Demand {
            extent: self.slot.extent(),
            page_len: sys::page_len(),
            data_len,
            stack_len: limits.stack_len,
            stacks: u64::from(sys::cpu::seats()),
            heap_max: limits.heap_max,
            heap_may_shrink: limits.heap_may_shrink,
            ring_len: limits.ring_len,
        };
        window::plan(demand)
            .map_err(|_| Refused::beyond(Reason::WindowFull, demand.least(), demand.room()))
    }

    fn entries(&self, targets: &[u32]) -> Result<KVec<EntryPoint>, Refused> {
        let mut entries = KVec::new();
        for bytes in self
            .image
            .span(SpanName::Entries)
            .chunks_exact(size_of::<Entry>())
        {
            let entry = Entry::read_from_bytes(bytes).ok();
            let point = entry.and_then(|entry| {
                let at = *targets.get(entry.target as usize)?;
                Some(EntryPoint {
                    hook: Hook::from_u32(entry.hook)?,
                    at,
                    target: entry.target,
                })
            });
            // Verified: each names a hook and a declared target.
            entries.push(
                point.ok_or(Refused::because(Reason::Verifier))?,
                GFP_KERNEL_ACCOUNT,
            )?;
        }
        Ok(entries)
    }
}

/// Adds the window's base to the pointers in initialised data. Data is not trusted, so nothing is checked of it.
fn relocate(data: &mut [u8], relocs: &[u8], base: u64) -> Result<(), Refused> {
    for bytes in relocs.chunks_exact(4) {
        let at = u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize;
        let pointer = at.checked_add(8).and_then(|end| data.get_mut(at..end));
        // Verified: every relocation lies in the data.
        let pointer = pointer.ok_or(Refused::because(Reason::Verifier))?;
        let mut value = [0; 8];
        value.copy_from_slice(pointer);
        pointer.copy_from_slice(&u64::from_le_bytes(value).wrapping_add(base).to_le_bytes());
    }
    Ok(())
}
