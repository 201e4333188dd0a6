// SPDX-License-Identifier: GPL-2.0
//! The library of the `lore` command: objects in, images out, and the way to the kernel.
//! Nothing here is trusted by the kernel.
#![deny(unsafe_code)]

// Fixtures that integration tests share say `lore`.
#[cfg(test)]
extern crate self as lore;

pub mod build;
pub mod elf;
pub mod explain;
pub mod growth;
pub mod image;
pub mod object;
pub mod output;
pub mod reason;
pub mod report;
pub mod rewrite;
pub mod verify;
pub mod view;

pub use lore_client::requests as kernel;
