// SPDX-License-Identifier: GPL-2.0
//! hashbrown's map and alloc's BTreeMap, by the operations of bench/corpus/drivers/map.h.

use crate::keys::{self, Key, Mix, Value};
use alloc::collections::BTreeMap;
use hashbrown::HashMap;

/// The four operations on a map that lives in a static, as functions for C.
macro_rules! operations {
    ($map:ty, $new:expr, $insert:ident, $update:ident, $lookup:ident, $delete:ident) => {
        const _: () = {
            static mut MAP: Option<$map> = None;

            fn map() -> &'static mut $map {
                // SAFETY: A program does one operation after the other, and each asks once.
                unsafe { (*&raw mut MAP).get_or_insert_with(|| $new) }
            }

            #[unsafe(no_mangle)]
            extern "C" fn $insert() -> u64 {
                let map = map();
                let mut fresh = 0;
                for (at, key) in keys::all().iter().enumerate() {
                    fresh += u64::from(map.insert(*key, keys::inserted(at)).is_none());
                }
                fresh
            }

            #[unsafe(no_mangle)]
            extern "C" fn $update() -> u64 {
                let map = map();
                sum(keys::drawn()
                    .enumerate()
                    .map(|(at, key)| map.insert(*key, keys::updated(at)).is_some().into()))
            }

            #[unsafe(no_mangle)]
            extern "C" fn $lookup() -> u64 {
                let map = map();
                sum(keys::drawn().map(|key| map.get(key).map_or(1, Value::part)))
            }

            #[unsafe(no_mangle)]
            extern "C" fn $delete() -> u64 {
                let map = map();
                sum(keys::drawn().map(|key| map.remove(key).is_some().into()))
            }
        };
    };
}

fn sum(parts: impl Iterator<Item = u64>) -> u64 {
    parts.fold(0, |sum: u64, part| sum.wrapping_mul(31).wrapping_add(part))
}

operations!(
    HashMap<Key, Value, Mix>,
    HashMap::with_hasher(Mix),
    hashbrown_insert,
    hashbrown_update,
    hashbrown_lookup,
    hashbrown_delete
);
operations!(
    BTreeMap<Key, Value>,
    BTreeMap::new(),
    btreemap_insert,
    btreemap_update,
    btreemap_lookup,
    btreemap_delete
);
