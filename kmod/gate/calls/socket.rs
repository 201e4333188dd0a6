// SPDX-License-Identifier: GPL-2.0
//! Sockets of programs.

use crate::{
    entry::Activation,
    object::kinds::{packet::Packet, socket::Socket},
};
use kernel::prelude::*;
use lore_abi::image::Hook;
use lore_iface::{GateError, SocketEnds, SocketInfo};
use lore_sandbox::span::WindowSpan;

/// What the C side says.
fn refused(error: Error) -> GateError {
    match error {
        e if e == EFAULT => GateError::BadSpan,
        e if e == ENOMEM => GateError::NoMemory,
        e if e == EAGAIN => GateError::Busy,
        e if e == EMSGSIZE => GateError::TooLong,
        e if e == ENOENT => GateError::NotFound,
        _ => GateError::BadValue,
    }
}

/// Only where the current task is the caller: an interrupt would look into the namespace of whom it interrupted.
pub(crate) fn find(activation: &Activation, ends: SocketEnds) -> Result<Socket, GateError> {
    if activation.hook() != Some(Hook::Run) {
        return Err(GateError::NotFound);
    }
    Socket::find(&ends).map_err(refused)
}

pub(crate) fn find_at(
    _activation: &Activation,
    packet: &Packet,
    ends: SocketEnds,
) -> Result<Socket, GateError> {
    Socket::find_at(packet, &ends).map_err(refused)
}

pub(crate) fn of_packet(_activation: &Activation, packet: &Packet) -> Result<Socket, GateError> {
    Socket::of_packet(packet).ok_or(GateError::NotFound)
}

pub(crate) fn info(_activation: &Activation, this: &Socket) -> Result<SocketInfo, GateError> {
    Ok(this.info())
}

pub(crate) fn send(
    activation: &Activation,
    this: &Socket,
    to: SocketEnds,
    bytes: WindowSpan,
) -> Result<(), GateError> {
    let window = &activation.extension().window;
    let from = window.base() + u64::from(bytes.start());
    this.send(&to, from, bytes.len()).map_err(refused)
}
