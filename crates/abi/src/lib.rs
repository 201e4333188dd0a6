// SPDX-License-Identifier: GPL-2.0
//! What crosses a boundary of LoRe: between image and kernel, loader and kernel, extension and gate.
//!
//! Everything here is plain data with fixed widths. The crate is compiled from one source by Kbuild
//! into `lore.ko` and by cargo into every host tool; the C view is `include/uapi/lore.h`.
//!
//! One coordinate is used for code everywhere (labels, targets, refusals, faults, ELF addresses):
//! the **byte offset from the start of the code region**. One coordinate is used for data: the
//! **byte offset from the start of the window**, which is the low half of the address.
#![no_std]
#![forbid(unsafe_code)]

#[macro_use]
mod codes;
pub mod attach;
pub mod contract;
pub mod fault;
pub mod feature;
pub mod image;
pub mod refusal;
pub mod request;
pub mod ring;
pub mod rule;
pub mod trace;

/// Version of everything in this crate. Kernel and loader refuse each other when it differs.
pub const ABI_VERSION: u32 = 1;
