// SPDX-License-Identifier: GPL-2.0
//! The keys and values of bench/corpus/drivers/keys.h.

use core::hash::{BuildHasher, Hash, Hasher};

/// 32 bytes, in the order of their words.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(C)]
pub struct Key([u64; 4]);

/// 64 bytes.
#[repr(C)]
pub struct Value([u64; 8]);

impl Value {
    /// Words whose first and last come back in the checksums.
    pub fn new(first: u64) -> Value {
        Value(core::array::from_fn(|at| first + at as u64))
    }

    /// What a checksum has of it.
    pub fn part(&self) -> u64 {
        self.0[0].wrapping_add(self.0[7])
    }
}

/// What the key at `at` is inserted with.
pub fn inserted(at: usize) -> Value {
    Value::new(at as u64 * 8)
}

/// What the operation at `at` writes.
pub fn updated(at: usize) -> Value {
    Value::new((1 << 32) + at as u64 * 8)
}

unsafe extern "C" {
    static keys_len: u64;
    static draws_len: u64;
    static keys: *const Key;
    static draws: *const u32;
}

/// All keys.
pub fn all() -> &'static [Key] {
    // SAFETY: keys_setup() has set both, and the input stays.
    unsafe { core::slice::from_raw_parts(keys, keys_len as usize) }
}

/// The key of each operation.
pub fn drawn() -> impl Iterator<Item = &'static Key> {
    // SAFETY: As above.
    let drawn = unsafe { core::slice::from_raw_parts(draws, draws_len as usize) };
    drawn.iter().map(|at| &all()[*at as usize])
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.iter().for_each(|word| state.write_u64(*word));
    }
}

/// key_hash() of keys.h.
pub struct Mixed(u64);

impl Hasher for Mixed {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write_u64(&mut self, word: u64) {
        self.0 = (self.0 ^ word).wrapping_mul(0xff51_afd7_ed55_8ccd);
        self.0 ^= self.0 >> 32;
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64((*byte).into()));
    }
}

/// Makes them.
#[derive(Clone, Copy, Default)]
pub struct Mix;

impl BuildHasher for Mix {
    type Hasher = Mixed;

    fn build_hasher(&self) -> Mixed {
        Mixed(0x9e37_79b9_7f4a_7c15)
    }
}
