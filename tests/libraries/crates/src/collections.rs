// SPDX-License-Identifier: GPL-2.0
//! Collections under the same random operations as one of `alloc`'s, step by step.

use crate::{Numbers, Out};
use alloc::collections::{BTreeMap, BTreeSet, VecDeque};
use alloc::vec::Vec;

/// Operations of each test.
const STEPS: usize = 20_000;

/// The map of hashbrown against a tree.
pub fn hashbrown(_: &str, out: &mut Out) {
    // Not by the default hasher, whose seed is an address.
    let mut map = hashbrown::HashMap::with_hasher(Multiply);
    let (mut tree, mut numbers) = (BTreeMap::new(), Numbers(1));
    for step in 0..STEPS {
        let (key, value) = (numbers.below(3_000), numbers.next());
        match numbers.below(4) {
            0 => out.check(map.remove(&key) == tree.remove(&key), "remove"),
            1 => out.check(map.get(&key) == tree.get(&key), "get"),
            _ => out.check(map.insert(key, value) == tree.insert(key, value), "insert"),
        }
        if step % 1_000 == 0 {
            map.retain(|key, _| key % 7 != 3);
            tree.retain(|key, _| key % 7 != 3);
            // Not the room, which goes by the width of the machine's registers.
            out.line(format_args!("{}", map.len()));
        }
    }
    let sum = map
        .iter()
        .fold(0u64, |sum, (key, value)| sum.wrapping_add(key ^ value));
    out.line(format_args!("{} {sum}", map.len()));
}

/// A hasher without a seed.
#[derive(Clone, Default)]
struct Multiply;

impl core::hash::BuildHasher for Multiply {
    type Hasher = Product;
    fn build_hasher(&self) -> Product {
        Product(0)
    }
}

struct Product(u64);

impl core::hash::Hasher for Product {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        }
    }
}

/// The map that keeps its order.
pub fn indexmap(_: &str, out: &mut Out) {
    let mut map = indexmap::IndexMap::with_hasher(Multiply);
    let (mut tree, mut numbers) = (BTreeMap::new(), Numbers(2));
    for _ in 0..STEPS {
        let (key, value) = (numbers.below(2_000) as u32, numbers.next());
        match numbers.below(4) {
            0 => out.check(map.swap_remove(&key) == tree.remove(&key), "swap_remove"),
            1 => out.check(map.get(&key) == tree.get(&key), "get"),
            _ => out.check(map.insert(key, value) == tree.insert(key, value), "insert"),
        }
    }
    for (key, value) in map.iter().take(100) {
        out.line(format_args!("{key} {value:x}"));
    }
    map.sort_unstable_keys();
    out.check(map.iter().eq(tree.iter()), "sorted");
}

/// A vector that begins on the stack.
pub fn smallvec(_: &str, out: &mut Out) {
    let mut small: smallvec::SmallVec<[u64; 8]> = smallvec::SmallVec::new();
    let (mut large, mut numbers) = (Vec::new(), Numbers(3));
    for step in 0..STEPS {
        let at = if large.is_empty() {
            0
        } else {
            numbers.below(large.len() as u64) as usize
        };
        match numbers.below(if large.len() > 12 { 8 } else { 5 }) {
            0 | 1 => {
                small.push(step as u64);
                large.push(step as u64);
            }
            2 => {
                small.insert(at, 7);
                large.insert(at, 7);
            }
            3 => out.check(small.pop() == large.pop(), "pop"),
            4 => {
                small.retain(|value| *value % 5 != 0);
                large.retain(|value| value % 5 != 0);
            }
            5 => small.shrink_to_fit(),
            _ => {
                small.truncate(at);
                large.truncate(at);
            }
        }
        out.check(small[..] == large[..], "content");
        if step % 100 == 0 {
            out.line(format_args!("{} {}", small.len(), small.spilled()));
        }
    }
}

/// Collections of a fixed size: a deque, a heap of priorities, a map.
pub fn heapless(_: &str, out: &mut Out) {
    let mut deque: heapless::Deque<u64, 32> = heapless::Deque::new();
    let mut heap: heapless::BinaryHeap<u64, heapless::binary_heap::Min, 64> =
        heapless::BinaryHeap::new();
    let mut map: heapless::LinearMap<u8, u64, 16> = heapless::LinearMap::new();
    let (mut queue, mut tree, mut numbers) = (VecDeque::new(), BTreeMap::new(), Numbers(4));
    for _ in 0..STEPS / 10 {
        let value = numbers.next();
        if numbers.below(5) < 3 {
            let fits = deque.push_back(value).is_ok();
            out.check(fits == (queue.len() < 32), "room");
            if fits {
                queue.push_back(value);
            }
            let key = value as u8 % 24;
            if map.insert(key, value).is_ok() {
                tree.insert(key, value);
            } else {
                out.check(tree.len() == 16 && !tree.contains_key(&key), "a full map");
            }
            out.line(format_args!("{:?}", heap.push(value >> 48).err()));
        } else {
            out.check(deque.pop_front() == queue.pop_front(), "pop");
            let key = value as u8 % 24;
            out.check(map.remove(&key) == tree.remove(&key), "remove");
            out.line(format_args!("{:?}", heap.pop()));
        }
    }
}

/// Sets of bits against a tree.
pub fn fixedbitset(_: &str, out: &mut Out) {
    let (mut a, mut b) = (
        fixedbitset::FixedBitSet::with_capacity(1_000),
        fixedbitset::FixedBitSet::with_capacity(777),
    );
    let (mut x, mut y, mut numbers) = (BTreeSet::new(), BTreeSet::new(), Numbers(6));
    for _ in 0..STEPS {
        let at = numbers.below(777) as usize;
        if numbers.below(2) == 0 {
            out.check(!a.put(at) == x.insert(at), "put");
        } else {
            b.toggle(at);
            if !y.remove(&at) {
                y.insert(at);
            }
        }
        if numbers.below(50) == 0 {
            a.set_range(at..at + 9, false);
            x.retain(|bit| !(at..at + 9).contains(bit));
        }
    }
    let both: Vec<usize> = a.intersection(&b).collect();
    out.line(format_args!("{both:?}"));
    out.check(both.iter().eq(x.intersection(&y)), "intersection");
    out.check(a.difference(&b).eq(x.difference(&y).copied()), "difference");
    a.symmetric_difference_with(&b);
    out.line(format_args!(
        "{} {:?} {:?}",
        a.count_ones(..),
        a.minimum(),
        a.maximum()
    ));
    out.check(
        a.ones().eq(x.symmetric_difference(&y).copied()),
        "symmetric difference",
    );
}
