// SPDX-License-Identifier: GPL-2.0
//! The gates, one per file. `lore_abi::gate` says what each promises.

pub(crate) mod abort;
pub(crate) mod heap_grow;
pub(crate) mod log;
pub(crate) mod time_now;
