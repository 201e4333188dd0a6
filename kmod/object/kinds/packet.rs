// SPDX-License-Identifier: GPL-2.0
//! A packet, lent by its hook or cloned.

pub(crate) use crate::sys::packet::Packet;
