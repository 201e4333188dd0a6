// SPDX-License-Identifier: GPL-2.0
//! The rewriter: relocatable objects in, one image out. Not trusted for safety, trusted for meaning.
//!
//! ```text
//!  inputs -> objects -> resolve -> layout of data, table
//!         -> compares for jump tables -> other registers (--compat) -> per function:  cfg -> frame -> lower
//!         -> facts that pass into functions -> per function:  place -> emit -> image
//! ```
//!
//! Conventions between the SDKs and [`link`]:
//!
//! - An entry is a record in a section `.lore.entry`: `{ u64 function (ABS64), u32 hook, u32 order }`. Such
//!   sections are roots; what they do not reach is left out. A member of an archive that has
//!   one is always taken.
//! - Where an entry is to be attached is a record in `.lore.place`: `{ u64 function (ABS64), u8 name[128] }`.
//! - A gate is an undefined symbol `lore_gate_` and the gate's id (`lore_gate_log`, ...).
//!   The C calling convention applies.
//! - A function pointer is an offset into the code table; it can be called, compared and stored, no more.

mod align;
mod arguments;
mod assemble;
mod cfg;
mod code;
mod compat;
mod decode;
mod emit;
mod encode;
mod error;
mod facts;
mod frame;
mod layout;
mod live;
mod lower;
mod memory;
mod origin;
mod passed;
mod place;
mod program;
mod stack;
mod steps;
mod tables;
mod written;

pub use error::{disassemble, Error, Place, Problem, SourceLine, Undefined};
pub use steps::{Step, Without};
pub use written::{guarded_by, written_by, Written};

use crate::image::Image;
use layout::Layout;
use lore_abi::image::{Hook, Profile};
use program::Program;

/// One input: an AArch64 relocatable object or an archive of such.
#[derive(Clone, Debug)]
pub struct Input {
    /// For messages.
    pub name: String,
    /// The file.
    pub bytes: Vec<u8>,
}

/// How to link.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Entries beside those in `.lore.entry`: symbol and hook.
    pub entries: Vec<(String, Hook)>,
    /// Facts do not outlive calls (the kernel's policy `strict`).
    pub strict: bool,
    /// How accesses are kept inside the window.
    pub guard: Profile,
    /// Bytes of the window, of the profile `mask`; 0 in all others.
    pub window_len: u64,
    /// Every way round passes a check of fuel, for hooks where interrupts can be masked.
    pub metered: bool,
    /// Objects may use the reserved registers; they are given others.
    pub compat: bool,
    /// Steps that are left out.
    pub without: Without,
    /// What the image asks of the kernel.
    pub wishes: Wishes,
}

impl Options {
    /// Whether x9 may be the biased base. Objects that were built without the reserved registers may use it, in metered images it is fuel,
    /// in windows of the profile `mask` a low half is no offset, and `match` looks at every pointer first.
    fn may_be_biased(&self) -> bool {
        let may_be = match self.guard {
            Profile::Uxtw | Profile::Stores | Profile::Movk | Profile::Low => true,
            Profile::Match | Profile::Mask => false,
        };
        may_be && !self.metered && !self.compat && !self.without.has(Step::Biased)
    }
}

/// What an image asks of the kernel that loads it; 0 leaves it to the kernel, or is no ring.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes {
    /// Bytes of data stack that an activation needs.
    pub stack_len: u32,
    /// Bytes of the ring of events.
    pub ring_len: u32,
    /// Most bytes of heap.
    pub heap_max: u64,
}

/// Names that live code refers to and nobody defines. Empty too when the inputs are wrong in another way, which
/// [`link`] tells better.
pub fn undefined(inputs: &[Input], options: &Options) -> Vec<String> {
    match Program::load(inputs, options) {
        Err(Error::Undefined { symbols }) => {
            symbols.into_iter().map(|symbol| symbol.symbol).collect()
        }
        _ => Vec::new(),
    }
}

/// Rewrites and links objects into an image.
///
/// Archives give the members that are needed, like in a linker, and what no entry reaches is left out.
pub fn link(inputs: &[Input], options: &Options) -> Result<Image, Error> {
    let program = Program::load(inputs, options)?;
    let layout = Layout::new(&program, options.guard)?;
    assemble::assemble(&program, &layout, options)
}
