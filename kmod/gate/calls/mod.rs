// SPDX-License-Identifier: GPL-2.0
//! The gates' own work, one file per interface or kind of object, one function per gate. `docs/interface.md` says what
//! each promises.

pub(crate) mod counters;
pub(crate) mod events;
pub(crate) mod lock;
pub(crate) mod packet;
pub(crate) mod socket;
pub(crate) mod system;
pub(crate) mod task;
pub(crate) mod timer;
