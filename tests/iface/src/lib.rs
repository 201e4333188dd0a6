// SPDX-License-Identifier: GPL-2.0
//! What is made of `wit/`: one description, so that kernel, SDKs and documentation cannot disagree. The files are checked
//! in; a test says which of them is out of date.

pub mod c;
pub mod host;
pub mod iface;
pub mod kernel;
pub mod model;
pub mod page;
pub mod read;
pub mod sdk;

/// A file in the repository, and what makes it.
pub type File = (&'static str, fn(&model::Model) -> String);

/// All of them.
pub const FILES: &[File] = &[
    ("crates/iface/src/generated.rs", iface::file),
    ("kmod/gate/dispatch.rs", kernel::dispatch),
    ("kmod/gate/gates.h", kernel::header),
    ("sdk/c/include/lore_gates.h", c::header),
    ("sdk/rust/src/interface.rs", sdk::file),
    ("sdk/rust/src/host/gates.rs", host::file),
    ("docs/interface.md", page::page),
];

#[cfg(test)]
mod tests;
