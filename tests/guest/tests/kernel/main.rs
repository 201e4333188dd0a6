// SPDX-License-Identifier: GPL-2.0
//! The module under test, from inside the guest.

mod cancel;
mod clients;
mod command;
mod events;
mod examples;
mod faults;
mod hooks;
mod hostile;
mod kinds;
mod lasting;
mod levels;
mod lifetime;
mod limits;
mod memory;
mod metered;
mod modules;
mod objects;
mod packet_object;
mod packets;
mod profiles;
mod races;
mod reports;
mod runs;
mod rust_hooks;
mod rust_network;
mod rust_sdk;
mod sending;
mod share;
mod share_races;
mod sockets;
mod sqlite;
mod symbols;
mod tasks;
mod timers;
mod trace;
