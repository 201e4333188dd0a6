// SPDX-License-Identifier: GPL-2.0
//! Packets on their way through the network.

use crate::{entry::Activation, object::kinds::packet::Packet};
use kernel::prelude::*;
use lore_iface::{GateError, PacketInfo};
use lore_sandbox::span::WindowSpan;

/// What the C side says.
fn refused(error: Error) -> GateError {
    if error == EFAULT {
        GateError::BadSpan
    } else if error == ENOMEM {
        GateError::NoMemory
    } else if error == ENOENT {
        GateError::NotFound
    } else if error == EMSGSIZE {
        GateError::TooLong
    } else {
        GateError::BadValue
    }
}

pub(crate) fn info(_activation: &Activation, this: &Packet) -> Result<PacketInfo, GateError> {
    Ok(this.info())
}

/// Bytes written to the room.
pub(crate) fn read(
    activation: &Activation,
    this: &Packet,
    offset: u32,
    room: WindowSpan,
) -> Result<u32, GateError> {
    activation
        .copy_packet_out(this, offset, room)
        .map_err(refused)
}

pub(crate) fn write(
    activation: &Activation,
    this: &Packet,
    offset: u32,
    bytes: WindowSpan,
) -> Result<(), GateError> {
    let window = &activation.extension().window;
    let from = window.base() + u64::from(bytes.start());
    this.copy_in(offset, from, bytes.len()).map_err(refused)
}

pub(crate) fn checksum(
    _activation: &Activation,
    this: &Packet,
    offset: u32,
    len: u32,
) -> Result<u32, GateError> {
    this.checksum(offset, len).ok_or(GateError::BadValue)
}

pub(crate) fn resize(_activation: &Activation, this: &Packet, len: u32) -> Result<(), GateError> {
    this.resize(len).map_err(refused)
}

pub(crate) fn clone(_activation: &Activation, this: &Packet) -> Result<Packet, GateError> {
    this.clone().ok_or(GateError::NoMemory)
}

pub(crate) fn transmit(
    _activation: &Activation,
    packet: Packet,
    device: u32,
) -> Result<(), GateError> {
    packet.transmit(device).map_err(refused)
}

pub(crate) fn route(_activation: &Activation, packet: Packet) -> Result<(), GateError> {
    packet.route().map_err(refused)
}
