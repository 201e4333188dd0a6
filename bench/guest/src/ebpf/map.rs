// SPDX-License-Identifier: GPL-2.0
//! Structures over maps: their input and their checksum are elements of array maps.

use super::Memory;
use aya::maps::{Array, Map, MapData};
use aya::{Ebpf, Pod};

/// Most keys, and most operations, as `bench/ebpf/map/peer_keys.h` has it.
const INPUT_MAX: usize = 100_000;
/// The numbers of both.
const HEAD_LEN: usize = 16;
const KEY_LEN: usize = 32;
const DRAW_LEN: usize = 4;
const INPUT_LEN: usize = HEAD_LEN + INPUT_MAX * (KEY_LEN + DRAW_LEN) + PADDING_LEN;
/// C makes it a multiple of eight.
const PADDING_LEN: usize = (INPUT_MAX * DRAW_LEN) % 8;

/// The element that the programs read.
#[derive(Clone, Copy)]
struct Bytes([u8; INPUT_LEN]);

// SAFETY: Bytes, for which any value will do.
unsafe impl Pod for Bytes {}

/// The maps, which programs name by their descriptors when they are loaded.
pub struct Maps {
    _input: Array<MapData, Bytes>,
    checksum: Array<MapData, u64>,
}

fn array<T: Pod>(programs: &mut Ebpf, section: &str) -> Array<MapData, T> {
    let map: Map = programs
        .take_map(section)
        .unwrap_or_else(|| panic!("no map {section}"));
    Array::try_from(map).unwrap_or_else(|error| panic!("{section}: {error}"))
}

impl Maps {
    /// Takes the maps of an object, and gives it its input.
    pub fn of(programs: &mut Ebpf, input: &[u8]) -> Maps {
        let (head, rest) = input.split_at(HEAD_LEN);
        let keys = u64::from_le_bytes(head[..8].try_into().expect("eight bytes")) as usize;
        let (keys, draws) = rest.split_at(keys * KEY_LEN);
        assert!(
            keys.len() <= INPUT_MAX * KEY_LEN && draws.len() <= INPUT_MAX * DRAW_LEN,
            "too many keys"
        );
        let mut bytes = Box::new(Bytes([0; INPUT_LEN]));
        let draws_at = HEAD_LEN + INPUT_MAX * KEY_LEN;
        for (at, part) in [(0, head), (HEAD_LEN, keys), (draws_at, draws)] {
            bytes.0[at..at + part.len()].copy_from_slice(part);
        }
        let mut map = array::<Bytes>(programs, ".data.input");
        map.set(0, bytes.as_ref(), 0)
            .expect("the input fits its map");
        Maps {
            _input: map,
            checksum: array(programs, ".data.checksum"),
        }
    }
}

impl Memory for Maps {
    fn checksum(&self) -> u64 {
        self.checksum.get(&0, 0).expect("there is one element")
    }
}
