// SPDX-License-Identifier: GPL-2.0
//! Every order in which a few CPUs can use, drop, take and refill one slot.

use super::*;
extern crate std;
use std::collections::HashSet;
use std::vec;
use std::vec::Vec;

const SLOT: usize = 5;

fn handle(generation: u64) -> u64 {
    Word::of(generation, LIVE, 0).handle(SLOT)
}

/// What a CPU does with the object of generation 1; each step changes the word once, as a compare-and-swap does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Task {
    Uses(Share),
    Drops,
    Takes,
    /// Puts an object of generation 2 in, when there is room.
    Puts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum At {
    Start,
    Pinned,
    Unpins,
    /// Has the slot for itself and empties it.
    Empties,
    /// Has the slot for itself and fills it.
    Fills,
    End,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct World {
    word: u64,
    /// Generation of the object in the slot.
    object: Option<u64>,
    /// How often the object of generation 1 was given back.
    given_back: u32,
    cpus: Vec<(Task, At)>,
}

impl World {
    fn new(tasks: &[Task]) -> World {
        World {
            word: Word::of(1, LIVE, 0).raw(),
            object: Some(1),
            given_back: 0,
            cpus: tasks.iter().map(|task| (*task, At::Start)).collect(),
        }
    }

    /// One step of a CPU.
    fn step(&mut self, cpu: usize) {
        let word = Word::from_raw(self.word);
        let (task, at) = self.cpus[cpu];
        let next = match (task, at) {
            (Task::Puts, At::Start) => match word.claim(2) {
                Some(word) => self.set(word, At::Fills),
                None => At::End,
            },
            (Task::Puts, _) => {
                assert_eq!(self.object, None, "filled twice");
                self.object = Some(2);
                self.set(word.publish(), At::End)
            }
            (_, At::Start) => {
                let share = match task {
                    Task::Uses(share) => share,
                    _ => Share::Shared,
                };
                match word.pin(handle(1), share) {
                    Ok(word) => self.set(word, At::Pinned),
                    Err(_) => At::End,
                }
            }
            (Task::Uses(share), At::Pinned) => {
                assert_eq!(self.object, Some(1), "used after it was gone");
                let alone = |(i, (task, at)): (usize, &(Task, At))| {
                    i != cpu && *at == At::Pinned && *task == Task::Uses(Share::Alone)
                };
                let others = self.cpus.iter().enumerate().filter(|c| alone(*c)).count();
                assert!(share == Share::Shared || others == 0, "two are alone");
                At::Unpins
            }
            (Task::Drops, At::Pinned) => match word.condemn() {
                Some(word) => self.set(word, At::Unpins),
                None => At::Unpins,
            },
            (Task::Takes, At::Pinned) => match word.seize() {
                Ok(word) => self.set(word, At::Empties),
                Err(_) => At::Unpins,
            },
            (_, At::Unpins) => match word.unpin() {
                Unpinned::Stays(word) => self.set(word, At::End),
                Unpinned::Gone(word) => self.set(word, At::Empties),
            },
            (_, At::Empties) => {
                assert_eq!(self.object.take(), Some(1), "given back twice");
                self.given_back += 1;
                self.set(word.free(), At::End)
            }
            (_, At::Fills | At::End) => unreachable!(),
        };
        self.cpus[cpu].1 = next;
    }

    fn set(&mut self, word: Word, at: At) -> At {
        self.word = word.raw();
        at
    }

    fn check_end(&self, tasks: &[Task]) {
        let word = Word::from_raw(self.word);
        assert_eq!(word.pins(), 0);
        match self.object {
            Some(generation) => assert_eq!(word, Word::of(generation, LIVE, 0)),
            None => assert_eq!(word.phase(), FREE),
        }
        assert_eq!(self.given_back == 1, self.object != Some(1));
        // Who drops wins in any case; who takes may be told that it is busy.
        if tasks.contains(&Task::Drops) {
            assert_eq!(self.given_back, 1);
        }
    }
}

/// How many states there are.
fn every_order(tasks: &[Task]) -> usize {
    let mut seen = HashSet::new();
    let mut open = vec![World::new(tasks)];
    while let Some(world) = open.pop() {
        if !seen.insert(world.clone()) {
            continue;
        }
        let mut ended = true;
        for cpu in 0..tasks.len() {
            if world.cpus[cpu].1 != At::End {
                ended = false;
                let mut next = world.clone();
                next.step(cpu);
                open.push(next);
            }
        }
        if ended {
            world.check_end(tasks);
        }
    }
    seen.len()
}

#[test]
fn an_object_goes_once_and_never_under_a_user() {
    let all = [
        Task::Uses(Share::Shared),
        Task::Uses(Share::Alone),
        Task::Drops,
        Task::Takes,
        Task::Puts,
    ];
    let mut states = 0;
    for a in all {
        for b in all {
            for c in all {
                for d in all {
                    states += every_order(&[a, b, c, d]);
                }
            }
        }
    }
    assert!(states > 100_000, "{states}");
}

#[test]
fn only_the_handle_of_what_is_there_reaches_it() {
    let live = Word::of(7, LIVE, 0);
    let good = live.handle(SLOT);
    assert!(is_lasting(good) && good < 1 << 63 && slot_of(good) == SLOT);
    assert!(live.pin(good, Share::Shared).is_ok());
    for bit in SLOT_BITS..64 {
        let wrong = good ^ 1 << bit;
        let reaches = is_lasting(wrong) && live.pin(wrong, Share::Shared).is_ok();
        assert!(!reaches, "{wrong:#x}");
    }
    for word in [
        Word::of(7, FREE, 0),
        Word::of(7, MOVING, 0),
        Word::of(7, DYING, 3),
        Word::of(8, LIVE, 0),
    ] {
        assert_eq!(word.pin(good, Share::Shared), Err(Unusable::Stale));
    }
}

#[test]
fn pins_and_generations_end_in_a_refusal() {
    let full = Word::of(1, LIVE, PINS_MAX);
    assert_eq!(full.pin(handle(1), Share::Shared), Err(Unusable::Busy));
    assert_eq!(Word::NEW.claim(GENERATIONS), None);
    let last = Word::NEW
        .claim(GENERATIONS - 1)
        .expect("one more")
        .publish();
    assert!(last.pin(last.handle(0), Share::Alone).is_ok());
}

#[test]
fn ten_million_made_up_handles_name_nothing() {
    let mut words = [Word::NEW; SLOTS];
    for (slot, word) in words.iter_mut().enumerate() {
        // Half of the table is in use.
        if slot % 2 == 0 {
            *word = Word::of((1 << 39) + slot as u64, LIVE, 0);
        }
    }
    let mut random = fastrand::Rng::with_seed(7);
    for i in 0..10_000_000u64 {
        let slot = random.usize(..SLOTS);
        // Anything, or a handle that is good but for one bit of its generation or its mark.
        let made_up = match i % 2 {
            0 => random.u64(..),
            _ => words[slot & !1].handle(slot & !1) ^ 1 << random.u32(SLOT_BITS..64),
        };
        let word = words[slot_of(made_up)];
        let reaches = is_lasting(made_up) && word.pin(made_up, Share::Shared).is_ok();
        assert!(!reaches, "{made_up:#x}");
    }
}
