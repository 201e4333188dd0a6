// SPDX-License-Identifier: GPL-2.0
//! The label search against a linear one, and the reading of tables at their ends.

use lore_verifier::tables::{list, u32_at, Labels};
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
    fn search_from_anywhere_finds_what_a_walk_finds(
        places in proptest::collection::btree_set(0u32..400, 0..90), at in 0u32..420, near in 0usize..100,
    ) {
        let places: Vec<u32> = places.into_iter().collect();
        let bytes = table(&places);
        let labels = Labels::new(&bytes);
        let rank = places.iter().filter(|&&place| place < at).count();
        prop_assert_eq!(labels.rank(at, near), rank);
        prop_assert_eq!(labels.find(at, near).map(|label| label.at), places.iter().copied().find(|&p| p == at));
        prop_assert_eq!(
            labels.at_or_before(at).map(|label| label.at),
            places.iter().copied().filter(|&p| p <= at).max()
        );
        prop_assert_eq!(labels.len(), places.len());
        prop_assert_eq!(labels.is_empty(), places.is_empty());
    }

    #[test]
    fn any_table_is_searched_to_an_end(bytes in proptest::collection::vec(any::<u8>(), 0..300), at: u32, near: usize) {
        let labels = Labels::new(&bytes);
        prop_assert!(labels.rank(at, near) <= labels.len());
    }
}

#[test]
fn fields_and_ends() {
    let bytes = table(&[16, 20]);
    let labels = Labels::new(&bytes[..23]);
    assert_eq!(labels.len(), 1, "a partial label is none");
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
