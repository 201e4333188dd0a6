// SPDX-License-Identifier: GPL-2.0
//! Packets of the network.

use super::{bindings, copy::copy};
use core::ptr::NonNull;
use kernel::{bindings::sk_buff, error::to_result, prelude::*};
use lore_iface::PacketInfo;

/// Bytes that go by way of the stack at once.
const BATCH: u32 = 256;

/// A packet: lent by the hook that was called for it, or a clone.
///
/// # Invariants
///
/// `packet` is valid while this lives, and nobody else uses it meanwhile. If `owned`, it is put once, in `drop`.
pub(crate) struct Packet {
    packet: NonNull<bindings::lore_packet>,
    owned: bool,
}

// SAFETY: A packet is not bound to a task or a CPU.
unsafe impl Send for Packet {}
// SAFETY: As above; what changes it takes `&self` of the only owner of the table that it is in.
unsafe impl Sync for Packet {}

impl Packet {
    /// The packet that a hook is called for.
    ///
    /// # Safety
    ///
    /// It is the caller's alone, and stays valid until this is dropped.
    #[inline(always)]
    pub(super) unsafe fn lent(packet: NonNull<bindings::lore_packet>) -> Packet {
        // INVARIANT: By this function's contract.
        Packet {
            packet,
            owned: false,
        }
    }

    pub(super) fn as_ptr(&self) -> *mut bindings::lore_packet {
        self.packet.as_ptr()
    }

    /// Another one with the same bytes; `None` without memory.
    pub(crate) fn clone(&self) -> Option<Packet> {
        // SAFETY: Valid by the type's invariant.
        let packet = NonNull::new(unsafe { bindings::lore_packet_clone(self.packet.as_ptr()) })?;
        // INVARIANT: Just made.
        Some(Packet {
            packet,
            owned: true,
        })
    }

    pub(crate) fn info(&self) -> PacketInfo {
        let mut info = bindings::lore_packet_info::default();
        // SAFETY: Valid by the type's invariant; the other side is our own.
        unsafe { bindings::lore_packet_info(self.packet.as_ptr(), &mut info) };
        PacketInfo {
            len: info.len,
            protocol: info.protocol,
            device: info.device,
            network_at: info.network_at,
        }
    }

    /// Copies up to `len` bytes from `offset` on; how many.
    ///
    /// # Safety
    ///
    /// `to..to + len` lies in a window.
    #[inline(always)]
    pub(crate) unsafe fn copy_out(&self, offset: u32, to: u64, len: u32) -> Result<u32> {
        let packet = self.packet.as_ptr().cast::<sk_buff>();
        // SAFETY: Valid by the type's invariant.
        let (all, others, first) = unsafe { ((*packet).len, (*packet).data_len, (*packet).data) };
        let end = u64::from(offset) + u64::from(len);
        if len == 0 || end > u64::from(all.wrapping_sub(others)) {
            // SAFETY: By this function's contract.
            return unsafe { self.copy_pieces_out(offset, to, len, all) };
        }
        let from = (first as u64).wrapping_add(offset.into());
        // SAFETY: The first piece has the bytes in front of `end`; the rest is this function's contract.
        match unsafe { copy(to, from, len.into()) } {
            true => Ok(len),
            false => Err(EFAULT),
        }
    }

    /// As [`Packet::copy_out`], for bytes that may not all be there, and not all in the packet's first piece.
    ///
    /// # Safety
    ///
    /// As there.
    #[cold]
    #[inline(never)]
    unsafe fn copy_pieces_out(&self, offset: u32, to: u64, len: u32, all: u32) -> Result<u32> {
        let len = len.min(all.saturating_sub(offset));
        if len == 0 {
            return Err(EINVAL);
        }
        let mut batch = [0u8; BATCH as usize];
        let mut done = 0;
        while done < len {
            let part = BATCH.min(len - done);
            let (at, room) = (offset + done, batch.as_mut_ptr());
            // SAFETY: Valid by the type's invariant; `room` has BATCH bytes.
            to_result(unsafe {
                bindings::lore_packet_bits(self.packet.as_ptr(), at, room.cast(), part)
            })?;
            // SAFETY: Just filled; the rest is this function's contract.
            if !unsafe { copy(to.wrapping_add(done.into()), room as u64, part.into()) } {
                return Err(EFAULT);
            }
            done += part;
        }
        Ok(len)
    }

    /// Copies `len` bytes to `offset`, from memory that may be unmapped at any time.
    pub(crate) fn copy_in(&self, offset: u32, from: u64, len: u32) -> Result {
        // SAFETY: Valid by the type's invariant; faults on the other side are recovered.
        to_result(unsafe {
            bindings::lore_packet_write(self.packet.as_ptr(), offset, from as usize, len)
        })
    }

    /// The ones' complement sum of a range.
    pub(crate) fn checksum(&self, offset: u32, len: u32) -> Option<u32> {
        // SAFETY: Valid by the type's invariant.
        let sum = unsafe { bindings::lore_packet_checksum(self.packet.as_ptr(), offset, len) };
        u32::try_from(sum).ok()
    }

    /// Forgets where it was going and by what device it came: those do not wait for it.
    pub(crate) fn forget_way(&self) {
        if self.owned {
            // SAFETY: Valid by the type's invariant, a clone, and nobody else uses it.
            unsafe { bindings::lore_packet_forget_way(self.packet.as_ptr()) };
        }
    }

    fn into_raw(self) -> *mut bindings::lore_packet {
        core::mem::ManuallyDrop::new(self).packet.as_ptr()
    }

    /// Sends a clone, which begins with a link header, out of a device of its namespace.
    pub(crate) fn transmit(self, device: u32) -> Result {
        if !self.owned {
            return Err(EINVAL);
        }
        // SAFETY: The clone of this value, which the function takes over.
        to_result(unsafe { bindings::lore_packet_transmit(self.into_raw(), device) })
    }

    /// Sends a clone, which begins with a network header, as the host's own.
    pub(crate) fn route(self) -> Result {
        if !self.owned {
            return Err(EINVAL);
        }
        // SAFETY: As above.
        to_result(unsafe { bindings::lore_packet_route(self.into_raw()) })
    }

    /// Makes it that long.
    pub(crate) fn resize(&self, len: u32) -> Result {
        // SAFETY: Valid by the type's invariant, and nobody else uses it.
        to_result(unsafe { bindings::lore_packet_resize(self.packet.as_ptr(), len) })
    }
}

impl Drop for Packet {
    #[inline(always)]
    fn drop(&mut self) {
        if self.owned {
            // SAFETY: The clone of this value, put once. Does not sleep.
            unsafe { bindings::lore_packet_put(self.packet.as_ptr()) };
        }
    }
}
