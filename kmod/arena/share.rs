// SPDX-License-Identifier: GPL-2.0
//! Regions, and who has the same one.
//!
//! Each extension's code is verified for its own window and policy. Where that is the very code, behind the very table and
//! gate slots, that lies in the arena already, the region is the same: what runs there is told by the activation, and
//! x15 says in which window.

use super::{Arena, Block, Contents};
use kernel::{prelude::*, sync::Arc};
use lore_sandbox::code::CodeLayout;

/// A block that regions share.
///
/// # Invariants
///
/// `block` holds what was written for `layout`, and does not change; `users` regions refer to it.
pub(super) struct Share {
    block: Arc<Block>,
    layout: CodeLayout,
    users: u64,
}

/// A part of the arena that holds an extension's code, and that of all others with the same.
pub(crate) struct Region {
    block: Arc<Block>,
}

impl Arena {
    /// A region with these contents; `None` when there is no room.
    pub(crate) fn place(self: &Arc<Self>, contents: &Contents<'_>) -> Result<Option<Region>> {
        if let Some(region) = self.find(contents) {
            return Ok(Some(region));
        }
        let Some(mut block) = self.take(contents.layout.region_len) else {
            return Ok(None);
        };
        block.write(contents)?;
        let block = Arc::new(block, GFP_KERNEL)?;
        // INVARIANT: Written above; the region below is the one that refers to it.
        let share = Share {
            block: block.clone(),
            layout: *contents.layout,
            users: 1,
        };
        // If this fails there is no region yet, and the block goes with its last reference.
        self.shares.lock().push(share, GFP_KERNEL)?;
        Ok(Some(Region { block }))
    }

    fn find(&self, contents: &Contents<'_>) -> Option<Region> {
        let mut shares = self.shares.lock();
        let share = shares.iter_mut().find(|share| share.holds(contents))?;
        share.users += 1;
        Some(Region {
            block: share.block.clone(),
        })
    }
}

impl Share {
    /// Whether these contents, put here, would be what is here. Of the same layout, the rest of both are traps.
    fn holds(&self, contents: &Contents<'_>) -> bool {
        let same = |at: u32, word: u32| match self.block.word(at) == word {
            true => Ok(()),
            false => Err(EINVAL),
        };
        self.layout == *contents.layout
            && self.block.code(&self.layout) == contents.code
            && self.block.head(contents, same).is_ok()
    }
}

impl Region {
    /// Address of the first byte.
    pub(crate) fn start(&self) -> usize {
        self.block.start
    }

    /// Bytes.
    pub(crate) fn len(&self) -> u32 {
        self.block.len
    }

    /// The word at a region offset; the trap word outside.
    pub(crate) fn word(&self, at: u32) -> u32 {
        self.block.word(at)
    }

    /// The code that was written: what the verifier saw.
    pub(crate) fn code(&self, layout: &CodeLayout) -> &[u8] {
        self.block.code(layout)
    }
}

impl Drop for Region {
    /// The block goes with the last of its regions.
    fn drop(&mut self) {
        let mut shares = self.block.arena.shares.lock();
        let is_ours = |share: &Share| core::ptr::eq(&*share.block, &*self.block);
        let Some(index) = shares.iter().position(is_ours) else {
            return;
        };
        if let Some(share) = shares.get_mut(index) {
            share.users -= 1;
            if share.users == 0 {
                // Its reference is not the last one: `self` has another, which goes after the lock.
                let _ = shares.remove(index);
            }
        }
    }
}
