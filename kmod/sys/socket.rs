// SPDX-License-Identifier: GPL-2.0
//! References to sockets.

use super::{bindings, packet::Packet};
use core::ptr::NonNull;
use kernel::{error::to_result, prelude::*};
use lore_iface::{SocketEnds, SocketInfo};

/// A reference to a socket, which its owner may have closed.
///
/// # Invariants
///
/// The socket was counted for this value and is put once, in `drop`.
pub(crate) struct Socket(NonNull<bindings::lore_socket>);

// SAFETY: A counted reference may be read and put by any task.
unsafe impl Send for Socket {}
// SAFETY: As above; sending takes no more than reading.
unsafe impl Sync for Socket {}

fn ends_of(ends: &SocketEnds) -> bindings::lore_socket_ends {
    bindings::lore_socket_ends {
        version: ends.version,
        protocol: ends.protocol,
        local_port: ends.local_port,
        remote_port: ends.remote_port,
        local_high: ends.local_high,
        local_low: ends.local_low,
        remote_high: ends.remote_high,
        remote_low: ends.remote_low,
    }
}

impl Socket {
    fn found(error: i32, socket: *mut bindings::lore_socket) -> Result<Socket> {
        to_result(error)?;
        // INVARIANT: The look-up has counted it.
        NonNull::new(socket).map(Socket).ok_or(ENOENT)
    }

    /// The socket of two ends in the namespace of the current task, which has asked for this activation.
    pub(crate) fn find(ends: &SocketEnds) -> Result<Socket> {
        let mut socket = core::ptr::null_mut();
        // SAFETY: Any ends will do; the other side is our own.
        let error = unsafe { bindings::lore_socket_find(&ends_of(ends), &mut socket) };
        Socket::found(error, socket)
    }

    /// The socket of two ends in the namespace of a packet.
    pub(crate) fn find_at(packet: &Packet, ends: &SocketEnds) -> Result<Socket> {
        let mut socket = core::ptr::null_mut();
        // SAFETY: As above; the packet is valid by its type's invariant.
        let error =
            unsafe { bindings::lore_socket_find_at(packet.as_ptr(), &ends_of(ends), &mut socket) };
        Socket::found(error, socket)
    }

    /// The socket that a packet belongs to.
    pub(crate) fn of_packet(packet: &Packet) -> Option<Socket> {
        // SAFETY: The packet is valid by its type's invariant.
        // INVARIANT: The result was counted.
        NonNull::new(unsafe { bindings::lore_socket_of_packet(packet.as_ptr()) }).map(Socket)
    }

    pub(crate) fn info(&self) -> SocketInfo {
        let mut info = bindings::lore_socket_info::default();
        // SAFETY: Valid by the type's invariant; the other side is our own.
        unsafe { bindings::lore_socket_info(self.0.as_ptr(), &mut info) };
        SocketInfo {
            version: info.version,
            protocol: info.protocol,
            local_port: info.local_port,
            remote_port: info.remote_port,
            state: info.state,
            user: info.user,
            local_high: info.local_high,
            local_low: info.local_low,
            remote_high: info.remote_high,
            remote_low: info.remote_low,
        }
    }

    /// Sends `len` bytes as a datagram, from memory that may be unmapped at any time.
    pub(crate) fn send(&self, to: &SocketEnds, from: u64, len: u32) -> Result {
        // SAFETY: Valid by the type's invariant; faults at `from` are recovered.
        to_result(unsafe {
            bindings::lore_socket_send(self.0.as_ptr(), &ends_of(to), from as usize, len)
        })
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        // SAFETY: The reference of this value, put once. Does not sleep.
        unsafe { bindings::lore_socket_put(self.0.as_ptr()) };
    }
}
