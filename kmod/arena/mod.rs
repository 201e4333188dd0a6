// SPDX-License-Identifier: GPL-2.0
//! Where code lies: a part of the module's own text, handed out in power-of-two regions.
//!
//! ```text
//!   lore_arena        | region | region     | traps ...      |   executable, never writable
//!   lore_arena_stubs  | two words per arena word             |   where a data abort at that word resumes
//!   lore_arena_extable| one entry per arena word             |   sorted as it is filled; the kernel looks here
//! ```
//!
//! Every word that is not part of a region's contents traps. Code is put in through a writable alias of the same pages,
//! which is gone before anything runs there. Code depends on no address, so extensions whose regions hold the same words
//! share one: tens of thousands of small ones of a few images fit.

mod alias;
mod share;
mod table;

pub(crate) use share::Region;

use crate::sys::{self, bindings, Params};
use alias::Alias;
use kernel::{
    new_mutex,
    prelude::*,
    sync::{Arc, Mutex},
};
use lore_abi::contract::TRAP_WORD;
use lore_iface::Gate;
use lore_sandbox::{
    buddy::{self, Buddy},
    code::{CodeLayout, REGION_MIN},
};
use share::Share;

/// The arena and who has what of it.
///
/// # Invariants
///
/// `start..start + len` is `lore_arena`, covered by the module's exception table. What `free` holds as free is traps.
#[pin_data]
pub(crate) struct Arena {
    start: usize,
    len: u64,
    #[pin]
    free: Mutex<Buddy<KVVec<u8>>>,
    #[pin]
    shares: Mutex<KVec<Share>>,
}

impl Arena {
    /// Fills the arena with traps, the stubs and the exception table. Once, at module init.
    pub(crate) fn new(params: &Params) -> Result<Arc<Arena>> {
        let len = params.arena_len;
        if !len.is_power_of_two() || len < REGION_MIN {
            pr_err!("the code arena's size is no power of two\n");
            return Err(EINVAL);
        }
        let start = &raw const bindings::lore_arena as usize;
        let stubs = &raw const bindings::lore_arena_stubs as usize;
        let landing = bindings::lore_landing as *const () as usize;
        fill(start, len, |_| Ok(TRAP_WORD))?;
        fill(stubs, len / 4 * STUB_LEN, |at| match at % 8 {
            0 => Ok(KEEP_LINK),
            _ => branch(stubs + at, landing, BL),
        })?;
        table::adopt(start, stubs, len)?;

        // Lossless: both are 32-bit by the assertion in `buddy` and the range in Kconfig.
        let order = (len / REGION_MIN).ilog2();
        let tree = KVVec::from_elem(0u8, buddy::tree_len(order), GFP_KERNEL)?;
        let buddy = Buddy::new(tree, order).ok_or(EINVAL)?;
        // INVARIANT: Filled, covered and free throughout.
        Arc::pin_init(
            pin_init!(Arena {
                start,
                len,
                free <- new_mutex!(buddy),
                shares <- new_mutex!(KVec::new()),
            }),
            GFP_KERNEL,
        )
    }

    /// Bytes of the arena that regions hold.
    pub(crate) fn used(&self) -> u64 {
        self.free.lock().taken() * REGION_MIN
    }

    /// A block of `len` bytes, a power of two of at least [`REGION_MIN`]; `None` when there is no room.
    fn take(self: &Arc<Self>, len: u32) -> Option<Block> {
        let order = (u64::from(len) / REGION_MIN).checked_ilog2()?;
        let leaf = self.free.lock().take(order)?;
        // Lossless: below the arena's length.
        let at = u64::from(leaf) * REGION_MIN;
        // INVARIANT: The buddy gave the block to this value alone.
        Some(Block {
            arena: self.clone(),
            start: self.start + at as usize,
            len,
            leaf,
            order,
        })
    }
}

/// A part of the arena.
///
/// # Invariants
///
/// `start..start + len` is a block of `arena.free`, taken by this value alone.
struct Block {
    arena: Arc<Arena>,
    start: usize,
    len: u32,
    leaf: u32,
    order: u32,
}

/// What goes into a region: verified code and what the kernel writes around it.
pub(crate) struct Contents<'a> {
    pub(crate) layout: &'a CodeLayout,
    pub(crate) code: &'a [u8],
    pub(crate) targets: &'a [u32],
    pub(crate) gates: &'a [Gate],
    pub(crate) metered: bool,
    pub(crate) traced: bool,
}

impl Block {
    /// The word at a region offset; the trap word outside.
    fn word(&self, at: u32) -> u32 {
        if at & 3 != 0 || at >= self.len {
            return TRAP_WORD;
        }
        // SAFETY: In the region by the line above, which is mapped text of this module while the module lives.
        unsafe { ((self.start + at as usize) as *const u32).read_volatile() }
    }

