// SPDX-License-Identifier: GPL-2.0 WITH Linux-syscall-note
//! Packets of the stand-in: bytes, and what the kernel knows of them.

use super::{Call, Reply};
use crate::{GateError, PacketInfo};
use std::collections::BTreeMap;

/// Handles of packets begin here, so that a test sees what they are.
const FIRST: u64 = 0x1_0000;

#[derive(Debug, Default)]
pub(super) struct Packets {
    packets: BTreeMap<u64, Packet>,
    given: u64,
}

#[derive(Clone, Debug)]
struct Packet {
    bytes: Vec<u8>,
    info: PacketInfo,
}

impl Packets {
    /// A packet that a hook is called for.
    pub(super) fn lend(&mut self, bytes: &[u8], info: PacketInfo) -> u64 {
        self.add(Packet {
            bytes: bytes.to_vec(),
            info,
        })
    }

    fn add(&mut self, packet: Packet) -> u64 {
        let handle = FIRST + self.given;
        self.given += 1;
        self.packets.insert(handle, packet);
        handle
    }

    /// The bytes of a packet that is used no more.
    pub(super) fn give_back(&mut self, handle: u64) -> Vec<u8> {
        self.packets
            .remove(&handle)
            .map_or_else(Vec::new, |packet| packet.bytes)
    }

    /// Answers what is about a packet.
    pub(super) fn answer(&mut self, call: &Call) -> Option<Reply> {
        Some(match call {
            Call::PacketInfo { this } => self.with(*this, |packet| {
                Ok(PacketInfo {
                    len: packet.bytes.len() as u32,
                    ..packet.info
                })
            }),
            Call::PacketRead { this, offset } => self.with(*this, |packet| {
                let bytes = packet.bytes.get(*offset as usize..);
                let bytes = bytes.filter(|bytes| !bytes.is_empty());
                bytes.map(<[u8]>::to_vec).ok_or(GateError::BadValue)
            }),
            Call::PacketWrite {
                this,
                offset,
                bytes,
            } => self.with(*this, |packet| {
                let at = *offset as usize;
                let place = packet.bytes.get_mut(at..at.saturating_add(bytes.len()));
                place.ok_or(GateError::BadValue)?.copy_from_slice(bytes);
                Ok(())
            }),
            Call::PacketChecksum { this, offset, len } => self.with(*this, |packet| {
                let (at, len) = (*offset as usize, *len as usize);
                let bytes = packet.bytes.get(at..at.saturating_add(len));
                bytes.map(checksum).ok_or(GateError::BadValue)
            }),
            Call::PacketResize { this, len } => self.with(*this, |packet| {
                packet.bytes.resize(*len as usize, 0);
                Ok(())
            }),
            Call::PacketClone { this } => match self.packets.get(this).cloned() {
                Some(packet) => Reply::from(self.add(packet)),
                None => Reply::from(GateError::BadHandle),
            },
            Call::PacketDrop { packet }
            | Call::PacketTransmit { packet, .. }
            | Call::PacketRoute { packet } => match self.packets.remove(packet) {
                Some(_) => Reply::from(()),
                None => Reply::from(GateError::BadHandle),
            },
            _ => return None,
        })
    }

    fn with<T: Into<Reply>>(
        &mut self,
        handle: u64,
        act: impl FnOnce(&mut Packet) -> Result<T, GateError>,
    ) -> Reply {
        match self.packets.get_mut(&handle) {
            Some(packet) => Reply::from(act(packet)),
            None => Reply::from(GateError::BadHandle),
        }
    }
}

/// The ones' complement sum of big-endian words.
fn checksum(bytes: &[u8]) -> u32 {
    let word = |pair: &[u8]| u32::from(pair[0]) << 8 | u32::from(pair.get(1).copied().unwrap_or(0));
    let mut sum = bytes
        .chunks(2)
        .map(|pair| u64::from(word(pair)))
        .sum::<u64>();
    while sum > 0xffff {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    sum as u32
}
