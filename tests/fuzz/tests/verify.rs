// SPDX-License-Identifier: GPL-2.0
//! The verifier answers whatever it is given.

use fastrand::Rng;
use lore_abi::contract::{BTI_C, TRAP_WORD};
use lore_abi::image::Profile;
use lore_corpus::Built;
use lore_fuzz::{judge, mutate, one};
use lore_verifier::{room_for, Image, Note, Policy};
use std::time::{Duration, Instant};

/// Mutations of each case.
fn rounds() -> usize {
    std::env::var("FUZZ_ROUNDS")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(150)
}

#[test]
fn mutated_cases_are_answered() {
    let (mut answered, mut accepted) = (0u64, 0u64);
    for (number, (_, built)) in lore_corpus::all().into_iter().enumerate() {
        let mut rng = Rng::with_seed(number as u64);
        if built.code.len() > 1 << 16 {
            continue; // The cases of size limits: one answer each is in the corpus.
        }
        for _ in 0..rounds() {
            let mut other = built.clone();
            change(&mut other, &mut rng);
            answered += 1;
            accepted += u64::from(judge(&other.image(), &other.policy()));
        }
    }
    println!("{answered} mutated images answered, {accepted} of them accepted");
    assert!(
        answered > 50_000 && accepted * 50 > answered,
        "{accepted} of {answered}"
    );
}

/// Changes one table, mostly the code.
fn change(built: &mut Built, rng: &mut Rng) {
    let table = match rng.usize(..12) {
        0 | 1 => &mut built.labels,
        2 => &mut built.lists,
        3 => &mut built.targets,
        4 => &mut built.entries,
        5 => &mut built.imports,
        6 => &mut built.relocs,
        7 => {
            built.data_len = rng.u64(..) >> rng.usize(..64);
            return;
        }
        _ => &mut built.code,
    };
    mutate(table, rng);
}

#[test]
fn arbitrary_bytes_are_answered() {
    let mut rng = Rng::with_seed(1);
    for _ in 0..rounds() * 400 {
        let mut bytes: Vec<u8> = (0..rng.usize(..64))
            .flat_map(|_| rng.u64(..).to_le_bytes())
            .collect();
        if let Some(head) = bytes.get_mut(..8) {
            // Small tables, or nothing would be left for the code.
            head[1..7].iter_mut().for_each(|len| *len &= 0x83);
        }
        one(&bytes);
    }
}

/// Verifies an image and says how long that took.
fn time(code: &[u8], labels: &[u8], lists: &[u8], targets: &[u8]) -> Duration {
    let image = Image {
        code,
        labels,
        lists,
        targets,
        entries: &[],
        imports: &[],
        relocs: &[],
        guards: &[],
        window_len: 0,
        data_len: 0,
        profile: 0,
        flags: 0,
    };
    let mut room = vec![Note::default(); room_for(code.len())];
    let start = Instant::now();
    let answer = lore_verifier::verify(
        &image,
        &Policy {
            features: u64::MAX,
            strict: false,
            profiles: Profile::SOUND,
            window: 0,
        },
        &mut room,
    );
    assert!(answer.is_ok(), "{answer:?}");
    start.elapsed()
}

fn bytes(words: impl IntoIterator<Item = u32>) -> Vec<u8> {
    words.into_iter().flat_map(u32::to_le_bytes).collect()
}

/// The costliest thing that one word can ask for is a search among all labels.
#[test]
fn images_made_to_be_slow_take_time_by_their_length() {
    let count = 1u32 << 20;
    // Four words hold the table's slots, then code from 64 on: a label on every word, as many as there are words.
    let all: Vec<u8> = (0..count)
        .flat_map(|i| [64 + 4 * i, 0, 8 << 8].map(u32::to_le_bytes).concat())
        .collect();
    let trap = time(&bytes((0..count).map(|_| TRAP_WORD)), &all, &[0; 8], &[]);
    // Every word a branch that goes far: to the first word, to the last, to the other end.
    let far = |to: fn(u32, u32) -> u32| {
        let words = (0..count).map(|i| 0x1400_0000 | to(i, count).wrapping_sub(i) & 0x03ff_ffff);
        time(&bytes(words), &all, &[0; 8], &[])
    };
    let times = [
        trap,
        far(|_, _| 0),
        far(|_, n| n - 1),
        far(|i, n| n - 1 - i),
        far(|i, n| i.wrapping_mul(7919) % n),
    ];
    // A search is 20 steps. A verifier that looked at every label for every branch would not end here for hours.
    println!("{count} words: {times:?}");
}

/// As many targets as the format has.
#[test]
fn a_full_table_of_targets_is_answered() {
    let count = 1u32 << 16;
    let layout = lore_sandbox::code::plan(lore_sandbox::code::Demand {
        targets: u64::from(count),
        imports: 0,
        code_len: u64::from(count) * 4,
    })
    .expect("within the limits");
    let at = |i: u32| layout.code_at + 4 * i;
    let labels: Vec<u8> = (0..count)
        .flat_map(|i| [at(i), 0, 8 << 8].map(u32::to_le_bytes).concat())
        .collect();
    let targets = bytes((0..count).map(at));
    let took = time(
        &bytes((0..count).map(|_| BTI_C)),
        &labels,
        &[0; 8],
        &targets,
    );
    assert!(took < Duration::from_secs(20), "{took:?}");
}
