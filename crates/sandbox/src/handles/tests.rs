// SPDX-License-Identifier: GPL-2.0
//! Handles as their holders should use them, and as nobody should.

use super::*;
extern crate std;
use proptest::prelude::*;
use std::vec::Vec;

fn put(table: &mut Handles<u32>, value: u32) -> u64 {
    table.put(value, Hold::Own).expect("there is room")
}

#[test]
fn a_handle_is_positive_and_never_zero() {
    for secret in [0, 1, FIRST_END - 2, FIRST_END - 1, FIRST_END, u64::MAX] {
        for hold in [Hold::Own, Hold::Lent] {
            let handle = Handles::new(secret).put(7, hold).expect("there is room");
            assert!(handle > 0 && handle < LASTING, "{secret:#x}: {handle:#x}");
        }
    }
}

#[test]
fn a_table_holds_as_many_as_it_has_slots() {
    let mut table = Handles::new(1);
    for value in 0..SLOTS as u32 {
        put(&mut table, value);
    }
    assert_eq!(table.put(99, Hold::Own), Err(Full(99)));
    assert_eq!(table.len(), SLOTS as u32);
    assert_eq!(table.pop(), Some((SLOTS as u32 - 1, Hold::Own)));
    assert!(table.put(99, Hold::Own).is_ok(), "a slot is free again");
}

#[test]
fn a_dropped_handle_stays_dead_when_its_slot_lives_again() {
    let mut table = Handles::new(1);
    let old = put(&mut table, 1);
    assert_eq!(table.take(old), Ok(1));
    let new = put(&mut table, 2);
    assert_eq!(old % SLOTS as u64, new % SLOTS as u64, "the same slot");
    assert_eq!(table.get(old), None);
    assert_eq!(table.get_mut(old), None);
    assert_eq!(table.take(old), Err(HandleError::Stale));
    assert_eq!(table.get(new), Some(&2));
}

/// The bit is of the handle that was given out: to clear it, or to set it, names nothing.
#[test]
fn the_bit_that_says_lent_cannot_be_turned() {
    let mut table = Handles::new(1);
    for hold in [Hold::Own, Hold::Lent] {
        let handle = table.put(1, hold).expect("there is room");
        assert_eq!(table.get(handle ^ LENT), None);
        assert_eq!(table.take(handle ^ LENT), Err(HandleError::Stale));
    }
}

#[test]
fn a_table_that_goes_drops_what_it_holds() {
    let value = std::rc::Rc::new(());
    let mut table = Handles::new(1);
    for hold in [Hold::Own, Hold::Lent] {
        assert!(table.put(value.clone(), hold).is_ok());
    }
    let taken = table.pop();
    assert_eq!(std::rc::Rc::strong_count(&value), 3);
    drop((taken, table));
    assert_eq!(std::rc::Rc::strong_count(&value), 1);
}

#[test]
fn what_is_lent_cannot_be_taken() {
    let mut table = Handles::new(1);
    let lent = table.put(1, Hold::Lent).expect("there is room");
    assert_eq!(table.get(lent), Some(&1));
    assert_eq!(table.take(lent), Err(HandleError::OnlyLent));
    assert_eq!(table.pop(), Some((1, Hold::Lent)));
    assert_eq!(table.take(lent), Err(HandleError::Stale));
}

#[test]
fn another_tables_handle_names_nothing() {
    let (mut one, mut other) = (Handles::new(1 << 40), Handles::new(1 << 41));
    let foreign = put(&mut one, 1);
    let own = put(&mut other, 2);
    assert_eq!(foreign % SLOTS as u64, own % SLOTS as u64, "the same slot");
    assert_eq!(other.get(foreign), None);
    assert_eq!(other.take(foreign), Err(HandleError::Stale));
}

#[test]
fn generations_last() {
    let mut table = Handles::new(u64::MAX);
    table.next = FIRST_END * 2 - 1;
    let last = put(&mut table, 1);
    assert!(last < LENT, "2^54 objects later");
    assert_eq!(table.take(last), Ok(1));
}

