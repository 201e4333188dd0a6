// SPDX-License-Identifier: GPL-2.0
//! The module under test, from inside the guest.

mod cancel;
mod events;
mod faults;
mod hooks;
mod hostile;
mod kinds;
mod lasting;
mod lifetime;
mod limits;
mod memory;
mod metered;
mod objects;
mod packet_object;
mod packets;
mod races;
mod runs;
mod sending;
mod share;
mod sockets;
mod sqlite;
mod tasks;
mod timers;
