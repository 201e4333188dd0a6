// SPDX-License-Identifier: GPL-2.0
//! Power-of-two blocks of a power-of-two whole, each aligned to its size: the regions of the code arena.
//!
//! A binary tree over the leaves; a node holds 1 + the order of the largest free block below it, 0 for none. The
//! caller lends the tree's bytes, so the crate needs no allocator.

use core::ops::DerefMut;

/// Highest order of a whole, so that the tree's length stays far from any limit.
pub const ORDER_MAX: u32 = 20;

/// Bytes of tree for `1 << order` leaves.
pub const fn tree_len(order: u32) -> usize {
    2usize << if order > ORDER_MAX { ORDER_MAX } else { order }
}

/// Which leaves are taken.
///
/// # Invariants
///
/// `tree` has [`tree_len`] bytes, and node n (root 1, children 2n and 2n + 1) holds what the module's doc says.
#[derive(Debug)]
pub struct Buddy<T: DerefMut<Target = [u8]>> {
    tree: T,
    order: u32,
    taken: u64,
}

impl<T: DerefMut<Target = [u8]>> Buddy<T> {
    /// A whole of `1 << order` free leaves; `None` if `tree` has another length than [`tree_len`].
    pub fn new(mut tree: T, order: u32) -> Option<Self> {
        if order > ORDER_MAX || tree.len() != tree_len(order) {
            return None;
        }
        for (node, free) in tree.iter_mut().enumerate() {
            // Depth of the node is the position of its highest bit; node 0 is not part of the tree.
            *free = match node.checked_ilog2() {
                Some(depth) => 1 + order.saturating_sub(depth) as u8,
                None => 0,
            };
        }
        // INVARIANT: Every block is free, so each node holds 1 + its own order.
        Some(Buddy {
            tree,
            order,
            taken: 0,
        })
    }

    /// Leaves that are taken.
    pub fn taken(&self) -> u64 {
        self.taken
    }

    fn get(&self, node: usize) -> u8 {
        self.tree.get(node).copied().unwrap_or(0)
    }

    fn set(&mut self, node: usize, free: u8) {
        if let Some(slot) = self.tree.get_mut(node) {
            *slot = free;
        }
    }

    /// Takes a block of `1 << order` leaves; its first leaf, a multiple of its size.
    pub fn take(&mut self, order: u32) -> Option<u32> {
        if order > self.order {
            return None;
        }
        let want = 1 + order as u8; // Lossless: at most ORDER_MAX.
        if self.get(1) < want {
            return None;
        }
        let mut node = 1;
        for _ in order..self.order {
            let (left, right) = (self.get(2 * node), self.get(2 * node + 1));
            // The tighter fit, so that large blocks last.
            let go_left = left >= want && (right < want || left <= right);
            node = 2 * node + usize::from(!go_left);
        }
        self.set(node, 0);
        self.taken += 1 << order;
        let first = (node << order) - (1 << self.order);
        self.mend(node, order);
        // Lossless: below 2^ORDER_MAX.
        Some(first as u32)
    }

    /// Gives back the block that [`Buddy::take`] returned as `first`, with its order.
    pub fn give(&mut self, first: u32, order: u32) {
        if order > self.order || u64::from(first) >= 1 << self.order {
            return;
        }
        let node = ((1usize << self.order) + first as usize) >> order;
        self.set(node, 1 + order as u8); // Lossless: at most ORDER_MAX.
        self.taken = self.taken.saturating_sub(1 << order);
        self.mend(node, order);
    }

    /// Restores the invariant above `node`, whose block has `order`.
    fn mend(&mut self, mut node: usize, mut order: u32) {
        while node > 1 {
            node /= 2;
            let (left, right) = (self.get(2 * node), self.get(2 * node + 1));
            let whole = 1 + order as u8; // Lossless: at most ORDER_MAX.
            let free = if left == whole && right == whole {
                whole + 1
            } else {
                left.max(right)
            };
            self.set(node, free);
            order += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    extern crate std;
    use proptest::prelude::*;
    use std::{boxed::Box, vec, vec::Vec};

    fn whole(order: u32) -> Buddy<Box<[u8]>> {
        Buddy::new(vec![0; tree_len(order)].into_boxed_slice(), order).unwrap()
    }

    proptest! {
        #[test]
        fn blocks_are_aligned_disjoint_and_all_come_back(
            steps in proptest::collection::vec((0u32..8, any::<bool>(), any::<prop::sample::Index>()), 1..200),
        ) {
            let mut buddy = whole(6);
            let mut held: Vec<(u32, u32)> = Vec::new();
            for (order, give, which) in steps {
                if give && !held.is_empty() {
                    let (first, order) = held.swap_remove(which.index(held.len()));
                    buddy.give(first, order);
                } else if let Some(first) = buddy.take(order) {
                    prop_assert_eq!(first % (1 << order), 0);
                    prop_assert!(first + (1 << order) <= 64);
                    for (f, o) in &held {
                        prop_assert!(first + (1 << order) <= *f || f + (1 << o) <= first);
                    }
                    held.push((first, order));
                } else {
                    // Refused only when no aligned block of that size is free.
                    let fits = order <= 6 && (0..64u32 >> order).any(|i| {
                        held.iter().all(|(f, o)| (i + 1) << order <= *f || f + (1 << o) <= i << order)
                    });
                    prop_assert!(!fits);
                }
                prop_assert_eq!(buddy.taken(), held.iter().map(|(_, o)| 1u64 << o).sum::<u64>());
            }
            for (first, order) in held {
                buddy.give(first, order);
            }
            prop_assert_eq!(buddy.take(6), Some(0));
        }
    }

    #[test]
    fn a_tree_of_another_length_is_refused() {
        assert!(Buddy::new(vec![0; 7].into_boxed_slice(), 2).is_none());
        assert!(Buddy::new(vec![0; 8].into_boxed_slice(), ORDER_MAX + 1).is_none());
    }
}
