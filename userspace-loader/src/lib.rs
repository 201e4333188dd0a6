// SPDX-License-Identifier: GPL-2.0
//! The library of the `lore` command: objects in, images out, and the way to the kernel.
//! Nothing here is trusted by the kernel.

pub mod elf;
pub mod image;
pub mod rewrite;