    /// The code that was written: what the verifier saw.
    fn code(&self, layout: &CodeLayout) -> &[u8] {
        let (start, end) = (layout.code_at.min(self.len), layout.code_end.min(self.len));
        let len = end.saturating_sub(start) as usize;
        // SAFETY: In the region, which is mapped text; it is written before the region is shared, and after.
        unsafe { core::slice::from_raw_parts((self.start + start as usize) as *const u8, len) }
    }

    /// Writes table, gate slots, code and traps, and makes them visible to every CPU's fetches.
    fn write(&mut self, contents: &Contents<'_>) -> Result {
        let layout = contents.layout;
        if layout.region_len != self.len {
            return Err(EINVAL);
        }
        let mut alias = Alias::new(self.start, self.len as usize)?;
        let words = alias.words();
        self.head(contents, |at, word| put(words, at, word))?;
        for (i, word) in contents.code.chunks_exact(4).enumerate() {
            let word = u32::from_le_bytes([word[0], word[1], word[2], word[3]]);
            put(words, layout.code_at + 4 * i as u32, word)?;
        }
        // The rest of the region is traps since it was free.
        drop(alias);
        sys::text_sync(self.start, self.len as usize);
        Ok(())
    }

    /// The words before the code, table and gate slots, as they are in this block.
    fn head(&self, contents: &Contents<'_>, mut put: impl FnMut(u32, u32) -> Result) -> Result {
        let layout = contents.layout;
        let abort = bindings::lore_abort_stub as *const () as u64;
        for slot in 0..layout.table_len / 8 {
            let target = slot
                .checked_sub(1)
                .and_then(|i| contents.targets.get(i as usize));
            let address = target.map_or(abort, |at| self.start as u64 + u64::from(*at));
            // The halves, low first: arm64 kernels that build Rust are little-endian.
            put(slot * 8, address as u32)?;
            put(slot * 8 + 4, (address >> 32) as u32)?;
        }
        for (i, gate) in contents.gates.iter().enumerate() {
            let slot = layout.gate_slot(i as u32);
            let to = gate_address(*gate, contents);
            put(slot, branch(self.start + slot as usize, to, B)?)?;
        }
        Ok(())
    }
}

impl Drop for Block {
    /// Nothing runs here any more: the extensions that had the region are gone, and with them every activation.
    fn drop(&mut self) {
        // A region that cannot be made traps again is never handed out again.
        match fill(self.start, u64::from(self.len), |_| Ok(TRAP_WORD)) {
            Ok(()) => self.arena.free.lock().give(self.leaf, self.order),
            Err(_) => pr_warn!(
                "out of memory: {} KiB of code arena are lost\n",
                self.len >> 10
            ),
        }
    }
}

/// Bytes of a stub: [`KEEP_LINK`] and `bl lore_landing`.
pub(crate) const STUB_LEN: u64 = 8;
/// `str x30, [sp, #LORE_FRAME_LINK]`.
const KEEP_LINK: u32 = 0xf900_03fe | (bindings::LORE_FRAME_LINK / 8) << 10;
const B: u32 = 0x1400_0000;
const BL: u32 = 0x9400_0000;

/// A direct branch from one address of the module's text to another.
fn branch(from: usize, to: usize, opcode: u32) -> Result<u32> {
    let words = (to as isize).wrapping_sub(from as isize) >> 2;
    if !(-(1 << 25)..1 << 25).contains(&words) {
        return Err(ERANGE);
    }
    // Truncation to the field is what two's complement wants.
    Ok(opcode | (words as u32 & 0x03ff_ffff))
}

fn put(words: &mut [u32], at: u32, word: u32) -> Result {
    *words.get_mut(at as usize / 4).ok_or(EINVAL)? = word;
    Ok(())
}

/// Writes every word of a range and makes the range visible to fetches.
fn fill(start: usize, len: u64, word_at: impl Fn(usize) -> Result<u32>) -> Result {
    let mut alias = Alias::new(start, len as usize)?;
    for (i, word) in alias.words().iter_mut().enumerate() {
        *word = word_at(4 * i)?;
    }
    drop(alias);
    sys::text_sync(start, len as usize);
    Ok(())
}

fn gate_address(gate: Gate, contents: &Contents<'_>) -> usize {
    let when = |is: bool, distance: u32| if is { distance as usize } else { 0 };
    bindings::trampoline(gate) as *const () as usize
        + when(contents.metered, bindings::LORE_GATE_METERED)
        + when(contents.traced, bindings::LORE_GATE_TRACED)
}

/// Address of the first stub, from which the landing's link is counted.
pub(crate) fn stubs() -> usize {
    &raw const bindings::lore_arena_stubs as usize
}

/// Address of the arena.
pub(crate) fn start() -> usize {
    &raw const bindings::lore_arena as usize
}
