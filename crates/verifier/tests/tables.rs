// SPDX-License-Identifier: GPL-2.0
//! The label search against a linear one, and the reading of tables at their ends.

use lore_verifier::places::Places;
use lore_verifier::tables::{list, u32_at, Labels};
use lore_verifier::{room_for, Note};
use proptest::prelude::*;

fn table(places: &[u32]) -> Vec<u8> {
    places
        .iter()
        .flat_map(|at| {
            let mut bytes = at.to_le_bytes().to_vec();
            bytes.extend([1, 2, 0, 0, 3, 4, 5, 6]);
            bytes
        })
        .collect()
}

proptest! {
    #[test]
    fn a_search_finds_what_a_walk_finds(
        places in proptest::collection::btree_set(0u32..400, 0..90), at in 0u32..420,
    ) {
        let places: Vec<u32> = places.into_iter().collect();
        let bytes = table(&places);
        let labels = Labels::new(&bytes);
        let rank = places.iter().filter(|&&place| place < at).count();
        prop_assert_eq!(labels.rank(at), rank);
        prop_assert_eq!(labels.find(at).map(|label| label.at), places.iter().copied().find(|&p| p == at));
        prop_assert_eq!(
            labels.at_or_before(at).map(|label| label.at),
            places.iter().copied().filter(|&p| p <= at).max()
        );
        prop_assert_eq!(labels.iter().count(), places.len());
    }

    #[test]
    fn a_look_finds_what_a_walk_finds(
        places in proptest::collection::btree_set(0u32..2_000, 0..900), start in 0u32..64, used in any::<bool>(),
    ) {
        // Labels and questions lie within the code, as the rules make sure before.
        let places: Vec<u32> = places.into_iter().map(|word| (start + word) * 4).collect();
        let bytes = table(&places);
        let mut room = vec![Note::default(); room_for(2_000 * 4)];
        if used {
            // What is left from another table changes nothing.
            let all: Vec<u32> = (0..2_000).map(|word| (start + word) * 4).collect();
            Places::new(Labels::new(&table(&all)), start * 4, &mut room);
        }
        let labels = Places::new(Labels::new(&bytes), start * 4, &mut room);
        for word in 0..2_000 {
            let at = (start + word) * 4;
            prop_assert_eq!(labels.find(at).map(|label| label.at), places.iter().copied().find(|&p| p == at));
        }
    }

    #[test]
    fn any_table_is_noted_and_looked_up(
        bytes in proptest::collection::vec(any::<u8>(), 0..300), start: u32, room in 0usize..9, at: u32,
    ) {
        let mut room = vec![Note::default(); room];
        let labels = Places::new(Labels::new(&bytes), start, &mut room);
        prop_assert!(labels.find(at).is_none_or(|label| label.at == at));
    }

    #[test]
    fn any_table_is_searched_to_an_end(bytes in proptest::collection::vec(any::<u8>(), 0..300), at: u32) {
        let labels = Labels::new(&bytes);
        prop_assert!(labels.rank(at) <= labels.iter().count());
    }
}

#[test]
fn fields_and_ends() {
    let bytes = table(&[16, 20]);
    let labels = Labels::new(&bytes[..23]);
    assert_eq!(labels.iter().count(), 1, "a partial label is none");
    let label = labels.get(0).unwrap();
    assert_eq!(
        (
            label.at,
            label.registers,
            label.class,
            label.class14,
            label.list
        ),
        (16, 0x201, 3, 4, 0x605)
    );
    assert_eq!(labels.place(0), 16);
    assert_eq!(labels.place(1), u32::MAX);
    assert_eq!(u32_at(&[1, 0, 0, 0, 2, 0, 0, 0], 1), Some(2));
    assert_eq!(u32_at(&[1, 0, 0, 0, 2, 0, 0], 1), None);
    assert_eq!(u32_at(&[], u32::MAX), None);
    assert_eq!(list(&[0; 8], 0), Some(0));
    assert_eq!(
        list(&[0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0], 1),
        Some(0x101)
    );
    assert_eq!(list(&[0; 15], 1), None);
}

#[test]
fn room_for_whole_words_of_notes() {
    assert_eq!([0, 1, 4, 128, 129, 256].map(room_for), [0, 1, 1, 1, 2, 2]);
    // A label where the room ends is not found, its neighbour is.
    let bytes = table(&[64, 64 + 124, 64 + 128]);
    let mut room = [Note::default()];
    let labels = Places::new(Labels::new(&bytes), 64, &mut room);
    let found = [64, 64 + 124, 64 + 128].map(|at| labels.find(at).map(|label| label.at));
    assert_eq!(found, [Some(64), Some(64 + 124), None]);
}
