// SPDX-License-Identifier: GPL-2.0
//! Libraries of others, unmodified: what they answer as extensions is what they answer natively, to the byte, whichever
//! compiler made them at whichever level. Rewritten programs run in a process here; for the guest the images are left in
//! `build/libraries/guest`, which `tests/libraries/run` takes there.
//!
//!     lore_libraries [all] [NAME...]

mod crates;
mod levels;
#[path = "../../rewriter/process.rs"]
mod process;
mod subject;
#[path = "../../rewriter/vendor.rs"]
mod vendor;

use levels::{Compiler, Level, Mode, LEVELS};
use lore::elf::ImageFile;
use lore_libraries::table;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Mutex;
use subject::{made, root, Subject};

/// What came out.
#[derive(Default)]
struct Tally {
    passed: AtomicUsize,
    failed: AtomicUsize,
    /// Lines come whole.
    line: Mutex<()>,
}

impl Tally {
    fn count(&self, label: &str, result: Result<(), String>) {
        let _line = self.line.lock();
        match result {
            Ok(()) => self.passed.fetch_add(1, Ordering::Relaxed),
            Err(why) => {
                println!("FAILED: {label}: {why}");
                self.failed.fetch_add(1, Ordering::Relaxed)
            }
        };
    }
}

/// Does something with each, two at a time: compilers take the other half of the processors.
fn each<T: Sync>(items: &[T], work: impl Fn(&T) + Sync) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    work(item);
                }
            });
        }
    });
}

/// Builds what there is natively, and keeps the answers.
fn subjects(names: &[String], tally: &Tally) -> Vec<Subject> {
    let wanted = |name: &str| names.is_empty() || names.iter().any(|it| it == name);
    let rows: Vec<_> = table::read()
        .into_iter()
        .filter(|(name, _)| wanted(name))
        .collect();
    let made = Mutex::new(Vec::new());
    let keep = |label: &str, subject: Result<Subject, String>| match subject {
        Ok(subject) => made.lock().expect("nobody panicked").push(subject),
        Err(why) => tally.count(label, Err(why)),
    };
    if wanted("crates") {
        keep("crates", Subject::of_crates());
    }
    each(&rows, |(name, library)| {
        keep(name, Subject::of_library(name, library));
    });
    let mut subjects = made.into_inner().expect("nobody panicked");
    subjects.sort_by(|a, b| a.name.cmp(&b.name));
    subjects
}

/// Whether the guest runs what this column makes.
fn is_for_the_guest(level: &Level) -> bool {
    LEVELS
        .iter()
        .find(|other| (other.compiler == Compiler::Rustc) == (level.compiler == Compiler::Rustc))
        .is_some_and(|first| std::ptr::eq(first, level))
        || level.compiler == Compiler::Clang && level.how == ["-O2"] && level.mode == Mode::Compat
}

fn one(subject: &Subject, level: &Level, runner: &Path, tally: &Tally) {
    let label = |case: &str| format!("{case} {level}");
    let refused = subject.refused.get(&level.to_string());
    let image = match (subject.image(level), refused) {
        (Ok(image), None) => image,
        (Ok(_), Some(_)) => {
            let why = "is refused no more: its row can say so".to_owned();
            return tally.count(&label(&subject.name), Err(why));
        }
        (Err(why), Some(wanted)) if why.contains(wanted) => {
            return tally.count(&label(&subject.name), Ok(()));
        }
        (Err(why), _) => return tally.count(&label(&subject.name), Err(why)),
    };
    for case in &subject.cases {
        let name = label(&case.name).replace(' ', "-");
        tally.count(
            &label(&case.name),
            subject::in_a_process(runner, &image, case, &name),
        );
    }
    if is_for_the_guest(level) {
        let file = ImageFile {
            image,
            bytes_before: 0,
            sources: Vec::new(),
            warnings: Vec::new(),
        };
        let kind = match level.mode {
            Mode::Compat => "compat.lore",
            _ => "lore",
        };
        let bytes = lore::elf::write(&file).expect("an image that can be written");
        subject::write(
            &made()
                .join("guest")
                .join(format!("{}.{kind}", subject.name)),
            &bytes,
        );
    }
}

fn main() {
    let mut names: Vec<String> = std::env::args().skip(1).collect();
    let is_long = names.first().is_some_and(|name| name == "all");
    if is_long {
        names.remove(0);
    }
    let tally = Tally::default();
    let runner = made().join("run");
    subject::write(&runner, b"");
    subject::run(&mut process::builder(&root(), &runner)).expect("the process that runs images");
    let subjects = subjects(&names, &tally);
    for level in LEVELS.iter().filter(|level| is_long || level.quick) {
        level.prepare();
        let fitting: Vec<_> = subjects
            .iter()
            .filter(|subject| subject.fits(level))
            .collect();
        let start = std::time::Instant::now();
        each(&fitting, |subject| one(subject, level, &runner, &tally));
        if !fitting.is_empty() {
            println!("{level}: {:.0} s", start.elapsed().as_secs_f64());
        }
    }
    let count = |of: &AtomicUsize| of.load(Ordering::Relaxed);
    println!(
        "{} passed, {} failed",
        count(&tally.passed),
        count(&tally.failed)
    );
    std::process::exit(i32::from(count(&tally.failed) != 0));
}