/// A generator of numbers; good enough to hit every slot.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }
}

#[test]
fn ten_million_made_up_handles_name_nothing() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut table = Handles::new(numbers.next());
    let mut live = Vec::new();
    for value in 0..SLOTS as u32 {
        live.push(put(&mut table, value));
    }
    for i in 0..10_000_000u32 {
        // Random ones, and near misses: a live one with some bits turned.
        let near = live[(numbers.next() % SLOTS as u64) as usize];
        let made_up = match i % 4 {
            0 => numbers.next(),
            1 => near ^ 1 << (numbers.next() % 64),
            2 => near.wrapping_add(numbers.next() % 1024 * SLOTS as u64),
            _ => near.wrapping_sub(numbers.next() % 1024 * SLOTS as u64),
        };
        let known = live.iter().position(|handle| *handle == made_up);
        assert_eq!(table.get(made_up).copied(), known.map(|value| value as u32));
        if known.is_none() {
            assert_eq!(table.take(made_up), Err(HandleError::Stale));
        }
    }
    assert_eq!(table.len(), SLOTS as u32);
}

/// One step of a random history.
#[derive(Clone, Debug)]
enum Step {
    Put(bool),
    Take(usize),
    Get(usize),
    Pop,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => any::<bool>().prop_map(Step::Put),
        2 => any::<usize>().prop_map(Step::Take),
        2 => any::<usize>().prop_map(Step::Get),
        1 => Just(Step::Pop),
    ]
}

proptest! {
    /// Against the plainest table there is: a list of what is held, in order.
    #[test]
    fn a_table_is_a_list_in_order(secret: u64, steps in prop::collection::vec(step(), 0..400)) {
        let mut table = Handles::new(secret);
        let mut held: Vec<(u64, u32, Hold)> = Vec::new();
        let mut ever: Vec<u64> = Vec::new();
        for (value, step) in (0u32..).zip(steps) {
            match step {
                Step::Put(own) => {
                    let hold = if own { Hold::Own } else { Hold::Lent };
                    match table.put(value, hold) {
                        Ok(handle) => {
                            prop_assert!(!ever.contains(&handle));
                            held.push((handle, value, hold));
                            ever.push(handle);
                        }
                        Err(Full(back)) => {
                            prop_assert_eq!(back, value);
                            prop_assert_eq!(held.len(), SLOTS);
                        }
                    }
                }
                Step::Take(which) if !ever.is_empty() => {
                    let handle = ever[which % ever.len()];
                    let known = held.iter().position(|(other, ..)| *other == handle);
                    let expected = match known.map(|i| held[i]) {
                        None => Err(HandleError::Stale),
                        Some((_, _, Hold::Lent)) => Err(HandleError::OnlyLent),
                        Some((_, value, Hold::Own)) => Ok(value),
                    };
                    prop_assert_eq!(table.take(handle), expected);
                    if expected.is_ok() {
                        held.remove(known.expect("it was found"));
                    }
                }
                Step::Get(which) if !ever.is_empty() => {
                    let handle = ever[which % ever.len()];
                    let expected = held.iter().find(|(other, ..)| *other == handle).map(|(_, value, _)| *value);
                    prop_assert_eq!(table.get(handle).copied(), expected);
                    prop_assert_eq!(table.get_mut(handle).copied(), expected);
                }
                Step::Pop => {
                    let newest = held.pop().map(|(_, value, hold)| (value, hold));
                    prop_assert_eq!(table.pop(), newest);
                }
                _ => {}
            }
            prop_assert_eq!(table.len() as usize, held.len());
            prop_assert_eq!(table.is_empty(), held.is_empty());
        }
        while let Some((_, value, hold)) = held.pop() {
            prop_assert_eq!(table.pop(), Some((value, hold)));
        }
        prop_assert_eq!(table.pop(), None);
    }
}
