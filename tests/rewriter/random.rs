// SPDX-License-Identifier: GPL-2.0
//! Random programs by csmith: rewritten, they tell the checksums that they tell natively, at every level of both
//! compilers, with the reserved registers and without, and in the profile `low` at two levels in turn.
//!
//! For the long rung, `LORE_SEEDS=FIRST..END` chooses other programs and `LORE_LEVELS="gcc-O2 -O1"` levels.

use crate::{options, tools, Mode, GCC_LEVELS, LEVELS};
use lore::rewrite::{link, Input};
use lore_abi::image::Profile;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::Mutex;

/// Where Debian puts csmith's own headers.
const HEADERS: &str = "-I/usr/include/csmith";

/// A program that runs longer is none to compare with: random ones need not end.
const SECONDS: &str = "5";

/// What became of one program: how often it was compared, and what went wrong.
struct Outcome {
    compared: u32,
    wrong: Vec<String>,
}

fn generate(seed: u32) -> PathBuf {
    let source = tools::made(&format!("random{seed}.c"));
    // It leaves a file about the platform where it runs.
    let folder = source.parent().unwrap_or(Path::new("."));
    tools::run(
        Command::new("csmith")
            .current_dir(folder)
            .args(["--no-argc", "--concise", "--seed", &seed.to_string(), "-o"])
            .arg(&source),
    );
    source
}

fn include() -> String {
    format!("-I{}", tools::folder().join("random").display())
}

/// What the program tells natively, if it ends.
fn natively(source: &Path, seed: u32) -> Option<Vec<u8>> {
    let more = [include(), HEADERS.to_owned()];
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    let program = tools::built_natively(&[source.to_owned()], &more, &format!("random{seed}"));
    let done = Command::new("timeout")
        .arg(SECONDS)
        .arg(program)
        .arg(source)
        .output()
        .expect("timeout, of coreutils");
    done.status.success().then_some(done.stdout)
}

/// Compares one build of a program; the error says how it differs.
fn compare(
    source: &Path,
    level: &str,
    mode: Mode,
    memory: &Input,
    expected: &[u8],
) -> Result<(), String> {
    let compile = match mode.is_compat() {
        true => tools::compile_freely,
        false => tools::compile,
    };
    let more = [include(), HEADERS.to_owned(), "-w".to_owned()];
    let more: Vec<&str> = more.iter().map(String::as_str).collect();
    let inputs = [compile(source, level, &more), memory.clone()];
    let image = link(&inputs, &options(mode)).map_err(|error| error.to_string())?;
    lore::verify::verify(&image, &crate::policy(&image, false))
        .map_err(|violation| format!("{violation:x?}"))?;
    let stem = source.file_stem().unwrap_or_default().to_string_lossy();
    let name = format!("{stem}{level}-{mode:?}");
    let done = tools::try_execute(&name, &image, source);
    if !done.status.success() {
        return Err(format!(
            "{}: {}",
            done.status,
            String::from_utf8_lossy(&done.stderr)
        ));
    }
    if done.stdout == expected {
        return Ok(());
    }
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (got, expected) = (text(&done.stdout), text(expected));
    let differs = got
        .lines()
        .zip(expected.lines())
        .find(|(got, expected)| got != expected);
    Err(format!("wrong result: {differs:?}"))
}

/// The modes in which a program is compared at the level of an index. That of the profile `low` costs as much as the others, so there
/// it is two levels, one of each compiler where there are both, in turn.
fn modes(seed: u32, index: usize, count: usize) -> Vec<Mode> {
    let turn = seed as usize;
    let mut modes = vec![Mode::Plain, Mode::Compat(Profile::Uxtw)];
    if [turn, turn + count / 2]
        .map(|at| at % count)
        .contains(&index)
    {
        modes.push(Mode::Guard(Profile::Low));
    }
    modes
}

/// One program at some levels, in all modes.
fn check(seed: u32, levels: &[&str], memory: &Input) -> Outcome {
    let mut outcome = Outcome {
        compared: 0,
        wrong: Vec::new(),
    };
    let source = generate(seed);
    let Some(expected) = natively(&source, seed) else {
        return outcome;
    };
    for (index, level) in levels.iter().enumerate() {
        for mode in modes(seed, index, levels.len()) {
            outcome.compared += 1;
            if let Err(why) = compare(&source, level, mode, memory, &expected) {
                let stem = source.display();
                outcome
                    .wrong
                    .push(format!("{stem} {level} {mode:?}: {why}"));
            }
        }
    }
    outcome
}

/// Checks many, on all processors, and fails with all that went wrong; gives how often one was compared.
fn check_all<'a>(seeds: Range<u32>, levels: impl Fn(u32) -> Vec<&'a str> + Sync) -> u32 {
    let memory = tools::compile(&crate::program("memory"), "-O2", &["-fno-builtin"]);
    let next = AtomicU32::new(seeds.start);
    let all = Mutex::new(Outcome {
        compared: 0,
        wrong: Vec::new(),
    });
    let work = || loop {
        let seed = next.fetch_add(1, Ordering::Relaxed);
        if seed >= seeds.end {
            return;
        }
        let outcome = check(seed, &levels(seed), &memory);
        let mut all = all.lock().expect("the others did not panic");
        outcome.wrong.iter().for_each(|wrong| eprintln!("{wrong}"));
        all.compared += outcome.compared;
        all.wrong.extend(outcome.wrong);
    };
    let width = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        (0..width).for_each(|_| drop(scope.spawn(work)));
    });
    let all = all.into_inner().expect("no thread panicked");
    assert!(
        all.wrong.is_empty(),
        "{} of {} differ",
        all.wrong.len(),
        all.compared
    );
    all.compared
}

#[test]
fn random_programs_compute_what_they_compute_natively() {
    // One level of each compiler for each program, in turn.
    let levels = |seed| {
        let turn = seed as usize;
        vec![
            LEVELS[turn % LEVELS.len()],
            GCC_LEVELS[turn % GCC_LEVELS.len()],
        ]
    };
    assert_eq!(check_all(1..22, levels), 20 * 6, "one of them does not end");
}

#[test]
#[ignore = "runs for an hour"]
fn many_random_programs_compute_what_they_compute_natively() {
    let chosen = |name: &str, default: &str| std::env::var(name).unwrap_or(default.into());
    let seeds = chosen("LORE_SEEDS", "100..400");
    let (first, end) = seeds.split_once("..").expect("LORE_SEEDS=FIRST..END");
    let number = |text: &str| text.parse::<u32>().expect("LORE_SEEDS=FIRST..END");
    let seeds = number(first)..number(end);
    let all = [&LEVELS[..], &GCC_LEVELS[..]].concat().join(" ");
    let levels = chosen("LORE_LEVELS", &all);
    let levels: Vec<&str> = levels.split_whitespace().collect();
    let count = seeds.len();
    let compared = check_all(seeds, |_| levels.clone());
    eprintln!("{compared} comparisons of {count} programs");
    // A quarter of csmith's programs does not end.
    assert!(compared as usize >= count * levels.len());
}
