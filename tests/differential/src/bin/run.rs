// SPDX-License-Identifier: GPL-2.0
//! `run-images [SECONDS [SEED [FILE...]]]`: the cases of the corpora, the image files, then images grown for that long, with mutations of each:
//! runs what the verifier accepts, and says what came of it.

use fastrand::Rng;
use lore_abi::image::Profile;
use lore_differential::draft::Draft;
use lore_differential::file;
use lore_differential::grow::{grow, mutate};
use lore_differential::machine::{Ending, Machine, WINDOW};
use lore_differential::pick;
use lore_verifier::Policy;
use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// What the emulator's CPU has.
const FEATURES: u64 = {
    use lore_abi::feature::{CRC32, FLAGM, LRCPC, LRCPC2, LSE, SB};
    LSE | LRCPC | LRCPC2 | FLAGM | CRC32 | SB
};
/// Mutations of each image.
const MUTATIONS: u32 = 100;
/// Runs of each accepted image, each from other registers and memory.
const RUNS: u32 = 6;

#[derive(Default)]
struct Tally {
    seeds: u64,
    images: u64,
    mutated: u64,
    accepted: u64,
    runs: u64,
    steps: u64,
    endings: BTreeMap<Ending, u64>,
    findings: Vec<String>,
}

fn main() -> ExitCode {
    let mut args = std::env::args()
        .skip(1)
        .take(2)
        .map(|n| n.parse::<u64>().expect("a number"));
    let seconds = args.next().unwrap_or(60);
    let first = args.next().unwrap_or(0);
    let policy = Policy {
        features: FEATURES,
        strict: false,
        profiles: u32::MAX,
        window: WINDOW,
    };
    let mut machine = Machine::new();
    let mut cases = Tally::default();
    let mut rng = Rng::with_seed(first);
    for (_, built) in lore_corpus::all().into_iter().chain(lore_escapes::all()) {
        let Some(draft) = Draft::of_case(&built) else {
            continue;
        };
        cases.seeds += 1;
        vary(&mut machine, &draft, &policy, &mut rng, &mut cases);
    }
    let mut ok = report("cases", &cases);
    let mut files = Tally::default();
    for path in std::env::args().skip(3) {
        let draft = file::read(path.as_ref());
        let all = Policy {
            features: u64::MAX,
            strict: false,
            profiles: u32::MAX,
            window: WINDOW,
        };
        assert!(
            draft.verify(&all).is_ok(),
            "{path}: {:?}",
            draft.verify(&all)
        );
        for _ in 0..4 {
            files.seeds += 1;
            vary(&mut machine, &draft, &policy, &mut rng, &mut files);
        }
    }
    if files.seeds > 0 {
        ok &= report("files", &files);
    }
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut tally = Tally::default();
    while Instant::now() < end && tally.findings.len() < 5 {
        let mut rng = Rng::with_seed(first + tally.seeds);
        tally.seeds += 1;
        // Each in turn.
        let profile = pick_profile(tally.seeds);
        if let Some(draft) = grow(&mut rng, &policy, profile) {
            vary(&mut machine, &draft, &policy, &mut rng, &mut tally);
        }
    }
    ok &= report("grown", &tally);
    if ok {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The guard profile of an image that is to be grown: `uxtw` every other time, else the others in turn.
fn pick_profile(seeds: u64) -> Profile {
    let others = &Profile::ALL[1..];
    match seeds % 2 {
        0 => Profile::Uxtw,
        _ => others[(seeds / 2) as usize % others.len()],
    }
}

/// Runs an image, and those of its mutations that are accepted.
fn vary(machine: &mut Machine, draft: &Draft, policy: &Policy, rng: &mut Rng, tally: &mut Tally) {
    if draft.verify(policy).is_ok() {
        tally.images += 1;
        execute(machine, draft, None, policy, rng, tally);
    }
    for _ in 0..MUTATIONS {
        let (other, changed) = mutate(draft, rng);
        tally.mutated += 1;
        if other != *draft && other.verify(policy).is_ok() {
            tally.accepted += 1;
            execute(machine, &other, changed, policy, rng, tally);
        }
    }
}

/// Runs an accepted image from some of its labels, the one before the changed word among them.
fn execute(
    machine: &mut Machine,
    draft: &Draft,
    changed: Option<usize>,
    policy: &Policy,
    rng: &mut Rng,
    tally: &mut Tally,
) {
    let layout = draft.verify(policy).expect("accepted before");
    let starts = draft.starts();
    if starts.is_empty() {
        return;
    }
    let changed = changed.map_or(0, |index| layout.code_at + index as u32 * 4);
    let near = starts.iter().rfind(|label| label.at <= changed);
    for turn in 0..RUNS {
        let start = match near {
            Some(label) if turn % 2 == 0 => *label,
            _ => pick(rng, &starts),
        };
        tally.runs += 1;
        let seed = rng.u64(..);
        match machine.run(draft, &layout, &start, seed) {
            Ok(ending) => *tally.endings.entry(ending).or_default() += 1,
            Err(finding) => {
                let what = format!(
                    "from {:#x}, seed {seed}: at {:#x}: {}\n{}",
                    start.at,
                    finding.at,
                    finding.what,
                    draft.listing()
                );
                tally.findings.push(what);
                return;
            }
        }
        tally.steps += u64::from(machine.steps());
    }
}

/// Prints a tally; true if nothing escaped and enough was run for that to mean something.
fn report(what: &str, tally: &Tally) -> bool {
    for finding in &tally.findings {
        println!("ESCAPE: {finding}");
    }
    println!(
        "{what}: {} seeds, {} images, {} of {} mutations accepted, {} runs, {} steps, endings {:?}, {} escapes",
        tally.seeds,
        tally.images,
        tally.accepted,
        tally.mutated,
        tally.runs,
        tally.steps,
        tally.endings,
        tally.findings.len()
    );
    let returned = tally.endings.get(&Ending::Returned).copied().unwrap_or(0);
    let enough = tally.images * 20 >= tally.seeds
        && tally.accepted * 50 >= tally.mutated
        && tally.steps > 10 * tally.runs
        && returned * 50 >= tally.runs;
    if !enough {
        println!("too little was accepted or run for that to mean anything");
    }
    tally.findings.is_empty() && enough
}
