// SPDX-License-Identifier: GPL-2.0
//! The arithmetic of isolation: where things lie in a code region and in a window, which spans
//! of a window an extension may name, and which objects its handles. Pure; mapping code only executes their plans.
#![no_std]
#![forbid(unsafe_code)]

pub mod buddy;
pub mod code;
pub mod fuel;
pub mod handles;
pub mod lasting;
pub mod span;
pub mod window;
