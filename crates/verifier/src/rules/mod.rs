// SPDX-License-Identifier: GPL-2.0
//! The rules, one function each, named for what it demands. `docs/rules.md` has the same ids, one heading each.

pub mod control;
pub mod frame;
pub mod image;
pub mod labels;
pub mod memory;
pub mod metered;
pub mod registers;
pub mod stack;
pub mod targets;
